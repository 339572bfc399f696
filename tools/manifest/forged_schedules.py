"""Kinds of forgery that change which ruleset holds when. All is computed anew, so that only section 2.1 tells."""

import copy

from .conventions import WEEK_MS, canonical, epoch_of, epoch_start, sha256
from .forgery import KINDS
from .tampering import NotApplicable


def _pick(candidates, *preferences):
    """The first of the candidates of which the most important preferences hold."""
    candidates = list(candidates)
    if not candidates:
        raise NotApplicable
    return max(candidates, key=lambda candidate: [bool(preference(*candidate)) for preference in preferences])


def _never_holds(forger):
    """Whether an entry begins to hold after the last epoch: changing it changes no result."""
    return lambda number, index: forger.epochs[number].rulesets[index]["from"] > forger.epochs[-1].epoch


def _adoptions(forger):
    """Each manifest that lists an entry first, and the entry's index, apart from the first entry."""
    known = 1
    for number, given in enumerate(forger.epochs):
        yield from ((number, index) for index in range(known, len(given.rulesets)))
        known = max(known, len(given.rulesets))


def _everywhere(forger, index, **members):
    """Changes an entry in all manifests that list it."""
    for given in forger.epochs:
        if index < len(given.rulesets):
            given.rulesets[index].update(members)
    forger.done = True


# One manifest after another tells another history

def _rewritten(name, text, change):
    """A kind that changes the list from one manifest on that follows one which lists the entry that is changed."""
    def forge(forger):
        number, index = _pick(
            ((number, index) for number in range(1, len(forger.epochs))
             for index in range(1, len(forger.epochs[number - 1].rulesets))), _never_holds(forger))
        for given in forger.epochs[number:]:
            given.rulesets = change(given.rulesets, index)
        forger.done = True
    KINDS.add(f"schedule-{name}", f"rulesets, from one manifest on: {text}", forge)


def _with(**members):
    def change(entries, index):
        changed = {name: value(entries[index]) for name, value in members.items()}
        return [*entries[:index], {**entries[index], **changed}, *entries[index + 1:]]
    return change


def _richer(entry):
    """A ruleset of another name that pays a micro-point more."""
    ruleset = copy.deepcopy(entry["ruleset"])
    ruleset["reward"]["budget_micro_points"] = str((int(ruleset["reward"]["budget_micro_points"]) + 1) % 2**64)
    return ruleset


def _week_on(entry, weeks=1):
    return epoch_of(epoch_start(entry["from"]) + weeks * WEEK_MS)


def _swapped(entries, index):
    before, entry = entries[index - 1], entries[index]
    return [*entries[:index - 1], {**before, "ruleset": entry["ruleset"]}, {**entry, "ruleset": before["ruleset"]},
            *entries[index + 1:]]


_rewritten("dropped", "an entry is gone", lambda entries, index: [*entries[:index], *entries[index + 1:]])
_rewritten("first-dropped", "the first is gone, and the second holds from the beginning",
           lambda entries, index: [{**entries[1], "from": None, "adopted_at": None}, *entries[2:]])
_rewritten("replaced", "an entry names another ruleset, which is there", _with(ruleset=_richer))
_rewritten("first-replaced", "the first names another ruleset, which is there",
           lambda entries, index: [{**entries[0], "ruleset": _richer(entries[0])}, *entries[1:]])
_rewritten("from-later", "an entry holds from a week later", _with(**{"from": _week_on}))
_rewritten("adopted-earlier", "an entry was adopted a millisecond earlier", _with(adopted_at=lambda entry: entry["adopted_at"] - 1))
_rewritten("swapped", "two entries have each other's ruleset", _swapped)


# All manifests agree with each other

@KINDS.kind("schedule-adopted-at-seal", "a ruleset is adopted in the moment of the seal, and listed all the same")
def _(forger):
    number, index = _pick(
        (number, index) for number, index in _adoptions(forger) if index == len(forger.epochs[number].rulesets) - 1
        and forger.epochs[number].sealed < epoch_start(forger.epochs[number].rulesets[index]["from"]))
    _everywhere(forger, index, adopted_at=forger.epochs[number].sealed)


@KINDS.kind("schedule-adopted-in-its-week", "a ruleset is adopted in the moment from which it holds")
def _(forger):
    def fits(number, index):
        given = forger.epochs[number]
        start, after = epoch_start(given.rulesets[index]["from"]), forger.epochs[-1].rulesets[index + 1:]
        return start < given.sealed and all(start <= entry["adopted_at"] for entry in after)
    _, index = _pick(pair for pair in _adoptions(forger) if fits(*pair))
    _everywhere(forger, index, adopted_at=epoch_start(forger.epochs[-1].rulesets[index]["from"]))


