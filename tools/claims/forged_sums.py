"""Kinds of tampering with what is summed up for an address: see "What is paid where" in docs/claims.md, section 3."""

import json

from manifest.conventions import canonical
from manifest.tampering import Kinds, NotApplicable

from .crediting import Credits, credited
from .damage import file_of
from .forgery import forged

KINDS = Kinds()


def _epochs(history, bindings, scheme, last):
    """Totals and addresses of every epoch up to one."""
    return [(history.totals(epoch), bindings.addresses(scheme, epoch.seal)) for epoch in history.until(last)]


def _credits(change):
    """Claims of what 'change' makes of the pairs of totals and addresses."""
    return lambda *published: change(_epochs(*published))


def _takes_along(epochs):
    return credited(epochs[-1:])


def _stays(epochs):
    first = {}
    for _, addresses in epochs:
        first = {**addresses, **first}
    return credited([(totals, {account: first[account] for account in addresses}) for totals, addresses in epochs])


def _a_seal_late(epochs):
    """Every epoch pays by the seal before."""
    held = [{}, *(addresses for _, addresses in epochs)]
    return credited([(totals, addresses) for (totals, _), addresses in zip(epochs, held)])


def _a_seal_early(epochs):
    """Every epoch but the last pays by the next seal."""
    held = [*(addresses for _, addresses in epochs[1:]), epochs[-1][1]]
    return credited([(totals, addresses) for (totals, _), addresses in zip(epochs, held)])


def _gone(epochs):
    """What was awarded before an account was bound."""
    gone = {}
    for totals, addresses in epochs:
        gone.update({account: total for account, total in totals.items() if account not in addresses and total})
    return {account: points for account, points in gone.items() if account in epochs[-1][1]}


def _waiting_lost(epochs):
    gone = _gone(epochs)
    if not gone:
        raise NotApplicable
    return credited([({account: max(0, total - gone.get(account, 0)) for account, total in totals.items()}, addresses)
                     for totals, addresses in epochs])


def _waiting_kept(epochs):
    credits = _waiting_lost(epochs)
    return credits._replace(unbound={**credits.unbound, **_gone(epochs)})


def _last_epoch(epochs):
    """No more than the last epoch awarded."""
    before = epochs[-2][0] if len(epochs) > 1 else {}
    return credited([({account: total - before.get(account, 0) for account, total in epochs[-1][0].items()}, epochs[-1][1])])


def _current(epochs):
    """Addresses that nobody has any more get nothing."""
    credits, held = credited(epochs), set(epochs[-1][1].values())
    return credits._replace(claims={address: shares for address, shares in credits.claims.items() if address in held})


def _returned(epochs):
    """What is at addresses that nobody has any more waits again."""
    credits, held = credited(epochs), set(epochs[-1][1].values())
    unbound = dict(credits.unbound)
    for address, shares in credits.claims.items():
        for account, points in shares.items() if address not in held else ():
            unbound[account] = unbound.get(account, 0) + points
    return Credits({address: shares for address, shares in credits.claims.items() if address in held}, unbound)


def _of_those_here(epochs):
    """An address has only what those have got who are bound to it now, and nothing of who moved away."""
    credits, held = credited(epochs), epochs[-1][1]
    kept = {address: {account: points for account, points in shares.items() if held.get(account) == address or len(shares) == 1}
            for address, shares in credits.claims.items()}
    return credits._replace(claims={address: shares for address, shares in kept.items() if shares})


for _name, _text, _change in (
        ("sum-takes-along", "an account that moves takes along what it had", _takes_along),
        ("sum-stays", "an account that moves is paid where it was first", _stays),
        ("sum-seal-late", "an epoch pays by the seal before its own", _a_seal_late),
        ("sum-seal-early", "an epoch pays by the seal behind its own", _a_seal_early),
        ("sum-waiting-lost", "what waited for an address is lost", _waiting_lost),
        ("sum-waiting-kept", "what waited for an address is unbound still", _waiting_kept),
        ("sum-last-epoch", "claims have no more than the last epoch awarded", _last_epoch),
        ("sum-current", "claims of addresses that nobody has any more are left out", _current),
        ("sum-returned", "what is claimed at addresses that nobody has any more is unbound", _returned),
        ("sum-of-those-here", "a shared claim falls when one of the accounts moves", _of_those_here)):
    forged(KINDS, _name, _text, credits=_credits(_change))
    if _name in ("sum-takes-along", "sum-of-those-here"):
        forged(KINDS, f"{_name}-saber", f"{_text}, for saber", "saber", credits=_credits(_change))


