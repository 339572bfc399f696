"""Kinds of forgery that change takedowns, bounties and corrections. All is computed anew: only the rules on what is given tell."""

from . import ed25519
from .conventions import WEEK_MS, epoch_of, epoch_start
from .forgery import KINDS, changed, setting
from .forms import correction_message, record_id
from .tampering import NotApplicable

OTHER_KEY = bytes(range(32))


def _identify(record, *after):
    """Gives a changed record its id anew."""
    record["id"] = record_id(record, after)


def _sign(record):
    """Signs a changed correction anew, with a key of the forger's own."""
    _identify(record, "key", "signature")
    record["key"] = ed25519.public_key(OTHER_KEY).hex()
    record["signature"] = ed25519.sign(OTHER_KEY, correction_message(record)).hex()


# Takedowns

@KINDS.kind("takedown-removed", "a takedown that a message names is published nowhere")
def _(forger):
    for given in forger.epochs:
        for frame in given.verdicts:
            if frame.get("rule") == "takedown":
                name = frame["message"][:16]
                for other in forger.epochs:
                    other.takedowns = [record for record in other.takedowns if record["id"] != name]
                forger.done = True
                return
    raise NotApplicable


@KINDS.kind("takedown-undone", "a frame that was taken down is accepted")
def _(forger):
    kinds = {record["id"]: record["kind"] for given in forger.epochs for record in given.takedowns}
    given, frame = forger.given(
        "verdicts", lambda frame: frame.get("rule") == "takedown" and kinds[frame["message"][:16]] != "zone")
    del frame["rule"], frame["message"]
    frame.update(verdict="accepted", cell="u" * given.ruleset["score"]["cell_precision_characters"], factors={}, heading_octant=0,
                 quality=1000)


@KINDS.kind("takedown-other", "a message names another takedown")
def _(forger):
    first = [record for given in forger.epochs[:1] for record in given.takedowns if record["kind"] != "zone"]
    _, frame = forger.given("verdicts", lambda frame: frame.get("rule") == "takedown" and any(
        record["id"] != frame["message"][:16] for record in first))
    record = next(record for record in first if record["id"] != frame["message"][:16])
    frame["message"] = f"{record['id']} {record['reason']}"


@KINDS.kind("takedown-twice", "a takedown is published by the next manifest again")
def _(forger):
    given, record = forger.given("takedowns")
    target = forger.after(given)
    target.takedowns.append(record)
    target.sort()


def _takedown(name, text, wanted, change):
    def forge(forger):
        given, record = forger.given("takedowns", wanted)
        change(given, record)
        _identify(record, "frames")
        given.sort()
    KINDS.add(f"takedown-{name}", text, forge)


_takedown("late", "a takedown is made at the seal", lambda record: not record["frames"],
          lambda given, record: record.update(at=given.sealed))
_takedown("reason", "a takedown's reason is not one of the page's", lambda record: not record["frames"],
          lambda given, record: record.update(reason="whim"))
_takedown("text", "a takedown's 'by' turns the direction of writing", lambda record: not record["frames"],
          lambda given, record: record.update(by="a\u202eb"))
_takedown("target", "a takedown's target has a zero width space",
          lambda record: not record["frames"] and record["kind"] != "zone", lambda given, record: record.update(target=record["target"] + "\u200b"))
_takedown("box", "a zone's box has its south edge north", lambda record: type(record["target"]) is dict,
          lambda given, record: record["target"].update(south_e7=record["target"]["north_e7"]))
KINDS.add("takedown-id", "a takedown has another id, in the manifest only", lambda forger: forger.alter_first(
    "manifest", lambda manifest: manifest["takedowns"], lambda manifest: {
        **manifest, "takedowns": [{**manifest["takedowns"][0], "id": "0123456789abcdef"}, *manifest["takedowns"][1:]]}))


# Bounties

