import Canonical
import Imaging
import Stages

/// One number of the ruleset: where it stands, what it may be, and what it means.
public struct RulesetField: Sendable, Equatable {
    /// What kind of value it has.
    public enum Kind: Sendable, Equatable {
        /// An integer in the range.
        case integer(ClosedRange<Int64>)
        /// Two integers in the range, `zero` and `full`, which differ.
        case ramp(ClosedRange<Int64>)
        /// An array of pairs of integers within the two ranges, as many as the third says; the first numbers ascend.
        case pairs(ClosedRange<Int64>, ClosedRange<Int64>, ClosedRange<Int>)
        /// A string of decimal digits, 0...2^64 - 1.
        case amount
        /// 1 to 100 printable ASCII characters.
        case text
    }

    /// The part of the ruleset: `verify`.
    public let part: String
    /// The key in it, which ends in the unit: `max_speed_mm_per_s`.
    public let key: String
    /// What it may be.
    public let kind: Kind

    /// The path of the number: `verify.max_speed_mm_per_s`.
    public var path: String { "\(part).\(key)" }
    /// What it means, in words.
    public var meaning: String { RulesetMeanings.texts[path] ?? "" }
}

extension Ruleset {
    /// Every number of a ruleset, part by part.
    public static let fields: [RulesetField] =
        RulesetFields.verify.listed("verify") + RulesetFields.locate.listed("locate")
        + RulesetFields.sources.listed("sources")
        + RulesetFields.plausibility.listed("plausibility")
        + RulesetFields.collisions.listed("collisions")
        + RulesetFields.privacy.listed("privacy") + RulesetFields.measure.listed("measure")
        + RulesetFields.deduplicate.listed("deduplicate")
        + RulesetFields.score.listed("score")
        + RulesetFields.trust.listed("trust") + RulesetFields.reward.listed("reward")

    /// The value of `field` as its canonical JSON.
    public func value(of field: RulesetField) -> String? {
        guard case .object(let parts) = canonicalJSON, case .object(let part)? = parts[field.part] else {
            return nil
        }
        return part[field.key]?.text
    }

    /// What two numbers of the ruleset say against each other; nil where nothing does.
    var contradiction: JSONError? {
        func error(_ path: String, _ reason: String) -> JSONError {
            JSONError(reason: reason, place: "$.\(path)")
        }
        let rising: [(String, Ramp)] = [
            ("exposure_dark_luma_thousandths", measure.exposureDark),
            ("sharpness_permille", measure.sharpness), ("contrast_luma_thousandths", measure.contrast),
            ("resolution_thousand_pixels", measure.resolution), ("focus_permille", measure.focus),
            ("relative_focus_permille", measure.relativeFocus),
            ("daylight_centidegrees", measure.daylight),
        ]
        for (key, ramp) in rising where ramp.zero > ramp.full {
            return error("measure.\(key)", "zero is above full, so that a better frame would be worth less")
        }
        let falling: [(String, Ramp)] = [
            ("exposure_bright_luma_thousandths", measure.exposureBright),
            ("obstruction_flat_permille", measure.obstruction), ("accuracy_mm", measure.accuracy),
            ("glare_permille", measure.glare), ("dirt_permille", measure.dirt),
            ("hood_permille", measure.hood),
        ]
        for (key, ramp) in falling where ramp.zero < ramp.full {
            return error("measure.\(key)", "zero is below full, so that a better frame would be worth less")
        }
        if measure.exposureDark.full > measure.exposureBright.full {
            return error(
                "measure.exposure_dark_luma_thousandths.full",
                "\(measure.exposureDark.full) is above exposure_bright_luma_thousandths.full, "
                    + "\(measure.exposureBright.full): no frame could be well exposed")
        }
        if measure.levels.dark > measure.levels.bright {
            return error(
                "measure.dark_luma",
                "\(measure.levels.dark) is above bright_luma, \(measure.levels.bright): a sample could be both"
            )
        }
        if Int128(measure.minShorterSide) * Int128(measure.minShorterSide) > Int128(measure.maxPixels) {
            return error(
                "measure.min_shorter_side_pixels",
                "its square is above max_pixels, \(measure.maxPixels): no image could pass")
        }
        if locate.headingDistance > locate.maxGapDistance, locate.maxGapDistance > 0 {
            return error(
                "locate.heading_distance_mm",
                "\(locate.headingDistance) is above max_gap_mm, \(locate.maxGapDistance): no frame could have a heading"
            )
        }
        if sources.minClockWitnesses > sources.maxClockWitnesses {
            return error(
                "sources.min_clock_witnesses",
                "\(sources.minClockWitnesses) is above max_clock_witnesses, \(sources.maxClockWitnesses): no trace could put "
                    + "a clock right")
        }
        if sources.witnessDistance > sources.maxPositionDifference {
            return error(
                "sources.witness_distance_mm",
                "\(sources.witnessDistance) is above max_position_difference_mm, \(sources.maxPositionDifference): a trace "
                    + "that a frame contradicts would put its clock right")
        }
        if plausibility.samePictureBits >= plausibility.otherPictureBits {
            return error(
                "plausibility.same_picture_bits",
                "\(plausibility.samePictureBits) is not below other_picture_bits, \(plausibility.otherPictureBits): two "
                    + "pictures could be the same and different")
        }
        if plausibility.minTurn > plausibility.maxTurn {
            return error(
                "plausibility.min_turn_centidegrees",
                "\(plausibility.minTurn) is above max_turn_centidegrees, \(plausibility.maxTurn): no step could be a turn"
            )
        }
        if deduplicate.narrowCrop > deduplicate.wideCrop {
            return error(
                "deduplicate.narrow_crop_permille",
                "\(deduplicate.narrowCrop) is above wide_crop_permille, \(deduplicate.wideCrop)")
        }
        return rewardContradiction
    }

    private var rewardContradiction: JSONError? {
        func error(_ path: String, _ reason: String) -> JSONError {
            JSONError(reason: reason, place: "$.\(path)")
        }
        if !score.freshness.neverFalls {
            return error(
                "score.freshness_by_age_ms", "falls, so that what was covered earlier would be worth less")
        }
        if !score.late.neverRises {
            return error("score.late_by_ms", "rises, so that what comes later would be worth more")
        }
        if trust.least > trust.initial {
            return error("trust.min_permille", "\(trust.least) is above initial_permille, \(trust.initial)")
        }
        if reward.deviceFloor > reward.deviceCeiling {
            return error(
                "reward.device_floor_micro_points",
                "\(reward.deviceFloor) is above device_ceiling_micro_points, \(reward.deviceCeiling): no device could earn"
            )
        }
        if let level = reward.regions.last, level.precision > score.cellPrecision {
            return error(
                "reward.regions",
                "precision \(level.precision) is above cell_precision_characters, \(score.cellPrecision)")
        }
        return nil
    }
}
