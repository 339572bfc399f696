import Canonical
import Geo
import Rewards
import Stages
import Store

/// One check of a frame: what was asked, what was measured, and how it went.
public struct CheckedRule: Sendable, Equatable {
    /// How a check went.
    public enum Result: String, Sendable {
        /// It found nothing.
        case passed
        /// It decided the verdict.
        case failed
        /// It did not believe the frame's own position, and the frame was repaired.
        case repaired
        /// Another one had decided before.
        case notReached = "not_reached"
    }

    /// On which side of the limit a value may be.
    public enum Side: String, Sendable {
        /// Not below it.
        case atLeast = "at_least"
        /// Not above it.
        case atMost = "at_most"
        /// Above it.
        case moreThan = "more_than"
    }

    /// The rule that speaks where the check fails.
    public let rule: Rule
    /// What is asked, in words.
    public let question: String
    /// What was measured, where it is known.
    public internal(set) var value: Int64?
    /// The limit, and on which side of it values may be.
    public let limit: Int64?
    /// On which side of the limit the value may be.
    public let side: Side
    /// The unit of both.
    public let unit: String?
    /// How it went.
    public internal(set) var result = Result.notReached
}

/// The checks of a frame in the order in which they are made.
///
/// Values come from the catalog: those of a check that passed where the frame was observed or another check decided
/// later, that of the deciding one from its finding.
public struct FrameChecks {
    private let frame: FrameView
    private let trace: [[TracePoint]]
    private let ruleset: Ruleset
    private let place: Place?
    private let figures: ImageFigures?
    private var checks: [CheckedRule] = []

    /// The checks of `frame`, whose drive has the kept fixes `trace`.
    public static func of(_ frame: FrameView, trace: [[TracePoint]], ruleset: Ruleset) -> [CheckedRule] {
        if let finding = frame.finding, finding.rule.isPrivacy {
            // Nothing else was kept of it, and nothing else is said.
            return [CheckedRule(finding, question: "Its contributor does not keep it to themselves")]
        }
        var list = FrameChecks(frame, trace, ruleset)
        list.addTimes()
        list.addPosition()
        list.add(.privacyZone, "Its contributor does not keep the place to themselves")
        list.add(.privacyTrim, "It is not too near to where the drive began or ended")
        list.addTrace()
        list.addImage()
        list.addQuality()
        list.addImagery()
        list.addOthers()
        return list.decided()
    }

    private init(_ frame: FrameView, _ trace: [[TracePoint]], _ ruleset: Ruleset) {
        self.frame = frame
        self.trace = trace
        self.ruleset = ruleset
        place = frame.observed?.place ?? frame.evidence.place
        figures = frame.observed.map(ImageFigures.init) ?? frame.evidence.image
    }

    private mutating func add(
        _ rule: Rule, _ question: String, _ value: Int64? = nil, _ side: CheckedRule.Side = .atMost,
        _ limit: Int64? = nil, _ unit: String? = nil
    ) {
        checks.append(
            CheckedRule(
                rule: rule, question: question, value: value, limit: limit, side: side, unit: unit))
    }

    private mutating func addTimes() {
        let time = (frame.capturedAt ?? place?.time)?.milliseconds
        let unit = "ms since 1970"
        add(.imageMissing, "The image was delivered", frame.bytes.map { Int64($0) }, .atLeast, nil, "bytes")
        add(.timeMissing, "The upload says when it was taken", time, .atLeast, nil, unit)
        add(
            .timeBefore2000, "It was not taken before cars had such cameras", time, .atLeast,
            ruleset.verify.earliestTime, unit)
        add(
            .timeFuture, "It was not taken after it was received", time, .atMost,
            frame.receivedAt.milliseconds, unit)
        let times = frame.evidence.settlement?.heard.compactMap(\.later)
        add(
            .timeDisputed, "All sources that tell its time agree, or it can be told who is right",
            times.flatMap { Self.spread($0) }, .atMost, ruleset.sources.maxTimeDifference, "ms")
    }

    private static func spread(_ values: [Int64]) -> Int64? {
        guard let least = values.min(), let most = values.max() else { return nil }
        return UTCTime(milliseconds: least).milliseconds(until: UTCTime(milliseconds: most))
    }

