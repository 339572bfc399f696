"""Kinds of tampering with payout-keys.jsonl: what docs/claims.md, section 3, refuses, and claims that follow another list."""

import json

from manifest.conventions import canonical, sha256
from manifest.findings import MISMATCH, SIGNATURE
from manifest.tampering import Kinds, NotApplicable

from . import files, publishing
from .forms import identity
from .payout_keys import NAME
from .sample import BACK, DEVICE, ENDED, OPERATOR, SIGNERS, SPARE, STRANGER

KINDS, OPERATORS = Kinds(), Kinds()  # the others are to be found by who knows the operator's first key


def _bytes(name, text, change, status=MISMATCH):
    """A kind that changes the bytes of the list."""
    def tamper(signed):
        path = signed.published / NAME
        before = path.read_bytes()
        path.write_bytes(change(before))
        if path.read_bytes() == before:
            raise NotApplicable
    KINDS.add(name, text, tamper, status)


def _lines(name, text, change, status=SIGNATURE):
    """A kind that changes the list of lines."""
    _bytes(name, f"{NAME}: {text}", lambda data: b"".join(
        canonical(line) + b"\n" for line in change([json.loads(line) for line in data.splitlines()])), status)


def _signed_anew(lines):
    """The lines with the ids and signatures that follow from all the rest."""
    result = []
    for line in lines:
        signer = SIGNERS.get(line["by"], STRANGER)
        members = {name: value for name, value in line.items() if name != "signature"}
        result.append(signer.signed({**members, "prev": identity(result[-1]) if result else None}))
    return result


def _altered(number, **members):
    """Changes a line and nothing else."""
    return lambda lines: [*lines[:number], {**lines[number], **members}, *lines[number:][1:]]


def _forged(number, **members):
    """Changes a line and signs it and all behind it anew."""
    return lambda lines: _signed_anew(_altered(number, **members)(lines))


def _appended(signer, change, key, account=None, delay=0, members=None):
    """One more line at the end that is signed by the key it names."""
    return lambda lines: [*lines, signer.change(lines[-1], change, key.key, lines[-1]["at"] + delay, account, members)]


_bytes("keys-line-feed", f"{NAME}: the last line feed is missing", lambda data: data[:-1])
_bytes("keys-blank", f"{NAME}: an empty line at the end", lambda data: data + b"\n")
_bytes("keys-carriage-return", f"{NAME}: lines end in two bytes", lambda data: data.replace(b"\n", b"\r\n"))
_bytes("keys-white-space", f"{NAME}: a blank behind a colon", lambda data: data.replace(b":", b": ", 1))
_bytes("keys-half", f"{NAME}: the second half is missing", lambda data: data[:len(data) // 2])
_bytes("keys-emptied", f"{NAME}: nothing is left", lambda data: b"")
_bytes("keys-long", f"{NAME}: a line of more than 4,096 bytes", lambda data: data.replace(b"{", b"{" + b" " * 4096, 1))
_bytes("keys-one-line", f"{NAME}: an array of all lines", lambda data: b"[" + data[:-1].replace(b"\n", b",") + b"]\n")
_lines("keys-signature", "a digit of a signature", lambda lines: _altered(
    2, signature=lines[2]["signature"][:-20] + ("0" if lines[2]["signature"][-20] != "0" else "1") + lines[2]["signature"][-19:])(
        lines))
_lines("keys-last-signature", "the signature of the last line is that of the one before", lambda lines: _altered(
    -1, signature=lines[-2]["signature"])(lines))
_lines("keys-key", "a line names another key", _altered(1, key=STRANGER.key))
_lines("keys-account", "the device is another account's", _altered(2, account="mallory"))
_lines("keys-account-null", "the device may bind every account", _altered(2, account=None))
_lines("keys-time", "a key begins a millisecond later", lambda lines: _altered(1, at=lines[1]["at"] + 1)(lines))
_lines("keys-change", "the end of a key is its beginning", _altered(-1, change="add"))
_lines("keys-by", "a line names another signer", _altered(-1, by=SPARE.key))
_lines("keys-first-removed", "the first line is removed", lambda lines: lines[1:])
_lines("keys-removed", "a line in the middle is removed", lambda lines: [*lines[:4], *lines[5:]])
_lines("keys-swapped", "two lines have changed places", lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]])
_lines("keys-twice", "a line is there twice", lambda lines: [*lines[:4], lines[3], *lines[4:]])
_lines("keys-reversed", "lines the other way round", lambda lines: lines[::-1])

# Signed by who is named, and not by rule 1.
_lines("keys-first-device", "the first key is a device's", _forged(0, account="mallory"))
_lines("keys-first-end", "the first line ends a key", _forged(0, change="end"))
_lines("keys-first-signer", "the first line is signed by another key", _forged(0, by=STRANGER.key))
_lines("keys-first-prev", "the first line has one before it", lambda lines: [
    OPERATOR.change(None, "add", OPERATOR.key, lines[0]["at"], members={"prev": "ab" * 32})])
