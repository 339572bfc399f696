"""Holds the parts of this package against published vectors."""

from manifest import ed25519
from manifest.self_test import LEAVES, ROOTS
from manifest.self_testing import refused, run as run_checks

from . import checkpoints, entries, keys, notes, policies, tiles, tree

# Inclusion proofs in the tree over the first n of these leaves, from the tests of Certificate Transparency.
INCLUSION = {
    (0, 1): [],
    (0, 8): ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"],
    (5, 8): ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"],
}
# The example of the package golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = ("If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
           "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
           ).encode()
C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
# Worked out with another library: seeds 00...1f and 20...3f, entries epoch-0, epoch-1 and epoch-2.
LOG_KEY = "example.org/hive-log+c6f3343e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
WITNESS_KEY = "example.org/witness+e6d8da8e+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"
TEXT = "example.org/hive-log\n3\n521f4RldDm6pmFmjlT6WtS3VfEbjLWSQs88rLnuU1y8=\n"
SIGNATURE = ("\u2014 example.org/hive-log xvM0PvOEH7JXyrCP2zWIP/FxlqvYsD9FnxotEvKfnTIuXu3VxmP2W5SlFJ8CAU13tAFm1Ti7jj5oymhU9"
             "6TEb148vwM=\n")
COSIGNATURE = ("\u2014 example.org/witness 5tjajgAAAABlU/EAycZx5hkbDwUcwbPAdVO42BHTw3aHlfReYosztL5OAzRPfVmF93ODbgujYS1eRCAK5"
               "+o41KkV859GGmuqGt2zCg==\n")
PROOF = ["dRjikG4BKe5ZRc19DqAVoXtI9L1C9MKIgCyC6Mmb1AE=", "nrbnfLr/fvkdeLotJ70AWmWPoghMAQ/mh+WcZhq96PE="]

KEYS_REFUSED = [
    "", "a", "a+b", "a+00000000+AQ==", C2SP_KEY.replace("foo", "fo"), C2SP_KEY.replace("530d", "530e"), C2SP_KEY + "=",
    C2SP_KEY.replace("530d903a", "530D903A"), C2SP_KEY.replace("example", "exam ple"), WITNESS_KEY]
NOTES_REFUSED = [
    b"", b"\n", GO_NOTE[:-1], GO_NOTE + b"\n", GO_NOTE.replace(b"\n", b"\r\n"), GO_NOTE.replace(b"\n\n", b"\n"),
    GO_NOTE.replace(b"\xe2\x80\x94", b"-"), b"\xff" + GO_NOTE, b"\0" + GO_NOTE, GO_NOTE.replace(b"AM=", b"AN="),
    GO_NOTE[:-1] + b" \n", b"a\n\n" + "\u2014 a AAAA\n".encode() * 2, b"a\n\n" + "\u2014 a AAAAAAA=\n".encode() * 101]
CHECKPOINTS_REFUSED = [
    ("\n3\n", "\n03\n"), ("\n3\n", "\n+3\n"), ("\n3\n", "\n-3\n"), ("\n3\n", "\n9223372036854775808\n"), ("\n3\n", "\n"),
    ("y8=\n", "\n"), ("y8=\n", "y9=\n"), ("521f", "52_f"), ("example.org/hive-log\n", "\n"), ("y8=\n", "y8=\n\na\n")]
POLICY = f"log {LOG_KEY} https://example.org/\n\n # a remark\nwitness w\t{WITNESS_KEY}\ngroup g any w\nquorum g\n"
POLICIES_REFUSED = [
    ("quorum g\n", ""), ("quorum g\n", "quorum x\n"), ("quorum g\n", "quorum g\nquorum g\n"), ("quorum g\n", "quorum g"),
    ("any", "2"), ("any", "0"), ("any", "01"), ("any", "most"), (" w\nq", "\nq"), (" w\nq", " w w\nq"), ("group g", "group w"),
    ("group g", "group none"), ("log", "logs"), ("#", "\0#"), (f"log {LOG_KEY}", f"log {WITNESS_KEY}"),
    ("quorum g\n", f"log {LOG_KEY}\nquorum g\n"), ("quorum g\n", "group h any w\nquorum g\n")]
HASH = "ab" * 32
ENTRY = f'waggle-log/1 final\n{{"epoch":"2026-W10","sha256":"{HASH}"}}\n'
ENTRIES_REFUSED = [
    ("\n{", "\n {"), ("}\n", "}"), ("}\n", "}\n\n"), ("final", "finals"), ("/1", "/2"), ("W10", "W60"), ('"epoch"', '"epoca"'),
    ("ab", "AB"), ("final", "ruleset"), ("waggle", "\nwaggle"), ('{"', '{"a":1,"'), ("}\n", "}\0\n")]


