"""Writes bindings, their keys and files of claims. For tests: it takes whatever it is told, and checks nothing."""

from manifest import ed25519
from manifest.conventions import canonical, parsed, sha256

from . import addresses, bindings, files
from .bindings import Bindings


class Operator:
    """A key that signs bindings, which is made of a text: for tests only."""

    def __init__(self, seed):
        self._secret = sha256(f"the key of payouts, {seed}".encode())
        self.key = ed25519.public_key(self._secret).hex()

    def record(self, account, scheme, address, at, members=None):
        """A signed record. Further members take the place of those that it would have."""
        record = {"account": account, "address": address, "at": at, "format": bindings.RECORD, "key": self.key,
                  "scheme": scheme, **(members or {})}
        return {**record, "signature": ed25519.sign(self._secret, bindings.statement(record)).hex()}


def key_entry(key, start, account=None, until=None):
    return {"account": account, "from": start, "key": key, "until": until}


def address_of(scheme, seed):
    """An address nobody has the key of."""
    digest = sha256(f"the address of {seed}".encode())
    return addresses.solana_text(digest) if scheme == "jito" else addresses.evm_text(digest[:20])


def write_keys(published, entries):
    ordered = sorted(entries, key=lambda key: (key["from"], key["key"], key["account"] is not None, key["account"] or ""))
    (published / "payout-keys.json").write_bytes(canonical({"format": bindings.KEYS, "keys": ordered}))


def write_record(published, record):
    (published / "bindings").mkdir(exist_ok=True)
    (published / "bindings" / f"{bindings.identity(record)}.json").write_bytes(canonical(record))


def claims_of(published, given, alter_totals=lambda totals: totals, alter_addresses=lambda addresses: addresses):
    """The value of a file of claims and of its dump, as they follow from what is published, or from what is made of it."""
    directory = published / "epochs" / given.epoch
    seal = parsed((directory / "manifest.json").read_bytes())["sealed_as_of"]
    lines = (directory / "cumulative.jsonl").read_bytes().split(b"\n")[:-1]
    totals = {record["contributor"]: int(record["total"]) for record in map(parsed, lines)}
    held = Bindings(published, lambda *_: None).addresses(given.scheme, seal)
    return files.made(given, alter_totals(totals), alter_addresses(held))


def write_claims(published, given, **alterations):
    """Writes a file of claims and its dump; their paths."""
    directory = published / "claims" / given.epoch
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    names = f"{given.scheme}.json", f"{given.scheme}.standard-v1.json"
    for name, value in zip(names, claims_of(published, given, **alterations)):
        if value is not None:
            (directory / name).write_bytes(canonical(value))
            paths.append(directory / name)
    return paths