    private mutating func addPosition() {
        add(.positionMissing, "The upload says where it was taken, itself or by a trace")
        add(
            .positionDisputed, "All sources that tell its place agree, or it can be told who is right",
            frame.evidence.settlement?.heard.compactMap(\.distance).max(), .atMost,
            ruleset.sources.maxPositionDifference, "mm")
        if let doubt = frame.evidence.doubt {
            checks.append(
                CheckedRule(
                    rule: doubt.rule, question: "Its own position can be believed", value: doubt.value,
                    limit: doubt.limit, side: doubt.rule == .positionNullIsland ? .atLeast : .atMost,
                    unit: doubt.unit, result: place == nil ? .notReached : .repaired))
        }
        let ofPosition: [Rule] = [.positionNotFinite, .positionOutOfRange, .positionNullIsland]
        if place?.basis == .own || frame.finding.map({ ofPosition.contains($0.rule) }) == true {
            addOwnPosition()
        } else if frame.evidence.doubt == nil || place != nil {
            addInterpolation()
        }
    }

    private mutating func addOwnPosition() {
        add(.positionNotFinite, "The position is made of numbers")
        add(.positionOutOfRange, "The position is a place on Earth")
        let offset = place.map {
            Int64(max($0.position.latitudeE7.magnitude, $0.position.longitudeE7.magnitude))
        }
        add(
            .positionNullIsland, "It is not at 0, 0, which receivers write without a fix", offset, .atLeast,
            ruleset.verify.nullIslandE7, "10^-7 degree")
        let step = place.flatMap { TraceSurroundings.step(of: $0, on: trace, rules: ruleset.verify) }
        add(
            .positionImpossibleSpeed, "A car can have come there from the fixes beside it", step?.way,
            .atMost, step?.reachable, step.map { _ in "mm" })
    }

    private mutating func addInterpolation() {
        guard let time = frame.capturedAt else { return }
        let around = TraceSurroundings(of: time, on: trace)
        add(
            .positionGap, "The fixes on either side are not too long apart", around.elapsed, .atMost,
            ruleset.locate.maxGapTime, "ms")
        add(
            .positionGap, "The fixes on either side are not too far apart", around.distance, .atMost,
            ruleset.locate.maxGapDistance, "mm")
        add(.positionImpossibleSpeed, "The trace does not jump between them")
    }

    /// What the ruleset refuses whole drives for; what was measured of a drive that passed is not kept.
    private mutating func addTrace() {
        let rules = ruleset.plausibility
        for (rule, question, limit, side, unit) in [
            (
                .traceTeleport, "Its drive's trace has no steps that no car can make", rules.maxTeleports,
                .atMost, "steps"
            ),
            (
                .traceAcceleration, "Its drive speeds up and slows down as cars do", rules.maxAcceleration,
                .atMost, "mm/s2"
            ),
            (
                .traceConstantSpeed, "Its drive does not keep one speed all the time", rules.maxConstantSpeed,
                .atMost, "permille"
            ),
            (
                .traceTooSmooth, "Its drive's trace is no steadier than receivers are", rules.minDeviation,
                .atLeast, "mm"
            ),
        ] as [(Rule, String, Int64, CheckedRule.Side, String)] where rules.action(of: rule) == .reject {
            add(rule, question, nil, side, limit, unit)
        }
    }

    /// The same of its pictures, which are looked at when all frames of the drive are measured.
    private mutating func addImagery() {
        let rules = ruleset.plausibility
        if rules.action(of: .traceFrozen) == .reject {
            add(
                .traceFrozen, "Its drive's pictures change while its trace moves", nil, .atMost,
                rules.maxFrozen,
                "permille of moving frames")
        }
        if rules.action(of: .traceMotion) == .reject {
            add(
                .traceMotion, "Its drive's pictures do not change as by driving while its trace stands", nil,
                .atMost, rules.maxMotion, "permille of standing steps")
        }
        if rules.action(of: .traceTurning) == .reject {
            add(
                .traceTurning, "Its drive's pictures move sideways where its trace turns", nil, .atLeast,
                rules.minTurning, "permille of turning steps")
        }
    }

