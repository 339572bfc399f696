"""Holds files of claims against docs/claims.md, and against the epochs, the bindings and the record that the last is final."""

from manifest.conventions import canonical, differences, epoch_start, parsed
from manifest.findings import MISMATCH, MISSING, SIGNATURE

from . import crediting, files
from .bindings import Bindings
from .history import History, Unusable
from .schemes import SCHEMES

MOST_BYTES = 1 << 30


class ClaimsChecker:
    def __init__(self, published, findings, operator=None):
        """The operator's first key is given in hexadecimal, if it is known from elsewhere."""
        self.published, self.findings = published, findings
        self.bindings = Bindings(published, lambda place, text, signature=False: findings.add(
            "payouts", place, text, SIGNATURE if signature else MISMATCH), operator)
        self._history = History(published)

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
        except Unusable as error:
            self._finding(*error.args)
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
        if epoch_start(given.epoch) is None:
            raise ValueError(f"epoch: {given.epoch!a:.100} is none")
        fault = self._history.final_fault(self._history.until(given.epoch)[-1])
        if fault:
            self._finding(*fault)
        value, dump = files.made(given, crediting.credits(self._history, self.bindings, given.scheme, given.epoch))
        if canonical(value) != data:
            for text in differences(value, found):
                self._finding(text)
        dumped = path.with_name(f"{path.stem}.standard-v1.json")
        if dumped.is_file() and (dump is None or dumped.read_bytes() != canonical(dump)):
            self._finding(f"{dumped.name} is not its tree")


def check_all(published, others, findings, operator=None):
    """Checks all that is published of claims, and other files against it; how many there are."""
    checker = ClaimsChecker(published, findings, operator)
    findings.finish()
    count = checker.check_directory()
    for path in others:
        checker.check(path)
    return count + len(others)
