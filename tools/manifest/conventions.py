"""Section 1 of docs/manifest.md: canonical JSON, hashes, epochs, cells; and the Merkle tree of section 5.1."""

import datetime
import hashlib
import json
import re

MAX_INTEGER = 2**53 - 1
AMOUNTS = 2**64
DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS
GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
HASH = re.compile(r"[0-9a-f]{64}")

_AMOUNT = re.compile(r"0|[1-9][0-9]{0,19}")
_EPOCH = re.compile(r"([0-9]{4})-W([0-9]{2})")
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(value):
    """RFC 8785 for what is published: keys are ASCII, so that code points sort them as UTF-16 does."""
    return _encode(value).encode()


def _object(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key occurs twice")
    return members


def _integer(text):
    value = int(text) if len(text) <= 17 else MAX_INTEGER + 1
    if not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise ValueError("an integer is beyond 2^53 - 1")
    return value


def _refuse(text):
    raise ValueError(f"{text[:30]} is not an integer")


_decode = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_refuse, parse_constant=_refuse).decode


def parsed(data):
    """The value of canonical JSON; ValueError with a reason where the bytes are anything else."""
    try:
        value = _decode(data.decode())
        again = canonical(value)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if again != data:
        at = next((i for i, (a, b) in enumerate(zip(again, data)) if a != b), min(len(again), len(data)))
        raise ValueError(f"not canonical JSON from byte {at} on: expected {again[at:at + 40]!r}, found {data[at:at + 40]!r}")
    return value


def sha256(data):
    return hashlib.sha256(data).digest()


def is_integer(value, low=-MAX_INTEGER, high=MAX_INTEGER):
    return type(value) is int and low <= value <= high


def is_hash(value):
    return type(value) is str and HASH.fullmatch(value) is not None


def amount(value):
    """The number an amount stands for, or None where the value is no amount."""
    if type(value) is str and _AMOUNT.fullmatch(value) and int(value) < AMOUNTS:
        return int(value)
    return None


def epoch_start(epoch):
    """The start of an ISO 8601 week from 1000-W01 on in milliseconds, or None where there is no such week."""
    match = _EPOCH.fullmatch(epoch) if type(epoch) is str else None
    if not match or int(match[1]) < 1000:
        return None
    try:
        monday = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
    return (monday.toordinal() - datetime.date(1970, 1, 1).toordinal()) * DAY_MS


def epoch_of(time):
    """The id of the week that a time lies in."""
    year, week, _ = (datetime.date(1970, 1, 1) + datetime.timedelta(days=time // DAY_MS)).isocalendar()
    return f"{year:04}-W{week:02}"


class MerkleTree:
    """The Merkle tree hash of RFC 6962, section 2.1, over leaves that come one by one."""

    def __init__(self):
        self.count = 0
        self._full = []  # (height, hash) of full subtrees, the greatest first

    def add(self, leaf):
        self.count += 1
        height, digest = 0, sha256(b"\0" + leaf)
        while self._full and self._full[-1][0] == height:
            digest = sha256(b"\1" + self._full.pop()[1] + digest)
            height += 1
        self._full.append((height, digest))

    def root(self):
        if not self._full:
            return sha256(b"").hex()
        digest = self._full[-1][1]
        for _, left in reversed(self._full[:-1]):
            digest = sha256(b"\1" + left + digest)
        return digest.hex()

    def summary(self):
        """What a manifest says of a file."""
        return {"count": self.count, "root": self.root()}


def differences(expected, found, path="$"):
    """The paths at which two documents differ, each with what was expected and found."""
    if type(expected) is dict and type(found) is dict:
        for key in sorted(expected.keys() | found.keys()):
            if key not in found:
                yield f"{path}.{key} is missing, expected {_short(expected[key])}"
            elif key not in expected:
                yield f"{path}.{key} should not be there, found {_short(found[key])}"
            else:
                yield from differences(expected[key], found[key], f"{path}.{key}")
    elif type(expected) is list and type(found) is list and len(expected) == len(found):
        for index, pair in enumerate(zip(expected, found)):
            yield from differences(*pair, f"{path}[{index}]")
    elif type(expected) is not type(found) or expected != found:
        yield f"{path}: expected {_short(expected)}, found {_short(found)}"


def _short(value):
    text = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return text if len(text) <= 100 else text[:97] + "..."
