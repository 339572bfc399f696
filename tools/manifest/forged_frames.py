"""Kinds of forgery that change frames and drives. All is computed anew, so that only the rules on what is given tell."""

import copy
import unicodedata

from .conventions import WEEK_MS, epoch_start
from .forgery import KINDS, changed, setting
from .tampering import NotApplicable


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
    target.sort()


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
        setting(heading_octant=8))
changed("quality-1001", "a quality of 1001 permille", "verdicts", _is_accepted, setting(quality=1001))
changed("factor-negative", "a factor below 0", "verdicts", _is_accepted, setting(factors={"sharpness": -1}))
changed("factor-name", "the name of a factor has a capital", "verdicts", _is_accepted, setting(factors={"Sharpness": 1}))
changed("location-short", "a location of 63 digits", "verdicts", _is_accepted, setting(location="0" * 63))
changed("location-capitals", "a location in capitals", "verdicts", _is_accepted, setting(location="A" * 64))
changed("location-null", "a location of null", "verdicts", _is_accepted, setting(location=None))
changed("cell-of-refused", "a rejected frame shows its cell", "verdicts", lambda frame: frame["verdict"] == "rejected",
        setting(cell="u33db2"))
changed("rule-unknown", "a rule that the page does not know", "verdicts",
        lambda frame: frame.get("rule", "").startswith("image."), setting(rule="image.ugly"))
changed("rule-of-duplicates", "a rejected frame has a rule of duplicates", "verdicts",
        lambda frame: frame.get("rule", "").startswith("image."), setting(rule="duplicate.near"))
changed("zone-shows-hash", "a frame in a zone shows the hash of its image", "verdicts",
        lambda frame: frame.get("rule") == "privacy.zone", setting(sha256="0" * 64))
changed("value-fraction", "a measured value is text", "verdicts", lambda frame: "value" in frame, setting(value="12"))
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
    given.sort()


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
changed("flag-unknown", "a flag that is no rule", "drives", lambda drive: not drive["flags"], setting(flags=["trace.odd"]))
changed("flag-twice", "a flag occurs twice", "drives", lambda drive: len(drive["flags"]) == 1,
        lambda drive: drive.update(flags=drive["flags"] * 2))
changed("flag-order", "flags are in another order", "drives", lambda drive: len(drive["flags"]) > 1,
        lambda drive: drive["flags"].reverse())
changed("device-long", "a device's id has 201 bytes", "drives", lambda drive: True, setting(device="d" * 201))
changed("device-empty", "a device's id is empty", "drives", lambda drive: True, setting(device=""))