def _shared(change):
    """Changes the accounts of the first address that has several, of which the first is given."""
    def alter(credits):
        for address, shares in sorted(credits.claims.items()):
            if len(shares) > 1:
                return change(credits, address, min(shares))
        raise NotApplicable
    return alter


class _Apart(str):
    """An address that is no other one, though it reads the same."""
    __eq__, __hash__ = object.__eq__, object.__hash__


def _split(credits, address, _):
    claims = {other: credits.claims[other] for other in credits.claims if other != address}
    return credits._replace(claims={**claims, **{
        _Apart(address): {account: points} for account, points in credits.claims[address].items()}})


def _one_only(credits, address, account):
    return credits._replace(claims={**credits.claims, address: {account: credits.claims[address][account]}})


def _shifted(credits, address, account):
    """A micro-point of one account is the other's."""
    shares = credits.claims[address]
    other = max(shares)
    return credits._replace(claims={**credits.claims, address: {
        **shares, account: shares[account] - 1, other: shares[other] + 1}})


def _one_account(credits, address, account):
    """All is of one of the accounts."""
    return credits._replace(claims={**credits.claims, address: {account: sum(credits.claims[address].values())}})


forged(KINDS, "share-split", "accounts of one address have a claim each", alter=_shared(_split))
forged(KINDS, "share-split-jito", "accounts of one address have a claim each, for jito", "jito", alter=_shared(_split))
forged(KINDS, "share-one-only", "of the accounts of an address one is paid", alter=_shared(_one_only))
forged(KINDS, "share-shifted", "a micro-point of one account is another's of its address", alter=_shared(_shifted))
forged(KINDS, "share-one-account", "the claim of several accounts is of one", alter=_shared(_one_account))


def _accounts(name, text, change):
    """A kind that changes the list of accounts of the claim that has most, and nothing else."""
    def tamper(signed):
        path = file_of(signed, "oz")
        value = json.loads(path.read_bytes())
        claim = max(value["claims"], key=lambda claim: len(claim["accounts"]))
        before = list(claim["accounts"])
        claim["accounts"] = change(before)
        if claim["accounts"] == before:
            raise NotApplicable
        path.write_bytes(canonical(value))
    KINDS.add(name, text, tamper)


def _more(share, points):
    return {**share, "points": str(int(share["points"]) + points)}


_accounts("accounts-order", "accounts of a claim the other way round", lambda accounts: accounts[::-1])
_accounts("accounts-removed", "an account of a claim is removed", lambda accounts: accounts[1:])
_accounts("accounts-none", "a claim has no accounts", lambda accounts: [])
_accounts("accounts-twice", "an account of a claim is there twice, with parts of its points", lambda accounts: [
    {**accounts[0], "points": "1"}, _more(accounts[0], -1), *accounts[1:]])
_accounts("accounts-zero", "an account of 0 points is in a claim", lambda accounts: [
    *accounts, {"account": "~", "points": "0"}])
_accounts("accounts-points", "an account of a claim has a micro-point more than is paid", lambda accounts: [
    _more(accounts[0], 1), *accounts[1:]])
_accounts("accounts-number", "points of an account are a number", lambda accounts: [
    {**accounts[0], "points": 1}, *accounts[1:]])
_accounts("accounts-member", "an account of a claim has a member that the page does not know", lambda accounts: [
    {**accounts[0], "note": "a"}, *accounts[1:]])
_accounts("accounts-other", "an account of a claim has another name", lambda accounts: [
    {**accounts[0], "account": f"{accounts[0]['account']}!"}, *accounts[1:]])


def _unbound(name, text, change):
    """A kind that changes the list of who is unbound, and nothing else."""
    def tamper(signed):
        path = file_of(signed, "oz")
        value = json.loads(path.read_bytes())
        after = {**value, "unbound": change(value["unbound"])}
        if after == value:
            raise NotApplicable
        path.write_bytes(canonical(after))
    KINDS.add(name, text, tamper)


_unbound("unbound-order", "who is unbound the other way round", lambda unbound: unbound[::-1])
_unbound("unbound-points", "who is unbound has a micro-point more", lambda unbound: [
    _more(unbound[0], 1), *unbound[1:]] if unbound else unbound)
_unbound("unbound-zero", "who has nothing is unbound", lambda unbound: [*unbound, {"account": "\U0001f41d\U0001f41d", "points": "0"}])
_unbound("unbound-added", "somebody is unbound whom no epoch has paid", lambda unbound: [
    *unbound, {"account": "\U0001f41d\U0001f41d", "points": "1"}])
