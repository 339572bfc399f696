"""Holds schedules of rulesets, and passes from weeks of several of them, against examples worked out by hand."""

import copy

from . import sample_rulesets, schedule, scoring
from .conventions import WEEK_MS, epoch_start

A, B, C = "a" * 64, "b" * 64, "c" * 64
# 2026-W53 is the last week of its year; it begins on Monday, 28 December.
YEAR_END = 1_798_416_000_000
ENTRIES = [
    {"from": None, "adopted_at": None, "ruleset": A},
    {"from": "2026-W53", "adopted_at": YEAR_END - 5, "ruleset": B},
    {"from": "2027-W02", "adopted_at": YEAR_END - 5, "ruleset": A},
]


def _entry(**members):
    return {"from": "2027-W05", "adopted_at": YEAR_END - 5, "ruleset": C, **members}


# What is no list of entries in order.
MALFORMED = {
    "none": [], "no list": {}, "no entry": [None], "no first": ENTRIES[1:], "first adopted": [{**ENTRIES[0], "adopted_at": 0}],
    "first from": [{**ENTRIES[0], "from": "2026-W01"}], "member missing": [{"from": None, "ruleset": A}],
    "member unknown": [{**ENTRIES[0], "note": ""}], "hash": [{**ENTRIES[0], "ruleset": "A" * 64}],
    "two firsts": [ENTRIES[0], {**ENTRIES[0], "ruleset": B}], "no week": [ENTRIES[0], _entry(**{"from": "2025-W53"})],
    "never adopted": [ENTRIES[0], _entry(adopted_at=None)], "boolean": [ENTRIES[0], _entry(adopted_at=True)],
    "same week": [*ENTRIES, _entry(**{"from": "2027-W02"})], "week before": [*ENTRIES, _entry(**{"from": "2027-W01"})],
}
# Entries in order, and how many faults they have.
ORDERS = {
    "all as it should be": (ENTRIES, 0),
    "at the last moment": ([*ENTRIES[:1], _entry(adopted_at=epoch_start("2027-W05") - 1)], 0),
    "in its week": ([*ENTRIES[:1], _entry(adopted_at=epoch_start("2027-W05"))], 1),
    "earlier than the one before": ([*ENTRIES, _entry(adopted_at=YEAR_END - 6)], 1),
    "the same again": ([*ENTRIES, _entry(ruleset=A)], 1),
}
# Entries, the seal, entries and seal of the manifest before, and how many faults that is.
HISTORIES = {
    "the first manifest": (ENTRIES, YEAR_END - 4, [], None, 0),
    "the first manifest, at the seal": (ENTRIES, YEAR_END - 5, [], None, 2),
    "the same": (ENTRIES, YEAR_END + 1, ENTRIES, YEAR_END, 0),
    "the same, sealed as of an earlier time": (ENTRIES, YEAR_END - 9, ENTRIES, YEAR_END, 0),
    "new ones": (ENTRIES, YEAR_END, ENTRIES[:1], YEAR_END - 5, 0),
    "new ones, before the seal before": (ENTRIES, YEAR_END, ENTRIES[:1], YEAR_END - 4, 2),
    "new ones, at the seal": (ENTRIES, YEAR_END - 5, ENTRIES[:2], YEAR_END - 6, 1),
    "one less": (ENTRIES[:2], YEAR_END, ENTRIES, YEAR_END, 1),
    "another from": ([*ENTRIES[:2], {**ENTRIES[2], "from": "2027-W03"}], YEAR_END, ENTRIES, YEAR_END, 1),
    "another ruleset": ([*ENTRIES[:2], {**ENTRIES[2], "ruleset": C}], YEAR_END, ENTRIES, YEAR_END, 1),
    "another adoption": ([*ENTRIES[:2], {**ENTRIES[2], "adopted_at": YEAR_END - 4}], YEAR_END, ENTRIES, YEAR_END, 1),
}
FIXED = [("deduplicate", "min_pdq_quality"), ("collisions", "min_moments"), ("score", "cell_precision_characters")]


def checks():
    """Pairs of a name and whether that is as it should be."""
    for name, entries in MALFORMED.items():
        yield f"schedule, {name}", bool(schedule.form_faults(entries))
    yield "schedule", not schedule.form_faults(ENTRIES)
    for name, (entries, count) in ORDERS.items():
        yield f"order, {name}", len(list(schedule.order_faults(entries))) == count
    for name, (*manifests, count) in HISTORIES.items():
        yield f"history, {name}", len(list(schedule.history_faults(*manifests))) == count
    ruleset = sample_rulesets.made(0, "self-test", 8)
    other = sample_rulesets.made(1, "another", 8)
    yield "rulesets that may differ", not list(schedule.fixed_faults([ruleset, other]))
    for part, member in FIXED:
        changed = copy.deepcopy(other)
        changed[part][member] += 1
        yield f"rulesets that differ in {member}", len(list(schedule.fixed_faults([ruleset, other, changed]))) == 1
    rulesets = schedule.Schedule(ENTRIES, [1, 2, 3])
    times = -2**53, YEAR_END - 1, YEAR_END, YEAR_END + 2 * WEEK_MS - 1, YEAR_END + 2 * WEEK_MS, 2**53
    yield "ruleset of a time", [rulesets.ruleset(time) for time in times] == [1, 1, 2, 2, 3, 3]
    yield "name of a time", [rulesets.name(time) for time in times] == [A, A, B, B, A, A]
    yield "passes of two weeks", _scored() == [
        (1000, 1000, 400), (200, 166, 600), (500, 500, 1000), (1000, 711, 1000), (500, 134, 1000)]


def _scored():
    """Freshness, credit and lateness of passes in one cell: two from the week before the window, three of the window.

    Before the window a pass is worth its age in milliseconds, late ones lose a permille for each, and the target is 1; from then
    on every pass is worth 500, late ones nothing, and the target is 2. The sums of freshness are 1000, 1200, 1700, 2700, 3200.
    By the first target R(1000) = 1000 and R(1200) = 1000 + 200,000 / 1200 = 1166; by the second one R(1200) = 1200,
    R(1700) = 1700, R(2700) = 2000 + 700,000 / 1700 = 2411, and R(3200) = 2000 + 1,200,000 / 2200 = 2545.
    """
    start = YEAR_END
    before, after = (
        {"score": {"freshness_by_age_ms": freshness, "late_by_ms": late, "redundancy_target": target}} for freshness, late, target
        in [([[0, 0], [1000, 1000]], [[0, 1000], [1000, 0]], 1), ([[0, 500]], [[0, 0]], 2)])
    passes = scoring.Passes()
    for drive, (captured, octant) in enumerate([(-600, 0), (-400, 0), (0, 0), (1, 1), (2, 0)]):
        passes.add(drive, {"frame": str(drive), "cell": "s0000000", "captured_at": start + captured, "quality": 1000,
                           "heading_octant": octant})
    passes.score(scoring.History(), start, schedule.Schedule(ENTRIES[:2], [before, after]))
    return [(entry["freshness"], entry["credit"], entry["late"]) for _, _, entry in passes.entries(list("abcde"), [1000] * 5)]
