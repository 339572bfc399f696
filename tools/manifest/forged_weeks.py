"""Kinds of forgery that compute by a ruleset of another week. The manifests list the right ones, and every hash fits."""

import json

from .conventions import epoch_start
from .forgery import KINDS
from .schedule import Schedule


def _computed(name, text, change):
    """A kind that computes every epoch by what a function of its schedule and own ruleset makes of the rulesets."""
    def forge(forger):
        def computed_by(given):
            schedule = given.schedule()
            return Schedule(schedule.entries, change(schedule, schedule.ruleset(epoch_start(given.epoch))))

        def compare(manifest):
            published = json.loads((forger.source / "epochs" / manifest["epoch"] / "manifest.json").read_bytes())
            forger.done |= any(manifest[file] != published[file] for file in ("inputs", "scores", "awards"))
            return manifest

        forger.computed_by = computed_by
        forger.alter("manifest", compare)
    KINDS.add(f"week-{name}", text, forge)


def _by_own(*members):
    """Passes go by these members of the epoch's own ruleset, whenever they were driven."""
    def change(schedule, own):
        of_own = {member: own["score"][member] for member in members}
        return [{**ruleset, "score": {**ruleset["score"], **of_own}} for ruleset in schedule.rulesets]
    return change


def _closed_by(choose):
    """All but the passes goes by another ruleset that is listed."""
    def change(schedule, own):
        other = choose(schedule, own)
        return [{**other, "score": own["score"]} if ruleset is own else ruleset for ruleset in schedule.rulesets]
    return change


def _before(schedule, own):
    names = [ruleset is own for ruleset in schedule.rulesets]
    return schedule.rulesets[max(0, names.index(True) - 1)]


_computed("late", "late passes are scored by the epoch's own ruleset",
          _by_own("freshness_by_age_ms", "late_by_ms", "redundancy_target"))
_computed("late-freshness", "freshness of late passes goes by the epoch's own ruleset", _by_own("freshness_by_age_ms"))
_computed("late-lateness", "lateness of late passes goes by the epoch's own ruleset", _by_own("late_by_ms"))
_computed("late-credit", "credit of late passes goes by the target of the epoch's own ruleset", _by_own("redundancy_target"))
_computed("before", "epochs are closed by the ruleset before theirs", _closed_by(_before))
_computed("adopted", "epochs are closed by the ruleset adopted last, which does not hold yet",
          _closed_by(lambda schedule, own: schedule.rulesets[-1]))
_computed("first", "epochs are closed by the first ruleset", _closed_by(lambda schedule, own: schedule.rulesets[0]))
