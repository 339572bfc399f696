"""Section 3 of docs/claims.md: the records that say where accounts are paid."""

from typing import NamedTuple

from manifest import ed25519
from manifest.conventions import is_hash, is_integer, parsed

from . import payout_keys
from .forms import MAX_BYTES, WrongSignature, checked, identity, is_account, is_signature, statement
from .schemes import SCHEMES

FORMAT = "waggle-binding/1"

_RECORD = {
    "account": is_account, "address": lambda value: type(value) is str, "at": is_integer,
    "format": lambda value: value == FORMAT, "key": is_hash, "scheme": lambda value: type(value) is str and value in SCHEMES,
    "signature": is_signature}


class Binding(NamedTuple):
    """What a record says, in the order by which one holds before others."""
    at: int
    id: str
    account: str
    scheme: str
    address: str


def binding(record):
    return Binding(record["at"], identity(record), record["account"], record["scheme"], record["address"])


def record_of(data, name):
    """The record of a file that is named by its id; ValueError with a reason where it is none."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"a record of {len(data)} bytes, more than {MAX_BYTES}")
    record = checked(parsed(data), _RECORD)
    SCHEMES[record["scheme"]].address(record["address"])
    if identity(record) != name:
        raise ValueError(f"expected the name {identity(record)}.json")
    if not ed25519.verify(bytes.fromhex(record["key"]), statement(record), bytes.fromhex(record["signature"])):
        raise WrongSignature("signature: it is not that of this record by its key")
    return record


class Bindings:
    """The records and keys that are published. Of what is wrong with them it tells finding(place, text, signature=False)."""

    def __init__(self, published, finding, operator=None):
        """The operator's first key is given in hexadecimal, if it is known from elsewhere."""
        self.counting, self._finding = [], finding
        self._keys = self._read_keys(published / payout_keys.NAME, operator)
        directory = published / "bindings"
        for path in sorted(directory.iterdir()) if directory.is_dir() else ():
            if not path.name.startswith("."):
                self._read(path)

    def _read_keys(self, path, operator):
        keys = payout_keys.PayoutKeys()
        try:
            if path.is_file():
                keys = payout_keys.read(path.read_bytes())
        except ValueError as error:
            self._finding(path.name, str(error), isinstance(error, payout_keys.Refused))
            return keys
        if operator not in (None, keys.first):
            self._finding(path.name, f"expected the operator's first key {operator}, found {keys.first}", True)
            return payout_keys.PayoutKeys()
        return keys

    def _read(self, path):
        try:
            if path.suffix != ".json":
                raise ValueError("no file of a binding")
            record = record_of(path.read_bytes(), path.stem)
        except ValueError as error:
            self._finding(f"bindings/{path.name}", str(error), isinstance(error, WrongSignature))
            return
        if self._keys.allows(record["key"], record["account"], record["at"]):
            self.counting.append(binding(record))

    def addresses(self, scheme, seal):
        """The texts of addresses by account, of the records that hold for an epoch sealed at a time."""
        return {record.account: record.address
                for record in sorted(self.counting) if record.scheme == scheme and record.at < seal}
