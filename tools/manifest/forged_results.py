"""Kinds of forgery that change what is computed. Every hash fits, and later epochs are as if nothing had been changed."""

import copy
import unicodedata

from .conventions import canonical, sha256
from .forgery import KINDS, altered
from .paying import concentration
from .ruleset import actions


def _with(**members):
    """A change that sets members, by value or by a function of the old one."""
    def change(record):
        return {**record, **{name: value(record[name]) if callable(value) else value for name, value in members.items()}}
    return change


def _more(text):
    return str(int(text) + 1)


def _less(text):
    return str(int(text) - 1)


def _without(name):
    return lambda record: {key: value for key, value in record.items() if key != name}


def _is(name, test):
    return lambda record: test(record[name])


def _any(_):
    return True


def _positive(text):
    return int(text) > 0


# verdicts and inputs, of which the results stay those of before
altered("forged-verdict", "verdicts: an accepted frame becomes a rejected one; its pass stays", "verdicts",
        lambda frame: frame["verdict"] == "accepted" and frame["heading_octant"] is not None,
        lambda frame: {**{k: frame[k] for k in frame if k not in ("cell", "quality", "factors", "location", "heading_octant")},
                       "verdict": "rejected", "rule": "quality.dark"})
altered("forged-removal", "verdicts: a frame is removed; its pass stays", "verdicts", _any, lambda frame: None)
altered("forged-cell", "verdicts: a frame lies in the next cell; its pass stays", "verdicts",
        lambda frame: "cell" in frame and frame["heading_octant"] is not None,
        _with(cell=lambda cell: cell[:-1] + ("0" if cell[-1] != "0" else "1")))
altered("forged-quality", "verdicts: a frame is better; its pass stays", "verdicts",
        lambda frame: frame.get("quality", 1000) < 900 and frame["heading_octant"] is not None, _with(quality=1000))
altered("forged-trust", "inputs: the trust of a drive is greater", "inputs", _is("trust", lambda trust: trust < 1000),
        _with(trust=lambda trust: trust + 1))
altered("forged-device", "inputs: a drive has another device", "inputs", _any, _with(device="another"))
altered("forged-counts", "inputs: an accepted frame more", "inputs", _any,
        _with(frames=lambda counts: {**counts, "accepted": counts["accepted"] + 1}))
altered("forged-form", "verdicts: a blank behind the brace of a line, in the root as well", "verdicts", _any,
        lambda frame: canonical(frame).replace(b"{", b"{ ", 1))
altered("forged-key-twice", "verdicts: a key occurs twice, in the root as well", "verdicts", _any,
        lambda frame: canonical(frame)[:-1] + b',"verdict":"rejected"}')
altered("forged-fraction", "awards: a count as a fraction, in the root as well", "awards", _any,
        lambda award: canonical(award).replace(b'"passes":', b'"passes":0.', 1))

# scores
for _member, _change in [("freshness", 1), ("credit", 1), ("area", 1), ("late", 1), ("trust", 1), ("quality", 1), ("frames", 1),
                         ("covered_at", -1)]:
    altered(f"forged-pass-{_member.replace('_', '-')}", f"scores: {_member} of a pass", "scores",
            _is(_member, lambda value: value != 1000), _with(**{_member: lambda value, change=_change: value + change}))
altered("forged-pass-points", "scores: the points of a pass", "scores", _any, _with(points=_more))
altered("forged-previous-at", "scores: a pass had none before it", "scores", _is("previous_at", lambda time: time is not None),
        _with(previous_at=None))
altered("forged-best-frame", "scores: another frame is the best", "scores", _any, _with(best_frame=lambda name: name + "0"))
altered("forged-pass-removed", "scores: a pass is removed", "scores", _any, lambda entry: None)

# explain
altered("forged-weight", "explain: the weight of a device", "explain", _any, _with(weight=_more))
altered("forged-worthless", "explain: another cause why passes have no points", "explain",
        _is("worthless", bool), _with(worthless=lambda causes: {"too_little": sum(causes.values()) + 1}))
altered("forged-reasons", "explain: a rule refused one frame more", "explain", _is("reasons", bool),
        _with(reasons=lambda reasons: {**reasons, min(reasons): reasons[min(reasons)] + 1}))
altered("forged-drives", "explain: a drive more", "explain", _any, _with(drives=lambda count: count + 1))