def _bounty(name, text, change, identify=True):
    def forge(forger):
        given, record = forger.given("bounties", lambda record: record["first"] <= "2026-W20")
        change(given, record)
        if identify:
            _identify(record)
        given.sort()
    KINDS.add(f"bounty-{name}", text, forge)


_bounty("amount", "a bounty is twice its amount, under its old id",
        lambda given, record: record.update(amount=str(2 * int(record["amount"]))), identify=False)
_bounty("nothing", "a bounty of nothing", lambda given, record: record.update(amount="0"))
_bounty("backwards", "a bounty whose last epoch is before its first", lambda given, record: record.update(
    last=epoch_of(epoch_start(record["first"]) - WEEK_MS)))
_bounty("long", "a bounty of 521 weeks", lambda given, record: record.update(
    first="2010-W01", last=epoch_of(epoch_start("2010-W01") + 521 * WEEK_MS)))
_bounty("late", "a bounty is made at the seal", lambda given, record: record.update(at=given.sealed))
_bounty("week", "a bounty's first epoch is a week 53 of a year with 52", lambda given, record: record.update(first="2025-W53"))


@KINDS.kind("bounty-twice", "a bounty is published by the next manifest again")
def _(forger):
    given, record = forger.given("bounties")
    target = forger.after(given)
    target.bounties.append(record)
    target.sort()


@KINDS.kind("bounty-expired", "a bounty pays in an epoch after its last")
def _(forger):
    def pools(manifest):
        return {**manifest, "pools": [*manifest["pools"], {
            "pool": f"bounty/{'f' * 16}", "amount": "1", "awarded": "0", "unallocated": "1", "reason": "no_eligible_work"}],
            "budget": str(int(manifest["budget"]) + 1), "unallocated": str(int(manifest["unallocated"]) + 1)}
    forger.alter_first("manifest", lambda manifest: True, pools)


# Corrections

changed("correction-signature", "a bit of a correction's signature", "corrections", lambda record: True,
        lambda record: record.update(signature=record["signature"][:-2] + f"{int(record['signature'][-2:], 16) ^ 1:02x}"))
changed("correction-key", "a correction names another key", "corrections", lambda record: True,
        setting(key=ed25519.public_key(OTHER_KEY).hex()))


def _correction(name, text, change, sign=_sign):
    def forge(forger):
        given, record = forger.given("corrections")
        change(given, record)
        sign(record)
        given.sort()
    KINDS.add(f"correction-{name}", text, forge)


_correction("sign", "a correction gives what it took, under the old signature", lambda given, record: record.update(
    delta=record["delta"].removeprefix("-") if record["delta"].startswith("-") else f"-{record['delta']}"),
    sign=lambda record: _identify(record, "key", "signature"))
_correction("nobody", "a correction of somebody without an award, signed anew",
            lambda given, record: record.update(contributor="nobody at all"))
_correction("own-epoch", "a correction of an award of the same epoch, signed anew", lambda given, record: record.update(
    epoch=given.epoch))
_correction("late", "a correction made at the seal, signed anew", lambda given, record: record.update(at=given.sealed))
_correction("zero", "a correction of nothing, signed anew", lambda given, record: record.update(delta="-0"))
_correction("plus", "a correction with a plus sign, signed anew", lambda given, record: record.update(delta="+1"))
_correction("reason", "a correction for a reason that is not one of the page's, signed anew",
            lambda given, record: record.update(reason="whim"))
_correction("malleable", "a correction whose signature has S + L", lambda given, record: None, sign=lambda record: record.update(
    signature=record["signature"][:64] + (int.from_bytes(bytes.fromhex(record["signature"][64:]), "little") + ed25519.L).to_bytes(
        32, "little").hex()))


@KINDS.kind("correction-twice", "a correction is published by the next epoch again")
def _(forger):
    given, record = forger.given("corrections")
    target = forger.after(given)
    target.corrections.append(record)
    target.sort()
