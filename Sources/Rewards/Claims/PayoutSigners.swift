import Canonical

/// The keys whose bindings count.
public struct PayoutSigners: Sendable {
    private let keys: [VerifyingKey: [PayoutKey]]

    /// The keys of the operator and of devices.
    public init(_ keys: some Sequence<PayoutKey>) {
        self.keys = Dictionary(grouping: keys, by: \.key)
    }

    /// Whether the key of `binding` may speak for its account at its time.
    public func accept(_ binding: PayoutBinding) -> Bool {
        (keys[binding.key] ?? []).contains { key in
            key.holds(at: binding.at) && key.account.map { $0.hasSameBytes(as: binding.account) } ?? true
        }
    }
}
