"""Kinds of tampering with the entries of a log that is then hashed and signed anew, as an operator with its witnesses could."""

import json
import shutil

from manifest.closing import Chain
from manifest.conventions import canonical
from manifest.publishing import Publisher, read
from manifest.tampering import Kinds, NotApplicable

from . import publishing
from .entries import MAX_BYTES, written
from .notes import written as written_note
from .signed import NEW, OLD, STRANGER

KINDS = Kinds()
HASH = "ab" * 32


def index_of(signed, kind, number=0):
    """The index of an entry of a kind; a negative number counts from the end."""
    found = [i for i, entry in enumerate(signed.entries) if entry.startswith(f"waggle-log/1 {kind}\n".encode())]
    if not -len(found) <= number < len(found):
        raise NotApplicable
    return found[number]


def entry_kind(kinds, name, text, kind, change, number=-1):
    """Adds a kind that changes the bytes of an entry before the log is signed."""
    def tamper(signed):
        index = index_of(signed, kind, number)
        before = signed.entries[index]
        signed.entries[index] = change(before)
        if signed.entries[index] == before:
            raise NotApplicable
        signed.publish()
    kinds.add(name, text, tamper)


def _entry(name, text, kind, change, number=-1):
    entry_kind(KINDS, name, text, kind, change, number)


def members(change):
    """Changes the JSON of an entry."""
    def changed(data):
        head, _, text = data.partition(b"\n")
        return head + b"\n" + canonical(change(json.loads(text))) + b"\n"
    return changed


def _set(**values):
    return members(lambda value: {**value, **values})


def _added(name, text, make):
    """A kind that adds an entry at the end."""
    def tamper(signed):
        signed.entries.append(make(signed))
        signed.publish()
    KINDS.add(name, text, tamper)


def _reversed_keys(data):
    head, _, text = data.partition(b"\n")
    value = json.loads(text)
    members = ",".join(f"{json.dumps(key)}:{json.dumps(value[key])}" for key in sorted(value, reverse=True))
    return head + b"\n{" + members.encode() + b"}\n"


_entry("manifest-hash", "manifest: another hash", "manifest", _set(sha256=HASH))
_entry("entry-kind", "an entry of a kind that the page does not know", "final", lambda data: data.replace(b"final", b"finish", 1))
_entry("entry-format", "an entry of another format", "final", lambda data: data.replace(b"log/1", b"log/2", 1))
_entry("entry-member", "an entry with a member that the page does not know", "final", _set(note="a"))
_entry("entry-without", "an entry that lacks a member", "final", members(lambda value: {"epoch": value["epoch"]}))
_entry("entry-epoch", "an entry of a week that no year has", "final", _set(epoch="2026-W54"))
_entry("entry-upper-case", "an entry with a hash in capitals", "final", _set(sha256=HASH.upper()))
_entry("entry-key-order", "an entry whose keys are the other way round", "final", _reversed_keys)
_entry("entry-white-space", "an entry with a blank behind a colon", "final", lambda data: data.replace(b":", b": ", 1))
_entry("entry-line-feed", "an entry without the last line feed", "final", lambda data: data[:-1])
_entry("entry-line", "an entry of three lines", "final", lambda data: data + b"\n")
_entry("entry-line-ends", "an entry whose lines end with CR LF", "final", lambda data: data.replace(b"\n", b"\r\n"))
_entry("entry-not-utf-8", "an entry with a byte that is not UTF-8", "final", lambda data: data.replace(b"-W", b"\xffW", 1))
_entry("entry-blanks", "an entry of 65,535 bytes, most of them blanks at its end", "final",
       lambda data: data + b" " * (MAX_BYTES - len(data)))
_entry("entry-emptied", "an entry of no bytes", "final", lambda data: b"")
_entry("kept-changed", "an entry that is in the checkpoint that was kept", "ruleset", _set(sha256=HASH), number=0)


@KINDS.kind("float", "inputs-sealed: a count with a fraction")
def _(signed):
    index = index_of(signed, "inputs-sealed", -1)
    signed.entries[index] = signed.entries[index].replace(b'"count":', b'"count":0.0,"counts":', 1)
    signed.publish()


