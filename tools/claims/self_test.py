"""Holds the parts of this package against published vectors."""

from hashlib import sha256, sha3_256

from manifest import ed25519
from manifest.conventions import canonical
from manifest.self_testing import refused, run as run_checks

from . import addresses, bindings, crediting, files, paying_test, trees
from .forms import identity
from .keccak import RATE, absorbed, keccak256
from .publishing import Operator
from .schemes import SCHEMES, word

KECCAK = {
    b"": "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    b"abc": "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
}
# The addresses of EIP-55.
EIP_55 = [
    "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"]
# The last one is a key of the program library of Solana: 06ddf6e1d765a193d9cbe146ceeb79ac1cb485ed5f5b37913a8cf5857eff00a9.
TOKEN_PROGRAM = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
TOKEN_PROGRAM_KEY = "06ddf6e1d765a193d9cbe146ceeb79ac1cb485ed5f5b37913a8cf5857eff00a9"
ADDRESSES_REFUSED = [
    (addresses.evm, text) for text in (
        EIP_55[4].lower(), EIP_55[4].upper(), EIP_55[4][2:], EIP_55[4] + "0", EIP_55[4].replace("5a", "5A"), "0x" + "0" * 40,
        "", None)
] + [(addresses.solana, text) for text in (
    "1" * 32, "1" + TOKEN_PROGRAM, TOKEN_PROGRAM[1:], TOKEN_PROGRAM.replace("T", "0"), "z" * 44, "", None)]
# @openzeppelin/merkle-tree, test/dumps/standard-v1.sorted.1_0_6.json: the strings a...f.
OZ_STRINGS_ROOT = "6deb52b5da8fd108f79fab00341f38d2587896634c646ee52e49f845680a70c8"
# The values of its README.
OZ_VALUES = [("0x" + "11" * 20, 5 * 10**18), ("0x" + "22" * 20, 25 * 10**17)]
OZ_ROOT = "d4dee0beab2d53f2cc83e567171bd2820e49898130a22622b10ead383e90bd77"
OZ_LEAVES = ["eb02c421cfa48976e66dfb29120745909ea3a0f843456c263cf8f1253483e283",
             "b92c48e9d7abe27fd8dfd6b5dfdbfb1c9a463f80c712b66f3a5180a090cccafc"]
MORPHO_LEAF = "be9d6e142bdf20f4b62a0156667c3074c2426768bcacd7dbac5b6e87d09ac5cb"  # of 11..11, token 22..22, 1500000
# Uniswap's merkle-distributor: scripts/result.json, and test/MerkleDistributor.test.ts.
UNISWAP_ONE = ("0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f", 100,
               "defa96435aec82d201dbd2e5f050fb4e1fef5edac90ce1e03953f916a5e1132d")
UNISWAP = {"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266": 200, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8": 300,
           "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC": 250}
UNISWAP_ROOT = "fa438d67adba59048c48cd14c4cd5ff18d99a4e4e2729b3cf81b51c46223bd22"
# The words of the Merkle tree of Solana, as jito's distributor joins them: in order, the last one with itself.
WORDS = "my very eager mother just served us nine pizzas make prime".split()
WORDS_ROOT = "49ced1f20bd9f7cc74a912fafe07c6586e9bd8f6d1dd9dab74c8b92a8adc504c"


# saber's merkle-distributor, tests/parse-balance-map.spec.ts: the keys of the seeds 00, 02 and 01, each 32 times, with their amounts
# and proofs. The root is what these proofs lead to.
SABER = {
    0: (1_000_000, ["607e67765bcf4177e16fccd6149a4cfcd05d291ab664d24b8f7455d08aa121af"]),
    2: (2_000_000, ["0e21270c3d6d0301cce89f02f6b1c0728836b240263eb18026a7e8f0888d1cb3",
                    "57a5e990a9233980bbf1b2bb45484b8f6d374116fb20de4044f4d57fc0ab512b"]),
    1: (3_000_000, ["064d3da266f8756627ec7afda54dbfa8ac806030d2092b193840dfc392486468",
                    "57a5e990a9233980bbf1b2bb45484b8f6d374116fb20de4044f4d57fc0ab512b"])}
SABER_ROOT = "205c1860c0ec8a04a12fd13a111f6b3880efcbde2bb678322198efd03f17cd15"


def _rows(scheme, totals):
    """A file of claims and its dump, of micro-points by address, with decimals so that a base unit is one of them."""
    shares = {address: {f"of {address}": points} for address, points in totals.items()}
    return files.made(files.Given("2026-W10", scheme, 6, None), crediting.Credits(shares, {}))


def _hash_checks():
    for data, digest in KECCAK.items():
        yield f"Keccak-256 of {data!r}", keccak256(data).hex() == digest
        yield "SHA3-256 is another one", sha3_256(data).hexdigest() != digest
    # The permutation is that of SHA3-256, whose padding differs: begin 06, end 80.
    for size in (0, 1, RATE - 2, RATE - 1, RATE, RATE + 1, 2 * RATE - 1, 2 * RATE):
        yield f"Keccak-256 of {size} bytes", _is_sha3(b"x" * size)
    for text in EIP_55:
        yield f"EIP-55 {text}", addresses.evm_text(addresses.evm(text)) == text
    yield "base 58", addresses.solana(TOKEN_PROGRAM).hex() == TOKEN_PROGRAM_KEY
    yield "base 58, zeros", addresses.solana(addresses.solana_text(bytes(31) + b"\1")) == bytes(31) + b"\1"
    for reader, text in ADDRESSES_REFUSED:
        yield f"address {text!a} refused", refused(reader, text)


