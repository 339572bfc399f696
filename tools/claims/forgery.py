"""Kinds of tampering with claims whose trees are made anew, and with bindings."""

import json
from hashlib import sha256

from manifest.conventions import canonical
from manifest.tampering import Kinds, NotApplicable

from . import bindings, files, publishing, schemes, trees
from .damage import file_of
from .keccak import keccak256
from .publishing import address_of
from .sample import DEVICE, OPERATOR, STRANGER
from .schemes import SCHEMES

KINDS = Kinds()


def _given(path):
    return files.given(json.loads(path.read_bytes()))


def _made_anew(name, text, scheme="oz", **alterations):
    """A kind whose totals or addresses are others, and the whole file is made anew."""
    def tamper(signed):
        path = file_of(signed, scheme)
        before = path.read_bytes()
        publishing.write_claims(signed.published, _given(path), **alterations)
        if path.read_bytes() == before:
            raise NotApplicable
    KINDS.add(name, text, tamper)


def _raised(totals):
    """One micro-point more for the first of those who have an address."""
    name = min(totals)
    return {**totals, name: totals[name] + 1}


def _first_lost(addresses):
    return {name: addresses[name] for name in sorted(addresses)[1:]}


def _swapped(addresses):
    first, second, *_ = sorted(addresses)
    return {**addresses, first: addresses[second], second: addresses[first]}


_made_anew("forged-total", "somebody has a micro-point more", alter_totals=_raised)
_made_anew("forged-total-jito", "somebody has a micro-point more, for jito", "jito", alter_totals=_raised)
_made_anew("forged-left-out", "somebody with points is left out", alter_totals=lambda totals: {
    name: totals[name] for name in sorted(totals)[1:]})
_made_anew("forged-added", "somebody without points has some", alter_totals=lambda totals: {**totals, "mallory": 1})
_made_anew("forged-unbound", "somebody who is bound is not paid", alter_addresses=_first_lost)
_made_anew("forged-swapped", "two accounts have each other's address", alter_addresses=_swapped)
_made_anew("forged-swapped-uniswap", "two accounts have each other's address, for Uniswap", "uniswap", alter_addresses=_swapped)
_made_anew("forged-address", "somebody is paid at an address that nothing binds", "morpho", alter_addresses=lambda addresses: {
    **addresses, min(addresses): address_of("morpho", "mallory")})


def _bound(name, text, record_of):
    """A kind with one more record, by which the claims are made as if it counted."""
    def tamper(signed):
        path = file_of(signed, "oz")
        account = json.loads(path.read_bytes())["claims"][0]["account"]
        manifest = json.loads((signed.published / "epochs" / path.parent.name / "manifest.json").read_bytes())
        record = record_of(account, manifest["sealed_as_of"])
        publishing.write_record(signed.published, record)
        publishing.write_claims(signed.published, _given(path), alter_addresses=lambda addresses: {
            **addresses, account: record["address"]})
    KINDS.add(name, text, tamper)


_bound("bound-by-stranger", "a record by a key that does not count is followed", lambda account, seal: STRANGER.record(
    account, "oz", address_of("oz", "mallory"), seal - 1))
_bound("bound-by-device", "a record by the key of another account's device is followed", lambda account, seal: DEVICE.record(
    account if account != "Anna" else "bob", "oz", address_of("oz", "mallory"), seal - 1))
_bound("bound-late", "a record from the time of the seal is followed", lambda account, seal: OPERATOR.record(
    account, "oz", address_of("oz", "mallory"), seal))
_bound("bound-before", "an earlier record is followed", lambda account, _: OPERATOR.record(
    account, "oz", address_of("oz", "mallory"), 0))
_bound("bound-other-scheme", "a record for another scheme is followed", lambda account, seal: OPERATOR.record(
    account, "morpho", address_of("oz", "mallory"), seal - 1))


def _rebindable(signed, path):
    """The claims of a file whose accounts have no record from the last moment before the seal; and that moment.

    Among records of one time the id decides, so that a further one need not hold.
    """
    manifest = json.loads((signed.published / "epochs" / path.parent.name / "manifest.json").read_bytes())
    last = manifest["sealed_as_of"] - 1
    records = [json.loads(file.read_bytes()) for file in (signed.published / "bindings").iterdir()]
    taken = {record["account"] for record in records if record["at"] == last}
    claims = [claim for claim in json.loads(path.read_bytes())["claims"] if claim["account"] not in taken]
    if not claims:
        raise NotApplicable
    return claims, last


