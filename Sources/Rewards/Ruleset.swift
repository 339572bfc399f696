import Canonical
import Stages

/// Every threshold, weight and cap that decides about frames and rewards.
///
/// A ruleset is named by the SHA-256 of its canonical JSON: whoever changes a number has another ruleset.
public struct Ruleset: Sendable, Equatable {
    /// The format of the JSON.
    public static let format = "waggle-ruleset/1"

    /// Checks on times, coordinates and speeds.
    public var verify: VerifyRules
    /// Placing frames on the trace.
    public var locate: LocateRules
    /// Sources of one upload that differ.
    public var sources: SourceRules
    /// What no honest trace has.
    public var plausibility: PlausibilityRules
    /// When two drives say something about each other.
    public var collisions: CollisionRules
    /// What is kept back where contributors have not chosen.
    public var privacy: PrivacyDefaults
    /// Image limits and quality factors.
    public var measure: MeasureRules
    /// What counts as the same picture or stop.
    public var deduplicate: DeduplicateRules
    /// How passes earn points.
    public var score: ScoreRules
    /// How points are paid.
    public var reward: RewardRules

    /// A ruleset of these parts.
    public init(
        verify: VerifyRules, locate: LocateRules, sources: SourceRules, plausibility: PlausibilityRules,
        collisions: CollisionRules,
        privacy: PrivacyDefaults,
        measure: MeasureRules,
        deduplicate: DeduplicateRules,
        score: ScoreRules, reward: RewardRules
    ) {
        self.verify = verify
        self.locate = locate
        self.sources = sources
        self.plausibility = plausibility
        self.collisions = collisions
        self.privacy = privacy
        self.measure = measure
        self.deduplicate = deduplicate
        self.score = score
        self.reward = reward
    }

    /// The rules of everything that is done with a drive before its images are looked at.
    public var drive: DriveRules { DriveRules(verify: verify, locate: locate, sources: sources) }

    /// The SHA-256 of the canonical JSON: the ruleset's name.
    public var contentHash: ContentHash { canonicalJSON.contentHash }

    /// The ruleset as canonical JSON; every key says its unit.
    public var canonicalJSON: CanonicalJSON {
        .object([
            "format": .string(Self.format),
            "verify": .object(RulesetFields.verify.members(of: verify)),
            "locate": .object(RulesetFields.locate.members(of: locate)),
            "sources": .object(RulesetFields.sources.members(of: sources)),
            "plausibility": .object(RulesetFields.plausibility.members(of: plausibility)),
            "collisions": .object(RulesetFields.collisions.members(of: collisions)),
            "privacy": .object(RulesetFields.privacy.members(of: privacy)),
            "measure": .object(RulesetFields.measure.members(of: measure)),
            "deduplicate": .object(RulesetFields.deduplicate.members(of: deduplicate)),
            "score": .object(RulesetFields.score.members(of: score)),
            "reward": .object(reward.members),
        ])
    }

    /// The ruleset written as `json`, in canonical form or not.
    ///
    /// - Throws: ``JSONError`` naming the path of a member that is missing, unknown, outside of its range, or contradicts
    ///   another one.
    public init(json bytes: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(try JSONReader.read(bytes, limits: JSONLimits(maxBytes: 1 << 20)))
        let format = try reader.string("format")
        guard format == Self.format else {
            throw JSONError(reason: "\"\(format)\" where \"\(Self.format)\" is needed", place: "$.format")
        }
        // Every member is read over; the standard's values only give the parts a beginning.
        self = .standard
        try RulesetFields.verify.read(&verify, from: try reader.object("verify"))
        try RulesetFields.locate.read(&locate, from: try reader.object("locate"))
        try RulesetFields.sources.read(&sources, from: try reader.object("sources"))
        try RulesetFields.plausibility.read(&plausibility, from: try reader.object("plausibility"))
        try RulesetFields.collisions.read(&collisions, from: try reader.object("collisions"))
        try RulesetFields.privacy.read(&privacy, from: try reader.object("privacy"))
        try RulesetFields.measure.read(&measure, from: try reader.object("measure"))
        try RulesetFields.deduplicate.read(&deduplicate, from: try reader.object("deduplicate"))
        try RulesetFields.score.read(&score, from: try reader.object("score"))
        reward = try RewardRules(try reader.object("reward"))
        try reader.finish()
        if let contradiction { throw contradiction }
    }
}

extension RewardRules {
    /// Milliseconds of grace.
    static let graces: ClosedRange<Int64> = 0...(366 * 86_400_000)

    fileprivate var members: [String: CanonicalJSON] {
        [
            "budget_micro_points": .amount(budget),
            "grace_ms": .integer(graceMilliseconds),
            "genesis": .string(genesis),
        ]
    }

    fileprivate init(_ object: JSONObjectReader) throws(JSONError) {
        var reader = object
        budget = try reader.amount("budget_micro_points")
        graceMilliseconds = try reader.integer("grace_ms", in: Self.graces)
        genesis = try reader.string("genesis")
        guard (1...100).contains(genesis.utf8.count), genesis.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        else {
            throw JSONError(
                reason: "not 1 to 100 printable ASCII characters", place: "\(reader.path).genesis")
        }
        try reader.finish()
    }
}
