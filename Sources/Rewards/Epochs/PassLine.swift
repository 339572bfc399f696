import Canonical
import Geo
import Stages

/// A pass as it is published: one line of an epoch's `scores.jsonl`.
public struct PassLine: Sendable, Hashable {
    /// Whose pass it is.
    public let contributor: String
    /// The id of its drive.
    public let drive: String
    /// The id of its best frame.
    public let bestFrame: String
    /// All else. The numbers of drive and frame in it mean nothing outside of the settlement that made it.
    public let pass: Pass

    init(_ pass: Pass, contributor: String, drive: String, bestFrame: String) {
        self.pass = pass
        self.contributor = contributor
        self.drive = drive
        self.bestFrame = bestFrame
    }

    /// The line, without the line feed.
    var line: [UInt8] {
        var text = CanonicalText(capacity: 400)
        Self.write(pass, contributor: contributor, drive: drive, bestFrame: bestFrame, to: &text)
        return text.bytes
    }

    /// Appends the line of `pass`, whose drive and best frame have these ids.
    static func write(
        _ pass: Pass, contributor: String, drive: String, bestFrame: String, to text: inout CanonicalText
    ) {
        text.object { text in
            text.integer("area", Int64(pass.area))
            text.string("best_frame", bestFrame)
            text.cell("cell", pass.coverage.cell)
            text.string("contributor", contributor)
            text.integer("covered_at", pass.coveredAt.milliseconds)
            text.integer("credit", Int64(pass.credit))
            text.string("drive", drive)
            text.integer("frames", Int64(pass.frames))
            text.integer("freshness", Int64(pass.freshness))
            text.integer("heading_octant", Int64(pass.coverage.octant.number))
            text.integer("late", Int64(pass.late))
            text.amount("points", pass.points)
            if let previousAt = pass.previousAt {
                text.integer("previous_at", previousAt.milliseconds)
            } else {
                text.null("previous_at")
            }
            text.integer("quality", Int64(pass.quality))
            text.integer("trust", Int64(pass.trust))
        }
    }

    /// The pass written as `line`.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong, or saying that the line is not in
    ///   canonical form or its points do not follow from the rest.
    public init(line: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(line, limits: JSONLimits(maxBytes: 1 << 16, maxDepth: 1, maxValues: 40)))
        guard let octant = try reader.octant("heading_octant") else {
            throw JSONError(reason: "a member is missing", place: "$.heading_octant")
        }
        contributor = try reader.string("contributor")
        drive = try reader.string("drive")
        bestFrame = try reader.string("best_frame")
        _ = try reader.amount("points")
        pass = Pass(
            coverage: Coverage(cell: try reader.cell("cell"), octant: octant), drive: 0,
            frames: UInt32(clamping: try reader.integer("frames", in: 1...Int64(UInt32.max))),
            coveredAt: try reader.time("covered_at"), bestFrame: 0, quality: try reader.permille("quality"),
            previousAt: try reader.optionalTime("previous_at"), freshness: try reader.permille("freshness"),
            credit: try reader.permille("credit"), area: try reader.permille("area"),
            late: try reader.permille("late"), trust: try reader.permille("trust"))
        try reader.finish()
        guard self.line == line else { throw JSONError(reason: "not in canonical form", place: "$") }
    }
}

extension JSONObjectReader {
    fileprivate mutating func permille(_ key: String) throws(JSONError) -> UInt16 {
        UInt16(clamping: try integer(key, in: 0...1000))
    }
}
