/// Something in a workspace that is not as it must be.
public struct CheckFinding: Sendable, Equatable {
    /// A stable name: `frames.verdict_sum`, `blob.damaged`, ...
    public let code: String
    /// What it concerns: a frame, a file, a tile.
    public let place: String
    /// What was expected and what was found, in words.
    public let detail: String
}

/// What a check looked at and found.
public struct CheckReport: Sendable {
    /// How many things of each kind were looked at.
    public internal(set) var checked: [(name: String, count: Int)] = []
    /// What is wrong; empty if nothing.
    public internal(set) var findings: [CheckFinding] = []
}
