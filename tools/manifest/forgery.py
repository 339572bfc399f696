"""A chain that somebody changes in one place and hashes anew, so that all roots, seeds and hashes of manifests fit."""

from . import publishing
from .closing import CannotClose, Chain
from .conventions import sha256
from .tampering import Kinds, NotApplicable

KINDS = Kinds()


class Forger:
    """What is given of a valid chain, to be changed; and functions that change results while they are published."""

    def __init__(self, source):
        self.source, self.epochs = source, publishing.read(source)
        self._alter = {}
        self.computed_by = lambda given: None  # the schedule to compute an epoch by, where it is not the one it lists
        self.rulesets = []  # to be written beside those of the epochs
        self.done = False

    def alter(self, file, change, epoch=None):
        """Has the list of a file's records changed, in every epoch or in one."""
        self._alter.setdefault((epoch, file), []).append(change)

    def alter_first(self, file, wanted, change):
        """Has the first record changed of which 'wanted' holds, and no other. Of a manifest there is one record."""
        def altered(records):
            if file == "manifest":
                return altered_list([records])[0]
            return altered_list(records)

        def altered_list(records):
            index = next((i for i, record in enumerate(records) if wanted(record)), None)
            if self.done or index is None:
                return records
            self.done = True
            changed = change(records[index])
            return [*records[:index], *([changed] if changed is not None else []), *records[index + 1:]]
        self.alter(file, altered)

    def publish(self, target):
        """Writes the forged chain. NotApplicable where nothing was found to change."""
        publisher = publishing.Publisher(target, Chain())
        for given in self.epochs:
            def altered(file, epoch=given.epoch):
                def change(records):
                    for function in self._alter.get((None, file), []) + self._alter.get((epoch, file), []):
                        records = function(records)
                    return records
                return change
            files = {file for _, file in self._alter}
            try:
                publisher.publish(given, {file: altered(file) for file in files}, self.computed_by(given))
            except CannotClose:
                raise NotApplicable from None
        for ruleset in map(publishing.as_bytes, self.rulesets):
            (target / "rulesets" / f"{sha256(ruleset).hex()}.json").write_bytes(ruleset)
        if not self.done:
            raise NotApplicable

    # What there is to change. Each raises NotApplicable where there is nothing.

    def given(self, name, wanted=lambda record: True):
        """The first record of drives, verdicts, takedowns, bounties or corrections of which 'wanted' holds, with its epoch."""
        for given in self.epochs:
            for record in getattr(given, name):
                if wanted(record):
                    self.done = True
                    return given, record
        raise NotApplicable

    def after(self, given):
        """The epoch after one."""
        index = self.epochs.index(given) + 1
        if index == len(self.epochs):
            raise NotApplicable
        return self.epochs[index]


def altered(name, text, file, wanted, change):
    """A kind that changes one record of a file; all that was computed from it stays as it was."""
    KINDS.add(name, text, lambda forger: forger.alter_first(file, wanted, change))


def changed(name, text, records, wanted, change):
    """A kind that changes one given record in place before all is computed anew."""
    def forge(forger):
        _, record = forger.given(records, wanted)
        change(record)
    KINDS.add(name, text, forge)


def setting(**members):
    """A change in place that sets members of a record."""
    return lambda record: record.update(members)