def _is_sha3(data):
    """Whether our permutation, with the padding of SHA-3, is that of hashlib."""
    padded = bytearray(data) + b"\6"
    padded += bytes(-len(padded) % RATE)
    padded[-1] |= 0x80
    return absorbed(padded) == sha3_256(data).digest()


def _tree_checks():
    oz, morpho, uniswap = SCHEMES["oz"], SCHEMES["morpho"], SCHEMES["uniswap"]
    strings = [keccak256(keccak256(word(32) + word(1) + letter.encode().ljust(32, b"\0"))) for letter in "abcdef"]
    yield "OpenZeppelin, strings", trees.Heap(strings).root.hex() == OZ_STRINGS_ROOT
    leaves = [oz.leaf(0, bytes.fromhex(address[2:]), amount, None) for address, amount in OZ_VALUES]
    yield "OpenZeppelin, leaves", [leaf.hex() for leaf in leaves] == OZ_LEAVES
    yield "OpenZeppelin, root", trees.Heap(leaves).root.hex() == OZ_ROOT
    yield "Morpho, leaf", morpho.leaf(0, b"\x11" * 20, 1_500_000, b"\x22" * 20).hex() == MORPHO_LEAF
    value, dump = _rows("uniswap", {UNISWAP_ONE[0]: UNISWAP_ONE[1]})
    yield "Uniswap, one", value["root"] == "0x" + UNISWAP_ONE[2] and value["claims"][0]["proof"] == [] and dump is None
    value, _ = _rows("uniswap", UNISWAP)
    indices = {claim["address"]: claim["index"] for claim in value["claims"]}
    yield "Uniswap, three", value["root"] == "0x" + UNISWAP_ROOT and [indices[address] for address in UNISWAP] == [2, 1, 0]
    keys = {addresses.solana_text(ed25519.public_key(bytes([seed]) * 32)): row for seed, row in SABER.items()}
    value, dump = _rows("saber", {address: amount for address, (amount, _) in keys.items()})
    yield "saber, root", value["root"] == "0x" + SABER_ROOT and value["total"] == "6000000" and dump is None
    yield "saber, order", [claim["address"] for claim in value["claims"]] == list(keys)
    for claim in value["claims"]:
        amount, path = keys[claim["address"]]
        yield f"saber, proof {claim['index']}", claim["proof"] == ["0x" + digest for digest in path]
        yield f"saber, amount {claim['index']}", claim["amount"] == str(amount)
    words = [sha256(b"\0" + text.encode()).digest() for text in WORDS]
    tree = trees.Layers(words, trees.sha256_node, False, True)
    yield "jito, words", tree.root.hex() == WORDS_ROOT
    yield "jito, its own sibling", tree.proof(10)[0] == words[10] and len(tree.proof(10)) == 4
    for count in range(1, 18):
        for scheme in SCHEMES.values():
            some = [keccak256(bytes([number])) for number in range(count)]
            made, node = scheme.tree(some), scheme.node
            yield f"proofs of {count}", all(trees.proves(leaf, made.proof(i), made.root, node) for i, leaf in enumerate(some))
            yield f"another leaf of {count}", not trees.proves(keccak256(b"x"), made.proof(0), made.root, node)


def _file_checks():
    one, two = EIP_55[4], EIP_55[5]
    oz = files.Given("2026-W10", "oz", 18, None)
    for scheme in ("jito", "saber"):
        given = files.Given("2026-W10", scheme, 7, None)
        yield f"too much for {scheme}", refused(
            files.made, given, crediting.Credits({TOKEN_PROGRAM: {"a": 2**64 // 10 + 1}}, {}))
    value, dump = files.made(oz, crediting.Credits({two: {"b": 2, "a": 1}}, {"d": 1, "c": 5}))
    yield "amounts", value["claims"][0]["amount"] == "3000000000000" == value["total"]
    yield "accounts", value["claims"][0]["accounts"] == [{"account": "a", "points": "1"}, {"account": "b", "points": "2"}]
    yield "unbound", value["unbound"] == [{"account": "c", "points": "5"}, {"account": "d", "points": "1"}]
    yield "dump", dump["values"] == [{"treeIndex": 0, "value": [two, "3000000000000"]}] and dump["tree"] == [value["root"]]
    value, dump = files.made(oz, crediting.Credits({}, {}))
    yield "no claims", value["root"] is None and value["claims"] == [] and dump is None
    record = Operator("a test").record("a", "oz", one, 5)
    data, name = canonical(record), identity(record)
    yield "binding", bindings.record_of(data, name) == record
    for old, new in (
            (b'"a"', b'"b"'), (b'"at":5', b'"at":6'), (b'"at":5', b'"at":5.0'), (b"}", b"}\n"), (b"oz", b"jito"), (b"/1", b"/2")):
        changed = data.replace(old, new, 1)
        yield f"binding with {new!r} refused", refused(bindings.record_of, changed, name)
    yield "binding by another key", refused(
        bindings.record_of, data.replace(record["signature"].encode(), b"0" * 128), name)


def _checks():
    yield from _hash_checks()
    yield from _tree_checks()
    yield from _file_checks()
    yield from paying_test.checks()


def run():
    """Prints what fails; the exit status."""
    return run_checks("claims", _checks())
