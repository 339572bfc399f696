/// What of an account's points is paid at one address: what it earned while it was bound there, or before it was bound
/// anywhere.
public struct PayoutCredit: Sendable, Hashable {
    /// The account.
    public let account: String
    /// Where it is paid.
    public let address: PayoutAddress
    /// Micro-points.
    public let points: UInt64

    /// A credit.
    public init(account: String, address: PayoutAddress, points: UInt64) {
        (self.account, self.address, self.points) = (account, address, points)
    }
}

/// Why credits cannot be told.
public struct PayoutCreditError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The account.
    public let account: String

    /// What is wrong.
    public var description: String { "the total of '\(account)' falls from one epoch to a later one" }
}
