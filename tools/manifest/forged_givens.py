"""Kinds of forgery that change what is given. All is computed anew from it, so that only the rules on what is given tell."""

import copy
import unicodedata

from . import ed25519
from .conventions import WEEK_MS, epoch_of, epoch_start
from .forgery import KINDS, changed
from .forms import correction_message, record_id
from .tampering import NotApplicable

OTHER_KEY = bytes(range(32))


def _identify(record, *after):
    """Gives a changed record its id anew."""
    record["id"] = record_id(record, after)


def _sign(record):
    """Signs a changed correction anew, with a key of the forger's own."""
    _identify(record, "key", "signature")
    record["key"] = ed25519.public_key(OTHER_KEY).hex()
    record["signature"] = ed25519.sign(OTHER_KEY, correction_message(record)).hex()


def _sort(given):
    given.verdicts.sort(key=lambda frame: frame["frame"])
    given.drives.sort(key=lambda drive: drive["drive"])
    for records in (given.takedowns, given.bounties, given.corrections):
        records.sort(key=lambda record: (record["at"], record["id"]))


def _set(**members):
    return lambda record: record.update(members)


def _normalised(text):
    """The other of the two normal forms that text without compatibility characters can have."""
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFD", text) if composed == text else composed


def _is_accepted(frame):
    return frame["verdict"] == "accepted"


# Frames

def _into(source, target, frame):
    """Takes a frame, with its drive, from one epoch to another."""
    source.verdicts.remove(frame)
    drive = next(drive for drive in source.drives if drive["drive"] == frame["drive"])
    if all(other["drive"] != frame["drive"] for other in source.verdicts):
        source.drives.remove(drive)
    target.verdicts.append(frame)
    if all(other["drive"] != frame["drive"] for other in target.drives):
        target.drives.append(copy.deepcopy(drive))
    _sort(target)


def _keeps_form(source, target):
    precisions = {given.ruleset["score"]["cell_precision_characters"] for given in (source, target)}
    return lambda frame: frame.get("rule") != "takedown" and (len(precisions) == 1 or not _is_accepted(frame))


@KINDS.kind("moved-earlier", "a frame is counted in the epoch before its own")
def _(forger):
    for target, source in zip(forger.epochs, forger.epochs[1:]):
        end = epoch_start(target.epoch) + WEEK_MS
        for frame in source.verdicts:
            credited = min(frame["received_at"], frame["captured_at"] or frame["received_at"])
            if _keeps_form(source, target)(frame) and end <= credited:
                forger.done = True
                return _into(source, target, frame)
    raise NotApplicable


@KINDS.kind("counted-twice", "a frame is counted in the next epoch once more")
def _(forger):
    for source, target in zip(forger.epochs, forger.epochs[1:]):
        for frame in filter(_keeps_form(source, target), source.verdicts):
            forger.done = True
            kept, drives = list(source.verdicts), list(source.drives)
            _into(source, target, frame)
            source.verdicts[:], source.drives[:] = kept, drives
            return
    raise NotApplicable


@KINDS.kind("received-after-seal", "a drive was received when the epoch was sealed already")
def _(forger):
    given, drive = forger.given("drives")
    for record in [drive, *(frame for frame in given.verdicts if frame["drive"] == drive["drive"])]:
        record["received_at"] = given.sealed


changed("cell-shorter", "a cell has a character less", "verdicts", _is_accepted,
        lambda frame: frame.update(cell=frame["cell"][:-1]))
changed("octant-8", "an octant of 8", "verdicts", lambda frame: _is_accepted(frame) and frame["heading_octant"] is None,
        _set(heading_octant=8))