# awards and cumulative
altered("forged-paid", "awards: one micro-point more is paid", "awards", _any, _with(paid=_more))
altered("forged-coverage", "awards: one micro-point less from the coverage pool", "awards", _is("coverage", _positive),
        _with(coverage=_less))
altered("forged-region", "awards: the amounts of a region", "awards", lambda award: award.get("regions"),
        _with(regions=lambda regions: [{**regions[0], "amount": _more(regions[0]["amount"])}, *regions[1:]]))
altered("forged-bounty-share", "awards: more from a bounty", "awards", _is("bounties", bool),
        _with(bounties=lambda shares: [{**shares[0], "amount": _more(shares[0]["amount"])}, *shares[1:]]))
altered("forged-debt", "awards: a debt is forgotten", "awards", _is("debt", _positive), _with(debt="0"))
altered("forged-owed", "awards: what is owed is forgotten", "awards", _is("owed", _positive), _with(owed="0"))
altered("forged-correction", "awards: a correction is not paid", "awards", _is("correction", _positive), _with(correction="0"))
altered("forged-recovered", "awards: less is kept back", "awards", _is("recovered", _positive), _with(recovered=_less))
altered("forged-why", "awards: another reason why nothing is paid", "awards",
        lambda award: award.get("reason") not in (None, "too_little"),
        _with(reason="too_little"))
altered("forged-case", "awards: a contributor in capitals", "awards",
        lambda award: award["contributor"].upper() != award["contributor"],
        _with(contributor=str.upper))
altered("forged-award-unknown", "awards: a member that the page does not know", "awards",
        _any, lambda award: {**award, "extra": 1})
altered("forged-award-missing", "awards: a member is missing", "awards", _any, _without("owed"))
altered("forged-total", "cumulative: a total falls", "cumulative", _is("total", lambda total: int(total) > 1), _with(total=_less))
altered("forged-nobody", "cumulative: somebody is missing", "cumulative", _any, lambda entry: None)

# the manifest
altered("forged-seed", "manifest: the seed", "manifest", _any, _with(seed="0" * 64))
altered("forged-pool-reason", "manifest: why something of a pool is unallocated", "manifest",
        lambda manifest: "reason" in manifest["pools"][0],
        _with(pools=lambda pools: [{**pools[0], "reason": "cap_reached"}, *pools[1:]]))
altered("forged-pool-order", "manifest: two pools change places", "manifest",
        _any, _with(pools=lambda pools: [pools[1], pools[0], *pools[2:]]))
altered("forged-kept", "manifest: what is unallocated is said to be awarded", "manifest", _is("unallocated", _positive),
        _with(unallocated=_less, paid=_more))
altered("forged-concentration", "manifest: a smaller share of the greatest", "manifest",
        lambda manifest: manifest["concentration"]["top1_ppm"] > 0,
        _with(concentration=lambda values: {**values, "top1_ppm": values["top1_ppm"] - 1}))
altered("forged-budget", "manifest: the budget", "manifest", _is("budget", _positive), _with(budget=_less))
altered("forged-points-total", "manifest: the sum of the points", "manifest", _any, _with(points_total=_more))
altered("forged-reason-count", "manifest: how many frames a rule refused", "manifest",
        lambda manifest: manifest["verdicts"]["reasons"],
        _with(verdicts=lambda verdicts: {**verdicts, "reasons": {}}))
altered("forged-previous", "manifest: it is said to be the first", "manifest",
        lambda manifest: manifest["previous"] is not None, _with(previous=None))
altered("forged-member", "manifest: a member that the page does not know", "manifest",
        _any, lambda manifest: {**manifest, "extra": None})
altered("forged-takedown-frames", "manifest: how many frames a takedown rejects", "manifest", _is("takedowns", bool),
        _with(takedowns=lambda all: [{**all[0], "frames": all[0]["frames"] + 1}, *all[1:]]))
altered("forged-takedown-order", "manifest: two takedowns change places", "manifest", _is("takedowns", lambda all: len(all) > 1),
        _with(takedowns=lambda all: [all[1], all[0], *all[2:]]))
altered("forged-cumulative-sum", "manifest: the sum of all totals", "manifest", _any,
        _with(cumulative=lambda summary: {**summary, "total": _more(summary["total"])}))


