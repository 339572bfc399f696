import Canonical
import Stages

/// What one device of a contributor delivered, and what counts of it: one line of an epoch's `explain.jsonl`.
public struct DeviceLine: Sendable, Equatable {
    /// The contributor.
    public let contributor: String
    /// The device; nil for drives without one.
    public let device: String?
    /// How many drives and passes it has.
    public let drives, passes: Int64
    /// The verdicts on its frames.
    public let frames: VerdictCounts
    /// How many frames each rule refused or called duplicates.
    public let reasons: [Rule: Int64]
    /// How far it is trusted, permille.
    public let trust: Int64
    /// How many of its passes have no points, and why.
    public let worthless: [Pass.Worthlessness: Int64]
    /// Micro-points: the sum of its passes'.
    public let points: UInt64
    /// Micro-points: what counts of that.
    public let weight: UInt64

    /// The line, without the line feed.
    var line: [UInt8] {
        var text = CanonicalText(capacity: 300)
        write(to: &text)
        return text.bytes
    }

    /// Appends the line.
    func write(to text: inout CanonicalText) {
        text.object { text in
            text.string("contributor", contributor)
            text.stringOrNull("device", device)
            text.integer("drives", drives)
            text.object("frames") { frames.write(to: &$0) }
            text.integer("passes", passes)
            text.amount("points", points)
            text.counts("reasons", reasons)
            text.integer("trust", trust)
            text.amount("weight", weight)
            text.counts("worthless", worthless)
        }
    }

    /// The device written as `line`, in canonical form.
    public init(line: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(line, limits: JSONLimits(maxBytes: 1 << 16, maxDepth: 2, maxValues: 200)))
        contributor = try reader.string("contributor")
        device = try reader.optionalString("device")
        drives = try reader.integer("drives", in: 0...(1 << 50))
        passes = try reader.integer("passes", in: 0...(1 << 50))
        var counts = try reader.object("frames")
        frames = try VerdictCounts(&counts)
        try counts.finish()
        reasons = try reader.counts("reasons")
        trust = try reader.integer("trust", in: 0...1000)
        worthless = try reader.counts("worthless")
        (points, weight) = (try reader.amount("points"), try reader.amount("weight"))
        try reader.finish()
        guard self.line == line else { throw JSONError(reason: "not in canonical form", place: "$") }
    }

    /// A device with these figures.
    init(
        contributor: String, device: String?, drives: Int64, passes: Int64, frames: VerdictCounts,
        reasons: [Rule: Int64], trust: Int64, worthless: [Pass.Worthlessness: Int64], points: UInt64,
        weight: UInt64
    ) {
        self.contributor = contributor
        self.device = device
        self.drives = drives
        self.passes = passes
        self.frames = frames
        self.reasons = reasons
        self.trust = trust
        self.worthless = worthless
        self.points = points
        self.weight = weight
    }
}

extension CanonicalText {
    /// The member `key`, an object that counts things by their published names.
    mutating func counts<Name: RawRepresentable<String>>(_ key: StaticString, _ counts: [Name: Int64]) {
        object(key) { text in
            // Most have none.
            guard !counts.isEmpty else { return }
            for (name, count) in counts.sorted(by: { $0.key.rawValue.precedes($1.key.rawValue) }) {
                text.integer(named: name.rawValue, count)
            }
        }
    }
}

extension JSONObjectReader {
    /// The object `key`, which counts things by their published names.
    mutating func counts<Name: RawRepresentable<String> & Hashable>(
        _ key: String
    ) throws(JSONError) -> [Name: Int64] {
        var reader = try object(key)
        var result: [Name: Int64] = [:]
        for text in reader.remainingKeys {
            guard let name = Name(rawValue: text) else {
                throw JSONError(reason: "\"\(text)\" is unknown here", place: reader.path)
            }
            result[name] = try reader.integer(text, in: 1...(1 << 50))
        }
        return result
    }
}
