"""Holds the parts of this package against published vectors and hand-worked examples."""

import hashlib

from . import conventions, ed25519, paying, ruleset, schedule_test, scoring, self_testing

# RFC 8032, section 7.1: TEST 1, 2, 3 and SHA(abc); secret key, public key, message, signature.
SIGNATURES = [
    ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", b"",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", b"\x72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", b"\xaf\x82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    ("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf", hashlib.sha512(b"abc").digest(),
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
]
# The roots over the first n of these leaves, from the tests of Certificate Transparency.
LEAVES = [bytes.fromhex(leaf) for leaf in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
REFUSED = [b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a": 1}', b"1.0", b"1e3", b"-0", b"9007199254740992", b"01", b'"\\u0061"',
           b'"\\/"', b'"\\u001F"', b'"\\ud800"', b"NaN", b"\xef\xbb\xbf1", b'"\xff"', b"1\n", b"", b"[" * 100_000]


def _checks():
    for secret, public, message, signature in SIGNATURES:
        secret, key, expected = bytes.fromhex(secret), bytes.fromhex(public), bytes.fromhex(signature)
        yield "Ed25519 public key", ed25519.public_key(secret) == key
        yield "Ed25519 sign", ed25519.sign(secret, message) == expected
        yield "Ed25519 verify", ed25519.verify(key, message, expected)
        yield "Ed25519 other message", not ed25519.verify(key, message + b"\0", expected)
        for bit in range(0, 512, 37):
            wrong = (int.from_bytes(expected, "little") ^ 1 << bit).to_bytes(64, "little")
            yield f"Ed25519 bit {bit}", not ed25519.verify(key, message, wrong)
        scalar = int.from_bytes(expected[32:], "little") + ed25519.L
        yield "Ed25519 S + L", not ed25519.verify(key, message, expected[:32] + scalar.to_bytes(32, "little"))
    for order_1_2_4 in (1, ed25519.P - 1, 0):
        # With the neutral element as R and S = 0 the equation holds for every message whose hash the order divides.
        key, signature = order_1_2_4.to_bytes(32, "little"), (1).to_bytes(32, "little") + bytes(32)
        yield "Ed25519 small order", not any(ed25519.verify(key, bytes([message]), signature) for message in range(8))
    for count, root in ROOTS.items():
        tree = conventions.MerkleTree()
        for leaf in LEAVES[:count]:
            tree.add(leaf)
        yield f"Merkle root of {count}", tree.root() == root
    for data in REFUSED:
        yield f"JSON {data[:30]!r}", self_testing.refused(conventions.parsed, data)
    value = {"\u20ac": [-9007199254740991, None, True], "a": "\b\t\n\f\r\"\\/\u001f\u007f\U0001f600"}
    data = '{"a":"\\b\\t\\n\\f\\r\\"\\\\/\\u001f\u007f\U0001f600","\u20ac":[-9007199254740991,null,true]}'.encode()
    yield "canonical JSON", conventions.canonical(value) == data and conventions.parsed(data) == value
    yield "ISO weeks", conventions.epoch_start("1970-W01") == -3 * conventions.DAY_MS
    yield "ISO weeks, 53", conventions.epoch_start("2026-W53") == 1_798_416_000_000 and not conventions.epoch_start("2025-W53")
    yield "week of a time", conventions.epoch_of(1_798_415_999_999) == "2026-W52" and conventions.epoch_of(-1) == "1970-W01"
    falling = [[0, 1000], [3, 0]]
    yield "curves", [ruleset.at(falling, x) for x in (0, 1, 2, 3, 9)] == [1000, 667, 334, 0, 0]
    yield "curves before", ruleset.at([[5, 7], [6, 9]], 1) == 7
    yield "area", [scoring.area_permille(cell) for cell in ("s00000", "u00000", "upbpbp")] == [1000, 707, 0]
    yield "credit", [scoring.credit_sum(x, 1) for x in (0, 1000, 2000, 4000)] == [0, 1000, 1500, 1750]
    yield "split", paying.split(10, {"a": 1, "b": 1, "c": 0}, b"") == {"a": 5, "b": 5, "c": 0}
    yield "split, remainders", paying.split(5, {"a": 2, "b": 1}, b"") == {"a": 3, "b": 2}
    yield "concentration", paying.concentration([1, 0, 3]) == {"gini_ppm": 250_000, "top1_ppm": 750_000, "top10_ppm": 1_000_000}


def run():
    """Prints what fails; the exit status."""
    return self_testing.run("manifest", [*_checks(), *schedule_test.checks()])
