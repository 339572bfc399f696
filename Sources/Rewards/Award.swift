import Canonical
import Stages

/// What a contributor is paid in an epoch, and why it is what it is: one line of its `awards.jsonl`.
public struct Award: Sendable, Equatable {
    /// What a region pays.
    public struct Region: Sendable, Equatable {
        /// The region's prefix.
        public let region: String
        /// The weight there, and what it gets, micro-points.
        public let weight, amount: UInt64
    }

    /// What a bounty pays.
    public struct BountyShare: Sendable, Equatable {
        /// The bounty's id.
        public let id: String
        /// Micro-points.
        public let amount: UInt64
    }

    /// The contributor.
    public let contributor: String
    /// The verdicts on its frames.
    public let frames: VerdictCounts
    /// How many passes it has.
    public let passes: Int64
    /// Micro-points its passes earned, and what counts of them.
    public let points, weight: UInt64
    /// From the coverage pool.
    public let coverage: UInt64
    /// What of that comes from which region; nil where the ruleset has none.
    public let regions: [Region]?
    /// From bounties.
    public let bounties: [BountyShare]
    /// Paid for positive corrections, and kept back for negative ones.
    public let correction, recovered: UInt64
    /// Paid in all.
    public let paid: UInt64
    /// Corrections that are left for later epochs.
    public let owed, debt: UInt64
    /// Paid in all epochs up to this one.
    public let cumulative: UInt64
    /// Why nothing is paid; nil where something is.
    public let reason: ZeroReason?

    /// The line, without the line feed.
    var line: [UInt8] {
        var text = CanonicalText(capacity: 400)
        write(to: &text)
        return text.bytes
    }

    /// Appends the line.
    func write(to text: inout CanonicalText) {
        text.object { text in
            text.array("bounties", bounties) { bounty, text in
                text.object { text in
                    text.amount("amount", bounty.amount)
                    text.string("id", bounty.id)
                }
            }
            text.string("contributor", contributor)
            text.amount("correction", correction)
            text.amount("coverage", coverage)
            text.amount("cumulative", cumulative)
            text.amount("debt", debt)
            text.object("frames") { frames.write(to: &$0) }
            text.amount("owed", owed)
            text.amount("paid", paid)
            text.integer("passes", passes)
            text.amount("points", points)
            text.stringIfAny("reason", reason?.rawValue)
            text.amount("recovered", recovered)
            if let regions {
                text.array("regions", regions) { region, text in
                    text.object { text in
                        text.amount("amount", region.amount)
                        text.string("region", region.region)
                        text.amount("weight", region.weight)
                    }
                }
            }
            text.amount("weight", weight)
        }
    }
}

extension Award {
    /// The award written as `line`.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong, or saying that the line is not in
    ///   canonical form.
    public init(line: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(line, limits: JSONLimits(maxBytes: 1 << 26, maxDepth: 4, maxValues: 1 << 22)))
        var bounties: [BountyShare] = []
        for (index, element) in try reader.array("bounties").enumerated() {
            var share = try JSONObjectReader(element, path: "$.bounties[\(index)]")
            bounties.append(BountyShare(id: try share.string("id"), amount: try share.amount("amount")))
            try share.finish()
        }
        var regions: [Region]?
        if case .array(let elements)? = reader.optional("regions") {
            var list: [Region] = []
            for (index, element) in elements.enumerated() {
                var region = try JSONObjectReader(element, path: "$.regions[\(index)]")
                list.append(
                    Region(
                        region: try region.string("region"), weight: try region.amount("weight"),
                        amount: try region.amount("amount")))
                try region.finish()
            }
            regions = list
        }
        var counts = try reader.object("frames")
        let frames = try VerdictCounts(&counts)
        try counts.finish()
        self.init(
            contributor: try reader.string("contributor"), frames: frames,
            passes: try reader.integer("passes", in: 0...(1 << 50)), points: try reader.amount("points"),
            weight: try reader.amount("weight"), coverage: try reader.amount("coverage"), regions: regions,
            bounties: bounties, correction: try reader.amount("correction"),
            recovered: try reader.amount("recovered"), paid: try reader.amount("paid"),
            owed: try reader.amount("owed"), debt: try reader.amount("debt"),
            cumulative: try reader.amount("cumulative"), reason: try reader.optionalName("reason"))
        try reader.finish()
        guard self.line == line else { throw JSONError(reason: "not in canonical form", place: "$") }
    }
}

/// What a contributor was paid in all epochs up to one: one line of its `cumulative.jsonl`.
public struct CumulativeLine: Sendable, Equatable {
    /// The contributor.
    public let contributor: String
    /// Micro-points.
    public let total: UInt64

    /// The line, without the line feed.
    var line: [UInt8] {
        var text = CanonicalText(capacity: 100)
        write(to: &text)
        return text.bytes
    }

    /// Appends the line.
    func write(to text: inout CanonicalText) {
        text.object { text in
            text.string("contributor", contributor)
            text.amount("total", total)
        }
    }

    init(contributor: String, total: UInt64) {
        self.contributor = contributor
        self.total = total
    }

    /// The total written as `line`, in canonical form.
    public init(line: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(line, limits: JSONLimits(maxBytes: 1 << 16, maxDepth: 1, maxValues: 8)))
        contributor = try reader.string("contributor")
        total = try reader.amount("total")
        try reader.finish()
        guard self.line == line else { throw JSONError(reason: "not in canonical form", place: "$") }
    }
}
