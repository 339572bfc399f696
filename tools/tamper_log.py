#!/usr/bin/env python3
"""Tampers with a signed log, its receipts, and the claims beside it, to see whether verifiers find it.

Usage: tools/tamper_log.py --list GROUP
       tools/tamper_log.py GROUP SIGNED KIND OUT
       tools/tamper_log.py --all GROUP SIGNED --verifier "COMMAND {}" [--verifier "COMMAND {}"]...

SIGNED is a directory that tools/sign_chain.py has made, and {} stands for it or for a tampered copy: the verifiers find
{}/published, {}/policy.txt, {}/operator.pem.pub, {}/kept, {}/award.tlog-proof and {}/entry.tlog-proof in it. What they have to do is what
tools/tamper_chain.py says. The groups are

  log       the log, its checkpoint, and notes: bytes that are changed, and entries that the operator has signed all the same
  order     entries in an order, or of things, that docs/log.md, section 2, does not allow, all signed
  receipts  award.tlog-proof
  claims    bindings, files of claims, and records that epochs are final
  keys      the list of payout keys; a list that is to be refused has to end with 12
  operator  lists of payout keys, and claims that follow from them, of somebody else: for verifiers that are given operator.pem.pub
Exit status: 0, 1 a verifier did not do as it should, 2 there is nothing for this kind, 64 usage.
"""
import pathlib
import shutil
import sys

import claims.damage
import claims.forged_keys
import claims.forged_records
import claims.forged_sums
import claims.forgery
import log.damage
import log.disorder
import log.false_receipts
import log.forgery
from log.signed import Signed
from manifest.tampering import list_kinds, number_of, run_all, tamper_once

GROUPS = {
    "log": [*log.damage.KINDS.all, *log.forgery.KINDS.all], "order": log.disorder.KINDS.all,
    "receipts": log.false_receipts.KINDS.all,
    "claims": [*claims.damage.KINDS.all, *claims.forgery.KINDS.all, *claims.forged_records.KINDS.all, *claims.forged_sums.KINDS.all],
    "keys": claims.forged_keys.KINDS.all, "operator": claims.forged_keys.OPERATORS.all}


def tampering(kinds):
    def tamper(source, number, target):
        shutil.copytree(source, target)
        kinds[number].change(Signed(target))
    return tamper


def main(arguments):
    group = next((name for name in arguments[:2] if not name.startswith("-")), None)
    if group in GROUPS:
        kinds, rest = GROUPS[group], [argument for argument in arguments if argument != group]
        if rest == ["--list"]:
            list_kinds(kinds)
            return 0
        if len(rest) >= 4 and rest[0] == "--all" and set(rest[2::2]) == {"--verifier"} and len(rest) % 2 == 0:
            return run_all(pathlib.Path(rest[1]), kinds, tampering(kinds), rest[3::2])
        number = number_of(kinds, rest[1]) if len(rest) == 3 else None
        if number is not None and not pathlib.Path(rest[2]).exists():
            return tamper_once(pathlib.Path(rest[0]), kinds, number, tampering(kinds), pathlib.Path(rest[2]))
    print(__doc__, file=sys.stderr)
    return 64


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
