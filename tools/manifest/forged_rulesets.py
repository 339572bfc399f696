"""Kinds of forgery that change seals and rulesets. All is computed anew, so that only the rules on what is given tell."""

from .conventions import WEEK_MS, epoch_of, epoch_start
from .forgery import KINDS
from .tampering import NotApplicable


@KINDS.kind("sealed-early", "an epoch is sealed a millisecond before its grace is over")
def _(forger):
    given = forger.epochs[0] if forger.epochs else None
    if not given:
        raise NotApplicable
    given.sealed = epoch_start(given.epoch) + WEEK_MS + given.ruleset["reward"]["grace_ms"] - 1
    forger.done = True


@KINDS.kind("sealed-falling", "an epoch is sealed a millisecond before the one before it")
def _(forger):
    if len(forger.epochs) < 2:
        raise NotApplicable
    forger.epochs[0].sealed = forger.epochs[1].sealed + 1
    forger.done = True


@KINDS.kind("epochs-swapped", "the second epoch is before the first")
def _(forger):
    if len(forger.epochs) < 2:
        raise NotApplicable
    forger.epochs[1].epoch = epoch_of(epoch_start(forger.epochs[0].epoch) - WEEK_MS)
    forger.done = True


def _ruleset(name, text, change):
    def forge(forger):
        if not forger.epochs:
            raise NotApplicable
        change(forger.epochs[0].ruleset)
        forger.done = True
    KINDS.add(f"ruleset-{name}", f"a ruleset under its true name: {text}", forge)


_ruleset("member-unknown", "a member that the page does not know", lambda rules: rules["score"].update(extra=1))
_ruleset("member-missing", "a member is missing", lambda rules: rules["privacy"].pop("trim_mm"))
_ruleset("range", "a limit out of its range", lambda rules: rules["verify"].update(min_part_fixes=0))
_ruleset("boolean", "true instead of 1", lambda rules: rules["privacy"].update(keep_xmp=True))
_ruleset("curve", "freshness that falls", lambda rules: rules["score"].update(freshness_by_age_ms=[[0, 1000], [1, 999]]))
_ruleset("curve-order", "a curve whose x stays", lambda rules: rules["score"].update(late_by_ms=[[1, 1000], [1, 999]]))
_ruleset("trust", "the least trust above the first", lambda rules: rules["trust"].update(initial_permille=1, min_permille=2))
_ruleset("floor", "a floor above the ceiling",
         lambda rules: rules["reward"].update(device_floor_micro_points="2", device_ceiling_micro_points="1"))
_ruleset("regions", "regions finer than cells", lambda rules: rules["reward"].update(
    regions=[[rules["score"]["cell_precision_characters"] + 1, 1]]))
_ruleset("ramp", "a ramp by which a better frame is worth less",
         lambda rules: rules["measure"].update(accuracy_mm={"full": 30_000, "zero": 5_000}))
_ruleset("witness", "witnesses farther than positions may differ", lambda rules: rules["sources"].update(
    witness_distance_mm=300_000, max_position_difference_mm=299_999))
