"""Holds payout_keys and crediting against cases that were worked out by hand from docs/claims.md, section 3."""

from manifest.conventions import canonical

from . import crediting, payout_keys
from .publishing import Operator

FIRST, SECOND, DEVICE = map(Operator, ("a first one", "a second one", "a device"))

# Of each epoch totals and addresses by account; and what is credited, and unbound.
CREDITED = {
    "one epoch": ([({"a": 5, "b": 2, "c": 0}, {"a": "A", "c": "C"})], {"A": {"a": 5}}, {"b": 2}),
    "a move": ([({"a": 5}, {"a": "A"}), ({"a": 7}, {"a": "B"})], {"A": {"a": 5}, "B": {"a": 2}}, {}),
    "a move without an award": ([({"a": 5}, {"a": "A"}), ({"a": 5}, {"a": "B"})], {"A": {"a": 5}}, {}),
    "a move there and back": (
        [({"a": 1}, {"a": "A"}), ({"a": 3}, {"a": "B"}), ({"a": 7}, {"a": "A"})], {"A": {"a": 5}, "B": {"a": 2}}, {}),
    "waiting": ([({"a": 5}, {}), ({"a": 7}, {}), ({"a": 8}, {"a": "A"}), ({"a": 9}, {"a": "B"})],
                {"A": {"a": 8}, "B": {"a": 1}}, {}),
    "waiting again": ([({"a": 5}, {"a": "A"}), ({"a": 7}, {}), ({"a": 8}, {"a": "B"})], {"A": {"a": 5}, "B": {"a": 3}}, {}),
    "waiting still": ([({"a": 5}, {"a": "A"}), ({"a": 7}, {})], {"A": {"a": 5}}, {"a": 2}),
    "a household": ([({"a": 5, "b": 1}, {"a": "A", "b": "A"}), ({"a": 6, "b": 3}, {"a": "B", "b": "A"})],
                    {"A": {"a": 5, "b": 3}, "B": {"a": 1}}, {}),
}


def _credit_checks():
    for name, (epochs, claims, unbound) in CREDITED.items():
        yield name, crediting.credited(epochs) == (claims, unbound)
        numbers = crediting.needed([addresses for _, addresses in epochs])
        yield f"{name}, from the epochs needed", crediting.credited([epochs[number] for number in numbers]) == (claims, unbound)
    held = [{}, {"a": "A"}, {"a": "A", "b": "B"}, {"a": "C", "b": "B"}, {"b": "B"}, {"b": "B"}]
    yield "epochs needed", crediting.needed(held) == [2, 3, 5]
    try:
        crediting.credited([({"a": 5}, {"a": "A"}), ({"a": 4}, {"a": "A"})])
        yield "a total that falls", False
    except ValueError:
        yield "a total that falls", True


def _list(*changes):
    lines = []
    for signer, change, key, at, account in changes:
        lines.append(signer.change(lines[-1] if lines else None, change, key, at, account))
    return b"".join(canonical(line) + b"\n" for line in lines)


def _refused(*changes):
    try:
        payout_keys.read(_list(*changes))
    except payout_keys.Refused:
        return True
    return False


def _unreadable(data):
    """Whether bytes are refused for their form."""
    try:
        payout_keys.read(data)
    except payout_keys.Refused:
        return False
    except ValueError:
        return True
    return False


def _key_checks():
    begin = FIRST, "add", FIRST.key, 10, None
    keys = payout_keys.read(_list(
        begin, (FIRST, "add", SECOND.key, 20, None), (SECOND, "add", DEVICE.key, 30, "a"), (SECOND, "end", DEVICE.key, 40, "a"),
        (FIRST, "add", DEVICE.key, 50, "a"), (FIRST, "end", FIRST.key, 60, None), (SECOND, "add", FIRST.key, 60, "b")))
    for name, key, account, times in (
            ("an operator's key", SECOND.key, "a", {19: False, 20: True, 10**12: True}),
            ("the first key, which ends itself", FIRST.key, "a", {9: False, 10: True, 59: True, 60: False}),
            ("a key that is an account's later", FIRST.key, "b", {60: True}),
            ("a device's key, which is back", DEVICE.key, "a", {29: False, 30: True, 39: True, 40: False, 49: False, 50: True}),
            ("a device's key and another account", DEVICE.key, "b", {35: False}),
            ("a stranger's key", Operator("nobody").key, "a", {35: False})):
        for at, allowed in times.items():
            yield f"{name} at {at}", keys.allows(key, account, at) == allowed
    yield "the operator", keys.first == FIRST.key
    for name, changes in {
            "for an account first": [(FIRST, "add", FIRST.key, 1, "a")],
            "another key first": [(FIRST, "add", SECOND.key, 1, None)],
            "by a device": [begin, (FIRST, "add", DEVICE.key, 10, "a"), (DEVICE, "add", SECOND.key, 10, None)],
            "by who is ended": [begin, (FIRST, "end", FIRST.key, 10, None), (FIRST, "add", FIRST.key, 11, None)],
            "dated before": [begin, (FIRST, "add", SECOND.key, 9, None)],
            "again": [begin, (FIRST, "add", FIRST.key, 11, None)],
            "never added": [begin, (FIRST, "end", SECOND.key, 11, None)]}.items():
        yield f"a list {name} refused", _refused(*changes)
    good = _list(begin)
    for data in (b"", b"\n", good + b"\n", good[:-1], b"\xff" + good, good[:50] + b"\n", b"[]\n", b"5\n", good.replace(b"add", b"put")):
        yield f"{data[:20]!r}... cannot be read", _unreadable(data)
    yield "a list with a key that is no point", payout_keys.read(_list(begin, (FIRST, "add", "02" + "00" * 31, 11, None))) is not None
    yield "a PEM file", payout_keys.public_key_of(payout_keys.pem(FIRST.key)) == FIRST.key


def checks():
    yield from _credit_checks()
    yield from _key_checks()
