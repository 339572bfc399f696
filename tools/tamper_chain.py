#!/usr/bin/env python3
"""Tampers with a valid chain of epochs, to see whether verifiers find it.

Usage: tools/tamper_chain.py --list
       tools/tamper_chain.py PUBLISHED KIND OUT
       tools/tamper_chain.py --all PUBLISHED --verifier "COMMAND {}" [--verifier "COMMAND {}"]...

KIND is a number or a name of the list. The first kinds change bytes and nothing else; the others hash the whole chain anew.
--all runs each verifier on the chain itself, where it has to exit with 0, and on one tampered copy of each kind, where it has to
exit with another status without having crashed. {} stands for the directory.

No verifier can find these in the files alone: the last epochs are removed; a frame, a drive or a flag is left out or made up and
all is computed anew (who delivered it can tell that); a takedown or bounty that nothing names is left out; a frame is counted, or
a takedown or bounty published, an epoch later than it could be; corrections are signed anew with another key. A log finds them
once it is signed: tools/tamper_log.py tampers with logs, receipts and claims.
Exit status: 0, 1 a verifier did not do as it should, 2 the chain has nothing for this kind, 64 usage.
"""
import pathlib
import sys

from manifest import damage, forgery
from manifest import forged_decisions, forged_entries, forged_frames, forged_results, forged_rulesets, forged_schedules, forged_weeks
from manifest.tampering import list_kinds, number_of, run_all, tamper_once

# They add their kinds to those of forgery.
assert (forged_decisions and forged_entries and forged_frames and forged_results and forged_rulesets and forged_schedules
        and forged_weeks)
KINDS = [*damage.KINDS.all, *forgery.KINDS.all]


def tamper(source, number, target):
    """Writes a tampered copy; NotApplicable where there is nothing to tamper with."""
    change = KINDS[number].change
    if number < len(damage.KINDS.all):
        change(damage.Copy(source, target))
        return
    forger = forgery.Forger(source)
    change(forger)
    forger.publish(target)


def main(arguments):
    if arguments == ["--list"]:
        list_kinds(KINDS)
        return 0
    if len(arguments) >= 4 and arguments[0] == "--all" and set(arguments[2::2]) == {"--verifier"} and len(arguments) % 2 == 0:
        return run_all(pathlib.Path(arguments[1]), KINDS, tamper, arguments[3::2])
    number = number_of(KINDS, arguments[1]) if len(arguments) == 3 else None
    if number is None or pathlib.Path(arguments[2]).exists():
        print(__doc__, file=sys.stderr)
        return 64
    return tamper_once(pathlib.Path(arguments[0]), KINDS, number, tamper, pathlib.Path(arguments[2]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
