/// What the numbers of a ruleset mean, by their paths.
enum RulesetMeanings {
    static let texts: [String: String] = [
        "verify.earliest_time_ms":
            "earliest capture time, since 1970: what cameras without a clock write lies before",
        "verify.null_island_e7_degrees": "half the side of the square around 0, 0 that counts as no position",
        "verify.max_speed_mm_per_s": "the greatest speed a car is believed",
        "verify.position_noise_mm":
            "by how much the distance of two fixes may exceed what that speed explains",
        "verify.max_outlier_fixes":
            "the most fixes in a row that are taken out where those before and behind fit together",
        "verify.min_part_fixes": "the fewest fixes a part of a cut drive must have to be kept",
        "locate.max_gap_ms": "the longest time between two fixes that is interpolated",
        "locate.max_gap_mm": "the longest way between two fixes that is interpolated",
        "locate.heading_distance_mm": "the shortest way a heading is taken from",
        "locate.error_per_hdop_mm": "horizontal error for one unit of HDOP",
        "locate.unknown_hdop_thousandths": "an HDOP from this on says that the receiver knows none",
        "sources.max_time_difference_ms": "how far two times of one frame may lie apart",
        "sources.max_position_difference_mm": "how far two positions of one frame may lie apart",
        "sources.min_clock_witnesses": "the fewest frames that show by how much a clock is wrong",
        "sources.min_clock_agreement_permille":
            "the smallest share of the frames asked that must agree on it",
        "sources.max_clock_rival_permille": "the largest share another answer may have of those who agree",
        "sources.witness_distance_mm": "how near a trace must pass a frame's place to say when it was there",
        "sources.min_stuck_frames": "the fewest frames in a row that show a receiver to be stuck",
        "sources.trace_margin_ms":
            "how much of a trace beside several drives belongs to one before its first and behind its last frame",
        "sources.max_clock_witnesses": "about how many frames are asked by how much a clock is wrong",
        "sources.clock_window_steps":
            "how many steps of max_time_difference_ms about the best answer say the same",
        "sources.max_witness_fixes":
            "the most fixes of one square of the trace that are asked when they were near a frame's place",
        "sources.min_clock_presence_permille":
            "the smallest share of the frames with a time that a clock must tell to be gone by",
        "sources.min_clock_match_permille":
            "the smallest share of right times of a clock that is used though it is not wrong by the same all the time",
        "sources.min_stuck_clock_permille":
            "the smallest share of frames with one and the same time that shows a clock to stand still",
        "plausibility.teleport_action":
            "what follows from trace.teleport: 0 nothing, 1 a flag, 2 less trust as well, 3 and all frames are refused",
        "plausibility.acceleration_action": "what follows from trace.acceleration: 0 to 3",
        "plausibility.constant_speed_action": "what follows from trace.constant_speed: 0 to 3",
        "plausibility.too_smooth_action": "what follows from trace.too_smooth: 0 to 3",
        "plausibility.max_teleports": "the most steps no car can have made that a trace may have",
        "plausibility.max_acceleration_mm_per_s2":
            "the greatest change of speed from one stretch to the next",
        "plausibility.acceleration_time_ms": "the shortest stretch a speed is taken from",
        "plausibility.max_acceleration_stretches":
            "how many times as long two stretches together may be; longer ones have holes in them",
        "plausibility.max_constant_speed_permille":
            "the largest share of steps as long as the median speed makes them",
        "plausibility.constant_speed_tolerance_mm": "how much longer or shorter such a step may be",
        "plausibility.min_deviation_mm":
            "the least median distance of a fix from the line between its neighbours",
        "plausibility.min_moving_steps": "the fewest steps of a moving car that tell anything",
        "plausibility.moving_speed_mm_per_s": "the lowest speed that counts as moving",
        "plausibility.min_step_ms": "the shortest step that is looked at",
        "plausibility.frozen_action": "what follows from trace.frozen: 0 to 3",
        "plausibility.motion_action": "what follows from trace.motion: 0 to 3",
        "plausibility.min_imagery_steps":
            "the fewest frames of a moving car, or steps of a standing one, whose pictures tell anything",
        "plausibility.imagery_step_mm": "how far a car must have moved for its picture to be another one",
        "plausibility.same_picture_bits": "the greatest PDQ distance of a picture that did not change",
        "plausibility.min_picture_quality": "the lowest PDQ quality at which pictures tell anything",
        "plausibility.max_frozen_permille":
            "the largest share of a moving car's frames that show a picture of another place",
        "plausibility.max_loop_pictures": "how many pictures of a drive a frame is held against",
        "plausibility.standing_distance_mm": "the longest step of a standing car",
        "plausibility.standing_time_ms": "the longest time such a step takes",
        "plausibility.other_picture_bits": "the least PDQ distance of a picture that changed as by driving",
        "plausibility.max_motion_permille":
            "the largest share of a standing car's steps that change the picture so",
        "plausibility.turning_action": "what follows from trace.turning: 0 to 3",
        "plausibility.min_turning_steps": "the fewest steps in which the trace turns that tell anything",
        "plausibility.min_turn_centidegrees": "the least change of heading of such a step",
        "plausibility.max_turn_centidegrees": "the greatest change of heading of such a step",
        "plausibility.turning_time_ms": "the longest time such a step takes",
        "plausibility.turning_shift_permille":
            "how far the picture must have moved the other way, of its width",
        "plausibility.min_turning_permille": "the smallest share of turning steps in which it has",
        "collisions.two_places_mm":
            "how far apart two drives of one account or camera must be to be in two places",
        "collisions.same_car_mm":
            "how near each other two drives must be all the time to be one car, or one drive",
        "collisions.min_share_permille": "the smallest share of their common moments at which this must hold",
        "collisions.min_moments": "the fewest common moments that tell anything",
        "collisions.min_way_mm": "the shortest way that is told from standing about",
        "collisions.max_gap_ms": "the longest time between two fixes that is interpolated",
        "collisions.replay_step_ms":
            "the steps in which the stay of a car in a cell is counted; a replay is later by more than one",
        "collisions.replay_cell_precision_characters": "characters of these cells",
        "collisions.min_replay_windows":
            "the fewest windows of four cells that must agree on a delay before two traces are compared",
        "collisions.replay_windows_part": "one in so many of the later drive's windows must agree as well",
        "privacy.trim_mm": "how far from its two ends a drive is not stored whose contributor has not chosen",
        "privacy.keep_comments": "1: kept frames keep their comments",
        "privacy.keep_xmp": "1: kept frames keep their XMP",
        "privacy.keep_colour_profile": "1: kept frames keep their colour profile",
        "measure.max_file_bytes": "the largest file that is decoded",
        "measure.max_pixels": "the most pixels that are decoded",
        "measure.max_scans": "the most scans of a progressive JPEG",
        "measure.min_shorter_side_pixels": "the fewest pixels on the shorter side",
        "measure.min_mean_luma_thousandths": "the lowest mean luma; darker is quality.dark",
        "measure.max_dark_share_permille": "the largest share of dark samples; more is quality.dark",
        "measure.max_bright_share_permille":
            "the largest share of white samples; more is quality.overexposed",
        "measure.max_flat_share_permille":
            "the largest share of areas that show nothing; more is quality.covered",
        "measure.min_sharpness_permille": "the lowest sharpness; less is quality.blurred",
        "measure.max_horizontal_error_mm": "the largest horizontal error; more is position.inaccurate",
        "measure.exposure_dark_luma_thousandths": "exposure of frames darker than ideal, by mean luma",
        "measure.exposure_bright_luma_thousandths": "exposure of frames brighter than ideal, by mean luma",
        "measure.sharpness_permille": "sharpness factor, by sharpness",
        "measure.contrast_luma_thousandths": "contrast factor, by standard deviation of luma",
        "measure.obstruction_flat_permille": "obstruction factor, by share of areas that show nothing",
        "measure.resolution_thousand_pixels": "resolution factor, by thousands of pixels",
        "measure.accuracy_mm": "accuracy factor, by horizontal error",
        "measure.accuracy_unknown_permille": "accuracy factor where the upload says nothing of accuracy",
        "measure.focus_permille": "focus factor, by the share of the finest detail",
        "measure.relative_focus_permille":
            "relative focus factor, by focus in permille of the drive's median",
        "measure.relative_focus_unknown_permille": "relative focus factor where the drive has too few frames",
        "measure.min_median_frames": "the fewest frames of a drive whose median tells anything",
        "measure.glare_permille": "glare factor, by the share of white areas and what they spill over to",
        "measure.daylight_centidegrees": "daylight factor, by the sun's elevation",
        "measure.dirt_permille": "dirt factor, by the share of areas that stay the same while the car moves",
        "measure.dirt_unknown_permille": "dirt factor where the car did not move enough to tell",
        "measure.min_dirt_frames": "the fewest frames of a moving car that tell dirt and hood",
        "measure.dirt_step_mm": "how far apart such frames must be",
        "measure.dirt_deviation_luma_thousandths":
            "by how much mean and deviation of an area that stays the same may deviate",
        "measure.dirt_brightness_permille":
            "how light such an area may be at most, beside the picture's mean",
        "measure.hood_permille": "hood factor, by the share of the picture that is the car itself",
        "measure.hood_unknown_permille": "hood factor where the car did not move enough to tell",
        "measure.hood_step_luma_thousandths":
            "how much lighter one side of the car's edge is at least, on the average",
        "measure.hood_steadiness_permille":
            "how steady that is at least: the square of the mean step in permille of the mean of its squares",
        "measure.heading_unknown_permille":
            "heading factor where the heading is unknown; 1000 where it is known",
        "measure.dark_luma": "samples below this are dark",
        "measure.bright_luma": "samples above this are white",
        "measure.flat_deviation_luma": "an area with a standard deviation below this shows nothing",
        "measure.white_luma": "the least mean of an area that shows nothing but white",
        "measure.white_deviation_luma": "the greatest standard deviation of such an area",
        "measure.bloom_luma": "the least mean of an area beside a white one that its light spills over to",
        "measure.bloom_deviation_luma": "the greatest standard deviation of such an area",
        "deduplicate.max_dhash_distance_bits":
            "the greatest dHash distance of a duplicate: a second look at what PDQ finds",
        "deduplicate.narrow_crop_permille":
            "by how much the lesser crop whose hash is kept is cut at every side",
        "deduplicate.wide_crop_permille":
            "by how much the greater crop whose hash is kept is cut at every side",
        "deduplicate.max_pdq_distance_bits": "the greatest PDQ distance of a duplicate",
        "deduplicate.min_pdq_quality": "the lowest PDQ quality at which the hash tells pictures apart at all",
        "deduplicate.standstill_distance_mm": "how far a standing car's fixes may lie from the first one",
        "score.cell_precision_characters": "characters of the geohash cells of coverage",
        "score.freshness_by_age_ms":
            "what a pass is worth, permille, by how long ago its cell was covered before",
        "score.late_by_ms": "what a pass is worth, permille, by how long before its epoch it was driven",
        "score.redundancy_target": "how often a cell is paid in full in one epoch",
        "trust.initial_permille": "trust of a device that is new",
        "trust.min_permille": "the least trust there is",
        "trust.step_permille": "what a flagged drive takes from its device's trust",
        "trust.recovery_permille": "what a week gives back",
        "reward.reserve_permille": "the share of the budget that is kept for corrections",
        "reward.debt_permille": "the largest share of what somebody earns that goes into a debt",
        "reward.device_floor_micro_points": "a device that earns less in an epoch earns nothing",
        "reward.device_ceiling_micro_points": "what a device earns above this in an epoch does not count",
        "reward.account_cap_permille": "the largest share of the coverage pool for one contributor",
        "reward.regions":
            "pairs of precision and limit: the coverage pool is split by cells' first characters, and what is done in one counts up to the limit",
        "reward.challenge_ms": "how long after its seal an epoch can be challenged",
        "reward.budget_micro_points": "what an epoch pays out",
        "reward.grace_ms": "how long after its end an epoch is still open for uploads",
        "reward.genesis": "what the seed of the first epoch is made from",
    ]
}
