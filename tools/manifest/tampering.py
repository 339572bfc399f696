"""What all ways of tampering share: lists of kinds, and holding verifiers to them."""

import os
import pathlib
import shlex
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import Callable, NamedTuple


class NotApplicable(Exception):
    """What is there has nothing that this kind of tampering could change."""


class Kind(NamedTuple):
    name: str
    text: str  # what is changed
    change: Callable
    status: int = None  # with which every verifier has to end; None where any finding will do


class Kinds:
    """A list of kinds of tampering."""

    def __init__(self):
        self.all = []

    def add(self, name, text, change, status=None):
        self.all.append(Kind(name, text, change, status))

    def kind(self, name, text, status=None):
        """A decorator that adds the function below it."""
        def keep(change):
            self.add(name, text, change, status)
            return change
        return keep


def list_kinds(kinds):
    for number, kind in enumerate(kinds, 1):
        print(f"{number:4} {kind.name}: {kind.text}")


def number_of(kinds, kind):
    """The index of a kind by number, from 1, or by name; None where there is none."""
    if kind.isdecimal():
        return int(kind) - 1 if 1 <= int(kind) <= len(kinds) else None
    return next((index for index, other in enumerate(kinds) if other.name == kind), None)


def _run(verifier, directory):
    """The exit status of a verifier, and its first words."""
    done = subprocess.run(
        [part.replace("{}", str(directory)) for part in shlex.split(verifier)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        check=False)
    text = (done.stdout + done.stderr).decode(errors="replace")
    crashed = done.returncode < 0 or done.returncode > 125 or "Traceback (most recent" in text
    return "crashed" if crashed else done.returncode, text


def _judge(source, number, kind, tamper, verifiers, target):
    """A line about a kind, and how many verifiers missed it; None where it does not apply."""
    try:
        tamper(source, number, target)
    except NotApplicable:
        shutil.rmtree(target, ignore_errors=True)
        return f"{number + 1:4} {kind.name}: does not apply", None
    results = [_run(verifier, target) for verifier in verifiers]
    shutil.rmtree(target)
    missed = [status for status, _ in results if status in (0, 64, "crashed") or kind.status not in (None, status)]
    statuses = " ".join(str(status) for status, _ in results)
    words = results[0][1].split("\n")[0][:160]
    if missed:
        words = f"FAILED{f', expected {kind.status}' if kind.status else ''}: {kind.text}"
    return f"{number + 1:4} {kind.name}: {statuses}  {words}", len(missed)


def run_all(source, kinds, tamper, verifiers):
    """Runs verifiers on the source, where each has to exit with 0, and on tampered copies, where none may; the exit status.

    tamper(source, number, target) writes the copy of a kind. 64 is a refusal to verify, and not taken for a finding.
    """
    failures, applied = 0, 0
    for verifier in verifiers:
        status, text = _run(verifier, source)
        if status != 0:
            print(f"FAILED: '{verifier}' ends with {status} on what nobody tampered with: {text[:500]}")
            failures += 1
    with tempfile.TemporaryDirectory() as scratch:
        def judge(number):
            return _judge(source, number, kinds[number], tamper, verifiers, pathlib.Path(scratch) / str(number))
        # Threads, because nearly all the computing is that of the verifiers, which are processes.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for text, missed in pool.map(judge, range(len(kinds))):
                print(text, flush=True)
                applied += missed is not None
                failures += missed or 0
    print(f"{applied} of {len(kinds)} kinds applied, {failures} failures")
    return 1 if failures or not applied else 0


def tamper_once(source, kinds, number, tamper, target):
    """Writes one tampered copy; the exit status, 2 where there is nothing to tamper with."""
    try:
        tamper(source, number, target)
    except NotApplicable:
        shutil.rmtree(target, ignore_errors=True)
        print(f"there is nothing for {kinds[number].name}")
        return 2
    return 0