def _tree_checks():
    for size in range(9):
        full = tree.Tree(map(tree.leaf, LEAVES[:size]))
        if size in ROOTS:
            yield f"root of {size}", full.root().hex() == ROOTS[size]
        yield f"roots before {size}", all(full.root(n) == tree.Tree(map(tree.leaf, LEAVES[:n])).root() for n in range(size))
        for index in range(size):
            path = full.inclusion(index, size)
            leaf_hash = tree.leaf(LEAVES[index])
            yield f"proof of {index} in {size}", tree.root_of(leaf_hash, index, size, path) == full.root()
            yield "a proof too long", refused(tree.root_of, leaf_hash, index, size, [*path, path[0] if path else bytes(32)])
            yield "a proof too short", not path or refused(tree.root_of, leaf_hash, index, size, path[:-1])
            if (index, size) in INCLUSION:
                yield f"published proof of {index} in {size}", [digest.hex() for digest in path] == INCLUSION[index, size]
    yield "a leaf behind the last", refused(tree.root_of, bytes(32), 8, 8, [])
    many = tree.Tree(tree.leaf(i.to_bytes(3, "big")) for i in range(70_000))
    yield "tiles of 70,000", [len(many.tile(level, 70_000)) for level in range(4)] == [70_000, 273, 1, 0]
    yield "tile of level 1", many.tile(1, 70_000)[1] == tree.Tree(many.heights[0][256:512]).root()
    # The paths are those of the page and of c2sp.org/tlog-tiles.
    yield "paths", [tiles.path_of(*place) for place in ((0, 1_234_067), (2, 0, 17), ("entries", 1_000))] == [
        "0/x001/x234/067", "2/000.p/17", "entries/x001/000"]
    bundle = tiles.bundle([b"", b"a" * 300])
    yield "bundles", bundle[:4] == b"\0\0\1\x2c" and tiles.bundled(bundle) == [b"", b"a" * 300]
    yield "a bundle that breaks off", refused(tiles.bundled, bundle[:-1])


def _note_checks():
    for text in (GO_KEY, C2SP_KEY, LOG_KEY):
        yield f"key {text}", keys.parsed(text).text == text
    for text in KEYS_REFUSED:
        yield f"key {text} refused", refused(keys.parsed, text)
    go, note = keys.parsed(GO_KEY), notes.parsed(GO_NOTE)
    yield "Go's note", note.signers([go]) == [go] and notes.written(note.text, note.signatures) == GO_NOTE
    yield "Go's note, changed", refused(notes.parsed(GO_NOTE.replace(b"you", b"I", 1)).signers, [go])
    yield "Go's note, unknown key", refused(note.signers, [keys.parsed(C2SP_KEY)])
    for data in NOTES_REFUSED:
        yield f"note {data[-60:]!r} refused", refused(notes.parsed, data)
    log, witness = keys.parsed(LOG_KEY), keys.parsed(WITNESS_KEY, (keys.WITNESS,))
    secret = bytes(range(32))
    yield "key of a seed", keys.Key("example.org/hive-log", keys.SIGNER, ed25519.public_key(secret)) == log
    both = (TEXT + "\n" + SIGNATURE + COSIGNATURE).encode()
    checkpoint = checkpoints.parsed(both)
    leaves = [f"epoch-{number}".encode() for number in range(3)]
    full = tree.Tree(map(tree.leaf, leaves))
    yield "checkpoint", (checkpoint.origin, checkpoint.size, checkpoint.root) == (log.name, 3, full.root())
    yield "its proof", [keys.to_base64(digest) for digest in full.inclusion(1, 3)] == PROOF
    yield "signature and cosignature", checkpoint.note.signers([log, witness]) == [log, witness]
    yield "signature made", ed25519.sign(secret, TEXT.encode()) == checkpoint.note.signatures[0][2]
    for old, new in CHECKPOINTS_REFUSED:
        yield f"checkpoint with {new!r} refused", refused(checkpoints.parsed, both.replace(old.encode(), new.encode(), 1))
    policy = policies.parsed(POLICY.encode())
    yield "policy", policy.accept(checkpoint) == [log, witness]
    yield "no quorum", refused(policy.accept, checkpoints.parsed((TEXT + "\n" + SIGNATURE).encode()))
    yield "no log", refused(policy.accept, checkpoints.parsed((TEXT + "\n" + COSIGNATURE).encode()))
    yield "later time", refused(policy.accept, checkpoints.parsed(both.replace(b"jajgAAAABlU/EA", b"jajgAAAABlU/EB")))
    for old, new in POLICIES_REFUSED:
        yield f"policy with {new!r} refused", refused(policies.parsed, POLICY.replace(old, new, 1).encode())


def _checks():
    yield from _tree_checks()
    yield from _note_checks()
    yield "entry", entries.parsed(ENTRY.encode()) == ("final", {"epoch": "2026-W10", "sha256": HASH}, None)
    yield "entry made", entries.written("final", {"epoch": "2026-W10", "sha256": HASH}) == ENTRY.encode()
    for old, new in ENTRIES_REFUSED:
        yield f"entry with {new!r} refused", refused(entries.parsed, ENTRY.replace(old, new, 1).encode())


def run():
    """Prints what fails; the exit status."""
    return run_checks("log", _checks())
