import Canonical
import Stages

/// The members of one part of the ruleset: keys, places and ranges, for writing and reading alike.
struct RulesetFields<Rules: Sendable>: Sendable {
    private typealias Field<Value> = (
        key: String, path: any WritableKeyPath<Rules, Value> & Sendable, range: ClosedRange<Int64>
    )

    private var integers: [Field<Int64>] = []
    private var ramps: [Field<Ramp>] = []

    /// The same with an integer more.
    func integer(
        _ key: String, _ path: any WritableKeyPath<Rules, Int64> & Sendable, _ range: ClosedRange<Int64>
    ) -> Self {
        var result = self
        result.integers.append((key, path, range))
        return result
    }

    /// The same with a ramp more, both ends of which lie in `range`.
    func ramp(
        _ key: String, _ path: any WritableKeyPath<Rules, Ramp> & Sendable, _ range: ClosedRange<Int64>
    ) -> Self {
        var result = self
        result.ramps.append((key, path, range))
        return result
    }

    /// All of it as the part `name` of the ruleset has it.
    func listed(_ name: String) -> [RulesetField] {
        integers.map { RulesetField(part: name, key: $0.key, kind: .integer($0.range)) }
            + ramps.map { RulesetField(part: name, key: $0.key, kind: .ramp($0.range)) }
    }

    /// The members that say what `rules` has.
    func members(of rules: Rules) -> [String: CanonicalJSON] {
        var result: [String: CanonicalJSON] = [:]
        for field in integers {
            let value: Int64 = rules[keyPath: field.path]
            result[field.key] = .integer(value)
        }
        for field in ramps {
            let ramp = rules[keyPath: field.path]
            result[field.key] = .object(["zero": .integer(ramp.zero), "full": .integer(ramp.full)])
        }
        return result
    }

    /// Sets every member of `rules` from `object`, which has all of them and no other.
    func read(_ rules: inout Rules, from object: JSONObjectReader) throws(JSONError) {
        var reader = object
        for field in integers { rules[keyPath: field.path] = try reader.integer(field.key, in: field.range) }
        for field in ramps {
            var ends = try reader.object(field.key)
            let zero = try ends.integer("zero", in: field.range)
            let full = try ends.integer("full", in: field.range)
            guard zero != full else { throw JSONError(reason: "zero and full are equal", place: ends.path) }
            try ends.finish()
            rules[keyPath: field.path] = Ramp(zero: zero, full: full)
        }
        try reader.finish()
    }
}

/// Ranges keep numbers where they mean something, and far from overflow; what is wise is the ruleset's
/// business.
private let milliseconds: ClosedRange<Int64> = 0...(10 * 366 * 86_400_000)
private let millimetres: ClosedRange<Int64> = 0...1_000_000_000
private let permille: ClosedRange<Int64> = 0...1000
private let thousandthsOfLuma: ClosedRange<Int64> = 0...255_000

extension RulesetFields where Rules == VerifyRules {
    static var verify: Self {
        Self()
            // No earlier than GPS time itself (1980-01-06), no later than 9999.
            .integer("earliest_time_ms", \.earliestTime, 315_964_800_000...253_402_300_799_999)
            .integer("null_island_e7_degrees", \.nullIslandE7, 0...10_000_000)
            .integer("max_speed_mm_per_s", \.maxSpeed, 1000...1_000_000)
            .integer("position_noise_mm", \.positionNoise, millimetres)
            .integer("max_outlier_fixes", \.maxOutliers, 0...1000)
            .integer("min_part_fixes", \.minPartFixes, 1...1000)
    }
}

extension RulesetFields where Rules == LocateRules {
    static var locate: Self {
        Self()
            .integer("max_gap_ms", \.maxGapTime, milliseconds)
            .integer("max_gap_mm", \.maxGapDistance, millimetres)
            .integer("heading_distance_mm", \.headingDistance, 1...1_000_000)
            .integer("error_per_hdop_mm", \.errorPerHDOP, 0...1_000_000)
    }
}

extension RulesetFields where Rules == SourceRules {
    static var sources: Self {
        Self()
            .integer("max_time_difference_ms", \.maxTimeDifference, 1...86_400_000)
            .integer("max_position_difference_mm", \.maxPositionDifference, millimetres)
            .integer("min_clock_witnesses", \.minClockWitnesses, 1...1_000_000)
            .integer("min_clock_agreement_permille", \.minClockAgreement, 501...1000)
            .integer("max_clock_rival_permille", \.maxClockRival, permille)
            .integer("witness_distance_mm", \.witnessDistance, 1000...1_000_000)
            .integer("min_stuck_frames", \.minStuckFrames, 2...1_000_000)
    }
}