changed("quality-1001", "a quality of 1001 permille", "verdicts", _is_accepted, _set(quality=1001))
changed("factor-negative", "a factor below 0", "verdicts", _is_accepted, _set(factors={"sharpness": -1}))
changed("factor-name", "the name of a factor has a capital", "verdicts", _is_accepted, _set(factors={"Sharpness": 1}))
changed("location-short", "a location of 63 digits", "verdicts", _is_accepted, _set(location="0" * 63))
changed("location-capitals", "a location in capitals", "verdicts", _is_accepted, _set(location="A" * 64))
changed("location-null", "a location of null", "verdicts", _is_accepted, _set(location=None))
changed("cell-of-refused", "a rejected frame shows its cell", "verdicts", lambda frame: frame["verdict"] == "rejected",
        _set(cell="u33db2"))
changed("rule-unknown", "a rule that the page does not know", "verdicts",
        lambda frame: frame.get("rule", "").startswith("image."), _set(rule="image.ugly"))
changed("rule-of-duplicates", "a rejected frame has a rule of duplicates", "verdicts",
        lambda frame: frame.get("rule", "").startswith("image."), _set(rule="duplicate.near"))
changed("zone-shows-hash", "a frame in a zone shows the hash of its image", "verdicts",
        lambda frame: frame.get("rule") == "privacy.zone", _set(sha256="0" * 64))
changed("value-fraction", "a measured value is text", "verdicts", lambda frame: "value" in frame, _set(value="12"))
changed("original-missing", "a duplicate does not say of what", "verdicts", lambda frame: frame["verdict"] == "duplicate",
        lambda frame: frame.pop("of"))
for _name in ("contributor", "upload"):
    changed(f"frame-{_name}", f"a frame has another {_name} than its drive, by case only", "verdicts",
            lambda frame, name=_name: frame[name].swapcase() != frame[name],
            lambda frame, name=_name: frame.update({name: frame[name].swapcase()}))
changed("frame-normalised", "a frame has another contributor than its drive, by Unicode normalisation only", "verdicts",
        lambda frame: _normalised(frame["contributor"]) != frame["contributor"],
        lambda frame: frame.update(contributor=_normalised(frame["contributor"])))
changed("frame-received", "a frame was received a millisecond before its drive", "verdicts", _is_accepted,
        lambda frame: frame.update(received_at=frame["received_at"] - 1))


# Drives

@KINDS.kind("drive-added", "a drive without a frame")
def _(forger):
    given, drive = forger.given("drives")
    given.drives.append({**drive, "drive": drive["drive"] + " again"})
    _sort(given)


def _later(name, text, change):
    """A kind that changes a drive, and its frames, in the second epoch that has it."""
    def forge(forger):
        seen = set()
        for given in forger.epochs:
            for drive in given.drives:
                if drive["drive"] in seen:
                    forger.done = True
                    for record in [drive, *(frame for frame in given.verdicts if frame["drive"] == drive["drive"])]:
                        change(record)
                    return
            seen.update(drive["drive"] for drive in given.drives)
        raise NotApplicable
    KINDS.add(f"later-{name}", f"a drive has another {text} than in the epoch before", forge)


_later("device", "device", lambda record: record.update(device="another") if "device" in record else None)
_later("upload", "upload", lambda record: record.update(upload="another"))
_later("received", "time of receipt", lambda record: record.update(received_at=record["received_at"] - 1))
changed("flag-unknown", "a flag that is no rule", "drives", lambda drive: not drive["flags"], _set(flags=["trace.odd"]))
changed("flag-twice", "a flag occurs twice", "drives", lambda drive: len(drive["flags"]) == 1,
        lambda drive: drive.update(flags=drive["flags"] * 2))
changed("flag-order", "flags are in another order", "drives", lambda drive: len(drive["flags"]) > 1,
        lambda drive: drive["flags"].reverse())
changed("device-long", "a device's id has 201 bytes", "drives", lambda drive: True, _set(device="d" * 201))
changed("device-empty", "a device's id is empty", "drives", lambda drive: True, _set(device=""))


# Seals and rulesets

