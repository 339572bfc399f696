#!/usr/bin/env python3
"""Recomputes every published epoch from the files below a directory 'published', with nothing but Python.

Usage: tools/verify_manifest.py PUBLISHED
       tools/verify_manifest.py --self-test

A second implementation beside 'waggle rewards verify', written from docs/manifest.md (waggle-manifest/2). It checks the form of
what is given, recomputes all the rest, and compares it byte for byte with what is published. Each finding names the epoch, file
and line, and what was expected and found. --self-test holds the parts against published vectors.
Exit status: 0 all equal, 1 something differs, 3 files are missing, 12 a signature is wrong, 64 usage. Of several that
apply, 3 comes before 12 and 12 before 1.
"""
import pathlib
import sys

from manifest import self_test
from manifest.checking import MISMATCH, MISSING, SIGNATURE, Checker, Unusable


def verify(published):
    epochs = published / "epochs"
    if not epochs.is_dir():
        print(f"verify_manifest: no directory {epochs}", file=sys.stderr)
        return MISSING
    checker, done = Checker(published, print), 0
    names = sorted(path.name for path in epochs.iterdir() if not path.name.startswith("."))
    for name in names:
        try:
            checker.check(name)
        except Unusable:
            print(f"{name} cannot be recomputed, nor {len(names) - done - 1} epochs after it")
            break
        done += 1
    print(f"{done} epochs recomputed, {checker.count} findings")
    return next((code for code in (MISSING, SIGNATURE, MISMATCH) if code in checker.codes), 0)


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test.run()
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 64
    return verify(pathlib.Path(arguments[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
