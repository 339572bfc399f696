"""Writes chains of epochs, and reads what of them is given. For tests: it takes whatever it is told, and checks nothing."""

import dataclasses
import json

from .closing import Closing
from .conventions import MerkleTree, canonical, epoch_start, sha256
from .schedule import Schedule
from .takedowns import order


@dataclasses.dataclass
class Given:
    """What of an epoch is not recomputed. Drives and verdicts are ascending by their ids."""
    epoch: str
    sealed: int
    pending: int
    rulesets: list  # as in the manifest, but with the ruleset itself instead of its name
    drives: list
    verdicts: list
    takedowns: list
    bounties: list
    corrections: list

    @property
    def ruleset(self):
        """The epoch's own ruleset."""
        return self.schedule().ruleset(epoch_start(self.epoch))

    def schedule(self):
        """Which ruleset holds when."""
        return Schedule([{**entry, "ruleset": sha256(canonical(entry["ruleset"])).hex()} for entry in self.rulesets],
                        [entry["ruleset"] for entry in self.rulesets])

    def sort(self):
        """Puts all records in the order the page wants."""
        self.verdicts.sort(key=lambda frame: frame["frame"])
        self.drives.sort(key=lambda drive: drive["drive"])
        for records in (self.takedowns, self.bounties, self.corrections):
            records.sort(key=order)


class Publisher:
    """Writes epochs below a directory, one after the other. The chain is that of the epochs so far."""

    def __init__(self, published, chain):
        self.published, self.chain = published, chain
        (published / "rulesets").mkdir(parents=True)

    def publish(self, given, alter=None, computed_by=None):
        """Writes an epoch; its manifest.

        alter maps a file's name to a function of the list of its records, which gives those that are written and hashed
        instead: what a forger does who knows how to hash, but wants another result. For "manifest" it is one record. What is
        no record, but bytes, is written as it is. computed_by is a schedule that all is computed by, but that is not published.
        """
        alter = alter or {}
        directory = self.published / "epochs" / given.epoch
        directory.mkdir(parents=True)
        schedule = given.schedule()
        for name, ruleset in zip((entry["ruleset"] for entry in schedule.entries), schedule.rulesets):
            (self.published / "rulesets" / f"{name}.json").write_bytes(canonical(ruleset))

        def write(file, records):
            records, tree = list(records), MerkleTree()
            with open(directory / f"{file}.jsonl", "wb") as output:
                for record in alter.get(file, lambda unchanged: unchanged)(records):
                    line = as_bytes(record)
                    tree.add(line)
                    output.write(line + b"\n")
            return tree.summary()

        facts = {"epoch": given.epoch, "sealed_as_of": given.sealed, "pending_uploads": given.pending}
        self.chain.takedowns.add(given.takedowns)
        closing = Closing(
            self.chain, computed_by or schedule, facts, given.drives, given.takedowns, given.bounties, given.corrections)
        write("verdicts", given.verdicts)
        for record in given.verdicts:
            closing.add(record, b"")
        closing.verdicts = MerkleTree()
        with open(directory / "verdicts.jsonl", "rb") as file:
            for line in file:
                closing.verdicts.add(line[:-1])
        manifest = {**closing.close(write), "ruleset": schedule.name(closing.start), "rulesets": schedule.entries}
        manifest = alter.get("manifest", lambda unchanged: unchanged)(manifest)
        data = as_bytes(manifest)
        (directory / "manifest.json").write_bytes(data)
        self.chain.previous = sha256(data).hex()
        return manifest


def as_bytes(record):
    return record if type(record) is bytes else canonical(record)


def read_lines(path):
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def read(published):
    """What is given of the epochs of a valid chain, in order. Epochs share each ruleset: a change in place changes it for all."""
    result, rulesets = [], {path.stem: json.loads(path.read_bytes()) for path in sorted((published / "rulesets").iterdir())}
    for directory in sorted((published / "epochs").iterdir()):
        manifest = json.loads((directory / "manifest.json").read_bytes())
        drives = read_lines(directory / "inputs.jsonl")
        result.append(Given(
            epoch=manifest["epoch"], sealed=manifest["sealed_as_of"], pending=manifest["pending_uploads"],
            rulesets=[{**entry, "ruleset": rulesets[entry["ruleset"]]} for entry in manifest["rulesets"]],
            drives=[{k: drive[k] for k in drive if k not in ("frames", "trust")} for drive in drives],
            verdicts=read_lines(directory / "verdicts.jsonl"), takedowns=manifest["takedowns"],
            bounties=manifest["bounties"], corrections=read_lines(directory / "corrections.jsonl")))
    return result