extension RulesetFields where Rules == PlausibilityRules {
    static var plausibility: Self {
        Self()
            .integer("teleport_action", \.teleportAction, 0...2)
            .integer("acceleration_action", \.accelerationAction, 0...2)
            .integer("constant_speed_action", \.constantSpeedAction, 0...2)
            .integer("too_smooth_action", \.tooSmoothAction, 0...2)
            .integer("max_teleports", \.maxTeleports, 0...1_000_000)
            .integer("max_acceleration_mm_per_s2", \.maxAcceleration, 1...1_000_000)
            .integer("acceleration_time_ms", \.accelerationTime, 1...600_000)
            .integer("max_constant_speed_permille", \.maxConstantSpeed, permille)
            .integer("constant_speed_tolerance_mm", \.constantSpeedTolerance, 0...1_000_000)
            .integer("min_deviation_mm", \.minDeviation, 0...1_000_000)
            .integer("min_moving_steps", \.minMovingSteps, 1...1_000_000)
            .integer("moving_speed_mm_per_s", \.movingSpeed, 1...1_000_000)
            .integer("min_step_ms", \.minStepTime, 1...600_000)
            .integer("frozen_action", \.frozenAction, 0...2)
            .integer("motion_action", \.motionAction, 0...2)
            .integer("min_imagery_steps", \.minImagerySteps, 1...1_000_000)
            .integer("imagery_step_mm", \.imageryStep, 1...1_000_000)
            .integer("same_picture_bits", \.samePictureBits, 0...256)
            .integer("min_picture_quality", \.minPictureQuality, 0...100)
            .integer("max_frozen_permille", \.maxFrozen, permille)
            .integer("max_loop_pictures", \.maxLoopPictures, 1...100_000)
            .integer("standing_distance_mm", \.standingDistance, millimetres)
            .integer("standing_time_ms", \.standingTime, 1...600_000)
            .integer("other_picture_bits", \.otherPictureBits, 0...256)
            .integer("max_motion_permille", \.maxMotion, permille)
    }
}

extension RulesetFields where Rules == CollisionRules {
    static var collisions: Self {
        Self()
            .integer("two_places_mm", \.twoPlacesDistance, millimetres)
            .integer("same_car_mm", \.sameCarDistance, millimetres)
            .integer("min_share_permille", \.minShare, 1...1000)
            .integer("min_moments", \.minMoments, 1...1_000_000)
            .integer("min_way_mm", \.minWay, millimetres)
    }
}

extension RulesetFields where Rules == PrivacyDefaults {
    static var privacy: Self {
        Self()
            .integer("trim_mm", \.trim, 0...PrivacyRules.trims.upperBound * 1000)
            .integer("keep_comments", \.keepComments, 0...1)
            .integer("keep_xmp", \.keepXMP, 0...1)
            .integer("keep_colour_profile", \.keepColourProfile, 0...1)
    }
}

extension RulesetFields where Rules == MeasureRules {
    static var measure: Self {
        Self()
            .integer("max_file_bytes", \.maxBytes, 1...1_000_000_000)
            .integer("max_pixels", \.maxPixels, 1...1_000_000_000)
            .integer("max_scans", \.maxScans, 1...100_000)
            .integer("min_shorter_side_pixels", \.minShorterSide, 1...65_535)
            .integer("min_mean_luma_thousandths", \.minMeanLuma, thousandthsOfLuma)
            .integer("max_dark_share_permille", \.maxDarkShare, permille)
            .integer("max_bright_share_permille", \.maxBrightShare, permille)
            .integer("max_flat_share_permille", \.maxFlatShare, permille)
            .integer("min_sharpness_permille", \.minSharpness, 0...1_000_000)
            .integer("max_horizontal_error_mm", \.maxHorizontalError, millimetres)
            .ramp("exposure_dark_luma_thousandths", \.exposureDark, thousandthsOfLuma)
            .ramp("exposure_bright_luma_thousandths", \.exposureBright, thousandthsOfLuma)
            .ramp("sharpness_permille", \.sharpness, 0...1_000_000)
            .ramp("contrast_luma_thousandths", \.contrast, thousandthsOfLuma)
            .ramp("obstruction_flat_permille", \.obstruction, permille)
            .ramp("resolution_thousand_pixels", \.resolution, 0...1_000_000)
            .ramp("accuracy_mm", \.accuracy, millimetres)
            .integer("accuracy_unknown_permille", \.accuracyUnknown, permille)
            .ramp("focus_permille", \.focus, 0...1_000_000)
            .ramp("relative_focus_permille", \.relativeFocus, 0...1_000_000)
            .integer("relative_focus_unknown_permille", \.relativeFocusUnknown, permille)
            .integer("min_median_frames", \.minMedianFrames, 1...1_000_000)
            .ramp("glare_permille", \.glare, permille)
            .ramp("daylight_centidegrees", \.daylight, -9_000...9_000)
            .ramp("dirt_permille", \.dirt, permille)
            .integer("dirt_unknown_permille", \.dirtUnknown, permille)
            .integer("min_dirt_frames", \.minDirtFrames, 2...1_000_000)
            .integer("dirt_step_mm", \.dirtStep, 1...1_000_000)
            .integer("dirt_deviation_luma_thousandths", \.dirtDeviation, thousandthsOfLuma)
            .integer("dirt_brightness_permille", \.dirtBrightness, 0...100_000)
            .integer("heading_unknown_permille", \.headingUnknown, permille)
    }
}

extension RulesetFields where Rules == DeduplicateRules {
    static var deduplicate: Self {
        Self()
            .integer("max_dhash_distance_bits", \.maxDHashDistance, 0...64)
            // Two bits in each of sixteen bands are 32: what is within 31 has a band within one bit.
            .integer("max_pdq_distance_bits", \.maxPDQDistance, 0...31)
            .integer("min_pdq_quality", \.minPDQQuality, 0...100)
            .integer("narrow_crop_permille", \.narrowCrop, 1...200)
            .integer("wide_crop_permille", \.wideCrop, 1...200)
            .integer("standstill_distance_mm", \.standstillDistance, millimetres)
    }
}

extension RulesetFields where Rules == ScoreRules {
    static var score: Self {
        Self()
            .integer("cell_precision_characters", \.cellPrecision, 6...10)
            .integer("freshness_period_ms", \.freshnessPeriod, 1...(10 * 366 * 86_400_000))
    }
}
