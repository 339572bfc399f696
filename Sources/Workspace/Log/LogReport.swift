import Rewards

/// What a verification of a log found.
public struct LogReport: Sendable {
    /// The entries; nil where they cannot be read.
    public internal(set) var contents: LogContents?
    /// The checkpoint that is published; nil where there is none.
    public internal(set) var checkpoint: Checkpoint?
    /// The same, where signatures were verified and are right.
    public internal(set) var verified: VerifiedCheckpoint?
    /// How many manifests were held against the log.
    public internal(set) var manifests = 0
    /// How many notes of manifests.
    public internal(set) var notes = 0
    /// What is wrong; empty if nothing.
    public internal(set) var findings: [CheckFinding] = []
    /// Whether a signature is missing or wrong.
    public internal(set) var hasBadSignature = false
    /// Whether a file is missing.
    public internal(set) var isIncomplete = false
}

extension LogError.Code {
    /// The name of a finding about the log: `log.conflict`, `log.tile.damaged`.
    var findingCode: String { rawValue.hasPrefix("log.") ? rawValue : "log.\(rawValue)" }
}