@KINDS.kind("sealed-early", "an epoch is sealed a millisecond before its grace is over")
def _(forger):
    given = forger.epochs[0] if forger.epochs else None
    if not given:
        raise NotApplicable
    given.sealed = epoch_start(given.epoch) + WEEK_MS + given.ruleset["reward"]["grace_ms"] - 1
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
_ruleset("regions", "regions finer than cells", lambda rules: (
    rules["score"].update(cell_precision_characters=8), rules["reward"].update(regions=[[9, 1]])))
_ruleset("ramp", "a ramp by which a better frame is worth less",
         lambda rules: rules["measure"].update(accuracy_mm={"full": 30_000, "zero": 5_000}))
_ruleset("witness", "witnesses farther than positions may differ", lambda rules: rules["sources"].update(
    witness_distance_mm=300_000, max_position_difference_mm=299_999))


# Takedowns

@KINDS.kind("takedown-removed", "a takedown that a message names is published nowhere")
def _(forger):
    for given in forger.epochs:
        for frame in given.verdicts:
            if frame.get("rule") == "takedown":
                name = frame["message"][:16]
                for other in forger.epochs:
                    other.takedowns = [record for record in other.takedowns if record["id"] != name]
                forger.done = True
                return
    raise NotApplicable


@KINDS.kind("takedown-undone", "a frame that was taken down is accepted")
def _(forger):
    kinds = {record["id"]: record["kind"] for given in forger.epochs for record in given.takedowns}
    given, frame = forger.given(
        "verdicts", lambda frame: frame.get("rule") == "takedown" and kinds[frame["message"][:16]] != "zone")
    del frame["rule"], frame["message"]
    frame.update(verdict="accepted", cell="u" * given.ruleset["score"]["cell_precision_characters"], factors={}, heading_octant=0,
                 quality=1000)


@KINDS.kind("takedown-other", "a message names another takedown")
def _(forger):
    first = [record for given in forger.epochs[:1] for record in given.takedowns if record["kind"] != "zone"]
    _, frame = forger.given("verdicts", lambda frame: frame.get("rule") == "takedown" and any(
        record["id"] != frame["message"][:16] for record in first))
    record = next(record for record in first if record["id"] != frame["message"][:16])
    frame["message"] = f"{record['id']} {record['reason']}"


@KINDS.kind("takedown-twice", "a takedown is published by the next manifest again")
def _(forger):
    given, record = forger.given("takedowns")
    target = forger.after(given)
    target.takedowns.append(record)
    _sort(target)


def _takedown(name, text, wanted, change):
    def forge(forger):
        given, record = forger.given("takedowns", wanted)
        change(given, record)
        _identify(record, "frames")
        _sort(given)
    KINDS.add(f"takedown-{name}", text, forge)


_takedown("late", "a takedown is made at the seal", lambda record: not record["frames"],
          lambda given, record: record.update(at=given.sealed))
_takedown("reason", "a takedown's reason is not one of the page's", lambda record: not record["frames"],
          lambda given, record: record.update(reason="whim"))
_takedown("text", "a takedown's 'by' turns the direction of writing", lambda record: not record["frames"],
          lambda given, record: record.update(by="a\u202eb"))
_takedown("target", "a takedown's target has a zero width space",
          lambda record: not record["frames"] and record["kind"] != "zone", lambda given, record: record.update(target=record["target"] + "\u200b"))
_takedown("box", "a zone's box has its south edge north", lambda record: type(record["target"]) is dict,
          lambda given, record: record["target"].update(south_e7=record["target"]["north_e7"]))
KINDS.add("takedown-id", "a takedown has another id, in the manifest only", lambda forger: forger.alter_first(
    "manifest", lambda manifest: manifest["takedowns"], lambda manifest: {
        **manifest, "takedowns": [{**manifest["takedowns"][0], "id": "0123456789abcdef"}, *manifest["takedowns"][1:]]}))


# Bounties