@KINDS.kind("schedule-adopted-before-seal", "a ruleset was adopted before the manifest before was sealed, which does not list it")
def _(forger):
    number, index = _pick((number, index) for number, index in _adoptions(forger)
                          if number and index == len(forger.epochs[number - 1].rulesets))
    _everywhere(forger, index, adopted_at=forger.epochs[number - 1].sealed - 1)


@KINDS.kind("schedule-listed-late", "a ruleset is listed a manifest later than it was adopted")
def _(forger):
    def fits(number, index):
        given = forger.epochs[number]
        return (number + 1 < len(forger.epochs) and index == len(given.rulesets) - 1
                and given.rulesets[index]["from"] > given.epoch)
    number, _ = _pick(pair for pair in _adoptions(forger) if fits(*pair))
    forger.epochs[number].rulesets.pop()
    forger.done = True


@KINDS.kind("schedule-adoption-order", "of two rulesets that one manifest lists first, the later one was adopted earlier")
def _(forger):
    pairs = list(_adoptions(forger))
    number, index = _pick((number, index) for number, index in pairs if (number, index - 1) in pairs and (
        number == 0 or forger.epochs[number].rulesets[index - 1]["adopted_at"] > forger.epochs[number - 1].sealed))
    _everywhere(forger, index, adopted_at=forger.epochs[number].rulesets[index - 1]["adopted_at"] - 1)


@KINDS.kind("schedule-same-again", "a ruleset follows itself")
def _(forger):
    number, index = _pick(_adoptions(forger), _never_holds(forger))
    _everywhere(forger, index, ruleset=forger.epochs[number].rulesets[index - 1]["ruleset"])


def _two_adoptions(forger):
    return _pick((pair for pair in _adoptions(forger) if pair[1] > 1), _never_holds(forger))


@KINDS.kind("schedule-same-week", "two rulesets hold from the same week on")
def _(forger):
    number, index = _two_adoptions(forger)
    _everywhere(forger, index - 1, **{"from": forger.epochs[number].rulesets[index]["from"]})


@KINDS.kind("schedule-reordered", "two entries change places")
def _(forger):
    number, index = _two_adoptions(forger)
    before, entry = (dict(forger.epochs[number].rulesets[place]) for place in (index - 1, index))
    _everywhere(forger, index - 1, **entry)
    _everywhere(forger, index, **before)


# What the rulesets of a schedule say

def _adopted(name, text, change):
    """A kind that changes a ruleset which another one precedes, under its true name; it may hold in some epochs."""
    def forge(forger):
        number, index = _pick(_adoptions(forger), lambda number, index: not _never_holds(forger)(number, index))
        change(forger, forger.epochs[number].rulesets[index]["ruleset"])
        forger.done = True
    KINDS.add(f"schedule-{name}", f"an adopted ruleset under its true name: {text}", forge)


def _finer_cells(forger, ruleset):
    """Other cells, for all frames that this ruleset's epochs accept as well."""
    score, reward = ruleset["score"], ruleset["reward"]
    holding = [given for given in forger.epochs if given.ruleset is ruleset]
    finer = score["cell_precision_characters"] < 10
    score["cell_precision_characters"] += 1 if finer else -1
    reward["regions"] = [level for level in reward["regions"] if level[0] <= score["cell_precision_characters"]]
    for frame in (frame for given in holding for frame in given.verdicts if "cell" in frame):
        frame["cell"] = frame["cell"] + "0" if finer else frame["cell"][:-1]


_adopted("deduplicate", "frames are compared otherwise than before",
         lambda forger, ruleset: ruleset["deduplicate"].update(max_dhash_distance_bits=13))
_adopted("collisions", "drives are compared otherwise than before",
         lambda forger, ruleset: ruleset["collisions"].update(min_moments=21))
_adopted("cells", "cells have another precision than before", _finer_cells)


def _waiting(forger):
    """A ruleset that holds in no epoch yet."""
    holding = [given.ruleset for given in forger.epochs]
    for number, index in _adoptions(forger):
        ruleset = forger.epochs[number].rulesets[index]["ruleset"]
        if _never_holds(forger)(number, index) and all(ruleset is not other for other in holding):
            return ruleset
    raise NotApplicable


@KINDS.kind("schedule-waiting-invalid", "a ruleset that holds in no epoch yet has a limit out of its range")
def _(forger):
    _waiting(forger)["verify"].update(min_part_fixes=0)
    forger.done = True


@KINDS.kind("schedule-waiting-not-canonical", "a ruleset that holds in no epoch yet has a blank behind its brace, in its name as well")
def _(forger):
    data = canonical(_waiting(forger))
    name, forged = sha256(data).hex(), data.replace(b"{", b"{ ", 1)
    forger.rulesets.append(forged)
    forger.done = True
    forger.alter("manifest", lambda manifest: {**manifest, "rulesets": [
        {**entry, "ruleset": sha256(forged).hex()} if entry["ruleset"] == name else entry for entry in manifest["rulesets"]]})
