"""Kinds of logs whose entries are well formed and signed, but not in the order, or not about what is published."""

import json

from manifest.conventions import canonical
from manifest.tampering import Kinds

from .entries import written
from .forgery import HASH, entry_kind, index_of, members, rotation
from .signed import NEW, OLD, STRANGER

KINDS = Kinds()


def _order(name, text, change):
    """A kind that changes the list of entries before the log is signed."""
    def tamper(signed):
        change(signed, signed.entries)
        signed.publish()
    KINDS.add(name, text, tamper)


def _move(entries, source, target):
    """Moves an entry to before another one."""
    entries.insert(target - (source < target), entries.pop(source))


def _without(kind, number=-1):
    return lambda signed, entries: entries.pop(index_of(signed, kind, number))


def _with(kind, **values):
    return lambda _, entries: entries.append(written(kind, values))


_order("ruleset-late", "the last ruleset behind the epochs that list it", lambda signed, entries: _move(
    entries, index_of(signed, "ruleset", -1), len(entries)))
_order("ruleset-left-out", "a ruleset that an epoch uses is not in the log", _without("ruleset", -3))
_order("ruleset-unannounced", "a ruleset that is adopted for later is not in the log", _without("ruleset"))
_order("rulesets-swapped", "two rulesets in another order than manifests list them", lambda signed, entries: _move(
    entries, index_of(signed, "ruleset", -1), index_of(signed, "ruleset", -2)))
_order("ruleset-unknown", "a ruleset that is not published", _with("ruleset", sha256=HASH))
_order("inputs-left-out", "a manifest without its inputs before it", _without("inputs-sealed"))
_order("inputs-not-before", "an entry between the inputs and the manifest of an epoch", lambda signed, entries: _move(
    entries, index_of(signed, "key-rotation"), index_of(signed, "manifest", -1)))
_order("inputs-at-end", "the log ends with the inputs of an epoch without manifest", _with(
    "inputs-sealed", epoch="2099-W01", inputs={"count": 0, "root": HASH}, sealed_as_of=0))
_order("manifest-left-out", "the last epoch is not in the log", lambda signed, entries: [
    entries.pop(index_of(signed, kind, -1)) for kind in ("manifest", "inputs-sealed")])


@KINDS.kind("epochs-swapped", "two epochs have changed places")
def _(signed):
    first, second = index_of(signed, "inputs-sealed", -2), index_of(signed, "inputs-sealed", -1)
    entries = signed.entries
    entries[first:first + 2], entries[second:second + 2] = entries[second:second + 2], entries[first:first + 2]
    signed.publish()


_order("twice", "an entry occurs twice", lambda signed, entries: entries.append(entries[index_of(signed, "final")]))
_order("correction-left-out", "a correction is not in the log", _without("correction"))
_order("correction-unknown", "a correction that is not published", lambda signed, entries: entries.append(
    written("correction", {"epoch": signed.epochs[0], "sha256": HASH})))
entry_kind(KINDS, "correction-epoch", "a correction of another epoch than its line says", "correction", members(
    lambda value: {**value, "epoch": "2099-W01"}))
_order("correction-early", "a correction before the manifest it is about", lambda signed, entries: _move(
    entries, index_of(signed, "correction", -1), 0))
_order("final-early", "an epoch is final before its manifest", lambda signed, entries: _move(
    entries, index_of(signed, "final"), 0))
_order("final-hash", "an epoch is final by another manifest", lambda signed, entries: (
    entries.pop(index_of(signed, "final")), entries.append(written("final", {"epoch": signed.epochs[-1], "sha256": HASH}))))
_order("final-left-out", "a final epoch is not in the log", _without("final"))
_order("rotation-fork", "the key that was replaced is replaced once more", lambda _, entries: entries.append(
    rotation(OLD, STRANGER, [OLD, STRANGER])))
entry_kind(KINDS, "inputs-count", "inputs-sealed: one frame more", "inputs-sealed", members(
    lambda value: {**value, "inputs": {**value["inputs"], "count": value["inputs"]["count"] + 1}}))
entry_kind(KINDS, "inputs-root", "inputs-sealed: another root", "inputs-sealed", members(
    lambda value: {**value, "inputs": {**value["inputs"], "root": HASH}}))
entry_kind(KINDS, "inputs-sealed-as-of", "inputs-sealed: a millisecond later", "inputs-sealed", members(
    lambda value: {**value, "sealed_as_of": value["sealed_as_of"] + 1}))


@KINDS.kind("final-record-missing", "the record that an epoch is final is missing")
def _(signed):
    (signed.published / "finals" / f"{signed.epochs[1]}.json").unlink()


@KINDS.kind("final-record-early", "the record that an epoch is final says so before its challenge is over")
def _(signed):
    path = signed.published / "finals" / f"{signed.epochs[1]}.json"
    record = json.loads(path.read_bytes())
    path.write_bytes(canonical({**record, "final_at": record["final_at"] - 1}))


@KINDS.kind("final-record-line-feed", "the record that an epoch is final ends in a line feed")
def _(signed):
    path = signed.published / "finals" / f"{signed.epochs[1]}.json"
    path.write_bytes(path.read_bytes() + b"\n")


@KINDS.kind("final-record-stranger", "a record that says of no epoch that it is final")
def _(signed):
    (signed.published / "finals" / "epoch.txt").write_bytes(b"final")


@KINDS.kind("note-missing", "a manifest that the checkpoint covers has no note")
def _(signed):
    (signed.published / "epochs" / signed.epochs[1] / "manifest.note").unlink()


def _grown(signed):
    """Publishes a log that has grown by an entry since its checkpoint; the size of that."""
    size = len(signed.entries)
    signed.entries.append(rotation(NEW, STRANGER, [NEW, STRANGER]))
    signed.publish(size=size)
    return size


@KINDS.kind("tile-of-checkpoint", "the tile of the checkpoint is missing, where the log has grown since")
def _(signed):
    (signed.published / "log" / "tile" / "0" / f"000.p/{_grown(signed)}").unlink(missing_ok=True)


@KINDS.kind("bundle-of-checkpoint", "the bundle of the checkpoint has another entry, where the log has grown since")
def _(signed):
    path = signed.published / "log" / "tile" / "entries" / f"000.p/{_grown(signed)}"
    path.write_bytes(path.read_bytes()[:-3] + b"]}\n")
