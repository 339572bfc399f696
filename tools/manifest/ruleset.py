"""Section 2 of docs/manifest.md: which rulesets are valid, and what their curves say."""

import bisect

from .conventions import MAX_INTEGER, amount, is_integer

TEN_YEARS = 316_224_000_000
THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000
RAMP, DAYLIGHT, CURVE, AMOUNT, REGIONS, TEXT = "ramp", "daylight", "curve", "amount", "regions", "text"

# The table of section 2: (object, members, least, greatest), or (object, members, form, greatest) for what is no integer.
RANGES = [
    ("verify", "earliest_time_ms", 315_964_800_000, 253_402_300_799_999),
    ("verify", "null_island_e7_degrees", 0, 10_000_000),
    ("verify", "max_speed_mm_per_s", 1_000, MILLION),
    ("verify", "position_noise_mm", 0, BILLION),
    ("verify", "max_outlier_fixes", 0, THOUSAND),
    ("verify", "min_part_fixes", 1, THOUSAND),
    ("locate", "max_gap_ms", 0, TEN_YEARS),
    ("locate", "max_gap_mm", 0, BILLION),
    ("locate", "heading_distance_mm", 1, MILLION),
    ("locate", "error_per_hdop_mm", 0, MILLION),
    ("locate", "unknown_hdop_thousandths", 1, BILLION),
    ("sources", "max_time_difference_ms", 1, 86_400_000),
    ("sources", "max_position_difference_mm", 0, BILLION),
    ("sources", "min_clock_witnesses", 1, MILLION),
    ("sources", "min_stuck_frames", 2, MILLION),
    ("sources", "min_clock_agreement_permille", 501, THOUSAND),
    ("sources", "max_clock_rival_permille", 0, THOUSAND),
    ("sources", "witness_distance_mm", 1_000, MILLION),
    ("sources", "trace_margin_ms", 0, TEN_YEARS),
    ("sources", "max_clock_witnesses max_witness_fixes", 1, MILLION),
    ("sources", "clock_window_steps", 0, MILLION),
    ("sources", "min_clock_presence_permille min_clock_match_permille min_stuck_clock_permille", 0, THOUSAND),
    ("plausibility", "teleport_action acceleration_action constant_speed_action too_smooth_action frozen_action motion_action turning_action", 0, 3),
    ("plausibility", "max_teleports", 0, MILLION),
    ("plausibility", "max_acceleration_mm_per_s2 min_moving_steps moving_speed_mm_per_s", 1, MILLION),
    ("plausibility", "acceleration_time_ms min_step_ms", 1, 600_000),
    ("plausibility", "max_acceleration_stretches", 2, THOUSAND),
    ("plausibility", "max_constant_speed_permille", 0, THOUSAND),
    ("plausibility", "constant_speed_tolerance_mm min_deviation_mm", 0, MILLION),
    ("plausibility", "min_imagery_steps imagery_step_mm", 1, MILLION),
    ("plausibility", "same_picture_bits other_picture_bits", 0, 256),
    ("plausibility", "min_picture_quality", 0, 100),
    ("plausibility", "max_frozen_permille max_motion_permille", 0, THOUSAND),
    ("plausibility", "max_loop_pictures", 1, 100_000),
    ("plausibility", "standing_distance_mm", 0, BILLION),
    ("plausibility", "standing_time_ms turning_time_ms", 1, 600_000),
    ("plausibility", "min_turning_steps", 1, MILLION),
    ("plausibility", "min_turn_centidegrees max_turn_centidegrees", 1, 18_000),
    ("plausibility", "turning_shift_permille min_turning_permille", 0, THOUSAND),
    ("collisions", "two_places_mm same_car_mm min_way_mm", 0, BILLION),
    ("collisions", "min_share_permille", 1, THOUSAND),
    ("collisions", "min_moments min_replay_windows", 1, MILLION),
    ("collisions", "max_gap_ms", 0, TEN_YEARS),
    ("collisions", "replay_step_ms", 1, 600_000),
    ("collisions", "replay_cell_precision_characters", 5, 9),
    ("collisions", "replay_windows_part", 1, THOUSAND),
    ("privacy", "trim_mm", 0, 100_000_000),
    ("privacy", "keep_comments keep_xmp keep_colour_profile", 0, 1),
    ("measure", "max_file_bytes max_pixels", 1, BILLION),
    ("measure", "max_scans", 1, 100_000),
    ("measure", "min_shorter_side_pixels", 1, 65_535),
    ("measure", "min_mean_luma_thousandths", 0, 255_000),
    ("measure", "max_dark_share_permille max_bright_share_permille max_flat_share_permille", 0, THOUSAND),
    ("measure", "min_sharpness_permille", 0, MILLION),
    ("measure", "max_horizontal_error_mm", 0, BILLION),
    ("measure", "exposure_dark_luma_thousandths exposure_bright_luma_thousandths contrast_luma_thousandths", RAMP, 255_000),
    ("measure", "sharpness_permille", RAMP, MILLION),
    ("measure", "obstruction_flat_permille", RAMP, THOUSAND),
    ("measure", "resolution_thousand_pixels", RAMP, MILLION),
    ("measure", "accuracy_mm", RAMP, BILLION),
    ("measure", "focus_permille relative_focus_permille", RAMP, MILLION),
    ("measure", "glare_permille dirt_permille hood_permille", RAMP, THOUSAND),
    ("measure", "daylight_centidegrees", DAYLIGHT, 9_000),
    ("measure", "accuracy_unknown_permille relative_focus_unknown_permille", 0, THOUSAND),
    ("measure", "dirt_unknown_permille hood_unknown_permille hood_steadiness_permille heading_unknown_permille", 0, THOUSAND),
    ("measure", "min_median_frames", 1, MILLION),
    ("measure", "min_dirt_frames", 2, MILLION),
    ("measure", "dirt_step_mm", 1, MILLION),
    ("measure", "dirt_deviation_luma_thousandths hood_step_luma_thousandths", 0, 255_000),
    ("measure", "dirt_brightness_permille", 0, 100_000),
    ("measure", "dark_luma bright_luma flat_deviation_luma white_luma white_deviation_luma", 0, 255),
    ("measure", "bloom_luma bloom_deviation_luma", 0, 255),
    ("deduplicate", "max_dhash_distance_bits", 0, 64),
    ("deduplicate", "max_pdq_distance_bits", 0, 31),
    ("deduplicate", "min_pdq_quality", 0, 100),
    ("deduplicate", "narrow_crop_permille wide_crop_permille", 1, 200),
    ("deduplicate", "standstill_distance_mm", 0, BILLION),
    ("score", "cell_precision_characters", 6, 10),
    ("score", "freshness_by_age_ms late_by_ms", CURVE, None),
    ("score", "redundancy_target", 1, THOUSAND),
    ("trust", "initial_permille min_permille step_permille recovery_permille", 0, THOUSAND),
    ("reward", "budget_micro_points device_floor_micro_points device_ceiling_micro_points", AMOUNT, None),
    ("reward", "reserve_permille debt_permille", 0, THOUSAND),
    ("reward", "account_cap_permille", 1, THOUSAND),
    ("reward", "regions", REGIONS, None),
    ("reward", "grace_ms challenge_ms", 0, 31_622_400_000),
    ("reward", "genesis", TEXT, None),
]