def _bounty(name, text, change, identify=True):
    def forge(forger):
        given, record = forger.given("bounties", lambda record: record["first"] <= "2026-W20")
        change(given, record)
        if identify:
            _identify(record)
        _sort(given)
    KINDS.add(f"bounty-{name}", text, forge)


_bounty("amount", "a bounty is twice its amount, under its old id",
        lambda given, record: record.update(amount=str(2 * int(record["amount"]))), identify=False)
_bounty("nothing", "a bounty of nothing", lambda given, record: record.update(amount="0"))
_bounty("backwards", "a bounty whose last epoch is before its first", lambda given, record: record.update(
    last=epoch_of(epoch_start(record["first"]) - WEEK_MS)))
_bounty("long", "a bounty of 521 weeks", lambda given, record: record.update(
    first="2010-W01", last=epoch_of(epoch_start("2010-W01") + 521 * WEEK_MS)))
_bounty("late", "a bounty is made at the seal", lambda given, record: record.update(at=given.sealed))
_bounty("week", "a bounty's first epoch is a week 53 of a year with 52", lambda given, record: record.update(first="2025-W53"))


@KINDS.kind("bounty-twice", "a bounty is published by the next manifest again")
def _(forger):
    given, record = forger.given("bounties")
    target = forger.after(given)
    target.bounties.append(record)
    _sort(target)


@KINDS.kind("bounty-expired", "a bounty pays in an epoch after its last")
def _(forger):
    def pools(manifest):
        return {**manifest, "pools": [*manifest["pools"], {
            "pool": f"bounty/{'f' * 16}", "amount": "1", "awarded": "0", "unallocated": "1", "reason": "no_eligible_work"}],
            "budget": str(int(manifest["budget"]) + 1), "unallocated": str(int(manifest["unallocated"]) + 1)}
    forger.alter_first("manifest", lambda manifest: True, pools)


# Corrections

changed("correction-signature", "a bit of a correction's signature", "corrections", lambda record: True,
        lambda record: record.update(signature=record["signature"][:-2] + f"{int(record['signature'][-2:], 16) ^ 1:02x}"))
changed("correction-key", "a correction names another key", "corrections", lambda record: True,
        _set(key=ed25519.public_key(OTHER_KEY).hex()))


def _correction(name, text, change, sign=_sign):
    def forge(forger):
        given, record = forger.given("corrections")
        change(given, record)
        sign(record)
        _sort(given)
    KINDS.add(f"correction-{name}", text, forge)


_correction("sign", "a correction gives what it took, under the old signature", lambda given, record: record.update(
    delta=record["delta"].removeprefix("-") if record["delta"].startswith("-") else f"-{record['delta']}"),
    sign=lambda record: _identify(record, "key", "signature"))
_correction("nobody", "a correction of somebody without an award, signed anew",
            lambda given, record: record.update(contributor="nobody at all"))
_correction("own-epoch", "a correction of an award of the same epoch, signed anew", lambda given, record: record.update(
    epoch=given.epoch))
_correction("late", "a correction made at the seal, signed anew", lambda given, record: record.update(at=given.sealed))
_correction("zero", "a correction of nothing, signed anew", lambda given, record: record.update(delta="-0"))
_correction("plus", "a correction with a plus sign, signed anew", lambda given, record: record.update(delta="+1"))
_correction("reason", "a correction for a reason that is not one of the page's, signed anew",
            lambda given, record: record.update(reason="whim"))
_correction("malleable", "a correction whose signature has S + L", lambda given, record: None, sign=lambda record: record.update(
    signature=record["signature"][:64] + (int.from_bytes(bytes.fromhex(record["signature"][64:]), "little") + ed25519.L).to_bytes(
        32, "little").hex()))


@KINDS.kind("correction-twice", "a correction is published by the next epoch again")
def _(forger):
    given, record = forger.given("corrections")
    target = forger.after(given)
    target.corrections.append(record)
    _sort(target)
