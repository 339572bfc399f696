"""Kinds of tampering with the bytes of a log and its notes, of which nothing else is made anew."""

import re

from manifest.tampering import Kinds, NotApplicable

from . import tiles
from .signed import NAME, NEW, OLD, STRANGER, WITNESSES
from .publishing import checkpoint, note

KINDS = Kinds()


def _change(name, text, path_of, change):
    """A kind that changes the bytes of one file."""
    def tamper(signed):
        path = path_of(signed)
        before = path.read_bytes()
        after = change(before)
        if after == before:
            raise NotApplicable
        path.write_bytes(after)
    KINDS.add(name, text, tamper)


def _checkpoint(signed):
    return signed.checkpoint_path


def _head(signed):
    return signed.published / "log" / "head"


def _tile(level):
    """The file of the last tile of a level."""
    def path(signed):
        number, width = list(tiles.widths(len(signed.entries)))[-1]
        return signed.published / "log" / "tile" / tiles.path_of(level, number, width)
    return path


def _note(signed):
    return signed.published / "epochs" / signed.epochs[1] / "manifest.note"


def _other(data, place):
    """Another base64 digit at a place."""
    return data[:place] + (b"B" if data[place:place + 1] == b"A" else b"A") + data[place + 1:]


def _in_line(number, behind=0):
    """Changes one digit of a line of base64."""
    def change(data):
        lines = data.split(b"\n")
        lines[number] = _other(lines[number], len(lines[number]) // 2 + behind)
        return b"\n".join(lines)
    return change


def _sign_with(signers, witnesses):
    def tamper(signed):
        signed.checkpoint_path.write_bytes(checkpoint(NAME, signed.entries, len(signed.entries), signers, witnesses))
    return tamper


def _size(change):
    return lambda data: re.sub(rb"\n(\d+)\n", lambda found: b"\n%d\n" % change(int(found[1])), data, count=1)


_change("checkpoint-root", "checkpoint: a digit of the root", _checkpoint, _in_line(2))
_change("checkpoint-smaller", "checkpoint: one entry less", _checkpoint, _size(lambda size: size - 1))
_change("checkpoint-greater", "checkpoint: one entry more", _checkpoint, _size(lambda size: size + 1))
_change("checkpoint-zeros", "checkpoint: a zero before the number of entries", _checkpoint,
        lambda data: re.sub(rb"\n(\d+)\n", rb"\n0\1\n", data, count=1))
_change("checkpoint-origin", "checkpoint: another log's name", _checkpoint,
        lambda data: data.replace(NAME.encode(), b"example.org/other", 1))
_change("checkpoint-extension", "checkpoint: a line more than was signed", _checkpoint,
        lambda data: data.replace(b"\n\n", b"\nmore\n\n", 1))
_change("checkpoint-signature", "checkpoint: a digit of the new key's signature", _checkpoint, _in_line(5))
_change("checkpoint-cosignature", "checkpoint: a digit of a witness's signature", _checkpoint, _in_line(6, 20))
_change("checkpoint-base64", "checkpoint: bits behind the end of base64", _checkpoint,
        lambda data: re.sub(rb"(.)=\n", lambda found: bytes([found[1][0] + 1]) + b"=\n", data, count=1))
_change("checkpoint-control", "checkpoint: a tab", _checkpoint, lambda data: data.replace(b"\n\n", b"\n\ta\n\n", 1))
_change("checkpoint-truncated", "checkpoint: the last line feed is missing", _checkpoint, lambda data: data[:-1])
_change("checkpoint-emptied", "checkpoint: nothing is left", _checkpoint, lambda data: b"")
_change("checkpoint-line-ends", "checkpoint: lines end with CR LF", _checkpoint, lambda data: data.replace(b"\n", b"\r\n"))
_change("checkpoint-unsigned", "checkpoint: no signature is left", _checkpoint, lambda data: data.partition(b"\n\n")[0] + b"\n\n")
_change("checkpoint-many", "checkpoint: 101 signatures", _checkpoint,
        lambda data: data + "\u2014 example.com/a AAAAAAAA\n".encode() * 97)
_change("checkpoint-hyphen", "checkpoint: a hyphen before a signature", _checkpoint,
        lambda data: data.replace("\u2014".encode(), b"-", 1))
KINDS.add("checkpoint-missing", "checkpoint: the file is missing", lambda signed: signed.checkpoint_path.unlink())
KINDS.add("old-key-alone", "checkpoint: signed by the key that was replaced", _sign_with([OLD], WITNESSES[:2]))
KINDS.add("stranger", "checkpoint: signed by a key of the same name that nobody knows", _sign_with([STRANGER], WITNESSES[:2]))
KINDS.add("witness-missing", "checkpoint: one witness, where the policy wants two", _sign_with([NEW], WITNESSES[:1]))
KINDS.add("witness-twice", "checkpoint: one witness twice", _sign_with([NEW], WITNESSES[:1] * 2))
_change("head-root", "head: a digit of the root", _head, _in_line(2))
_change("head-smaller", "head: less entries than the checkpoint has", _head, _size(lambda size: size - 1))
_change("head-greater", "head: more entries than there are", _head, _size(lambda size: size + 1))
_change("head-format", "head: another format", _head, lambda data: data.replace(b"/1", b"/2", 1))
_change("head-line", "head: a line more", _head, lambda data: data + b"a\n")
_change("tile-bit", "tile of level 0: one bit", _tile(0), lambda data: bytes([data[0] ^ 1]) + data[1:])
_change("tile-short", "tile of level 0: the last hash is missing", _tile(0), lambda data: data[:-32])
_change("tile-long", "tile of level 0: a hash too many", _tile(0), lambda data: data + data[:32])
KINDS.add("tile-missing", "tile of level 0: the file is missing", lambda signed: _tile(0)(signed).unlink())
_change("entries-bit", "bundle of entries: one bit of the last one", _tile(tiles.ENTRIES),
        lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:])
