import Canonical
import Geo
import Stages

extension Manifest {
    /// How much a manifest may ask for when it is read: some hundred thousands of takedowns and bounties.
    public static let limits = JSONLimits(maxBytes: 1 << 28, maxDepth: 8, maxValues: 10_000_000)

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
        header = try EpochHeader(&reader)
        ruleset = try reader.hash("ruleset")
        rulesets = try reader.rulesets()
        previous = try reader.optionalHash("previous")
        seed = try reader.hash("seed")
        budget = try reader.amount("budget")
        unallocated = try reader.amount("unallocated")
        recovered = try reader.amount("recovered")
        _ = try reader.amount("paid")
        pointsTotal = try reader.amount("points_total")

        var roots: [EpochFile: LineRoot] = [:]
        for file in EpochFile.allCases where file != .verdicts && file != .cumulative {
            var object = try reader.object("\(file)")
            roots[file] = try LineRoot(&object)
            try object.finish()
        }
        var totals = try reader.object("cumulative")
        roots[.cumulative] = try LineRoot(&totals)
        cumulativeTotal = try totals.amount("total")
        try totals.finish()
        var counts = try reader.object("verdicts")
        roots[.verdicts] = try LineRoot(&counts)
        verdicts = try VerdictCounts(&counts)
        reasons = try counts.counts("reasons")
        try counts.finish()
        self.roots = roots

        var pools: [Pool] = []
        for (index, element) in try reader.array("pools").enumerated() {
            pools.append(try Pool(try JSONObjectReader(element, path: "$.pools[\(index)]")))
        }
        self.pools = pools
        concentration = try Concentration(try reader.object("concentration"))
        _ = try reader.required("window")
        takedowns = try reader.takedowns()
        bounties = try reader.bounties()
        try reader.finish()
        // What was not looked at above is derived from what was.
        guard json != bytes else { return }
        let difference = JSONDifference.first(
            found: value, expected: try JSONReader.read(json, limits: Self.limits))
        throw JSONError(
            reason: difference == nil ? "not in canonical form" : "does not follow from the rest",
            place: difference?.path ?? "$")
    }
}

extension EpochHeader {
    /// Takes the members of a header from `reader`.
    init(_ reader: inout JSONObjectReader) throws(JSONError) {
        epoch = try reader.epoch("epoch")
        sealedAsOf = try reader.time("sealed_as_of")
        pendingUploads = try reader.integer("pending_uploads", in: 0...(1 << 50))
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

    /// The published bounties, the member `bounties`.
    mutating func bounties() throws(JSONError) -> [Bounty] {
        var bounties: [Bounty] = []
        for (index, element) in try array("bounties").enumerated() {
            var object = try JSONObjectReader(element, path: "\(path).bounties[\(index)]")
            // Made from the record; one that is not comes out as a difference.
            _ = try object.string("id")
            bounties.append(try Bounty(&object))
            try object.finish()
        }
        return bounties
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
    mutating func optionalName<Name: RawRepresentable<String>>(_ key: String) throws(JSONError) -> Name? {
        guard let text = try optionalString(key) else { return nil }
        guard let name = Name(rawValue: text) else {
            throw JSONError(reason: "\"\(text)\" is unknown here", place: "\(path).\(key)")
        }
        return name
    }
}
