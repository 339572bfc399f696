import Canonical
import Stages

/// How many frames got which verdict.
public struct VerdictCounts: Sendable, Equatable {
    /// Accepted frames.
    public internal(set) var accepted: Int64 = 0
    /// Duplicates.
    public internal(set) var duplicate: Int64 = 0
    /// Rejected frames.
    public internal(set) var rejected: Int64 = 0

    /// All frames.
    public var total: Int64 { accepted + duplicate + rejected }

    /// No frames.
    public init() {}

    mutating func count(_ kind: VerdictKind, _ frames: Int64 = 1) {
        switch kind {
        case .accepted: accepted += frames
        case .duplicate: duplicate += frames
        case .rejected: rejected += frames
        }
    }

    var members: [String: CanonicalJSON] {
        ["accepted": .integer(accepted), "duplicate": .integer(duplicate), "rejected": .integer(rejected)]
    }

    func write(to text: inout CanonicalText) {
        text.integer("accepted", accepted)
        text.integer("duplicate", duplicate)
        text.integer("rejected", rejected)
    }

    static func += (left: inout VerdictCounts, right: VerdictCounts) {
        left.accepted += right.accepted
        left.duplicate += right.duplicate
        left.rejected += right.rejected
    }

    init(_ reader: inout JSONObjectReader) throws(JSONError) {
        let counts: ClosedRange<Int64> = 0...(1 << 50)
        accepted = try reader.integer("accepted", in: counts)
        duplicate = try reader.integer("duplicate", in: counts)
        rejected = try reader.integer("rejected", in: counts)
    }
}
