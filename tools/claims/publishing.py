"""Writes bindings, their keys and files of claims. For tests: it takes whatever it is told, and checks nothing."""

from manifest import ed25519
from manifest.conventions import canonical, sha256

from . import addresses, bindings, crediting, files, payout_keys
from .bindings import Bindings
from .forms import identity, statement
from .history import History
from .schemes import SCHEMES


class Operator:
    """A key that signs bindings and changes of keys, which is made of a text: for tests only."""

    def __init__(self, seed):
        self._secret = sha256(f"the key of payouts, {seed}".encode())
        self.key = ed25519.public_key(self._secret).hex()

    def signed(self, record):
        return {**record, "signature": ed25519.sign(self._secret, statement(record)).hex()}

    def record(self, account, scheme, address, at, members=None):
        """A signed record. Further members take the place of those that it would have."""
        return self.signed({
            "account": account, "address": address, "at": at, "format": bindings.FORMAT, "key": self.key, "scheme": scheme,
            **(members or {})})

    def change(self, previous, change, key, at, account=None, members=None):
        """A signed line of the list of keys behind another one, or the first one. Further members as with records."""
        return self.signed({
            "account": account, "at": at, "by": self.key, "change": change, "format": payout_keys.FORMAT, "key": key,
            "prev": identity(previous) if previous else None, **(members or {})})


def address_of(scheme, seed):
    """An address nobody has the key of."""
    digest = sha256(f"the address of {seed}".encode())
    return addresses.solana_text(digest) if SCHEMES[scheme].is_on_solana else addresses.evm_text(digest[:20])


def write_keys(published, lines):
    (published / payout_keys.NAME).write_bytes(b"".join(canonical(line) + b"\n" for line in lines))


def write_record(published, record):
    (published / "bindings").mkdir(exist_ok=True)
    (published / "bindings" / f"{identity(record)}.json").write_bytes(canonical(record))


def write_claims(published, given, alter_bindings=lambda held: None, credits=crediting.credits, alter=lambda credits: credits):
    """Writes a file of claims and its dump as they follow from what is published, or from what is made of it; their paths."""
    directory = published / "claims" / given.epoch
    directory.mkdir(parents=True, exist_ok=True)
    held, paths = Bindings(published, lambda *_: None), []
    alter_bindings(held)
    made = files.made(given, alter(credits(History(published), held, given.scheme, given.epoch)))
    for name, value in zip((f"{given.scheme}.json", f"{given.scheme}.standard-v1.json"), made):
        if value is not None:
            (directory / name).write_bytes(canonical(value))
            paths.append(directory / name)
    return paths