@KINDS.kind("bound-anew", "a later record that counts is added behind claims that do not follow it")
def _(signed):
    claims, last = _rebindable(signed, file_of(signed, "oz"))
    publishing.write_record(signed.published, OPERATOR.record(claims[0]["account"], "oz", address_of("oz", "elsewhere"), last))


@KINDS.kind("bound-together", "two accounts are bound to one address, and claims stay as they were")
def _(signed):
    path = file_of(signed, "oz")
    claims, last = _rebindable(signed, path)
    other = next(claim for claim in json.loads(path.read_bytes())["claims"] if claim["account"] != claims[0]["account"])
    publishing.write_record(signed.published, OPERATOR.record(claims[0]["account"], "oz", other["address"], last))


def _record(name, text, change):
    """A kind that changes the first record of those in use, under its old name."""
    def tamper(signed):
        for path in sorted((signed.published / "bindings").iterdir()):
            if json.loads(path.read_bytes())["key"] == OPERATOR.key:
                path.write_bytes(change(path.read_bytes()))
                return
        raise NotApplicable
    KINDS.add(name, text, tamper)


def _members(**members):
    return lambda data: canonical({**json.loads(data), **members})


_record("record-signature", "a record: a digit of its signature", lambda data: data[:-20] + (
    b"0" if data[-20:-19] != b"0" else b"1") + data[-19:])
_record("record-account", "a record: another account", _members(account="mallory"))
_record("record-time", "a record: another time", _members(at=5))
_record("record-key", "a record: another key", _members(key=STRANGER.key))
_record("record-format", "a record: another format", _members(format="waggle-binding/2"))
_record("record-member", "a record: a member that the page does not know", _members(note="a"))
_record("record-line-feed", "a record: a line feed at its end", lambda data: data + b"\n")
_record("record-long", "a record: more than 4,096 bytes", lambda data: data.replace(b"{", b"{" + b" " * 4096, 1))


def _added(name, text, change, file_name=None):
    """A kind with one more file in the directory of bindings."""
    def tamper(signed):
        record = OPERATOR.record("somebody", "oz", address_of("oz", "somebody"), 5, change)
        path = signed.published / "bindings" / (file_name or f"{bindings.identity(record)}.json")
        path.write_bytes(canonical(record))
    KINDS.add(name, text, tamper)


_added("record-name", "a record: under another name", {}, "ab" * 32 + ".json")
_added("record-scheme", "a record: of a scheme that there is not", {"scheme": "saber"})
_added("record-address", "a record: an address in lower case", {"address": address_of("oz", "somebody").lower()})
_added("record-zeros", "a record: an address of zeros alone", {"address": "0x" + "0" * 40})
_added("record-account-blank", "a record: an account with a blank", {"account": "some body"})


def _otherwise(name, text, scheme, **change):
    """A kind whose tree is that of a scheme that hashes in another way."""
    def tamper(signed):
        path = file_of(signed, scheme)
        before, usual = path.read_bytes(), SCHEMES[scheme]
        SCHEMES[scheme] = usual._replace(**change)
        try:
            publishing.write_claims(signed.published, _given(path))
        finally:
            SCHEMES[scheme] = usual
        if path.read_bytes() == before:
            raise NotApplicable
    KINDS.add(name, text, tamper)


_otherwise("hashed-once", "leaves are hashed once", "oz", leaf=lambda _, address, amount, __: keccak256(
    schemes.word(address) + schemes.word(amount)))
_otherwise("hashed-as-uniswap", "leaves of Uniswap have no index", "uniswap", leaf=lambda _, address, amount, __: keccak256(
    address + schemes.word(amount)))
_otherwise("hashed-big-endian", "jito's amounts have the greatest byte first", "jito", leaf=lambda _, key, amount, __: sha256(
    b"\0" + sha256(key + amount.to_bytes(8, "big") + bytes(8)).digest()).digest())


def _without_prefix(a, b):
    return sha256(min(a, b) + max(a, b)).digest()


_otherwise("joined-without-prefix", "jito's nodes have no prefix", "jito", node=_without_prefix,
           tree=lambda leaves: trees.Layers(leaves, _without_prefix, False, True))


class _Unsorted(trees.Layers):
    """Layers instead of a heap, with what a dump of one has."""

    def __init__(self, leaves):
        super().__init__(leaves, trees.keccak_node, False, False)
        self.nodes = self.layers[0]


_otherwise("leaves-unsorted", "the leaves are not sorted, and there is no heap", "oz", tree=_Unsorted)
