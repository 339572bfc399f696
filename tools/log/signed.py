"""A directory with a published chain, its signed log and claims, and a policy, a checkpoint and proofs beside it. For tests."""

import json
import shutil

from claims.payout_keys import pem
from claims.sample import OPERATOR, add_claims
from manifest.conventions import canonical, sha256

from . import checkpoints, publishing
from .entries import written
from .keys import WITNESS
from .publishing import Signer
from .tiles import Store

NAME = "example.org/made"
OLD, NEW, STRANGER = (Signer(NAME, seed) for seed in ("old", "new", "stranger"))
WITNESSES = [Signer(f"example.net/w{number}", "witness", WITNESS) for number in (1, 2, 3)]
POLICY = "".join([
    "# Made up\n", f"log {NEW.key.text}\n", *(f"witness w{i} {witness.key.text}\n" for i, witness in enumerate(WITNESSES)),
    "group most 2 w0 w1 w2\n", "quorum most\n"])


class Signed:
    """Such a directory, whose log can be written anew."""

    def __init__(self, directory):
        self.directory, self.published = directory, directory / "published"
        self.epochs = sorted(path.name for path in (self.published / "epochs").iterdir())
        self.entries = []
        if (self.published / "log").is_dir():
            size = checkpoints.parsed(self.checkpoint_path.read_bytes()).size
            self.entries = list(Store(self.published / "log").entries(size))

    @property
    def checkpoint_path(self):
        return self.published / "log" / "checkpoint"

    @property
    def kept_size(self):
        return checkpoints.parsed((self.directory / "kept").read_bytes()).size

    @classmethod
    def made(cls, published, directory, rulesets=0):
        """Makes such a directory of a published chain."""
        directory.mkdir(parents=True)
        shutil.copytree(published, directory / "published")
        signed = cls(directory)
        history = publishing.history(signed.published)
        padding = [signed._ruleset(number) for number in range(rulesets)]
        rotated = publishing.rotation(OLD, NEW)
        finals = [publishing.finalize(signed.published, epoch) for epoch in signed.epochs[:-1]]
        first = next(i for i, entry in enumerate(history, 1) if entry.startswith(b"waggle-log/1 manifest\n"))
        signed.entries = [*history[:first], *padding, rotated, *history[first:], *finals]
        (directory / "policy.txt").write_text(POLICY)
        (directory / "operator.pem.pub").write_bytes(pem(OPERATOR.key))
        (directory / "kept").write_bytes(publishing.checkpoint(NAME, signed.entries, first + rulesets, [OLD]))
        publishing.sign_manifests(signed.published, [OLD, NEW])
        add_claims(signed.published, signed.epochs[:-1])
        signed.publish()
        signed.prove()
        return signed

    def _ruleset(self, number):
        """The entry of one more ruleset, whose file is written."""
        manifest = json.loads((self.published / "epochs" / self.epochs[0] / "manifest.json").read_bytes())
        ruleset = json.loads((self.published / "rulesets" / f"{manifest['ruleset']}.json").read_bytes())
        ruleset["reward"]["genesis"] = f"nobody uses number {number}"
        data = canonical(ruleset)
        name = sha256(data).hex()
        (self.published / "rulesets" / f"{name}.json").write_bytes(data)
        return written("ruleset", {"sha256": name})

    def publish(self, signers=(OLD, NEW), witnesses=tuple(WITNESSES[:2]), size=None):
        """Writes the log of these entries anew, and signs it."""
        shutil.rmtree(self.published / "log", ignore_errors=True)
        size = len(self.entries) if size is None else size
        sizes = [*range(min(4, len(self.entries))), size]
        publishing.write(self.published, self.entries, sizes)
        self.checkpoint_path.write_bytes(publishing.checkpoint(NAME, self.entries, size, signers, witnesses))

    def prove(self, number=0, alter=lambda members: members, epoch=0):
        """Writes the receipt of one award, and the proof of the entry before the last."""
        size, signed = len(self.entries), self.checkpoint_path.read_bytes()
        (self.directory / "award.tlog-proof").write_bytes(publishing.receipt(
            self.published, self.receipt_epoch(epoch), number, self.entries, size, signed, alter))
        (self.directory / "entry.tlog-proof").write_bytes(publishing.entry_proof(self.entries, size - 2, size, signed))

    def receipt_epoch(self, number=0):
        """The epoch of that number among those with at least three awards."""
        def lines(epoch):
            return (self.published / "epochs" / epoch / "awards.jsonl").read_bytes().count(b"\n")
        return [epoch for epoch in self.epochs if lines(epoch) > 2][number]
