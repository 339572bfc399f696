"""Sections 2, 4 and 5 of docs/claims.md: files of claims."""

from typing import NamedTuple

from . import trees
from .schemes import SCHEMES

FORMAT, DUMP = "waggle-claims/1", "standard-v1"
MEMBERS = "claims", "decimals", "epoch", "format", "parameters", "root", "scale", "scheme", "total", "unbound"
LEAST_DECIMALS, MOST_DECIMALS = 6, 25


class CannotClaim(ValueError):
    """There can be no claims of so many base units."""


class Given(NamedTuple):
    """What a file says of itself, and what cannot be told from published files otherwise."""
    epoch: str
    scheme: str
    decimals: int
    token: str  # None but with morpho

    @property
    def parameters(self):
        return {} if self.token is None else {"reward_token": self.token}


def given(value):
    """What a file of claims is given; ValueError with a reason where it cannot be one."""
    if type(value) is not dict or value.keys() != set(MEMBERS):
        raise ValueError(f"expected an object with the members {', '.join(MEMBERS)} and no others")
    if value["format"] != FORMAT:
        raise ValueError(f"format: expected {FORMAT}, found {value['format']!a:.100}")
    scheme, decimals, parameters = value["scheme"], value["decimals"], value["parameters"]
    if type(scheme) is not str or scheme not in SCHEMES:
        raise ValueError(f"scheme: {scheme!a:.100} is none")
    if type(decimals) is not int or not LEAST_DECIMALS <= decimals <= MOST_DECIMALS:
        raise ValueError(f"decimals: expected {LEAST_DECIMALS} to {MOST_DECIMALS}, found {decimals!a:.100}")
    wanted = {"reward_token"} if SCHEMES[scheme].has_token else set()
    if type(parameters) is not dict or parameters.keys() != wanted:
        raise ValueError(f"parameters: expected {sorted(wanted)}, found {parameters!a:.100}")
    token = parameters.get("reward_token")
    if token is not None:
        SCHEMES[scheme].address(token)
    return Given(value["epoch"], scheme, decimals, token)


def made(given, credits):
    """A file of claims and its dump, which may be None, of what is credited. CannotClaim where the page refuses it."""
    scheme, scale = SCHEMES[given.scheme], 10 ** (given.decimals - 6)
    rows = [(address, sum(shares.values()) * scale, _points(shares)) for address, shares in sorted(credits.claims.items())]
    total = sum(amount for _, amount, _ in rows)
    if total > scheme.greatest:
        raise CannotClaim(f"{total} base units are more than {scheme.name} can pay")
    token = None if given.token is None else scheme.address(given.token)
    leaves = [scheme.leaf(index, scheme.address(address), amount, token) for index, (address, amount, _) in enumerate(rows)]
    tree = scheme.tree(leaves) if rows else None
    claims = []
    for index, (address, amount, accounts) in enumerate(rows):
        path = tree.proof(index)
        if not trees.proves(leaves[index], path, tree.root, scheme.node):
            raise AssertionError("a proof of our own does not lead to the root")
        claim = {"accounts": accounts, "address": address, "amount": str(amount), "proof": list(map(_hexadecimal, path))}
        claims.append({**claim, "index": index} if scheme.has_index else claim)
    value = {
        "claims": claims, "decimals": given.decimals, "epoch": given.epoch, "format": FORMAT, "parameters": given.parameters,
        "root": _hexadecimal(tree.root) if tree else None, "scale": str(scale), "scheme": scheme.name, "total": str(total),
        "unbound": _points(credits.unbound)}
    return value, _dump(scheme, given, tree, rows) if tree and scheme.leaf_encoding else None


def _points(shares):
    return [{"account": account, "points": str(points)} for account, points in sorted(shares.items())]


def _dump(scheme, given, tree, rows):
    """What OpenZeppelin's library loads."""
    middle = [] if given.token is None else [given.token]
    return {
        "format": DUMP, "leafEncoding": list(scheme.leaf_encoding), "tree": list(map(_hexadecimal, tree.nodes)),
        "values": [{"treeIndex": tree.places[index], "value": [address, *middle, str(amount)]}
                   for index, (address, amount, _) in enumerate(rows)]}


def _hexadecimal(digest):
    return "0x" + digest.hex()
