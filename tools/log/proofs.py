"""Section 6 of docs/log.md: proofs and receipts."""

from typing import NamedTuple

from manifest.conventions import amount, canonical, epoch_start, is_hash, is_integer, parsed as parsed_json, sha256

from . import checkpoints, entries, tree
from .keys import from_base64, to_base64

MAX_BYTES = 1 << 24
MAX_HASHES = 63
MAGIC = "c2sp.org/tlog-proof@v1"
RECEIPT = "waggle-receipt/1"

_MEMBERS = "award", "format", "index", "manifest", "path"


class Mismatch(ValueError):
    """What is claimed is not what the hashes lead to."""


class Proof(NamedTuple):
    extra: bytes
    index: int
    path: list
    checkpoint: checkpoints.Checkpoint

    def check(self, entry, policy):
        """WrongSignature where the policy does not accept the checkpoint, Mismatch where it does not have this entry."""
        policy.accept(self.checkpoint)
        try:
            root = tree.root_of(tree.leaf(entry), self.index, self.checkpoint.size, self.path)
        except ValueError as error:
            raise Mismatch(str(error)) from None
        if root != self.checkpoint.root:
            raise Mismatch(f"{self.checkpoint.words} does not have this entry as number {self.index}")


class Receipt(NamedTuple):
    award: bytes
    index: int
    path: list
    manifest: bytes
    epoch: str
    awards: dict  # what the manifest says of awards.jsonl

    def entry(self):
        """The entry that the log must have."""
        return entries.written("manifest", {"epoch": self.epoch, "sha256": sha256(self.manifest).hex()})

    def check(self):
        """Mismatch where the manifest does not have this award."""
        try:
            root = tree.root_of(tree.leaf(self.award), self.index, self.awards["count"], self.path)
        except ValueError as error:
            raise Mismatch(f"the award: {error}") from None
        if root.hex() != self.awards["root"]:
            raise Mismatch(f"the manifest of {self.epoch} does not have this award as number {self.index}")


def parsed(data):
    """The proof of the bytes of a file; ValueError with a reason where they are none. It verifies nothing."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"a proof of {len(data)} bytes, more than {MAX_BYTES}")
    head, separator, checkpoint = data.partition(b"\n\n")
    lines = head.decode().split("\n")
    if not separator or lines[0] != MAGIC:
        raise ValueError(f"expected the first line {MAGIC} and an empty line before the checkpoint")
    if len(lines) < 3 or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise ValueError("expected the lines 'extra' and 'index'")
    if len(lines) > 3 + MAX_HASHES:
        raise ValueError(f"a proof of {len(lines) - 3} hashes, more than {MAX_HASHES}")
    return Proof(
        from_base64(lines[1].removeprefix("extra ")), checkpoints.decimal(lines[2].removeprefix("index ")),
        [checkpoints.hash_of(line) for line in lines[3:]], checkpoints.parsed(checkpoint))


def receipt(extra):
    """The receipt in a proof's extra data; None where the data is an entry instead. ValueError where it is neither."""
    if not extra.startswith(b"{"):
        return None
    value = parsed_json(extra)
    if value.keys() != set(_MEMBERS) or value["format"] != RECEIPT:
        raise ValueError(f"expected a receipt of the format {RECEIPT} with the members {', '.join(_MEMBERS)}")
    award, index, path, manifest = (value[name] for name in ("award", "index", "path", "manifest"))
    if (type(award) is not str or type(manifest) is not str or not is_integer(index, 0) or type(path) is not list
            or not all(map(is_hash, path))):
        raise ValueError("a member of the receipt is malformed")
    found, line = parsed_json(manifest.encode()), parsed_json(award.encode())
    if type(found) is not dict or found.get("format") != "waggle-manifest/2" or epoch_start(found.get("epoch")) is None:
        raise ValueError("the manifest is none of waggle-manifest/2")
    awards = found.get("awards")
    if (type(awards) is not dict or awards.keys() != {"count", "root"} or not is_integer(awards["count"], 0)
            or not is_hash(awards["root"])):
        raise ValueError("the manifest does not say which awards it has")
    if type(line) is not dict or type(line.get("contributor")) is not str or amount(line.get("paid")) is None:
        raise ValueError("the award is no line of awards.jsonl")
    return Receipt(award.encode(), index, [bytes.fromhex(item) for item in path], manifest.encode(), found["epoch"], awards)


def verify(data, policy):
    """What a proof or receipt proves, in words. ValueError where it is malformed, Mismatch, or WrongSignature."""
    proof = parsed(data)
    found = receipt(proof.extra)
    if found is None:
        entry = entries.parsed(proof.extra)
        proof.check(proof.extra, policy)
        if entry.kind == "key-rotation":
            entries.check_rotation(entry)
        return f"{proof.checkpoint.words} has an entry {entry.kind}: {canonical(entry.value).decode()}"
    proof.check(found.entry(), policy)
    found.check()
    award = parsed_json(found.award)
    return (f"{proof.checkpoint.words} has a manifest of {found.epoch} that pays {award['contributor']!a} "
            f"{int(award['paid'])} micro-points")


def written(extra, index, path, checkpoint):
    """The bytes of a proof; the checkpoint is those of its note."""
    lines = [MAGIC, f"extra {to_base64(extra)}", f"index {index}", *map(to_base64, path), "", ""]
    return "\n".join(lines).encode() + checkpoint
