"""Section 3 of docs/claims.md: what is paid where."""

from typing import NamedTuple


class Credits(NamedTuple):
    claims: dict  # of an address: micro-points by account, none of 0
    unbound: dict  # micro-points by account, none of 0


def needed(held):
    """The numbers of the epochs whose totals are needed, the last one included.

    Of each epoch, 'held' has the addresses by account at its seal. What an account has got up to an epoch matters only where the
    epoch credits one address and the next one does not.
    """
    moving = [number for number, (here, after) in enumerate(zip(held, held[1:]))
              if any(after.get(account) != address for account, address in here.items())]
    return [*moving, len(held) - 1]


def credited(epochs):
    """What claims are made of, from pairs of totals and addresses by account, in the order of the epochs.

    ValueError where a total falls.
    """
    claims, settled, totals = {}, {}, {}
    for totals, addresses in epochs:
        for account, total in totals.items():
            due = total - settled.get(account, 0)
            if due < 0:
                raise ValueError(f"the total of {account!a:.100} falls from {settled[account]} to {total}")
            if due and account in addresses:
                shares = claims.setdefault(addresses[account], {})
                shares[account] = shares.get(account, 0) + due
                settled[account] = total
    waiting = {account: total - settled.get(account, 0) for account, total in totals.items()}
    return Credits(claims, {account: points for account, points in waiting.items() if points})


def credits(history, bindings, scheme, last):
    """What the claims of a scheme after an epoch are made of, by what is published."""
    epochs = history.until(last)
    held = [bindings.addresses(scheme, epoch.seal) for epoch in epochs]
    return credited([(history.totals(epochs[number]), held[number]) for number in needed(held)])
