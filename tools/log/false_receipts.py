"""Kinds of tampering with a receipt."""

import json
import re

from manifest.conventions import canonical, sha256
from manifest.tampering import Kinds, NotApplicable

from . import proofs, publishing
from .keys import from_base64, to_base64
from .signed import NAME, NEW, OLD, STRANGER, WITNESSES
from .tree import Tree, leaf

KINDS = Kinds()


def _rewrite(signed, change):
    path = signed.directory / "award.tlog-proof"
    before = path.read_bytes()
    after = change(before)
    if after == before:
        raise NotApplicable
    path.write_bytes(after)


def _bytes(name, text, change):
    """A kind that changes the bytes of a receipt."""
    KINDS.add(name, text, lambda signed: _rewrite(signed, change))


def _lines(name, text, change):
    """A kind that changes the list of lines before the checkpoint."""
    def changed(data):
        head, separator, checkpoint = data.partition(b"\n\n")
        return b"\n".join(change(head.split(b"\n"))) + separator + checkpoint
    _bytes(name, text, changed)


def _extra(name, text, change):
    """A kind that changes the members of the extra data."""
    def changed(lines):
        members = json.loads(from_base64(lines[1].decode().removeprefix("extra ")))
        return [lines[0], f"extra {to_base64(canonical(change(members)))}".encode(), *lines[2:]]
    _lines(name, text, changed)


def _set(**members):
    return lambda found: {**found, **members}


def _award(change):
    return lambda found: {**found, "award": canonical(change(json.loads(found["award"]))).decode()}


def _manifest(change):
    return lambda found: {**found, "manifest": canonical(change(json.loads(found["manifest"]))).decode()}


_extra("award-paid", "the award pays more", _award(lambda award: {**award, "paid": "9" + award["paid"]}))
_extra("award-name", "the award is somebody else's", _award(lambda award: {**award, "contributor": "mallory"}))
_extra("award-line-feed", "the award has a line feed at its end", lambda found: {**found, "award": found["award"] + "\n"})
_extra("award-index", "the award is another line", _set(index=1))
_extra("award-index-negative", "the award is line -1", _set(index=-1))
_extra("award-index-text", "the number of the line is a text", _set(index="0"))
_extra("award-path-short", "a hash of the award's proof is missing", lambda found: {**found, "path": found["path"][:-1]})
_extra("award-path-long", "a hash too many in the award's proof", lambda found: {**found, "path": [*found["path"], "00" * 32]})
_extra("award-path-swapped", "two hashes of the award's proof have changed places",
       lambda found: {**found, "path": found["path"][::-1]})
_extra("award-path-capitals", "the hashes of the award's proof are in capitals",
       lambda found: {**found, "path": [digest.upper() for digest in found["path"]]})
_extra("manifest-changed", "the manifest says another count of frames", _manifest(
    lambda value: {**value, "verdicts": {**value["verdicts"], "count": 1_000_000}}))
_extra("manifest-epoch", "the manifest is of another epoch", _manifest(lambda value: {**value, "epoch": "2020-W01"}))
_extra("manifest-format", "the manifest is of another format", _manifest(lambda value: {**value, "format": "waggle-manifest/1"}))
_extra("manifest-line-feed", "the manifest has a line feed at its end",
       lambda found: {**found, "manifest": found["manifest"] + "\n"})
_extra("receipt-format", "another format", _set(format="waggle-receipt/2"))
_extra("receipt-member", "a member that the page does not know", _set(note="a"))
_extra("receipt-without", "a member is missing", lambda found: {name: found[name] for name in found if name != "path"})


@KINDS.kind("award-and-root", "the award pays more, and the manifest has the root that fits")
def _(signed):
    def alter(found):
        award = {**json.loads(found["award"]), "paid": "999"}
        line = canonical(award)
        manifest = json.loads(found["manifest"])
        manifest["awards"] = {"count": 1, "root": leaf(line).hex()}
        return {**found, "award": line.decode(), "index": 0, "path": [], "manifest": canonical(manifest).decode()}
    signed.prove(alter=alter)


