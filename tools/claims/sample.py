"""Makes up keys, bindings and claims for a published chain. For tests."""

import json
import re

from . import files, publishing
from .publishing import Operator, address_of
from .schemes import SCHEMES

OPERATOR, SPARE, ENDED, DEVICE, BACK, STRANGER = map(Operator, ("operator", "spare", "ended", "device", "back", "stranger"))
SIGNERS = {signer.key: signer for signer in (OPERATOR, SPARE, ENDED, DEVICE, BACK, STRANGER)}
TOKEN = address_of("morpho", "the token")


class Accounts:
    """Who can be bound of those who were paid something until the last of some epochs, most often paid first."""

    def __init__(self, published, epochs):
        self.seals, self._paid, before = [], {}, {}  # _paid: by account, the seals of the epochs that have paid something
        for epoch in epochs:
            directory = published / "epochs" / epoch
            self.seals.append(json.loads((directory / "manifest.json").read_bytes())["sealed_as_of"])
            for line in (directory / "cumulative.jsonl").read_bytes().split(b"\n")[:-1]:
                name, total = (json.loads(line)[member] for member in ("contributor", "total"))
                if total not in ("0", before.get(name)) and re.fullmatch("[!-~]{1,200}", name):
                    self._paid.setdefault(name, []).append(self.seals[-1])
                before[name] = total
        self.names = sorted(self._paid, key=lambda name: (-len(self._paid[name]), name))

    def seal(self, name, number):
        """The seal of the epoch that paid an account for the given time, or the last seal."""
        return (self._paid[name][number:] or self.seals[-1:])[0]


def _keys(start, late, back):
    """The list of keys, which begins before a time; the accounts of the two devices."""
    lines = []
    for signer, change, key, at, account in (
            (OPERATOR, "add", OPERATOR, -1000, None), (OPERATOR, "add", ENDED, -950, None), (ENDED, "add", DEVICE, -940, late),
            (OPERATOR, "add", BACK, -930, back), (ENDED, "end", ENDED, -500, None), (OPERATOR, "add", SPARE, -400, None),
            (SPARE, "end", BACK, -300, back), (OPERATOR, "add", BACK, -200, back), (OPERATOR, "end", SPARE, -100, None)):
        lines.append(signer.change(lines[-1] if lines else None, change, key.key, start + at, account))
    return lines


def _records(accounts, start, scheme):
    """The records of one scheme. One account moves to the address of another and from there to a third, one is bound late by
    its device, one by a key that is ended, one again by a key that was back, and one is not bound by what there is about it. What
    the key that is ended last has signed after its end is about the account that moves, so that cutting off that end always
    changes claims.
    """
    def at(name):
        return address_of(scheme, name)
    moving, still, late, back, never = [*accounts.names, *["nobody"] * 5][:5]
    yield OPERATOR.record(moving, scheme, at(moving), start - 900)
    yield SPARE.record(moving, scheme, at(f"spare {moving}"), start - 50)
    if accounts.names[1:]:
        yield OPERATOR.record(moving, scheme, at(still), accounts.seal(moving, 1) - 1)
        yield OPERATOR.record(moving, scheme, at(f"new {moving}"), accounts.seal(moving, 3) - 1)
        yield ENDED.record(still, scheme, at(still), start - 700)
        yield ENDED.record(still, scheme, at(f"ended {still}"), start - 500)
    if late != "nobody":
        yield DEVICE.record(late, scheme, at(late), accounts.seal(late, 1) - 1)
        yield DEVICE.record(still, scheme, at(f"device {still}"), start - 450)
    if back != "nobody":
        for key, time in ((BACK, -350), (BACK, -250), (BACK, -150), (OPERATOR, -150)):
            yield key.record(back, scheme, at(f"{back} {time}"), start + time)
    if never != "nobody":
        yield OPERATOR.record(never, scheme, at(f"late {never}"), max(accounts.seals))
        yield STRANGER.record(never, scheme, at(f"false {never}"), start - 100)


def add_claims(published, finals):
    """Writes keys, bindings, and claims of all of these epochs."""
    accounts = Accounts(published, finals)
    if not accounts.names:
        return
    start = min(accounts.seals)
    publishing.write_keys(published, _keys(start, *[*accounts.names, "a", "b", "c", "d"][2:4]))
    for scheme in SCHEMES:
        for record in _records(accounts, start, scheme):
            publishing.write_record(published, record)
    for epoch in finals:
        for scheme, decimals in (("oz", 18), ("morpho", 25), ("jito", 6), ("uniswap", 9), ("saber", 6)):
            token = TOKEN if SCHEMES[scheme].has_token else None
            publishing.write_claims(published, files.Given(epoch, scheme, decimals, token))