@KINDS.kind("forged-flag", "inputs: a flag that lowers trust is removed; trust stays as it was")
def _(forger):
    known = set()
    for given in forger.epochs:
        def change(records, ruleset=given.ruleset, earlier=frozenset(known)):
            for index, drive in enumerate(records):
                if not forger.done and drive["drive"] not in earlier and _has_cost(drive, ruleset):
                    forger.done = True
                    return [*records[:index], {**drive, "flags": []}, *records[index + 1:]]
            return records
        forger.alter("inputs", change, given.epoch)
        known.update(drive["drive"] for drive in given.drives)


def _has_cost(drive, ruleset):
    """Whether a device would have more trust but for this drive."""
    trust = ruleset["trust"]
    return (any(actions(ruleset)[flag] >= 2 for flag in drive["flags"]) and trust["step_permille"] > 0
            and drive["trust"] > trust["min_permille"])


@KINDS.kind("forged-ruleset", "a ruleset with another budget under its true name; all results stay those of the old one")
def _(forger):
    ruleset = copy.deepcopy(forger.epochs[0].ruleset)
    ruleset["reward"]["budget_micro_points"] = _more(ruleset["reward"]["budget_micro_points"])
    forger.rulesets.append(ruleset)
    forger.alter_first("manifest", _any, _with(ruleset=sha256(canonical(ruleset)).hex()))


@KINDS.kind("forged-normalised", "cumulative: a contributor's name in another Unicode normal form")
def _(forger):
    forger.alter_first("cumulative", _is("contributor", lambda name: unicodedata.normalize("NFD", name) != name),
                       _with(contributor=lambda name: unicodedata.normalize("NFD", name)))


@KINDS.kind("forged-transfer", "a micro-point goes from one contributor to another, and all later sums agree")
def _(forger):
    moved = {}

    def awards(records):
        pair = None if moved else _of_one_region(records)
        if pair:
            region, giver, taker = pair
            moved.update({giver: -1, taker: 1})
            forger.done = True
            records = [_moved_within(region, _moved(record, moved, ("coverage", "paid")), moved) for record in records]
        return [_moved(record, moved, ("cumulative",)) for record in records]

    payments = []

    def remembered(records):
        payments[:] = [int(record["paid"]) for record in records]
        return records

    forger.alter("awards", awards)
    forger.alter("awards", remembered)
    forger.alter("cumulative", lambda records: [_moved(record, moved, ("total",)) for record in records])
    forger.alter("manifest", lambda manifest: {**manifest, "concentration": concentration(payments)})


def _of_one_region(records):
    """A region, or None where there are none, and two contributors who are paid in it."""
    first = {}
    for record in records:
        if int(record["paid"]) > 1:
            for part in record.get("regions", [{"region": None, "amount": record["coverage"]}]):
                if int(part["amount"]) > 1 and part["region"] in first:
                    return part["region"], first[part["region"]], record["contributor"]
                if int(part["amount"]) > 1:
                    first[part["region"]] = record["contributor"]
    return None


def _moved(record, moved, members):
    by = moved.get(record["contributor"], 0)
    return {**record, **{name: str(int(record[name]) + by) for name in members}} if by else record


def _moved_within(region, record, moved):
    by = moved.get(record["contributor"], 0)
    if not by or region is None:
        return record
    return {**record, "regions": [{**part, "amount": str(int(part["amount"]) + (by if part["region"] == region else 0))}
                                  for part in record["regions"]]}


@KINDS.kind("forged-points-everywhere", "a point more for a pass: scores, explain, awards and manifest agree on the points")
def _(forger):
    whom = []

    def scores(records):
        for index, record in enumerate(records):
            if not forger.done and int(record["points"]) > 0:
                forger.done = True
                whom.append(record["contributor"])
                records = [*records[:index], {**record, "points": _more(record["points"])}, *records[index + 1:]]
        return records

    def once(records):
        for index, record in enumerate(records):
            if whom and record["contributor"] == whom[0] and int(record["points"]) > 0:
                return [*records[:index], {**record, "points": _more(record["points"])}, *records[index + 1:]]
        return records

    def manifest(record):
        if whom:
            whom.clear()
            return {**record, "points_total": _more(record["points_total"])}
        return record

    forger.alter("scores", scores)
    for file in ("explain", "awards"):
        forger.alter(file, once)
    forger.alter("manifest", manifest)
