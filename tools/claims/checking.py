"""Holds files of claims against docs/claims.md, and against the epoch, the bindings and the record that it is final."""

import pathlib

from log import finals
from manifest.conventions import MerkleTree, amount, canonical, differences, epoch_start, parsed, sha256
from manifest.findings import MISMATCH, MISSING, SIGNATURE

from . import files
from .bindings import Bindings
from .schemes import SCHEMES

MOST_BYTES = 1 << 30


class Unusable(Exception):
    """Nothing can be compared with this file. What is wrong is among the findings."""


class ClaimsChecker:
    def __init__(self, published, findings):
        self.published, self.findings = published, findings
        self.bindings = Bindings(published, lambda place, text, signature=False: findings.add(
            "payouts", place, text, SIGNATURE if signature else MISMATCH))
        self._totals = {}  # of epochs, with their seals

    def check_directory(self):
        """Checks every file of the directory 'claims'; how many there are."""
        count, directory = 0, self.published / "claims"
        for of_epoch in sorted(directory.iterdir()) if directory.is_dir() else ():
            if of_epoch.name.startswith("."):
                continue
            if epoch_start(of_epoch.name) is None or not of_epoch.is_dir():
                self.findings.add("claims", of_epoch.name, "it is no epoch")
                continue
            for path in sorted(of_epoch.iterdir()):
                scheme, _, kind = path.name.partition(".")
                if kind == "json" and scheme in SCHEMES:
                    self.check(path, of_epoch.name, scheme)
                    count += 1
                elif not path.name.startswith(".") and not self._is_dump(path, scheme, kind):
                    self.findings.add("claims", f"{of_epoch.name}/{path.name}", "it is no file of claims")
        return count

    @staticmethod
    def _is_dump(path, scheme, kind):
        return (kind == "standard-v1.json" and scheme in SCHEMES and SCHEMES[scheme].leaf_encoding
                and path.with_name(f"{scheme}.json").is_file())

    def check(self, path, epoch=None, scheme=None):
        """Checks one file, and the tree beside it. The place of a published one says of which epoch and scheme it is."""
        self._place = f"{epoch}/{path.name}" if epoch else str(path)
        try:
            self._check(path, epoch, scheme)
        except FileNotFoundError:
            self._finding("expected a file, found none", MISSING)
        except Unusable:
            pass
        except ValueError as error:
            self._finding(str(error))
        self.findings.finish()

    def _finding(self, text, code=MISMATCH):
        self.findings.add("claims", self._place, text, code)

    def _check(self, path, epoch, scheme):
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES} bytes")
        data = path.read_bytes()
        found = parsed(data)
        given = files.given(found)
        if epoch and (given.epoch, given.scheme) != (epoch, scheme):
            raise ValueError(f"expected the claims of {epoch} by {scheme}, found {given.epoch!a:.100} by {given.scheme}")
        totals, seal = self._epoch(given.epoch)
        value, dump = files.made(given, totals, self.bindings.addresses(given.scheme, seal))
        if canonical(value) != data:
            for text in differences(value, found):
                self._finding(text)
        dumped = path.with_name(f"{path.stem}.standard-v1.json")
        if dumped.is_file() and (dump is None or dumped.read_bytes() != canonical(dump)):
            self._finding(f"{dumped.name} is not its tree")

    def _epoch(self, epoch):
        """The totals after an epoch and its seal, from its files. Reports where it is not final, or not there."""
        if epoch_start(epoch) is None:
            raise ValueError(f"epoch: {epoch!a:.100} is none")
        if epoch not in self._totals:
            self._totals[epoch] = self._read_epoch(self.published / "epochs" / epoch, epoch)
        totals, seal, faults = self._totals[epoch]
        for text, code in faults:
            self._finding(text, code)
        if totals is None:
            raise Unusable
        return totals, seal

    def _read_epoch(self, directory, epoch):
        try:
            data = (directory / "manifest.json").read_bytes()
            manifest = parsed(data)
            seal, summary = manifest["sealed_as_of"], manifest["cumulative"]
            tree, totals = MerkleTree(), {}
            with open(directory / "cumulative.jsonl", "rb") as file:
                for line in file:
                    tree.add(line.rstrip(b"\n"))
                    record = parsed(line.rstrip(b"\n"))
                    totals[record["contributor"]] = amount(record["total"])
            expected = {"count": summary["count"], "root": summary["root"]}
        except FileNotFoundError as error:
            return None, None, [(f"expected a file epochs/{epoch}/{pathlib.Path(error.filename).name}, found none", MISSING)]
        except (ValueError, KeyError, TypeError):
            return None, None, [(f"the files of {epoch} are malformed", MISMATCH)]
        if tree.summary() != expected or None in totals.values() or type(seal) is not int:
            return None, None, [(f"expected {expected} of cumulative.jsonl of {epoch}, found {tree.summary()}", MISMATCH)]
        return totals, seal, self._final_faults(epoch, sha256(data).hex())

    def _final_faults(self, epoch, digest):
        path = self.published / "finals" / f"{epoch}.json"
        if not path.is_file():
            return [(f"expected a file finals/{epoch}.json, found none: nothing says that {epoch} is final", MISSING)]
        try:
            named = finals.read(path)["manifest"]
        except ValueError as error:
            return [(f"finals/{epoch}.json: {error}", MISMATCH)]
        return [] if named == digest else [(f"expected finals/{epoch}.json to name {digest}, found {named}", MISMATCH)]


def check_all(published, others, findings):
    """Checks all that is published of claims, and other files against it; how many there are."""
    checker = ClaimsChecker(published, findings)
    findings.finish()
    count = checker.check_directory()
    for path in others:
        checker.check(path)
    return count + len(others)