@KINDS.kind("award-of-another-epoch", "an award of another epoch")
def _(signed):
    other = signed.published / "epochs" / signed.receipt_epoch(1) / "awards.jsonl"
    signed.prove(alter=lambda found: {**found, "award": other.read_text(encoding="utf-8").split("\n")[0]})


@KINDS.kind("award-of-two", "a hash of two awards passes for an award")
def _(signed):
    lines = (signed.published / "epochs" / signed.receipt_epoch() / "awards.jsonl").read_bytes().split(b"\n")[:-1]
    tree = Tree(map(leaf, lines))
    both = (tree.heights[0][0] + tree.heights[0][1]).decode("latin-1")
    signed.prove(alter=lambda found: {**found, "award": both, "path": found["path"][1:]})


_lines("index", "another number of the entry", lambda lines: [*lines[:2], lines[2] + b"1", *lines[3:]])
_lines("index-zeros", "a zero before the number of the entry", lambda lines: [
    *lines[:2], lines[2].replace(b"index ", b"index 0"), *lines[3:]])
_lines("path-short", "a hash of the entry's proof is missing", lambda lines: lines[:-1])
_lines("path-long", "a hash too many in the entry's proof", lambda lines: [*lines, lines[-1]])
_lines("path-swapped", "two hashes of the entry's proof have changed places", lambda lines: [
    *lines[:3], lines[4], lines[3], *lines[5:]])
_lines("path-bit", "a hash of the entry's proof is another one", lambda lines: [
    *lines[:3], to_base64(sha256(lines[3])).encode(), *lines[4:]])
_lines("magic", "another version of proofs", lambda lines: [lines[0].replace(b"v1", b"v2"), *lines[1:]])
_lines("extra-missing", "the line 'extra' is missing", lambda lines: [lines[0], *lines[2:]])
_lines("extra-emptied", "nothing is left of the extra data", lambda lines: [lines[0], b"extra ", *lines[2:]])
_lines("extra-base64", "the extra data is not base64", lambda lines: [lines[0], lines[1][:-1] + b"*", *lines[2:]])
_lines("lines-order", "the lines 'extra' and 'index' have changed places", lambda lines: [lines[0], lines[2], lines[1], *lines[3:]])
_bytes("truncated", "the second half is missing", lambda data: data[:len(data) // 2])
_bytes("line-ends", "lines end with CR LF", lambda data: data.replace(b"\n", b"\r\n"))
_bytes("behind", "a byte behind the end", lambda data: data + b"a")
_bytes("checkpoint-root", "the checkpoint has another root", lambda data: re.sub(
    rb"(\n\d+\n)[0-9A-Za-z+/]{43}=", lambda found: found[1] + to_base64(bytes(32)).encode(), data, count=1))
_bytes("checkpoint-size", "the checkpoint has one entry more", lambda data: re.sub(
    rb"\n(\d+)\n", lambda found: b"\n%d\n" % (int(found[1]) + 1), data, count=1))


def _signed_by(name, text, signers, witnesses, change=lambda entries: entries):
    """A kind whose checkpoint is signed by others, or over other entries."""
    def tamper(signed):
        entries = change(list(signed.entries))
        checkpoint = publishing.checkpoint(NAME, entries, len(entries), signers, witnesses)
        _rewrite(signed, lambda data: data.partition(b"\n\n")[0] + b"\n\n" + checkpoint)
    KINDS.add(name, text, tamper)


_signed_by("signed-by-old-key", "the checkpoint is signed by the key that was replaced", [OLD], WITNESSES[:2])
_signed_by("signed-by-stranger", "the checkpoint is signed by a key of the same name that nobody knows", [STRANGER], WITNESSES[:2])
_signed_by("signed-without-witness", "the checkpoint has one cosignature, where the policy wants two", [NEW], WITNESSES[1:2])
_signed_by("signed-witnesses-alone", "the checkpoint is signed by witnesses alone", [], WITNESSES)
_signed_by("signed-other-log", "the checkpoint is signed, and of a log without this entry", [NEW], WITNESSES[:2],
           lambda entries: [proofs.MAGIC.encode(), *entries[3:]])
