import Canonical

/// A key whose bindings count, and when.
public struct PayoutKey: Sendable, Hashable {
    /// The key.
    public let key: VerifyingKey
    /// The account of the device's owner, which is the only one that the device's key may bind; nil for the operator's
    /// keys, which may bind every account.
    public let account: String?
    /// From when on the key holds.
    public let from: UTCTime
    /// From when on it does not any more, if ever.
    public let until: UTCTime?

    /// A key.
    public init(key: VerifyingKey, account: String?, from: UTCTime, until: UTCTime?) {
        (self.key, self.account, self.from, self.until) = (key, account, from, until)
    }

    /// Whether it holds at `time`.
    public func holds(at time: UTCTime) -> Bool { from <= time && until.map { time < $0 } ?? true }
}
