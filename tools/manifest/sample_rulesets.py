"""Rulesets for chains that are made up: limits of the stages as they may be, and all that pays out of the ordinary."""

from .conventions import AMOUNTS, DAY_MS, WEEK_MS

STAGES = {
    "format": "waggle-ruleset/1",
    "verify": {"earliest_time_ms": 946_684_800_000, "null_island_e7_degrees": 1000, "max_speed_mm_per_s": 70_000,
               "position_noise_mm": 50_000, "max_outlier_fixes": 3, "min_part_fixes": 5},
    "locate": {"max_gap_ms": 10_000, "max_gap_mm": 300_000, "heading_distance_mm": 5_000, "error_per_hdop_mm": 5_000,
               "unknown_hdop_thousandths": 50_000},
    "sources": {"max_time_difference_ms": 10_000, "max_position_difference_mm": 200_000, "min_clock_witnesses": 3,
                "min_stuck_frames": 5, "min_clock_agreement_permille": 600, "max_clock_rival_permille": 200,
                "witness_distance_mm": 50_000, "trace_margin_ms": 30_000, "max_clock_witnesses": 100,
                "clock_window_steps": 3, "max_witness_fixes": 50, "min_clock_presence_permille": 400,
                "min_clock_match_permille": 600, "min_stuck_clock_permille": 700},
    "plausibility": {"teleport_action": 1, "acceleration_action": 2, "constant_speed_action": 0, "too_smooth_action": 3,
                     "max_teleports": 1, "max_acceleration_mm_per_s2": 12_000, "min_moving_steps": 60,
                     "moving_speed_mm_per_s": 3_000, "acceleration_time_ms": 2_000, "min_step_ms": 200,
                     "max_acceleration_stretches": 4,
                     "max_constant_speed_permille": 950, "constant_speed_tolerance_mm": 10, "min_deviation_mm": 20,
                     "frozen_action": 1, "motion_action": 2, "min_imagery_steps": 20, "imagery_step_mm": 5_000,
                     "same_picture_bits": 31, "other_picture_bits": 90, "min_picture_quality": 50,
                     "max_frozen_permille": 200, "max_motion_permille": 400, "max_loop_pictures": 4_096,
                     "standing_distance_mm": 1_000, "standing_time_ms": 10_000, "turning_action": 2,
                     "min_turning_steps": 10, "min_turn_centidegrees": 1_000, "max_turn_centidegrees": 3_000,
                     "turning_time_ms": 2_000, "turning_shift_permille": 50, "min_turning_permille": 200},
    "collisions": {"two_places_mm": 500_000, "same_car_mm": 15_000, "min_way_mm": 200_000, "min_share_permille": 900,
                   "min_moments": 20, "max_gap_ms": 5_000, "replay_step_ms": 2_000,
                   "replay_cell_precision_characters": 8, "min_replay_windows": 5, "replay_windows_part": 4},
    "privacy": {"trim_mm": 200_000, "keep_comments": 0, "keep_xmp": 0, "keep_colour_profile": 1},
    "measure": {"max_file_bytes": 50_000_000, "max_pixels": 100_000_000, "max_scans": 100, "min_shorter_side_pixels": 480,
                "min_mean_luma_thousandths": 20_000, "max_dark_share_permille": 900, "max_bright_share_permille": 600,
                "max_flat_share_permille": 900, "min_sharpness_permille": 50, "max_horizontal_error_mm": 30_000,
                "exposure_dark_luma_thousandths": {"zero": 20_000, "full": 80_000},
                "exposure_bright_luma_thousandths": {"zero": 240_000, "full": 170_000},
                "contrast_luma_thousandths": {"zero": 5_000, "full": 40_000}, "sharpness_permille": {"zero": 0, "full": 800},
                "obstruction_flat_permille": {"zero": 900, "full": 300},
                "resolution_thousand_pixels": {"zero": 100, "full": 2_000}, "accuracy_mm": {"zero": 30_000, "full": 5_000},
                "focus_permille": {"zero": 100, "full": 300}, "relative_focus_permille": {"zero": 400, "full": 800},
                "glare_permille": {"zero": 600, "full": 150}, "dirt_permille": {"zero": 400, "full": 90},
                "daylight_centidegrees": {"zero": -1_200, "full": -600}, "min_median_frames": 10, "min_dirt_frames": 40,
                "dirt_step_mm": 5_000, "dirt_deviation_luma_thousandths": 1_500, "dirt_brightness_permille": 800,
                "hood_permille": {"zero": 800, "full": 150}, "hood_unknown_permille": 950,
                "hood_step_luma_thousandths": 3_000, "hood_steadiness_permille": 600,
                "relative_focus_unknown_permille": 1_000, "dirt_unknown_permille": 900, "heading_unknown_permille": 700,
                "accuracy_unknown_permille": 500, "dark_luma": 20, "bright_luma": 245, "flat_deviation_luma": 3,
                "white_luma": 230, "white_deviation_luma": 5, "bloom_luma": 150, "bloom_deviation_luma": 20},
    "deduplicate": {"max_dhash_distance_bits": 14, "max_pdq_distance_bits": 31, "min_pdq_quality": 50,
                    "narrow_crop_permille": 40, "wide_crop_permille": 80, "standstill_distance_mm": 3_000},
}
PLAIN_LATE = [[0, 1000], [WEEK_MS, 750], [30 * DAY_MS, 0]]
WEEKLY = [[0, 0], [WEEK_MS, 1000]]

