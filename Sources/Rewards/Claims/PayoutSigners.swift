import Canonical

/// The keys whose bindings count.
public struct PayoutSigners: Sendable {
    /// A device's key, with which its owner may bind their own account and no other.
    public struct Device: Sendable, Hashable {
        /// The key.
        public let key: VerifyingKey
        /// The account of the device's owner.
        public let account: String
        /// From when on the key holds.
        public let from: UTCTime
        /// From when on it does not any more, if ever.
        public let until: UTCTime?

        /// A device's key.
        public init(key: VerifyingKey, account: String, from: UTCTime, until: UTCTime?) {
            (self.key, self.account, self.from, self.until) = (key, account, from, until)
        }
    }

    private let operators: Set<VerifyingKey>
    private let devices: [VerifyingKey: [Device]]

    /// The keys of the operator, which may bind every account, and those of devices.
    public init(operators: [VerifyingKey], devices: [Device] = []) {
        self.operators = Set(operators)
        self.devices = Dictionary(grouping: devices, by: \.key)
    }

    /// Whether the key of `binding` may speak for its account at its time.
    public func accept(_ binding: PayoutBinding) -> Bool {
        if operators.contains(binding.key) { return true }
        return (devices[binding.key] ?? []).contains { device in
            device.account.hasSameBytes(as: binding.account) && device.from <= binding.at
                && device.until.map { binding.at < $0 } ?? true
        }
    }
}