# Not by rule 2.
_lines("keys-prev-null", "a line is behind none", _appended(OPERATOR, "add", STRANGER, members={"prev": None}))
_lines("keys-prev-other", "a line is behind an earlier one", lambda lines: [
    *lines, OPERATOR.change(lines[-2], "add", STRANGER.key, lines[-1]["at"])])
_lines("keys-prev-signed", "a line is behind the SHA-256 of the whole line before", lambda lines: _appended(
    OPERATOR, "add", STRANGER, members={"prev": sha256(canonical(lines[-1])).hex()})(lines))
_lines("keys-dated-before", "a line is dated before the one before it", _appended(OPERATOR, "add", STRANGER, delay=-1))
_lines("keys-by-stranger", "a stranger adds its key", _appended(STRANGER, "add", STRANGER))
_lines("keys-by-device", "a device adds a key", _appended(DEVICE, "add", STRANGER))
_lines("keys-by-ended", "a key that is ended adds another one", _appended(ENDED, "add", STRANGER))
_lines("keys-brings-itself-back", "a key that is ended adds itself", _appended(ENDED, "add", ENDED))
_lines("keys-by-spare", "a key that another one has ended ends that one", _appended(SPARE, "end", OPERATOR))
_lines("keys-by-back", "the device's key that was back adds a key of the operator", _appended(BACK, "add", BACK))
# Not by rule 3.
_lines("keys-adds-again", "a line adds what holds", _appended(OPERATOR, "add", OPERATOR))
_lines("keys-ends-again", "a line ends what is ended", _appended(OPERATOR, "end", ENDED))
_lines("keys-ends-nothing", "a line ends what was never added", _appended(OPERATOR, "end", STRANGER))
_lines("keys-ends-other-account", "a line ends the device's key for all accounts", _appended(OPERATOR, "end", DEVICE))
# Not by rule 4.
_lines("keys-forged", "a line that a stranger has signed as the operator", lambda lines: [
    *lines, STRANGER.change(lines[-1], "add", STRANGER.key, lines[-1]["at"], members={"by": OPERATOR.key})])

for _name, _text, _members in (
        ("format", "another format", {"format": "waggle-payout-key/2"}), ("word", "another change", {"change": "remove"}),
        ("member", "a member that the page does not know", {"note": "a"}), ("account-blank", "an account with a blank", {"account": "a b"}),
        ("account-empty", "an account without a character", {"account": ""}), ("time-text", "a time in words", {"at": "now"}),
        ("capitals", "a key in capitals", {"key": STRANGER.key.upper()}), ("zeros", "a key of small order", {"key": "00" * 32}),
        ("beyond", "a key that is not canonical", {"key": "ff" * 31 + "7f"}), ("short", "a key of 31 bytes", {"key": STRANGER.key[2:]})):
    _lines(f"keys-{_name}", f"the last line has {_text}", _appended(OPERATOR, "add", STRANGER, members=_members), MISMATCH)

# Lists that hold, but not with these claims.
_lines("keys-cut", "the last line is missing", lambda lines: lines[:-1], None)
_lines("keys-cut-short", "all but the first line are missing", lambda lines: lines[:1], None)
_lines("keys-rewritten", "the operator has left out the end of a key", lambda lines: _signed_anew([*lines[:4], *lines[5:]]), None)
_lines("keys-begin-later", "the operator's keys begin later", lambda lines: _signed_anew([
    {**line, "at": line["at"] + 2_000_000_000_000} for line in lines]), None)
_lines("keys-other-account", "the operator names another account for a device", _forged(2, account="mallory"), None)
_lines("keys-ends-back", "the operator ends its key before it has signed later records", _appended(OPERATOR, "end", OPERATOR), None)
KINDS.add("keys-missing", f"{NAME}: the file is missing", lambda signed: (signed.published / NAME).unlink())


def _made_anew(signed):
    """Makes all claims anew, as they follow from the list."""
    for path in sorted((signed.published / "claims").glob("*/*.json")):
        if path.name.count(".") == 1:
            publishing.write_claims(signed.published, files.given(json.loads(path.read_bytes())))


def _of(name, text, change):
    """A kind with a list that holds, and claims that follow from it, that is not the operator's."""
    def tamper(signed):
        path = signed.published / NAME
        publishing.write_keys(signed.published, change([json.loads(line) for line in path.read_bytes().splitlines()]))
        _made_anew(signed)
    OPERATORS.add(name, text, tamper, SIGNATURE)


_of("operator-stranger", "a stranger's list of one key", lambda lines: [STRANGER.change(None, "add", STRANGER.key, lines[0]["at"])])
_of("operator-taken-over", "a stranger's list that has the operator's first key as its second line", lambda lines: [
    first := STRANGER.change(None, "add", STRANGER.key, lines[0]["at"]),
    STRANGER.change(first, "add", OPERATOR.key, lines[0]["at"])])
_of("operator-spare", "the operator's list without its first line, begun by another of its keys", lambda lines: _signed_anew([
    {**lines[0], "by": ENDED.key, "key": ENDED.key}, *({**line, "by": ENDED.key} for line in lines[2:4])]))
