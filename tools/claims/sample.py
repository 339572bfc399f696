"""Makes up bindings and claims for a published chain. For tests."""

import json
import re

from . import files, publishing
from .publishing import Operator, address_of, key_entry
from .schemes import SCHEMES

OPERATOR, ENDED, DEVICE, STRANGER = map(Operator, ("operator", "ended", "device", "stranger"))
TOKEN = address_of("morpho", "the token")


def _accounts(published, epoch):
    """Who was paid something until an epoch and can be bound."""
    lines = (published / "epochs" / epoch / "cumulative.jsonl").read_bytes().split(b"\n")[:-1]
    names = [json.loads(line)["contributor"] for line in lines]
    return [name for name in names if re.fullmatch("[!-~]{1,200}", name)]


def _seal(published, epoch):
    return json.loads((published / "epochs" / epoch / "manifest.json").read_bytes())["sealed_as_of"]


def add_claims(published, finals):
    """Writes keys, bindings, and claims of the first, the last and a middle one of these epochs.

    All but one of the accounts are bound, one of them by its device, one anew before the last seal, and one by a key that
    has ended.
    """
    if not finals:
        return
    names, start, last = _accounts(published, finals[-1]), _seal(published, finals[0]), _seal(published, finals[-1])
    publishing.write_keys(published, [
        key_entry(OPERATOR.key, start - 1000), key_entry(ENDED.key, start - 1000, until=start - 500),
        *(key_entry(DEVICE.key, start - 400, account=name) for name in names[:1])])
    for scheme in SCHEMES:
        for number, name in enumerate(names[:-1]):
            signer = ENDED if number == 1 else OPERATOR
            publishing.write_record(published, signer.record(name, scheme, address_of(scheme, name), start - 900 + number))
        for name in names[:1]:
            publishing.write_record(published, DEVICE.record(name, scheme, address_of(scheme, f"new {name}"), start - 300))
        for name in names[2:3]:
            publishing.write_record(published, OPERATOR.record(name, scheme, address_of(scheme, f"new {name}"), last - 1))
        for name in names[3:4]:  # too late for the claims, and by a key that does not count
            publishing.write_record(published, OPERATOR.record(name, scheme, address_of(scheme, f"late {name}"), last))
            publishing.write_record(published, STRANGER.record(name, scheme, address_of(scheme, f"false {name}"), start - 100))
    for epoch in sorted({finals[0], finals[len(finals) // 2], finals[-1]}):
        for scheme, decimals in (("oz", 18), ("morpho", 25), ("jito", 6), ("uniswap", 9)):
            token = TOKEN if SCHEMES[scheme].has_token else None
            publishing.write_claims(published, files.Given(epoch, scheme, decimals, token))
