"""Kinds of tampering with claims whose trees are made anew."""

import json
from hashlib import sha256

from manifest.tampering import Kinds, NotApplicable

from . import files, publishing, schemes, trees
from .damage import file_of
from .keccak import keccak256
from .publishing import address_of
from .schemes import SCHEMES

KINDS = Kinds()


def made_anew(signed, scheme="oz", **alterations):
    """Makes the last file of a scheme anew, as 'publishing' alters it."""
    path = file_of(signed, scheme)
    before = path.read_bytes()
    publishing.write_claims(signed.published, files.given(json.loads(before)), **alterations)
    if path.read_bytes() == before:
        raise NotApplicable


def forged(kinds, name, text, scheme="oz", **alterations):
    """A kind that makes a file of claims anew."""
    kinds.add(name, text, lambda signed: made_anew(signed, scheme, **alterations))


def _first(change):
    """Changes the claims of credits, the first of whose addresses is given."""
    return lambda credits: credits._replace(claims=change(dict(credits.claims), min(credits.claims)))


def _raised(claims, address):
    """One micro-point more for the first account."""
    shares = claims[address]
    return {**claims, address: {**shares, min(shares): shares[min(shares)] + 1}}


def _without(claims, address):
    return {other: claims[other] for other in claims if other != address}


def _swapped(claims, address):
    other = max(claims)
    return {**claims, address: claims[other], other: claims[address]}


def _unpaid(credits):
    """The accounts of the first address are unbound."""
    address = min(credits.claims)
    unbound = dict(credits.unbound)
    for account, points in credits.claims[address].items():
        unbound[account] = unbound.get(account, 0) + points
    return credits._replace(claims=_without(credits.claims, address), unbound=unbound)


forged(KINDS, "forged-total", "somebody has a micro-point more", alter=_first(_raised))
forged(KINDS, "forged-total-jito", "somebody has a micro-point more, for jito", "jito", alter=_first(_raised))
forged(KINDS, "forged-total-saber", "somebody has a micro-point more, for saber", "saber", alter=_first(_raised))
forged(KINDS, "forged-left-out", "somebody with points is left out", alter=_first(_without))
forged(KINDS, "forged-added", "somebody without points has some", alter=_first(
    lambda claims, _: {**claims, address_of("oz", "mallory"): {"mallory": 1}}))
forged(KINDS, "forged-unbound", "somebody who is bound is not paid", alter=_unpaid)
forged(KINDS, "forged-swapped", "two addresses have each other's claim", alter=_first(_swapped))
forged(KINDS, "forged-swapped-uniswap", "two addresses have each other's claim, for Uniswap", "uniswap", alter=_first(_swapped))
forged(KINDS, "forged-address", "somebody is paid at an address that nothing binds", "morpho", alter=_first(
    lambda claims, address: {**_without(claims, address), address_of("morpho", "mallory"): claims[address]}))


def _otherwise(name, text, scheme, **change):
    """A kind whose tree is that of a scheme that hashes in another way."""
    def tamper(signed):
        usual = SCHEMES[scheme]
        SCHEMES[scheme] = usual._replace(**change)
        try:
            made_anew(signed, scheme)
        finally:
            SCHEMES[scheme] = usual
    KINDS.add(name, text, tamper)


_otherwise("hashed-once", "leaves are hashed once", "oz", leaf=lambda _, address, amount, __: keccak256(
    schemes.word(address) + schemes.word(amount)))
_otherwise("hashed-as-uniswap", "leaves of Uniswap have no index", "uniswap", leaf=lambda _, address, amount, __: keccak256(
    address + schemes.word(amount)))
_otherwise("hashed-big-endian", "jito's amounts have the greatest byte first", "jito", leaf=lambda _, key, amount, __: sha256(
    b"\0" + sha256(key + amount.to_bytes(8, "big") + bytes(8)).digest()).digest())
_otherwise("hashed-words", "saber's leaves are of words, as Uniswap's", "saber", leaf=lambda index, key, amount, _: keccak256(
    schemes.word(index) + key + schemes.word(amount)))
_otherwise("hashed-from-one", "saber's leaves are counted from 1", "saber", leaf=lambda index, key, amount, _: keccak256(
    (index + 1).to_bytes(8, "little") + key + amount.to_bytes(8, "little")))


def _without_prefix(a, b):
    return sha256(min(a, b) + max(a, b)).digest()


_otherwise("joined-without-prefix", "jito's nodes have no prefix", "jito", node=_without_prefix,
           tree=lambda leaves: trees.Layers(leaves, _without_prefix, False, True))
_otherwise("joined-with-itself", "saber's odd nodes are joined with themselves", "saber",
           tree=lambda leaves: trees.Layers(leaves, trees.keccak_node, True, True))


class _Unsorted(trees.Layers):
    """Layers instead of a heap, with what a dump of one has."""

    def __init__(self, leaves):
        super().__init__(leaves, trees.keccak_node, False, False)
        self.nodes = self.layers[0]


_otherwise("leaves-unsorted", "the leaves are not sorted, and there is no heap", "oz", tree=_Unsorted)
_otherwise("leaves-unsorted-saber", "saber's leaves are in the order of the claims", "saber",
           tree=lambda leaves: trees.Layers(leaves, trees.keccak_node, False, False))