RISING_RAMPS = ("exposure_dark_luma_thousandths", "sharpness_permille", "contrast_luma_thousandths",
                "resolution_thousand_pixels", "focus_permille", "relative_focus_permille", "daylight_centidegrees")


def faults(ruleset):
    """What makes a ruleset invalid, each as a line of text."""
    if type(ruleset) is not dict:
        return ["a ruleset is an object"]
    found = []
    if ruleset.get("format") != "waggle-ruleset/1":
        found.append(f"format: expected \"waggle-ruleset/1\", found {ruleset.get('format')!a}")
    members = {"format": None}
    for name, names, low, high in RANGES:
        for member in names.split():
            members.setdefault(name, {})[member] = (low, high)
    found += _names("$", ruleset, members)
    for name, ranges in members.items():
        if ranges is None or name not in ruleset:
            continue
        if type(ruleset[name]) is not dict:
            found.append(f"{name}: expected an object")
            continue
        found += _names(name, ruleset[name], ranges)
        for member, (low, high) in ranges.items():
            if member in ruleset[name] and not _is_in_range(ruleset[name][member], low, high):
                found.append(f"{name}.{member}: {ruleset[name][member]!a} is out of range")
    return found or list(_contradictions(ruleset))


def _names(path, value, members):
    missing = [f"{path}: {name} is missing" for name in sorted(members.keys() - value.keys())]
    return missing + [f"{path}: {name} is unknown" for name in sorted(value.keys() - members.keys())]