    private mutating func addImage() {
        let rules = ruleset.measure
        add(
            .imageTooLarge, "The file is not too large", frame.bytes.map { Int64($0) }, .atMost,
            rules.maxBytes, "bytes")
        add(.imageUnsupported, "It is an image of a kind that is read")
        add(
            .imageTooLarge, "The image is not too large", figures.map { $0.width * $0.height }, .atMost,
            rules.maxPixels, "pixels")
        add(.imageDamaged, "The image can be decoded without damage")
        add(
            .imageTooSmall, "The shorter side is long enough", figures.map { min($0.width, $0.height) },
            .atLeast, rules.minShorterSide, "pixels")
    }

    private mutating func addQuality() {
        let rules = ruleset.measure
        add(
            .qualityDark, "It is not too dark on the whole", figures?.meanLuma, .atLeast, rules.minMeanLuma,
            "thousandths of mean luma")
        add(
            .qualityDark, "Not too large a part of it is dark", figures?.darkShare, .atMost,
            rules.maxDarkShare, "permille of dark samples")
        add(
            .qualityOverexposed, "Not too large a part of it is white", figures?.brightShare, .atMost,
            rules.maxBrightShare, "permille of white samples")
        add(
            .qualityCovered, "Not too large a part of it shows nothing", figures?.flatShare, .atMost,
            rules.maxFlatShare, "permille of flat areas")
        add(
            .qualityBlurred, "It is sharp enough", figures?.sharpness, .atLeast, rules.minSharpness,
            "permille of sharpness")
        add(
            .positionInaccurate, "The receiver knew well enough where it was", place?.horizontalError,
            .atMost, rules.maxHorizontalError, "mm")
    }

    private mutating func addOthers() {
        let rules = ruleset.deduplicate
        add(
            .duplicateStandstill, "The car had moved, or no better frame of its stop stays", nil, .moreThan,
            rules.standstillDistance, "mm")
        add(.duplicateExact, "No earlier frame has the same bytes")
        add(
            .duplicateNear, "No earlier frame shows the same picture", nil, .moreThan, rules.maxPDQDistance,
            "bits")
        add(.takedown, "Nobody had it taken down")
    }

    /// The checks with how they went: the one behind the verdict failed, those before it passed.
    private func decided() -> [CheckedRule] {
        guard let finding = frame.finding else { return checks.map { Self.passed($0) } }
        var result = checks
        var place = result.firstIndex {
            $0.rule == finding.rule && $0.result != .repaired
                && (finding.unit == nil || $0.unit == finding.unit)
        }
        if place == nil {
            place = result.firstIndex { $0.rule == finding.rule && $0.result != .repaired }
        }
        // A rule that stands for itself: it is said where it was found, behind all others.
        let failed = place ?? result.endIndex
        let failing = CheckedRule(
            finding, question: place.map { result[$0].question } ?? "The rule \(finding.rule.rawValue) holds",
            side: place.map { result[$0].side } ?? .atMost)
        if place != nil { result[failed] = failing } else { result.append(failing) }
        for index in result.indices where index < failed { result[index] = Self.passed(result[index]) }
        return result
    }

    private static func passed(_ check: CheckedRule) -> CheckedRule {
        var check = check
        if check.result == .notReached { check.result = .passed }
        // It was measured on fixes that are not kept: what is kept now says nothing about it.
        if check.result == .passed, !check.isWithinLimit { check.value = nil }
        return check
    }
}

extension CheckedRule {
    /// The check that decided by `finding`.
    fileprivate init(_ finding: Finding, question: String, side: Side = .atMost) {
        self.init(
            rule: finding.rule, question: question, value: finding.value, limit: finding.limit, side: side,
            unit: finding.unit, result: .failed)
    }

    /// Whether the value is on the right side of the limit, as far as both are known.
    fileprivate var isWithinLimit: Bool {
        guard let value, let limit else { return true }
        return switch side {
        case .atLeast: value >= limit
        case .atMost: value <= limit
        case .moreThan: value > limit
        }
    }
}