@KINDS.kind("first-removed", "the first entry is removed, which the checkpoint that was kept tells")
def _(signed):
    del signed.entries[0]
    signed.publish()


@KINDS.kind("shrunk", "the log ends before the checkpoint that was kept")
def _(signed):
    signed.entries = signed.entries[:signed.kept_size - 1]
    signed.publish()


def rotation(old, new, signers):
    text = written("key-rotation", {"new": new.key.text, "old": old.key.text})
    return written_note(text, [signer.sign(text) for signer in signers])


for _name, _text, _signers in (
        ("rotation-swapped", "key-rotation: the new key's signature before the old one's", [NEW, OLD]),
        ("rotation-old", "key-rotation: signed by the old key alone", [OLD]),
        ("rotation-new", "key-rotation: signed by the new key alone", [NEW]),
        ("rotation-stranger", "key-rotation: signed by a stranger and the new key", [STRANGER, NEW]),
        ("rotation-third", "key-rotation: a third signature", [OLD, NEW, STRANGER])):
    def _rotate(_, signers=_signers):
        return rotation(OLD, NEW, signers)
    _entry(_name, _text, "key-rotation", _rotate)
_entry("rotation-changed", "key-rotation: a digit of a signature", "key-rotation",
       lambda data: data[:-20] + (b"B" if data[-20:-19] == b"A" else b"A") + data[-19:])
_entry("rotation-unsigned", "key-rotation: no note, but two lines", "key-rotation", lambda data: data.partition(b"\n\n")[0] + b"\n")
_entry("rotation-key", "key-rotation: a new key with another id", "key-rotation",
       lambda data: data.replace(NEW.key.id.hex().encode(), b"00000000", 1))
_added("rotation-itself", "key-rotation: from a key to itself", lambda signed: rotation(NEW, NEW, [NEW, NEW]))
_added("rotation-name", "key-rotation: to a key of another name", lambda signed: rotation(
    NEW, publishing.Signer("example.org/other", "name"), [NEW, publishing.Signer("example.org/other", "name")]))
_added("manifest-twice", "manifest: another one of an epoch", lambda signed: written(
    "manifest", {"epoch": signed.epochs[-1], "sha256": HASH}))
_added("manifest-of-nothing", "manifest: of an epoch that is not published", lambda signed: written(
    "manifest", {"epoch": "2099-W01", "sha256": HASH}))


@KINDS.kind("last-epoch-removed", "the last epoch is removed, with all its files")
def _(signed):
    shutil.rmtree(signed.published / "epochs" / signed.epochs[-1])


def _published_anew(signed, change):
    """Publishes the chain anew in the same place after what is given of it was changed; the log stays as it is."""
    given = read(signed.published)
    change(given)
    target = signed.directory / "anew"
    publisher = Publisher(target, Chain())
    for epoch in given:
        publisher.publish(epoch)
    for name in signed.epochs:
        for path in (target / "epochs" / name).iterdir():
            shutil.copy(path, signed.published / "epochs" / name / path.name)
    shutil.rmtree(target)


def _first(records):
    found = next(records, None)
    if found is None:
        raise NotApplicable
    return found


@KINDS.kind("frame-left-out", "a frame is left out of an epoch, and the chain is computed anew")
def _(signed):
    def change(given):
        verdicts, frame = _first((epoch.verdicts, frame) for epoch in given for frame in epoch.verdicts
                                 if sum(other["drive"] == frame["drive"] for other in epoch.verdicts) > 1)
        verdicts.remove(frame)
    _published_anew(signed, change)


@KINDS.kind("flag-left-out", "a flag of a drive is left out, and the chain is computed anew")
def _(signed):
    def change(given):
        _first(drive for epoch in given for drive in epoch.drives if drive["flags"])["flags"].clear()
    _published_anew(signed, change)


@KINDS.kind("sealed-later", "an epoch is sealed a millisecond later, and the chain is computed anew")
def _(signed):
    def change(given):
        given[-1].sealed += 1
    _published_anew(signed, change)
