#!/usr/bin/env python3
"""Gives a chain of epochs that tools/make_chain.py made all that docs/log.md and docs/claims.md add to it.

Usage: tools/sign_chain.py PUBLISHED --out DIR [--rulesets N]

Copies PUBLISHED to DIR/published, and adds a log with a rotation of its key, notes of all manifests, records that all epochs but
the last are final, payout keys, bindings, and claims of every scheme: accounts move between epochs, share an address, are bound late
and by devices, and keys end and come back. Beside it are written DIR/policy.txt, DIR/operator.pem.pub (the first of the payout keys),
DIR/kept (a checkpoint from before the rotation), DIR/award.tlog-proof (a receipt) and DIR/entry.tlog-proof. --rulesets adds so many
rulesets nobody uses: 300 of them make the log longer than a tile. The keys are made of their names: whoever has this file can sign.
Exit status: 0, or 64 for usage.
"""
import argparse
import pathlib
import sys

from log.signed import Signed


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        print(f"sign_chain: {message}\n\n{__doc__}", file=sys.stderr)
        sys.exit(64)


def main():
    parser = _Parser(add_help=False)
    parser.add_argument("published", type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--rulesets", type=int, default=0)
    options = parser.parse_args()
    if options.out.exists():
        parser.error(f"{options.out} is there already")
    if not (options.published / "epochs").is_dir() or not any((options.published / "epochs").iterdir()):
        parser.error(f"{options.published} has no epochs")
    signed = Signed.made(options.published, options.out, options.rulesets)
    print(f"{len(signed.entries)} entries")


if __name__ == "__main__":
    main()
