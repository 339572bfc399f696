"""Section 2 of docs/log.md: entries."""

from typing import NamedTuple

from manifest.conventions import canonical, epoch_start, is_hash, is_integer, parsed as parsed_json
from manifest.forms import is_count

from . import keys, notes

MAX_BYTES = 65_535
FORMAT = "waggle-log/1"


def _is_epoch(value):
    return epoch_start(value) is not None


def _is_inputs(value):
    return (type(value) is dict and value.keys() == {"count", "root"} and is_count(value["count"]) and is_hash(value["root"]))


def _is_text(value):
    return type(value) is str


_OF_HASH = {"epoch": _is_epoch, "sha256": is_hash}
MEMBERS = {
    "ruleset": {"sha256": is_hash},
    "inputs-sealed": {"epoch": _is_epoch, "inputs": _is_inputs, "sealed_as_of": is_integer},
    "manifest": _OF_HASH, "correction": _OF_HASH, "final": _OF_HASH,
    "key-rotation": {"new": _is_text, "old": _is_text},
}


class Entry(NamedTuple):
    kind: str
    value: dict
    note: notes.Note = None  # of a rotation

    @property
    def keys(self):
        """The old and the new key of a rotation."""
        return keys.parsed(self.value["old"]), keys.parsed(self.value["new"])


def written(kind, value):
    """The bytes of an entry; of a rotation, what is signed."""
    return f"{FORMAT} {kind}\n".encode() + canonical(value) + b"\n"


def parsed(data):
    """The entry of some bytes; ValueError with a reason where they are none. It verifies no signature."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"an entry of {len(data)} bytes, more than {MAX_BYTES}")
    note, text = None, data
    if data.startswith(f"{FORMAT} key-rotation\n".encode()):
        note = notes.parsed(data)
        text = note.text
    head, _, rest = text.partition(b"\n")
    kind = head.decode().removeprefix(f"{FORMAT} ")
    if kind not in MEMBERS or head.decode() != f"{FORMAT} {kind}":
        raise ValueError(f"{head[:60]!r} is not the first line of an entry")
    if not rest.endswith(b"\n"):
        raise ValueError("an entry without a line feed at its end")
    entry = Entry(kind, parsed_json(rest[:-1]), note)
    _check(entry)
    return entry


def _check(entry):
    if type(entry.value) is not dict or entry.value.keys() != MEMBERS[entry.kind].keys():
        raise ValueError(f"an entry {entry.kind} has the members {', '.join(sorted(MEMBERS[entry.kind]))} and no others")
    for name, test in MEMBERS[entry.kind].items():
        if not test(entry.value[name]):
            raise ValueError(f"{name}: {entry.value[name]!a:.100} is malformed")
    if entry.kind == "key-rotation":
        old, new = entry.keys
        if old.name != new.name or old == new:
            raise ValueError(f"a rotation from {old.text} to {new.text}: expected two keys of one name")
        if len(entry.note.signatures) != 2:
            raise ValueError(f"a rotation with {len(entry.note.signatures)} signatures, not two")


def check_rotation(entry):
    """WrongSignature where a rotation is not signed by the old key and then by the new one."""
    for key, (name, identity, signature) in zip(entry.keys, entry.note.signatures):
        if (name, identity) != (key.name, key.id) or not key.has_signed(entry.note.text, signature):
            raise notes.WrongSignature(f"it is not signed by {key.text}")
