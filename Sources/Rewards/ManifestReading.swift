import Canonical
import Geo
import Stages

extension Manifest {
    /// How much a manifest may ask for when it is read: some millions of lines.
    public static let limits = JSONLimits(maxBytes: 4 << 30, maxDepth: 8, maxValues: 200_000_000)

    /// The manifest written as `json`, in canonical form.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown, wrong, or does not follow from
    ///   the rest (sums are not checked, that is ``ManifestVerifier``'s business).
    public init(json bytes: [UInt8]) throws(JSONError) {
        let value = try JSONReader.read(bytes, limits: Self.limits)
        var reader = try JSONObjectReader(value)
        let format = try reader.string("format")
        guard format == Self.format else {
            throw JSONError(reason: "\"\(format)\" where \"\(Self.format)\" is needed", place: "$.format")
        }
        epoch = try reader.epoch("epoch")
        sealedAsOf = try reader.time("sealed_as_of")
        ruleset = try reader.hash("ruleset")
        previous = try reader.optionalHash("previous")
        seed = try reader.hash("seed")
        budget = try reader.amount("budget")
        awarded = try reader.amount("awarded")
        pointsTotal = try reader.amount("points_total")

        var inputs = try reader.object("inputs")
        inputCount = UInt64(clamping: try inputs.integer("count", in: 0...(1 << 50)))
        inputRoot = try inputs.hash("root")
        try inputs.finish()

        var rest = try reader.object("unallocated")
        unallocated = try rest.amount("amount")
        unallocatedReason = try rest.optionalName("reason")
        try rest.finish()

        var counts = try reader.object("verdicts")
        verdicts = try VerdictCounts(&counts)
        reasons = try Self.reasons(try counts.object("reasons"))
        _ = try counts.required("total")
        try counts.finish()

        _ = try reader.required("window")
        var awards: [Award] = []
        for (index, element) in try reader.array("awards").enumerated() {
            awards.append(try Award(try JSONObjectReader(element, path: "$.awards[\(index)]")))
        }
        self.awards = awards
        takedowns = try reader.takedowns()
        try reader.finish()
        // What was not looked at above is derived from what was.
        guard json != bytes else { return }
        let difference = JSONDifference.first(
            found: value, expected: try JSONReader.read(json, limits: Self.limits))
        throw JSONError(
            reason: difference == nil ? "not in canonical form" : "does not follow from the rest",
            place: difference?.path ?? "$")
    }

    private static func reasons(_ object: JSONObjectReader) throws(JSONError) -> [Rule: Int64] {
        var reader = object
        var result: [Rule: Int64] = [:]
        for name in reader.remainingKeys {
            guard let rule = Rule(rawValue: name) else {
                throw JSONError(reason: "\"\(name)\" is no rule", place: reader.path)
            }
            result[rule] = try reader.integer(name, in: 1...(1 << 50))
        }
        return result
    }
}

extension Award {
    fileprivate init(_ object: JSONObjectReader) throws(JSONError) {
        var reader = object
        contributor = try reader.string("contributor")
        amount = try reader.amount("amount")
        points = try reader.amount("points")
        var counts = try reader.object("frames")
        frames = try VerdictCounts(&counts)
        try counts.finish()
        reason = try reader.optionalName("reason")
        _ = try reader.required("passes")
        var lines: [Pass] = []
        for (index, element) in try reader.array("lines").enumerated() {
            let line = try JSONObjectReader(element, path: "\(reader.path).lines[\(index)]")
            lines.append(try Pass(line, contributor: contributor))
        }
        self.lines = lines
        try reader.finish()
    }
}

extension Pass {
    fileprivate init(_ object: JSONObjectReader, contributor: String) throws(JSONError) {
        var reader = object
        guard let octant = try reader.octant("heading_octant") else {
            throw JSONError(reason: "a member is missing", place: "\(reader.path).heading_octant")
        }
        self.init(
            coverage: Coverage(cell: try reader.cell("cell"), octant: octant),
            drive: try reader.string("drive"), contributor: contributor,
            coveredAt: try reader.time("covered_at"),
            frames: try reader.integer("frames", in: 1...(1 << 50)),
            bestFrame: try reader.string("best_frame"),
            quality: try reader.integer("quality", in: 0...1000),
            previousAt: try reader.optionalTime("previous_at"),
            freshness: try reader.integer("freshness", in: 0...1000),
            area: try reader.integer("area", in: 0...1000), points: try reader.amount("points"))
        _ = reader.optional("late")
        try reader.finish()
    }
}

extension JSONObjectReader {
    /// The published takedowns, the member `takedowns`.
    mutating func takedowns() throws(JSONError) -> [PublishedTakedown] {
        var takedowns: [PublishedTakedown] = []
        for (index, element) in try array("takedowns").enumerated() {
            takedowns.append(
                try PublishedTakedown(try JSONObjectReader(element, path: "\(path).takedowns[\(index)]")))
        }
        return takedowns
    }

    /// The epoch `key`.
    mutating func epoch(_ key: String) throws(JSONError) -> Epoch {
        let text = try string(key)
        guard let epoch = Epoch(id: text) else {
            throw JSONError(reason: "no ISO 8601 week", place: "\(path).\(key)")
        }
        return epoch
    }

    /// The published name `key`; nil where it is absent or null.
    fileprivate mutating func optionalName<Name: RawRepresentable<String>>(
        _ key: String
    ) throws(JSONError) -> Name? {
        guard let text = try optionalString(key) else { return nil }
        guard let name = Name(rawValue: text) else {
            throw JSONError(reason: "\"\(text)\" is unknown here", place: "\(path).\(key)")
        }
        return name
    }
}
