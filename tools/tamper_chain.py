#!/usr/bin/env python3
"""Tampers with a valid chain of epochs, to see whether verifiers find it.

Usage: tools/tamper_chain.py --list
       tools/tamper_chain.py PUBLISHED KIND OUT
       tools/tamper_chain.py --all PUBLISHED --verifier "COMMAND {}" [--verifier "COMMAND {}"]...

KIND is a number or a name of the list. The first kinds change bytes and nothing else; the others hash the whole chain anew.
--all runs each verifier on the chain itself, where it has to exit with 0, and on one tampered copy of each kind, where it has to
exit with another status without having crashed. {} stands for the directory.

No verifier can find these in the files alone: the last epochs are removed (the log tells that); a frame, a drive or a flag is
left out or made up and all is computed anew (who delivered it can tell that); a takedown or bounty that nothing names is left
out; a frame is counted, or a takedown or bounty published, an epoch later than it could be; corrections are signed anew with
another key.
Exit status: 0, 1 a verifier did not do as it should, 2 the chain has nothing for this kind, 64 usage.
"""
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

from manifest import damage, forgery
from manifest import forged_decisions, forged_entries, forged_frames, forged_results, forged_rulesets, forged_schedules, forged_weeks
from manifest.tampering import NotApplicable

# They add their kinds to those of forgery.
assert (forged_decisions and forged_entries and forged_frames and forged_results and forged_rulesets and forged_schedules
        and forged_weeks)
KINDS = [*damage.KINDS.all, *forgery.KINDS.all]


def tamper(source, number, target):
    """Writes a tampered copy; NotApplicable where there is nothing to tamper with."""
    change = KINDS[number][2]
    if number < len(damage.KINDS.all):
        change(damage.Copy(source, target))
        return
    forger = forgery.Forger(source)
    change(forger)
    forger.publish(target)


def number_of(kind):
    """The index of a kind by number, from 1, or by name; None where there is none."""
    if kind.isdecimal():
        return int(kind) - 1 if 1 <= int(kind) <= len(KINDS) else None
    return next((index for index, (name, _, _) in enumerate(KINDS) if name == kind), None)


def run(verifier, directory):
    """The exit status of a verifier, and its first words."""
    done = subprocess.run(
        [part.replace("{}", str(directory)) for part in shlex.split(verifier)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        check=False)
    text = (done.stdout + done.stderr).decode(errors="replace")
    crashed = done.returncode < 0 or done.returncode > 125 or "Traceback (most recent" in text
    return "crashed" if crashed else done.returncode, text


def run_all(source, verifiers):
    failures, applied = 0, 0
    for verifier in verifiers:
        status, text = run(verifier, source)
        if status != 0:
            print(f"FAILED: '{verifier}' ends with {status} on the chain itself: {text[:500]}")
            failures += 1
    with tempfile.TemporaryDirectory() as scratch:
        for number, (name, description, _) in enumerate(KINDS):
            target = pathlib.Path(scratch) / "published"
            try:
                tamper(source, number, target)
            except NotApplicable:
                print(f"{number + 1:4} {name}: does not apply")
                shutil.rmtree(target, ignore_errors=True)
                continue
            applied += 1
            results = [run(verifier, target) for verifier in verifiers]
            missed = [status for status, _ in results if status in (0, "crashed")]
            failures += len(missed)
            statuses = " ".join(str(status) for status, _ in results)
            words = f"FAILED: {description}" if missed else results[0][1].split("\n")[0][:160]
            print(f"{number + 1:4} {name}: {statuses}  {words}", flush=True)
            shutil.rmtree(target)
    print(f"{applied} of {len(KINDS)} kinds applied, {failures} failures")
    return 1 if failures or not applied else 0


def main(arguments):
    if arguments == ["--list"]:
        for number, (name, text, _) in enumerate(KINDS, 1):
            print(f"{number:4} {name}: {text}")
        return 0
    if len(arguments) >= 4 and arguments[0] == "--all" and set(arguments[2::2]) == {"--verifier"} and len(arguments) % 2 == 0:
        return run_all(pathlib.Path(arguments[1]), arguments[3::2])
    number = number_of(arguments[1]) if len(arguments) == 3 else None
    if number is None or pathlib.Path(arguments[2]).exists():
        print(__doc__, file=sys.stderr)
        return 64
    try:
        tamper(pathlib.Path(arguments[0]), number, pathlib.Path(arguments[2]))
    except NotApplicable:
        shutil.rmtree(arguments[2], ignore_errors=True)
        print(f"tamper_chain: the chain has nothing for {KINDS[number][0]}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
