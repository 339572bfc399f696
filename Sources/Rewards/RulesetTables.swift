import Canonical
import Imaging
import Stages

/// Ranges keep numbers where they mean something, and far from overflow; what is wise is the ruleset's
/// business.
private let milliseconds: ClosedRange<Int64> = 0...(10 * 366 * 86_400_000)
private let millimetres: ClosedRange<Int64> = 0...1_000_000_000
private let permille: ClosedRange<Int64> = 0...1000
private let luma: ClosedRange<Int64> = 0...255
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
            .integer("unknown_hdop_thousandths", \.unknownHDOP, 1...1_000_000_000)
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
            .integer("trace_margin_ms", \.traceMargin, milliseconds)
            .integer("max_clock_witnesses", \.maxClockWitnesses, 1...1_000_000)
            .integer("clock_window_steps", \.clockWindow, 0...1_000_000)
            .integer("max_witness_fixes", \.maxWitnessFixes, 1...1_000_000)
            .integer("min_clock_presence_permille", \.minClockPresence, permille)
            .integer("min_clock_match_permille", \.minClockMatch, permille)
            .integer("min_stuck_clock_permille", \.minStuckClock, permille)
    }
}

extension RulesetFields where Rules == PlausibilityRules {
    static var plausibility: Self {
        Self()
            .integer("teleport_action", \.teleportAction, 0...3)
            .integer("acceleration_action", \.accelerationAction, 0...3)
            .integer("constant_speed_action", \.constantSpeedAction, 0...3)
            .integer("too_smooth_action", \.tooSmoothAction, 0...3)
            .integer("max_teleports", \.maxTeleports, 0...1_000_000)
            .integer("max_acceleration_mm_per_s2", \.maxAcceleration, 1...1_000_000)
            .integer("acceleration_time_ms", \.accelerationTime, 1...600_000)
            .integer("max_acceleration_stretches", \.maxAccelerationStretches, 2...1000)
            .integer("max_constant_speed_permille", \.maxConstantSpeed, permille)
            .integer("constant_speed_tolerance_mm", \.constantSpeedTolerance, 0...1_000_000)
            .integer("min_deviation_mm", \.minDeviation, 0...1_000_000)
            .integer("min_moving_steps", \.minMovingSteps, 1...1_000_000)
            .integer("moving_speed_mm_per_s", \.movingSpeed, 1...1_000_000)
            .integer("min_step_ms", \.minStepTime, 1...600_000)
            .integer("frozen_action", \.frozenAction, 0...3)
            .integer("motion_action", \.motionAction, 0...3)
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
            .integer("turning_action", \.turningAction, 0...3)
            .integer("min_turning_steps", \.minTurningSteps, 1...1_000_000)
            .integer("min_turn_centidegrees", \.minTurn, 1...18_000)
            .integer("max_turn_centidegrees", \.maxTurn, 1...18_000)
            .integer("turning_time_ms", \.turningTime, 1...600_000)
            .integer("turning_shift_permille", \.turningShift, permille)
            .integer("min_turning_permille", \.minTurning, permille)
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
            .integer("max_gap_ms", \.maxGapTime, milliseconds)
            .integer("replay_step_ms", \.replayStep, 1...600_000)
            .integer("replay_cell_precision_characters", \.replayPrecision, 5...9)
            .integer("min_replay_windows", \.minReplayWindows, 1...1_000_000)
            .integer("replay_windows_part", \.replayWindowsPart, 1...1000)
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
            .ramp("hood_permille", \.hood, permille)
            .integer("hood_unknown_permille", \.hoodUnknown, permille)
            .integer("hood_step_luma_thousandths", \.hoodStep, thousandthsOfLuma)
            .integer("hood_steadiness_permille", \.hoodSteadiness, permille)
            .integer("heading_unknown_permille", \.headingUnknown, permille)
            .integer("dark_luma", \.levels.dark, luma)
            .integer("bright_luma", \.levels.bright, luma)
            .integer("flat_deviation_luma", \.levels.flatDeviation, luma)
            .integer("white_luma", \.levels.whiteMean, luma)
            .integer("white_deviation_luma", \.levels.whiteDeviation, luma)
            .integer("bloom_luma", \.levels.bloomMean, luma)
            .integer("bloom_deviation_luma", \.levels.bloomDeviation, luma)
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
            .curve("freshness_by_age_ms", \.freshness, x: milliseconds, y: permille)
            .curve("late_by_ms", \.late, x: milliseconds, y: permille)
            .integer("redundancy_target", \.redundancyTarget, 1...1000)
    }
}

extension RulesetFields where Rules == TrustRules {
    static var trust: Self {
        Self()
            .integer("initial_permille", \.initial, permille)
            .integer("min_permille", \.least, permille)
            .integer("step_permille", \.step, permille)
            .integer("recovery_permille", \.recovery, permille)
    }
}

extension RulesetFields where Rules == RewardRules {
    static var reward: Self {
        Self()
            .amount("budget_micro_points", \.budget)
            .integer("reserve_permille", \.reserve, permille)
            .integer("debt_permille", \.debt, permille)
            .amount("device_floor_micro_points", \.deviceFloor)
            .amount("device_ceiling_micro_points", \.deviceCeiling)
            .integer("account_cap_permille", \.accountCap, 1...1000)
            .levels("regions", \.regions, precisions: 1...10, limits: 1...(1 << 53 - 1))
            // A leap year.
            .integer("grace_ms", \.graceMilliseconds, 0...(366 * 86_400_000))
            .integer("challenge_ms", \.challengeMilliseconds, 0...(366 * 86_400_000))
            .text("genesis", \.genesis)
    }
}
