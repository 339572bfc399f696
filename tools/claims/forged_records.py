"""Kinds of tampering with records of bindings, and with claims that follow what does not count."""

import json

from manifest.conventions import MAX_INTEGER, canonical
from manifest.tampering import Kinds, NotApplicable

from . import crediting, files, publishing
from .bindings import Bindings, binding
from .damage import file_of
from .forgery import made_anew
from .forms import identity
from .history import History
from .publishing import address_of
from .sample import BACK, DEVICE, ENDED, OPERATOR, SPARE, STRANGER

KINDS = Kinds()


def _seal(signed, path):
    """The seal of the epoch that a file of claims is of."""
    return json.loads((signed.published / "epochs" / path.parent.name / "manifest.json").read_bytes())["sealed_as_of"]


def _keys(signed):
    return [json.loads(line) for line in (signed.published / "payout-keys.jsonl").read_bytes().splitlines()]


def _accounts(signed):
    return sorted({share["account"] for claim in json.loads(file_of(signed, "oz").read_bytes())["claims"]
                   for share in claim["accounts"]})


def _follow(signed, record):
    """Adds a record and makes the claims as if it were the only one of its account and held from the beginning."""
    def alter(held):
        held.counting = [other for other in held.counting if (other.account, other.scheme) != (record["account"], "oz")]
        held.counting.append(binding(record)._replace(at=-MAX_INTEGER, scheme="oz"))
    publishing.write_record(signed.published, record)
    made_anew(signed, alter_bindings=alter)


def _bound(name, text, record_of, device=None):
    """A kind with one more record, by which the claims are made as if it counted. It is about an account of the last file that was
    bound before the first seal: that of a device, or any one."""
    def tamper(signed):
        path, keys = file_of(signed, "oz"), _keys(signed)
        begin = keys[0]["at"]
        held = Bindings(signed.published, lambda *_: None)
        accounts = {record.account for record in held.counting if record.at < begin + 1000}
        if device:
            accounts &= {line["account"] for line in keys if line["key"] == device.key}
        accounts &= set(_accounts(signed))
        if not accounts:
            raise NotApplicable
        _follow(signed, record_of(min(accounts), _seal(signed, path), begin))
    KINDS.add(name, text, tamper)


_bound("bound-by-stranger", "a record by a key that does not count is followed", lambda account, seal, _: STRANGER.record(
    account, "oz", address_of("oz", "mallory"), seal - 1))
_bound("bound-by-device", "a record by the key of another account's device is followed", lambda account, seal, _: DEVICE.record(
    account, "oz", address_of("oz", "mallory"), seal - 1))
_bound("bound-late", "a record from the time of the seal is followed", lambda account, seal, _: OPERATOR.record(
    account, "oz", address_of("oz", "mallory"), seal))
_bound("bound-before", "an earlier record is followed", lambda account, _, begin: OPERATOR.record(
    account, "oz", address_of("oz", "mallory"), begin + 1))
_bound("bound-too-early", "a record from before its key was added is followed", lambda account, _, begin: OPERATOR.record(
    account, "oz", address_of("oz", "mallory"), begin - 1))
_bound("bound-by-ended", "a record from when its key ended is followed", lambda account, _, begin: ENDED.record(
    account, "oz", address_of("oz", "mallory"), begin + 500))
_bound("bound-by-spare", "a record by a key that ended before is followed", lambda account, seal, _: SPARE.record(
    account, "oz", address_of("oz", "mallory"), seal - 1))
_bound("bound-between", "a record from between the end and the return of its key is followed", lambda account, _, begin: BACK.record(
    account, "oz", address_of("oz", "mallory"), begin + 750), BACK)
_bound("bound-other-scheme", "a record for another scheme is followed", lambda account, seal, _: OPERATOR.record(
    account, "morpho", address_of("oz", "mallory"), seal - 1))


def _behind(signed, records):
    """Adds the first of some records that changes what is claimed in the last file, and leaves that as it is."""
    path = file_of(signed, "oz")
    given, before = files.given(json.loads(path.read_bytes())), path.read_bytes()
    for record in records:
        held = Bindings(signed.published, lambda *_: None)
        held.counting.append(binding(record))
        value, _ = files.made(given, crediting.credits(History(signed.published), held, "oz", given.epoch))
        if canonical(value) != before:
            publishing.write_record(signed.published, record)
            return
    raise NotApplicable


@KINDS.kind("bound-anew", "a later record that counts is added behind claims that do not follow it")
def _(signed):
    seal = _seal(signed, file_of(signed, "oz"))
    _behind(signed, [OPERATOR.record(account, "oz", address_of("oz", "elsewhere"), seal - 1) for account in _accounts(signed)])


@KINDS.kind("bound-between-seals", "a record that counts is added behind claims of later epochs, which do not follow it")
def _(signed):
    seals = [json.loads((signed.published / "epochs" / epoch / "manifest.json").read_bytes())["sealed_as_of"]
             for epoch in signed.epochs[:-2]]
    _behind(signed, [OPERATOR.record(account, "oz", address_of("oz", "elsewhere"), seal - 1)
                     for account in _accounts(signed) for seal in seals])


@KINDS.kind("bound-together", "two accounts are bound to one address, and claims stay as they were")
def _(signed):
    path = file_of(signed, "oz")
    addresses = [claim["address"] for claim in json.loads(path.read_bytes())["claims"]]
    _behind(signed, [OPERATOR.record(account, "oz", address, _seal(signed, path) - 1)
                     for account in _accounts(signed) for address in addresses])


def _record(name, text, change):
    """A kind that changes the first record by the operator, under its old name."""
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


def _added(name, text, change, file_name=None, scheme="oz"):
    """A kind with one more file in the directory of bindings."""
    def tamper(signed):
        record = OPERATOR.record("somebody", scheme, address_of(scheme, "somebody"), 5, change)
        path = signed.published / "bindings" / (file_name or f"{identity(record)}.json")
        path.write_bytes(canonical(record))
    KINDS.add(name, text, tamper)


_added("record-name", "a record: under another name", {}, "ab" * 32 + ".json")
_added("record-scheme", "a record: of a scheme that there is not", {"scheme": "merkl"})
_added("record-saber", "a record: an EVM address for saber", {"address": address_of("oz", "somebody")}, scheme="saber")
_added("record-address", "a record: an address in lower case", {"address": address_of("oz", "somebody").lower()})
_added("record-zeros", "a record: an address of zeros alone", {"address": "0x" + "0" * 40})
_added("record-account-blank", "a record: an account with a blank", {"account": "some body"})
