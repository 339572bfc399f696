import Canonical

/// The files of JSON lines that are published of an epoch beside its manifest.
public enum EpochFile: Int, Sendable, Hashable, CaseIterable {
    /// The drives it counts.
    case inputs
    /// What became of every frame.
    case verdicts
    /// What every pass is worth.
    case scores
    /// What every device delivered.
    case explain
    /// Who is paid what.
    case awards
    /// Corrections of earlier epochs.
    case corrections
    /// What everyone was paid so far.
    case cumulative

    /// Its name in the epoch's directory: `inputs.jsonl`.
    public var name: String { "\(self).jsonl" }
}

/// How many lines a file has, and the RFC 6962 root over them.
public struct LineRoot: Sendable, Equatable {
    /// How many lines.
    public let count: UInt64
    /// The Merkle tree hash over the lines, without their line feeds.
    public let root: ContentHash

    /// The root of what was appended to `tree`.
    init(_ tree: MerkleTree) {
        count = tree.count
        root = tree.root
    }

    var members: [String: CanonicalJSON] { ["count": .integer(count), "root": .hash(root)] }

    /// Takes the members `count` and `root`.
    init(_ reader: inout JSONObjectReader) throws(JSONError) {
        count = UInt64(clamping: try reader.integer("count", in: 0...(1 << 50)))
        root = try reader.hash("root")
    }
}