def _is_in_range(value, low, high):
    if low in (RAMP, DAYLIGHT):
        return (type(value) is dict and value.keys() == {"full", "zero"} and value["full"] != value["zero"]
                and all(is_integer(end, 0 if low == RAMP else -high, high) for end in value.values()))
    if low == CURVE:
        return (_are_pairs(value, 1, 16) and _ascend(pair[0] for pair in value)
                and all(is_integer(x, 0, TEN_YEARS) and is_integer(y, 0, THOUSAND) for x, y in value))
    if low == REGIONS:
        return (_are_pairs(value, 0, 6) and _ascend(pair[0] for pair in value)
                and all(is_integer(precision, 1, 10) and is_integer(limit, 1, MAX_INTEGER) for precision, limit in value))
    if low == AMOUNT:
        return amount(value) is not None
    if low == TEXT:
        return type(value) is str and 1 <= len(value) <= 100 and all(" " <= character <= "~" for character in value)
    return is_integer(value, low, high)


def _are_pairs(value, least, most):
    return (type(value) is list and least <= len(value) <= most
            and all(type(pair) is list and len(pair) == 2 and all(map(is_integer, pair)) for pair in value))


def _ascend(values):
    values = list(values)
    return all(a < b for a, b in zip(values, values[1:]))


def _contradictions(ruleset):
    measure, score, reward = ruleset["measure"], ruleset["score"], ruleset["reward"]
    for name, ramp in measure.items():
        if type(ramp) is dict and (ramp["zero"] < ramp["full"]) != (name in RISING_RAMPS):
            yield f"measure.{name}: a better frame is worth less"
    freshness, late = ([y for _, y in score[name]] for name in ("freshness_by_age_ms", "late_by_ms"))
    for wrong, text in [
        (measure["exposure_dark_luma_thousandths"]["full"] > measure["exposure_bright_luma_thousandths"]["full"],
         "measure: exposure_dark_luma_thousandths.full is above exposure_bright_luma_thousandths.full"),
        (measure["min_shorter_side_pixels"] ** 2 > measure["max_pixels"],
         "measure: the square of min_shorter_side_pixels is above max_pixels"),
        (0 != ruleset["locate"]["max_gap_mm"] < ruleset["locate"]["heading_distance_mm"],
         "locate: heading_distance_mm is above max_gap_mm"),
        (measure["dark_luma"] > measure["bright_luma"], "measure: dark_luma is above bright_luma"),
        (ruleset["sources"]["min_clock_witnesses"] > ruleset["sources"]["max_clock_witnesses"],
         "sources: min_clock_witnesses is above max_clock_witnesses"),
        (ruleset["sources"]["witness_distance_mm"] > ruleset["sources"]["max_position_difference_mm"],
         "sources: witness_distance_mm is above max_position_difference_mm"),
        (ruleset["deduplicate"]["narrow_crop_permille"] > ruleset["deduplicate"]["wide_crop_permille"],
         "deduplicate: narrow_crop_permille is above wide_crop_permille"),
        (ruleset["plausibility"]["min_turn_centidegrees"] > ruleset["plausibility"]["max_turn_centidegrees"],
         "plausibility: min_turn_centidegrees is above max_turn_centidegrees"),
        (ruleset["plausibility"]["same_picture_bits"] >= ruleset["plausibility"]["other_picture_bits"],
         "plausibility: same_picture_bits is not below other_picture_bits"),
        (freshness != sorted(freshness), "score.freshness_by_age_ms falls"),
        (late != sorted(late, reverse=True), "score.late_by_ms rises"),
        (ruleset["trust"]["min_permille"] > ruleset["trust"]["initial_permille"],
         "trust: min_permille is above initial_permille"),
        (int(reward["device_floor_micro_points"]) > int(reward["device_ceiling_micro_points"]),
         "reward: device_floor_micro_points is above device_ceiling_micro_points"),
        (any(precision > score["cell_precision_characters"] for precision, _ in reward["regions"]),
         "reward.regions: a precision is above score.cell_precision_characters"),
    ]:
        if wrong:
            yield text


def at(curve, x):
    """What a curve is worth at x, the quotient between two pairs rounded towards the first's y."""
    index = bisect.bisect_right(curve, x, key=lambda pair: pair[0])
    if index == 0:
        return curve[0][1]
    if index == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[index - 1], curve[index]
    step = abs(y1 - y0) * (x - x0) // (x1 - x0)
    return y0 + step if y1 >= y0 else y0 - step


def actions(ruleset):
    """What follows from each flag, by its rule: trace.teleport has teleport_action, and so on."""
    suffix = "_action"
    return {f"trace.{name.removesuffix(suffix)}": action
            for name, action in ruleset["plausibility"].items() if name.endswith(suffix)}
