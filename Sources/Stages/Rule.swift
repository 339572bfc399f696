/// The name of a rule that can refuse a frame or call it a duplicate. The raw values are published and stable.
public enum Rule: String, Sendable, Hashable, CaseIterable {
    /// The upload gives the frame no capture time.
    case timeMissing = "time.missing"
    /// The frame was captured before the ruleset's earliest time.
    case timeBefore2000 = "time.before_2000"
    /// The frame was captured after the time of the run (`--as-of`).
    case timeFuture = "time.future"
    /// The sources of the frame give different times, and nothing tells which is right.
    case timeDisputed = "time.disputed"
    /// Neither the frame nor a trace gives a position.
    case positionMissing = "position.missing"
    /// Latitude or longitude is no finite number.
    case positionNotFinite = "position.not_finite"
    /// Latitude beyond 90 or longitude beyond 180 degrees.
    case positionOutOfRange = "position.out_of_range"
    /// The position is about (0, 0), what receivers write that have no fix.
    case positionNullIsland = "position.null_island"
    /// To be there the car would have had to go impossibly fast, and no near fixes let the position be repaired.
    case positionImpossibleSpeed = "position.impossible_speed"
    /// The frame falls into a hole of the trace, or outside of it.
    case positionGap = "position.gap"
    /// The sources of the frame give different positions, and nothing tells which is right.
    case positionDisputed = "position.disputed"
    /// The receiver itself calls the position too inaccurate.
    case positionInaccurate = "position.inaccurate"
    /// The drive's trace has steps no car can have made.
    case traceTeleport = "trace.teleport"
    /// The drive's trace speeds up or slows down as no car does.
    case traceAcceleration = "trace.acceleration"
    /// The drive's trace keeps one speed as no driver does.
    case traceConstantSpeed = "trace.constant_speed"
    /// The drive's trace has less noise than any receiver.
    case traceTooSmooth = "trace.too_smooth"
    /// The drive's pictures stay the same, or come again, while its trace moves on.
    case traceFrozen = "trace.frozen"
    /// The drive's pictures change as by driving while its trace stands.
    case traceMotion = "trace.motion"
    /// The drive's pictures do not move sideways where its trace turns.
    case traceTurning = "trace.turning"
    /// The contributor keeps the place to themselves; nothing of the frame is stored.
    case privacyZone = "privacy.zone"
    /// Too near to where the drive began or ended; nothing of the frame is stored.
    case privacyTrim = "privacy.trim"
    /// The upload says that faces and number plates in the frame may still be recognised.
    case privacyUnblurred = "privacy.unblurred"
    /// The upload speaks of the frame, but its image was not delivered.
    case imageMissing = "image.missing"
    /// The image cannot be decoded, or not without damage.
    case imageDamaged = "image.damaged"
    /// The file has more bytes, pixels or scans than is decoded.
    case imageTooLarge = "image.too_large"
    /// The image is of a kind that is not decoded.
    case imageUnsupported = "image.unsupported"
    /// The image has too few pixels.
    case imageTooSmall = "image.too_small"
    /// Too dark to see the street.
    case qualityDark = "quality.dark"
    /// Too large a part of the image is white.
    case qualityOverexposed = "quality.overexposed"
    /// Too large a part of the image shows nothing: a covered or dirty lens.
    case qualityCovered = "quality.covered"
    /// Not sharp.
    case qualityBlurred = "quality.blurred"
    /// An earlier frame has the same bytes.
    case duplicateExact = "duplicate.exact"
    /// An earlier frame shows the same picture.
    case duplicateNear = "duplicate.near"
    /// The car did not move, and a better frame of the same stop stays.
    case duplicateStandstill = "duplicate.standstill"
    /// Somebody had the frame taken down; the message gives the takedown's id and its reason.
    case takedown = "takedown"
}

extension Rule {
    /// Whether it calls frames duplicates; the others refuse them.
    public var isOfDuplicates: Bool {
        self == .duplicateExact || self == .duplicateNear || self == .duplicateStandstill
    }

    /// Whether nothing of the frame may be stored but that there was one.
    public var isPrivacy: Bool { self == .privacyZone || self == .privacyTrim }
}

/// Which rule spoke, what was measured, and what the limit is.
public struct Finding: Sendable, Hashable {
    /// The rule.
    public let rule: Rule
    /// The measured value, in ``unit``; nil where there is nothing to measure.
    public let value: Int64?
    /// The limit the value was held against, in ``unit``.
    public let limit: Int64?
    /// The unit of value and limit: `mm/s`, `ms`, `permille`, `bits`, ...
    public let unit: String?
    /// More in words: what a library said, or which file and byte.
    public let message: String?

    /// What `rule` found.
    public init(
        _ rule: Rule, value: Int64? = nil, limit: Int64? = nil, unit: String? = nil, message: String? = nil
    ) {
        self.rule = rule
        self.value = value
        self.limit = limit
        self.unit = unit
        self.message = message
    }
}

/// What became of a frame. Every frame has exactly one verdict.
public enum VerdictKind: String, Sendable, Hashable, CaseIterable {
    /// On the map, and paid where it is fresh.
    case accepted
    /// An earlier or better frame stands for it.
    case duplicate
    /// Refused by a rule.
    case rejected
}
