"""Section 3 of docs/claims.md: payout-keys.jsonl, which keys may bind."""

import base64
import binascii
import re

from manifest import ed25519
from manifest.conventions import is_hash, is_integer, parsed

from .forms import MAX_BYTES, checked, identity, is_account, is_signature, statement

NAME, FORMAT = "payout-keys.jsonl", "waggle-payout-key/1"

_PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*")
_DER = bytes.fromhex("302a300506032b6570032100")  # RFC 8410, section 4: what comes before the key

_LINE = {
    "account": lambda value: value is None or is_account(value), "at": is_integer, "by": is_hash,
    "change": lambda value: value in ("add", "end"), "format": lambda value: value == FORMAT,
    "key": lambda value: is_hash(value) and ed25519.may_be_key(bytes.fromhex(value)),
    "prev": lambda value: value is None or is_hash(value), "signature": is_signature}


class Refused(ValueError):
    """The lines have the form they must have, but do not name keys as the page says."""


class PayoutKeys:
    """The keys of a list of changes, to which one is added after the other."""

    def __init__(self):
        self.first = None  # the operator's first key
        self._last = None  # the line before
        self._changes = {}  # of a key and an account: (at, change), ascending by the time

    def allows(self, key, account, at):
        """Whether a record by this key about this account counts that was made at a time."""
        return any(self._change(key, scope, at) == "add" for scope in (None, account))

    def _change(self, key, account, at=None):
        """The last change of a key up to a time, or up to the last line."""
        return next((change for since, change in reversed(self._changes.get((key, account), []))
                     if at is None or since <= at), None)

    def add(self, line):
        """Refused with a reason where the line may not be the next one."""
        if self._last is None:
            self._check_first(line)
        else:
            self._check_next(line)
        held = self._change(line["key"], line["account"]) == "add"
        if held == (line["change"] == "add"):
            raise Refused("it adds what holds" if held else "it ends what does not hold")
        if not ed25519.verify(bytes.fromhex(line["by"]), statement(line), bytes.fromhex(line["signature"])):
            raise Refused("signature: it is not that of this line by its key")
        self._changes.setdefault((line["key"], line["account"]), []).append((line["at"], line["change"]))
        self._last = line

    def _check_first(self, line):
        if line["change"] != "add" or line["account"] is not None or line["prev"] is not None:
            raise Refused("the first line does not add a key of the operator")
        if line["by"] != line["key"]:
            raise Refused("the first line is not signed by the key that it adds")
        self.first = line["key"]

    def _check_next(self, line):
        if line["prev"] != identity(self._last):
            raise Refused(f"prev: expected {identity(self._last)}, the id of the line before")
        if line["at"] < self._last["at"]:
            raise Refused("it is dated before the line before")
        if self._change(line["by"], None) != "add":
            raise Refused("by: no key of the operator that is added and not ended")


def read(data):
    """The keys that the bytes of a list name; ValueError with a reason where it cannot be read, and Refused where it is refused."""
    keys, lines = PayoutKeys(), data.split(b"\n")
    if lines.pop():
        raise ValueError("the last line does not end in a line feed")
    if not lines:
        raise ValueError("there is no line")
    changes = [_numbered(number, _parsed, line) for number, line in enumerate(lines, 1)]
    for number, change in enumerate(changes, 1):
        _numbered(number, keys.add, change)
    return keys


def _numbered(number, function, line):
    try:
        return function(line)
    except ValueError as error:
        kind = Refused if isinstance(error, Refused) else ValueError
        raise kind(f"line {number}: {error}") from None


def _parsed(line):
    if len(line) > MAX_BYTES:
        raise ValueError(f"{len(line)} bytes, more than {MAX_BYTES}")
    return checked(parsed(line), _LINE)


def public_key_of(data):
    """The Ed25519 key of a PEM file of RFC 8410 in hexadecimal; ValueError with a reason where the bytes are none."""
    match = _PEM.fullmatch(data)
    try:
        key = base64.b64decode(b"".join(match[1].split()), validate=True) if match else b""
    except binascii.Error:
        key = b""
    if len(key) != len(_DER) + 32 or not key.startswith(_DER) or not ed25519.is_key(key[-32:]):
        raise ValueError("expected a PEM file with a public key of Ed25519")
    return key[-32:].hex()


def pem(key):
    """The PEM file of a key in hexadecimal."""
    encoded = base64.b64encode(_DER + bytes.fromhex(key))
    return b"-----BEGIN PUBLIC KEY-----\n" + encoded + b"\n-----END PUBLIC KEY-----\n"
