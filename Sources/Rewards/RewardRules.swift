/// How points are paid.
public struct RewardRules: Sendable, Equatable {
    /// What an epoch pays out, micro-points.
    public var budget: UInt64
    /// How long after its end an epoch is still open for uploads, milliseconds: it is not sealed before.
    public var graceMilliseconds: Int64
    /// What the seed of the first epoch is made from in place of a previous manifest's hash: 1...100
    /// printable ASCII characters.
    public var genesis: String

    /// Rules with these values.
    public init(budget: UInt64, graceMilliseconds: Int64, genesis: String) {
        self.budget = budget
        self.graceMilliseconds = graceMilliseconds
        self.genesis = genesis
    }
}
