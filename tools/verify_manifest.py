#!/usr/bin/env python3
"""Recomputes every published epoch from the files below a directory 'published', with nothing but Python.

Usage: tools/verify_manifest.py PUBLISHED [--policy FILE] [--from FILE] [--claims FILE] [--operator FILE]
       tools/verify_manifest.py --receipt FILE --policy FILE
       tools/verify_manifest.py --self-test

A second implementation beside 'waggle rewards verify', written from docs/manifest.md (waggle-manifest/2), docs/log.md and
docs/claims.md. It checks the form of what is given, recomputes all the rest, and compares it byte for byte with what is
published. Where there is a log, it is read from its first entry to its last, and the epochs have to be in it; where there are
claims, each file is made anew. Each finding names the file and line, and what was expected and found.

--policy FILE   whose signatures of the log count (docs/log.md, section 7); without it none is verified but those of rotations
--from FILE     a checkpoint that was kept, with which the log has to begin
--claims FILE   a file of claims that is to be checked too, wherever it lies
--operator FILE the operator's first public key for payout addresses, a PEM file: claims have to rest on it
--receipt FILE  verifies a receipt, or another proof of section 6, which takes the policy and nothing else
--self-test     holds the parts against published vectors

Exit status: 0 all equal, 1 something differs, 3 files are missing, 12 a signature is wrong, 64 usage. Of several that
apply, 3 comes before 12 and 12 before 1.
"""
import getopt
import pathlib
import sys

import claims.checking
import claims.self_test
import log.self_test
import manifest.self_test
from claims.payout_keys import public_key_of
from log import checkpoints, policies, proofs
from log.checking import LogChecker
from log.notes import WrongSignature
from log.published import epochs as published_epochs
from manifest.checking import Checker, Unusable
from manifest.findings import MISMATCH, MISSING, SIGNATURE, Findings

USAGE = 64


class Refused(Exception):
    """An argument cannot be used."""


def read(path, reader):
    """What a file named by an argument says."""
    try:
        return reader(pathlib.Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: {getattr(error, 'strerror', None) or error}") from None


def verify_chain(published, findings):
    """Recomputes the epochs; how many could be."""
    checker, done = Checker(published, findings), 0
    names = sorted(path.name for path in (published / "epochs").iterdir() if not path.name.startswith("."))
    for name in names:
        try:
            checker.check(name)
        except Unusable:
            print(f"{name} cannot be recomputed, nor {len(names) - done - 1} epochs after it")
            break
        done += 1
    return done


def verify(published, policy, kept, claim_files, operator):
    if not (published / "epochs").is_dir():
        print(f"verify_manifest: no directory {published / 'epochs'}", file=sys.stderr)
        return MISSING
    findings = Findings(print)
    done = verify_chain(published, findings)
    reader = None
    if policy or kept or (published / "log").is_dir():
        reader = LogChecker(published, published_epochs(published), findings, policy, kept)
        reader.check()
    files = claims.checking.check_all(published, claim_files, findings, operator)
    print(f"{done} epochs recomputed, {findings.count} findings")
    if reader:
        unsigned = "" if policy else "; signatures were not verified: that takes --policy"
        print(f"{reader.size} entries of the log read{unsigned}")
    if files:
        print(f"{files} files of claims made anew")
    return findings.status


def verify_receipt(path, policy):
    try:
        print(proofs.verify(pathlib.Path(path).read_bytes(), policy))
    except OSError as error:
        print(f"{path}: {error.strerror}")
        return MISSING
    except WrongSignature as error:
        print(f"{path}: {error}")
        return SIGNATURE
    except ValueError as error:
        print(f"{path}: {error}")
        return MISMATCH
    return 0


def main(arguments):
    try:
        options, rest = getopt.gnu_getopt(arguments, "", ["policy=", "from=", "claims=", "operator=", "receipt=", "self-test"])
        given = dict(options)
        if len(given) != len(options):
            raise Refused("an option is given twice")
        if arguments == ["--self-test"]:
            return max(test.self_test.run() for test in (manifest, log, claims))
        policy = read(given["--policy"], policies.parsed) if "--policy" in given else None
        if given.keys() == {"--receipt", "--policy"} and not rest:
            return verify_receipt(given["--receipt"], policy)
        if len(rest) != 1 or given.keys() - {"--policy", "--from", "--claims", "--operator"}:
            raise Refused("expected one directory")
        kept = read(given["--from"], checkpoints.parsed) if "--from" in given else None
        files = [pathlib.Path(given["--claims"])] if "--claims" in given else []
        operator = read(given["--operator"], public_key_of) if "--operator" in given else None
        return verify(pathlib.Path(rest[0]), policy, kept, files, operator)
    except (getopt.GetoptError, Refused) as error:
        print(f"verify_manifest: {error}\n\n{__doc__}", file=sys.stderr)
        return USAGE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
