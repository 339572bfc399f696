"""Section 1 of docs/claims.md: how each scheme hashes a claim, and which tree it has."""

from hashlib import sha256
from typing import Callable, NamedTuple

from . import addresses
from .keccak import keccak256
from .trees import Heap, Layers, keccak_node, sha256_node

NO_LIMIT = 2**128 - 1  # of amounts, see section 4


def word(value):
    """An address or a number in 32 bytes."""
    return value.rjust(32, b"\0") if type(value) is bytes else value.to_bytes(32, "big")


def _oz_leaf(_, address, amount, __):
    return keccak256(keccak256(word(address) + word(amount)))


def _morpho_leaf(_, address, amount, token):
    return keccak256(keccak256(word(address) + word(token) + word(amount)))


def _uniswap_leaf(index, address, amount, _):
    return keccak256(word(index) + address + word(amount))


def _saber_leaf(index, key, amount, _):
    return keccak256(index.to_bytes(8, "little") + key + amount.to_bytes(8, "little"))


def _jito_leaf(_, key, amount, __):
    inner = sha256(key + amount.to_bytes(8, "little") + bytes(8)).digest()
    return sha256(b"\0" + inner).digest()


class Scheme(NamedTuple):
    name: str
    address: Callable  # from the text of an address to its bytes
    leaf: Callable  # of index, address, amount and token
    tree: Callable  # of the list of leaves
    node: Callable
    greatest: int
    leaf_encoding: tuple = None  # of OpenZeppelin's dumps

    @property
    def has_token(self):
        return self.name == "morpho"

    @property
    def has_index(self):
        return self.name in ("uniswap", "saber")

    @property
    def is_on_solana(self):
        return self.address is addresses.solana


def _uniswap_tree(leaves):
    return Layers(leaves, keccak_node, True, False)


SCHEMES = {scheme.name: scheme for scheme in (
    Scheme("oz", addresses.evm, _oz_leaf, Heap, keccak_node, NO_LIMIT, ("address", "uint256")),
    Scheme("morpho", addresses.evm, _morpho_leaf, Heap, keccak_node, NO_LIMIT, ("address", "address", "uint256")),
    Scheme("jito", addresses.solana, _jito_leaf, lambda leaves: Layers(leaves, sha256_node, False, True), sha256_node,
           2**64 - 1),
    Scheme("uniswap", addresses.evm, _uniswap_leaf, _uniswap_tree, keccak_node, NO_LIMIT),
    Scheme("saber", addresses.solana, _saber_leaf, _uniswap_tree, keccak_node, 2**64 - 1),
)}
