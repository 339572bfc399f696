"""Section 3 of docs/claims.md: who is paid where."""

import re

from manifest import ed25519
from manifest.conventions import canonical, is_hash, is_integer, parsed, sha256

from .schemes import SCHEMES

MAX_BYTES = 4096
RECORD, KEYS = "waggle-binding/1", "waggle-payout-keys/1"

_ACCOUNT = re.compile("[!-~]{1,200}")
_SIGNATURE = re.compile("[0-9a-f]{128}")


class WrongSignature(ValueError):
    """A record is not signed by the key it names."""


def is_account(value):
    return type(value) is str and _ACCOUNT.fullmatch(value) is not None


def _checked(value, tests):
    """An object whose members are exactly these; ValueError where one is missing, unknown or malformed."""
    if type(value) is not dict or value.keys() != tests.keys():
        raise ValueError(f"expected an object with the members {', '.join(sorted(tests))} and no others")
    for name, test in tests.items():
        if not test(value[name]):
            raise ValueError(f"{name}: {value[name]!a:.100} is malformed")
    return value


_RECORD = {
    "account": is_account, "address": lambda value: type(value) is str, "at": is_integer,
    "format": lambda value: value == RECORD, "key": is_hash, "scheme": lambda value: type(value) is str and value in SCHEMES,
    "signature": lambda value: type(value) is str and _SIGNATURE.fullmatch(value) is not None}
_KEY = {
    "account": lambda value: value is None or is_account(value), "from": is_integer,
    "key": lambda value: is_hash(value) and ed25519.is_key(bytes.fromhex(value)),
    "until": lambda value: value is None or is_integer(value)}
_KEYS = {"format": lambda value: value == KEYS, "keys": lambda value: type(value) is list}


def statement(record):
    """What is signed of a record."""
    return canonical({name: record[name] for name in record if name != "signature"})


def identity(record):
    return sha256(statement(record)).hex()


def record_of(data, name):
    """The record of a file that is named by its id; ValueError with a reason where it is none."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"a record of {len(data)} bytes, more than {MAX_BYTES}")
    record = _checked(parsed(data), _RECORD)
    SCHEMES[record["scheme"]].address(record["address"])
    if identity(record) != name:
        raise ValueError(f"expected the name {identity(record)}.json")
    if not ed25519.verify(bytes.fromhex(record["key"]), statement(record), bytes.fromhex(record["signature"])):
        raise WrongSignature("signature: it is not that of this record by its key")
    return record


def keys_of(data):
    """The keys of payout-keys.json; ValueError with a reason where the bytes are something else."""
    keys, last = _checked(parsed(data), _KEYS)["keys"], None
    for index, key in enumerate(keys):
        try:
            _checked(key, _KEY)
        except ValueError as error:
            raise ValueError(f"keys[{index}]: {error}") from None
        if key["until"] is not None and key["until"] < key["from"]:
            raise ValueError(f"keys[{index}]: until is before from")
        place = key["from"], key["key"], key["account"] is not None, key["account"] or ""
        if last is not None and place < last:
            raise ValueError(f"keys[{index}]: it is before the one before")
        last = place
    return keys


class Bindings:
    """The records and keys that are published. Of what is wrong with them it tells finding(place, text, signature=False)."""

    def __init__(self, published, finding):
        self._counting, self._finding = [], finding
        self._keys = self._read_keys(published / "payout-keys.json")
        directory = published / "bindings"
        for path in sorted(directory.iterdir()) if directory.is_dir() else ():
            if not path.name.startswith("."):
                self._read(path)

    def _read_keys(self, path):
        if not path.is_file():
            return []
        try:
            return keys_of(path.read_bytes())
        except ValueError as error:
            self._finding(path.name, str(error))
            return []

    def _read(self, path):
        try:
            if path.suffix != ".json":
                raise ValueError("no file of a binding")
            record = record_of(path.read_bytes(), path.stem)
        except ValueError as error:
            self._finding(f"bindings/{path.name}", str(error), isinstance(error, WrongSignature))
            return
        if any(self._allows(key, record) for key in self._keys):
            self._counting.append(record)

    @staticmethod
    def _allows(key, record):
        return (key["key"] == record["key"] and key["account"] in (None, record["account"])
                and key["from"] <= record["at"] and (key["until"] is None or record["at"] < key["until"]))

    def addresses(self, scheme, seal):
        """The texts of addresses by account, of the records that hold for an epoch sealed at a time."""
        best = {}
        for record in self._counting:
            if record["scheme"] == scheme and record["at"] < seal:
                place = record["at"], identity(record)
                if record["account"] not in best or place > best[record["account"]][0]:
                    best[record["account"]] = place, record["address"]
        return {account: address for account, (_, address) in best.items()}
