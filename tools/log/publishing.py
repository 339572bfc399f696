"""Writes logs of published chains, and signs them. For tests: it takes whatever it is told, and checks nothing."""

import json

from manifest import ed25519
from manifest.conventions import canonical, sha256

from . import checkpoints, entries, finals, keys, notes, proofs
from .checking import head, manifest_note
from .tiles import Store
from .tree import Tree, leaf


class Signer:
    """A key with its secret half, which is made of a text: for tests only."""

    def __init__(self, name, seed, kind=keys.SIGNER):
        self._secret = sha256(f"the key of {name}, {seed}".encode())
        self.key = keys.Key(name, kind, ed25519.public_key(self._secret))

    def sign(self, text):
        """A signature as lines of notes have it."""
        return self.key.name, self.key.id, ed25519.sign(self._secret, text)

    def cosign(self, text, seconds):
        name, identity, signature = self.sign(keys.cosigned(seconds, text))
        return name, identity, seconds.to_bytes(8, "big") + signature


def note(text, signers):
    return notes.written(text, [signer.sign(text) for signer in signers])


def rotation(old, new):
    """The bytes of an entry 'key-rotation'."""
    text = entries.written("key-rotation", {"new": new.key.text, "old": old.key.text})
    return note(text, [old, new])


def history(published):
    """The entries for all that a chain has published, in order, without rotations; and the finals' records."""
    result, rulesets = [], set()
    for directory in sorted((published / "epochs").iterdir()):
        data = (directory / "manifest.json").read_bytes()
        manifest, digest = json.loads(data), sha256(data).hex()
        for name in (adoption["ruleset"] for adoption in manifest["rulesets"]):
            if name not in rulesets:
                rulesets.add(name)
                result.append(entries.written("ruleset", {"sha256": name}))
        verdicts = {name: manifest["verdicts"][name] for name in ("count", "root")}
        result.append(entries.written("inputs-sealed", {
            "epoch": manifest["epoch"], "inputs": verdicts, "sealed_as_of": manifest["sealed_as_of"]}))
        result.append(entries.written("manifest", {"epoch": manifest["epoch"], "sha256": digest}))
        for line in (directory / "corrections.jsonl").read_bytes().split(b"\n")[:-1]:
            result.append(entries.written("correction", {"epoch": json.loads(line)["epoch"], "sha256": sha256(line).hex()}))
    return result


def finalize(published, epoch):
    """Writes the record that an epoch is final; the entry that says so."""
    data = (published / "epochs" / epoch / "manifest.json").read_bytes()
    manifest, digest = json.loads(data), sha256(data).hex()
    ruleset = json.loads((published / "rulesets" / f"{manifest['ruleset']}.json").read_bytes())
    record = {"epoch": epoch, "final_at": manifest["sealed_as_of"] + ruleset["reward"]["challenge_ms"],
              "format": finals.FORMAT, "manifest": digest}
    (published / "finals").mkdir(exist_ok=True)
    (published / "finals" / f"{epoch}.json").write_bytes(canonical(record))
    return entries.written("final", {"epoch": epoch, "sha256": digest})


def write(published, data, sizes=()):
    """Writes the tiles of a log of these entries, also as they were at earlier sizes, and its head."""
    tree = Store(published / "log").write(data, [*sizes, len(data)])
    (published / "log" / "head").write_bytes(head(len(data), tree.root()))
    return tree


def checkpoint(origin, data, size, signers, witnesses=(), seconds=1_770_000_000):
    """The bytes of a checkpoint of the first entries."""
    text = checkpoints.text(origin, size, Tree(map(leaf, data)).root(size))
    return notes.written(text, [signer.sign(text) for signer in signers]
                         + [witness.cosign(text, seconds) for witness in witnesses])


def sign_manifests(published, signers):
    for directory in sorted((published / "epochs").iterdir()):
        digest = sha256((directory / "manifest.json").read_bytes()).hex()
        (directory / "manifest.note").write_bytes(note(manifest_note(directory.name, digest), signers))


def entry_proof(data, index, size, signed):
    """The bytes of the proof that an entry is in the log with this checkpoint."""
    return proofs.written(data[index], index, Tree(map(leaf, data)).inclusion(index, size), signed)


def receipt(published, epoch, number, data, size, signed, alter=lambda members: members):
    """The bytes of the receipt of one line of an epoch's awards. 'alter' changes its members before they are written."""
    directory = published / "epochs" / epoch
    manifest = (directory / "manifest.json").read_bytes()
    lines = (directory / "awards.jsonl").read_bytes().split(b"\n")[:-1]
    entry = entries.written("manifest", {"epoch": epoch, "sha256": sha256(manifest).hex()})
    index = data.index(entry)
    path = Tree(map(leaf, lines)).inclusion(number, len(lines))
    extra = alter({"award": lines[number].decode(), "format": proofs.RECEIPT, "index": number,
                   "manifest": manifest.decode(), "path": [digest.hex() for digest in path]})
    return proofs.written(canonical(extra), index, Tree(map(leaf, data)).inclusion(index, size), signed)
