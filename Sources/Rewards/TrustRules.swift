/// How far devices are trusted, and how trust moves; all in permille.
public struct TrustRules: Sendable, Equatable {
    /// The trust of a device that is new.
    public var initial: Int64
    /// The least there is.
    public var least: Int64
    /// What a flagged drive takes away.
    public var step: Int64
    /// What a week gives back.
    public var recovery: Int64

    /// Rules with these values.
    public init(initial: Int64, least: Int64, step: Int64, recovery: Int64) {
        self.initial = initial
        self.least = least
        self.step = step
        self.recovery = recovery
    }
}
