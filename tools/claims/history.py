"""What claims need of published epochs: their seals, the chain of their manifests, and totals."""

import pathlib
from typing import NamedTuple

from log import finals
from manifest.conventions import MerkleTree, amount, epoch_start, is_integer, parsed, sha256
from manifest.findings import MISMATCH, MISSING


class Unusable(Exception):
    """Claims cannot be compared with what is published: text and status."""


class Epoch(NamedTuple):
    name: str
    seal: int
    previous: str
    cumulative: dict  # count and root
    sha256: str  # of the manifest


class History:
    def __init__(self, published):
        self._published = published
        self._epochs, self._totals = {}, {}

    def until(self, last):
        """The epochs up to one, in order. Raises Unusable where one is not there or does not name the one before."""
        names = sorted(path.name for path in (self._published / "epochs").iterdir() if epoch_start(path.name) is not None)
        epochs, previous = [self._epoch(name) for name in names if name <= last], None
        if last not in names:
            raise Unusable(f"expected a directory epochs/{last}, found none", MISSING)
        for epoch in epochs:
            if epoch.previous != previous:
                raise Unusable(f"epochs/{epoch.name}/manifest.json: previous: expected {previous}, found {epoch.previous}", MISMATCH)
            previous = epoch.sha256
        return epochs

    def totals(self, epoch):
        """Micro-points by account."""
        if epoch.name not in self._totals:
            self._totals[epoch.name] = self._read(epoch.name, lambda directory: self._read_totals(directory, epoch))
        return self._totals[epoch.name]

    def final_fault(self, epoch):
        """Why nothing says that an epoch is final, and the status; None where something does."""
        path = self._published / "finals" / f"{epoch.name}.json"
        if not path.is_file():
            return f"expected a file finals/{epoch.name}.json, found none: nothing says that {epoch.name} is final", MISSING
        try:
            named = finals.read(path)["manifest"]
        except ValueError as error:
            return f"finals/{epoch.name}.json: {error}", MISMATCH
        if named != epoch.sha256:
            return f"expected finals/{epoch.name}.json to name {epoch.sha256}, found {named}", MISMATCH
        return None

    def _epoch(self, name):
        if name not in self._epochs:
            self._epochs[name] = self._read(name, self._read_epoch)
        return self._epochs[name]

    def _read(self, name, reader):
        try:
            return reader(self._published / "epochs" / name)
        except FileNotFoundError as error:
            place = f"epochs/{name}/{pathlib.Path(error.filename).name}"
            raise Unusable(f"expected a file {place}, found none", MISSING) from None
        except (ValueError, KeyError, TypeError):
            raise Unusable(f"the files of {name} are malformed", MISMATCH) from None

    @staticmethod
    def _read_epoch(directory):
        data = (directory / "manifest.json").read_bytes()
        manifest = parsed(data)
        summary = {name: manifest["cumulative"][name] for name in ("count", "root")}
        if not is_integer(manifest["sealed_as_of"]):
            raise ValueError("sealed_as_of is no time")
        return Epoch(directory.name, manifest["sealed_as_of"], manifest["previous"], summary, sha256(data).hex())

    @staticmethod
    def _read_totals(directory, epoch):
        tree, totals = MerkleTree(), {}
        with open(directory / "cumulative.jsonl", "rb") as file:
            for line in file:
                tree.add(line.rstrip(b"\n"))
                record = parsed(line.rstrip(b"\n"))
                totals[record["contributor"]] = amount(record["total"])
        if None in totals.values() or any(type(name) is not str for name in totals):
            raise ValueError("a total is no amount, or of nobody")
        if tree.summary() != epoch.cumulative:
            raise Unusable(
                f"expected {epoch.cumulative} of cumulative.jsonl of {epoch.name}, found {tree.summary()}", MISMATCH)
        return totals
