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
    /// How far devices are trusted.
    public var trust: TrustRules
    /// How points are paid.
    public var reward: RewardRules

    /// A ruleset of these parts.
    public init(
        verify: VerifyRules, locate: LocateRules, sources: SourceRules, plausibility: PlausibilityRules,
        collisions: CollisionRules,
        privacy: PrivacyDefaults,
        measure: MeasureRules,
        deduplicate: DeduplicateRules,
        score: ScoreRules, trust: TrustRules, reward: RewardRules
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
        self.trust = trust
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
            "verify": RulesetFields.verify.members(of: verify),
            "locate": RulesetFields.locate.members(of: locate),
            "sources": RulesetFields.sources.members(of: sources),
            "plausibility": RulesetFields.plausibility.members(of: plausibility),
            "collisions": RulesetFields.collisions.members(of: collisions),
            "privacy": RulesetFields.privacy.members(of: privacy),
            "measure": RulesetFields.measure.members(of: measure),
            "deduplicate": RulesetFields.deduplicate.members(of: deduplicate),
            "score": RulesetFields.score.members(of: score),
            "trust": RulesetFields.trust.members(of: trust),
            "reward": RulesetFields.reward.members(of: reward),
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
        try RulesetFields.trust.read(&trust, from: try reader.object("trust"))
        try RulesetFields.reward.read(&reward, from: try reader.object("reward"))
        try reader.finish()
        if let contradiction { throw contradiction }
    }
}
