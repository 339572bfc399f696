"""Kinds of tampering with the bytes of files of claims and of records of finality."""

import json

from manifest.conventions import canonical
from manifest.tampering import Kinds, NotApplicable

KINDS = Kinds()


def file_of(signed, scheme, suffix=".json"):
    """The last published file of claims of a scheme that has at least two claims, so that its proofs are not empty."""
    for directory in sorted((signed.published / "claims").iterdir(), reverse=True):
        path = directory / f"{scheme}.json"
        if path.is_file() and len(json.loads(path.read_bytes())["claims"]) > 1:
            return path.with_suffix(suffix)
    raise NotApplicable


def _rewrite(path, change):
    before = path.read_bytes()
    after = change(before)
    if after == before:
        raise NotApplicable
    path.write_bytes(after)


def _bytes(name, text, change, scheme="oz", suffix=".json"):
    """A kind that changes the bytes of a file of claims."""
    KINDS.add(name, text, lambda signed: _rewrite(file_of(signed, scheme, suffix), change))


def _value(name, text, change, scheme="oz", suffix=".json"):
    """A kind that changes what a file of claims says."""
    _bytes(name, text, lambda data: canonical(change(json.loads(data))), scheme, suffix)


def _set(**members):
    return lambda value: {**value, **members}


def _first(change):
    """Changes the first claim."""
    return lambda value: {**value, "claims": [change(value["claims"][0]), *value["claims"][1:]]}


_value("amount", "a claim: one base unit more", _first(lambda claim: {**claim, "amount": str(int(claim["amount"]) + 1)}))
_value("amount-number", "a claim: the amount is a number", _first(lambda claim: {**claim, "amount": 5}))
_value("account", "a claim: it has an account as claims once had", _first(lambda claim: {
    **{name: claim[name] for name in claim if name != "accounts"}, "account": claim["accounts"][0]["account"]}))
_value("address-case", "a claim: the address in lower case", _first(lambda claim: {**claim, "address": claim["address"].lower()}))
_value("proof-short", "a claim: the last hash of its proof is missing", _first(
    lambda claim: {**claim, "proof": claim["proof"][:-1]}))
_value("proof-long", "a claim: a hash too many in its proof", _first(
    lambda claim: {**claim, "proof": [*claim["proof"], "0x" + "00" * 32]}))
_value("proof-capitals", "a claim: its proof in capitals", _first(
    lambda claim: {**claim, "proof": ["0x" + digest[2:].upper() for digest in claim["proof"]]}))
_value("index", "a claim: another index", _first(lambda claim: {**claim, "index": claim["index"] + 1}), "uniswap")
_value("index-saber", "a claim: no index, for saber", _first(lambda claim: {
    name: claim[name] for name in claim if name != "index"}), "saber")
_value("index-oz", "a claim: an index where there is none", _first(lambda claim: {**claim, "index": 0}))
_value("claim-order", "claims the other way round", lambda value: {**value, "claims": value["claims"][::-1]})
_value("claim-twice", "a claim is there twice", lambda value: {**value, "claims": value["claims"][:1] + value["claims"]})
_value("claim-removed", "a claim is removed", lambda value: {**value, "claims": value["claims"][1:]})
_value("root", "another root", _set(root="0x" + "ab" * 32))
_value("root-null", "no root", _set(root=None), "jito")
_value("root-saber", "another root, for saber", _set(root="0x" + "ab" * 32), "saber")
_value("total", "another total", _set(total="1"))
_value("scale", "another scale", _set(scale="1"))
_value("decimals", "one of the token's decimals less", lambda value: {**value, "decimals": value["decimals"] - 1})
_value("decimals-few", "5 decimals", _set(decimals=5))
_value("scheme", "another scheme", _set(scheme="uniswap"))
_value("epoch", "another epoch", _set(epoch="2099-W01"))
_value("format", "another format", _set(format="waggle-claims/2"))
_value("member", "a member that the page does not know", _set(note="a"))
_value("unbound", "nobody is unbound", _set(unbound=[]))
_value("token", "another reward token", _set(parameters={"reward_token": "0x" + "11" * 20}), "morpho")
_value("token-missing", "no reward token", _set(parameters={}), "morpho")
_bytes("line-feed", "a line feed at the end", lambda data: data + b"\n")
_bytes("white-space", "a blank behind a colon", lambda data: data.replace(b":", b": ", 1))
_bytes("truncated", "the second half is missing", lambda data: data[:len(data) // 2])
_bytes("emptied", "nothing is left", lambda data: b"")
_bytes("key-twice", "a key occurs twice", lambda data: data.replace(b'"decimals"', b'"decimals":18,"decimals"', 1))
_value("dump-index", "the tree for the library: another place", lambda value: {**value, "values": [
    {**value["values"][0], "treeIndex": 0}, *value["values"][1:]]}, suffix=".standard-v1.json")
_value("dump-node", "the tree for the library: another node", lambda value: {
    **value, "tree": value["tree"][:-1] + ["0x" + "ab" * 32]}, "morpho", ".standard-v1.json")


@KINDS.kind("stranger", "a file in the directory of claims that is none")
def _(signed):
    (file_of(signed, "oz").parent / "readme.txt").write_bytes(b"a")


@KINDS.kind("renamed", "a file of claims has the name of another scheme")
def _(signed):
    file_of(signed, "oz").replace(file_of(signed, "morpho"))


@KINDS.kind("of-another-epoch", "the claims of an epoch are those of another one")
def _(signed):
    paths = sorted((signed.published / "claims").glob("*/jito.json"))
    if len(paths) < 2:
        raise NotApplicable
    paths[0].write_bytes(paths[-1].read_bytes())


@KINDS.kind("not-final", "claims of an epoch that is not final")
def _(signed):
    target = signed.published / "claims" / signed.epochs[-1]
    target.mkdir()
    path = file_of(signed, "jito")
    (target / path.name).write_bytes(path.read_bytes().replace(path.parent.name.encode(), signed.epochs[-1].encode()))


def _final(name, text, change):
    """A kind that changes the record that an epoch is final of which there are claims."""
    def tamper(signed):
        change(signed.published / "finals" / file_of(signed, "oz").parent.with_suffix(".json").name)
    KINDS.add(name, text, tamper)


_final("final-missing", "the record that an epoch is final is missing", lambda path: path.unlink())
_final("final-hash", "the record that an epoch is final names another manifest", lambda path: path.write_bytes(
    canonical({**json.loads(path.read_bytes()), "manifest": "ab" * 32})))
_final("final-format", "the record that an epoch is final has another format", lambda path: path.write_bytes(
    canonical({**json.loads(path.read_bytes()), "format": "waggle-final/2"})))