_change("entries-length", "bundle of entries: a length", _tile(tiles.ENTRIES),
        lambda data: data[:1] + bytes([data[1] + 1]) + data[2:])
_change("entries-truncated", "bundle of entries: the last byte is missing", _tile(tiles.ENTRIES), lambda data: data[:-1])
KINDS.add("entries-missing", "bundle of entries: the file is missing", lambda signed: _tile(tiles.ENTRIES)(signed).unlink())
_change("entries-more", "bundle of entries: an entry too many", _tile(tiles.ENTRIES), lambda data: data + b"\0\1a")


@KINDS.kind("only-tiles", "head and checkpoint are missing")
def _(signed):
    _head(signed).unlink()
    signed.checkpoint_path.unlink()


@KINDS.kind("kept-stranger", "the checkpoint that was kept: signed by a key of the same name that nobody knows")
def _(signed):
    size = signed.kept_size
    (signed.directory / "kept").write_bytes(checkpoint(NAME, signed.entries, size, [STRANGER]))


_change("note-hash", "note of a manifest: a digit of its hash", _note, _in_line(2))
_change("note-epoch", "note of a manifest: another epoch", _note, lambda data: data.replace(b"-W", b"-V", 1))
_change("note-format", "note of a manifest: another format", _note, lambda data: data.replace(b"note/1", b"note/2", 1))
_change("note-signature", "note of a manifest: a digit of a signature", _note, _in_line(4))
_change("note-truncated", "note of a manifest: its signatures are missing", _note, lambda data: data.partition(b"\n\n")[0] + b"\n")


@KINDS.kind("note-swapped", "notes of manifests: two have changed places")
def _(signed):
    paths = [signed.published / "epochs" / epoch / "manifest.note" for epoch in signed.epochs[:2]]
    data = [path.read_bytes() for path in paths]
    for path, other in zip(paths, reversed(data)):
        path.write_bytes(other)


@KINDS.kind("note-stranger", "note of a manifest: signed by a key of the same name that nobody knows")
def _(signed):
    text = _note(signed).read_bytes().partition(b"\n\n")[0] + b"\n"
    _note(signed).write_bytes(note(text, [STRANGER]))