# Of each variant: freshness, lateness and target of the score; trust (initial, least, step, recovery);
# actions of teleport, acceleration, constant speed and smoothness; and what the reward has beside its texts.
VARIANTS = [
    dict(score=(WEEKLY, PLAIN_LATE, 1), trust=(800, 100, 150, 20), actions=(1, 2, 0, 3),
         budget=1_000_000_000, reserve=50, debt=500, floor=0, ceiling=AMOUNTS - 1, cap=1000, regions=[], grace=2 * DAY_MS),
    dict(score=([[3_600_000, 100], [DAY_MS, 100], [DAY_MS + 1, 537], [5 * DAY_MS, 1000]], [[0, 900], [1, 333]], 2),
         trust=(1000, 0, 1000, 1), actions=(2, 3, 1, 0), budget=123_456_789_012_345, reserve=300, debt=1000,
         floor=1_500_000, ceiling=9_000_000, cap=211, regions=[[5, 2_000_000]], grace=0),
    dict(score=([[0, 0], [1000, 1], [60_000, 2], [DAY_MS, 250], [4 * WEEK_MS, 900]], [[0, 1000]], 1),
         trust=(300, 300, 0, 1000), actions=(3, 0, 2, 1), budget=7, reserve=0, debt=0, floor=0, ceiling=1_000, cap=1000,
         regions=[[1, 1_000], [3, 777], [6, 5]], grace=25 * DAY_MS),
    dict(score=([[0, 1000]], [[10 * DAY_MS, 1000], [10 * DAY_MS + 1, 0]], 3), trust=(500, 1, 37, 3), actions=(2, 2, 2, 2),
         budget=0, reserve=500, debt=999, floor=0, ceiling=AMOUNTS - 1, cap=1, regions=[[2, 1], [4, 2**53 - 1]], grace=DAY_MS),
    dict(score=([[0, 0], [WEEK_MS, 0], [WEEK_MS + 1, 1000]], PLAIN_LATE, 2), trust=(1000, 600, 100, 100),
         actions=(1, 1, 1, 1), budget=5_000_000, reserve=1000, debt=100, floor=2**40, ceiling=2**40, cap=500, regions=[],
         grace=5 * DAY_MS),
    dict(score=(WEEKLY, PLAIN_LATE, 1), trust=(700, 0, 700, 0), actions=(3, 2, 2, 2), budget=AMOUNTS - 1, reserve=100,
         debt=250, floor=1, ceiling=20_000_000, cap=333, regions=[[2, 5_000_000], [5, 1_000_000]], grace=DAY_MS),
    dict(score=([[0, 500], [316_224_000_000, 1000]], [[0, 0]], 1), trust=(0, 0, 0, 5), actions=(0, 2, 3, 2), budget=1,
         reserve=0, debt=1000, floor=0, ceiling=0, cap=1000, regions=[[10, 1]], grace=DAY_MS),
    dict(score=([[0, 333], [7, 334], [WEEK_MS, 1000]], [[DAY_MS, 1000], [WEEK_MS, 0]], 1), trust=(900, 50, 450, 10),
         actions=(2, 3, 2, 1), budget=98_765_432_101, reserve=7, debt=777, floor=100_000, ceiling=3_000_000, cap=120,
         regions=[[1, 9_000_000], [2, 6_000_000], [3, 4_000_000], [4, 3_000_000], [5, 2_000_000], [8, 700_000]], grace=DAY_MS),
]
HUGE = 5  # this one leaves no room for another of its kind, nor for bounties


def made(index, genesis, precision):
    """The ruleset of a variant, with cells of so many characters. Beyond the list it starts again, with other sums and without the one of the greatest budget."""
    turn, number = divmod(index, len(VARIANTS))
    variant = VARIANTS[0 if turn and number == HUGE else number]
    freshness, late, target = variant["score"]
    regions = {min(level, precision): limit for level, limit in variant["regions"]}
    initial, least, step, recovery = variant["trust"]
    teleport, acceleration, constant, smooth = variant["actions"]
    return {
        **STAGES,
        "plausibility": {**STAGES["plausibility"], "teleport_action": teleport, "acceleration_action": acceleration,
                         "constant_speed_action": constant, "too_smooth_action": smooth},
        "score": {"cell_precision_characters": precision, "freshness_by_age_ms": freshness, "late_by_ms": late,
                  "redundancy_target": target},
        "trust": {"initial_permille": initial, "min_permille": least, "step_permille": step, "recovery_permille": recovery},
        "reward": {"budget_micro_points": str(variant["budget"] + turn), "reserve_permille": variant["reserve"],
                   "debt_permille": variant["debt"], "device_floor_micro_points": str(variant["floor"]),
                   "device_ceiling_micro_points": str(variant["ceiling"]), "account_cap_permille": variant["cap"],
                   "regions": [list(level) for level in regions.items()], "grace_ms": variant["grace"], "challenge_ms": 14 * DAY_MS,
                   "genesis": genesis}}
