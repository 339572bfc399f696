#!/usr/bin/env python3
"""Holds our canonical JSON against the PyPI package rfc8785, which shares no code with it.

    tools/compare_json.py PRINT_CANONICAL [PUBLISHED]

PRINT_CANONICAL is the built tool of that name. 20,000 seeded values, written in every way JSON allows, go through it;
what comes out must be, byte for byte, what rfc8785 writes. Then every .json and .jsonl file below the folder PUBLISHED
must be what rfc8785 makes of it, but for the maps' (generations/), which have fractions. The package is best held by
a virtual environment:

    python3 -m venv venv && venv/bin/pip install rfc8785
    venv/bin/python tools/compare_json.py .build/debug/print-canonical hive/published

The exit status is 1 where anything differs.
"""

import json
import pathlib
import random
import subprocess
import sys
import unicodedata

import rfc8785

SEED = 8785
VALUES = 20_000
GREATEST = 2**53 - 1


def character(chance):
    top = chance.choice([0x20, 0x80, 0x800, 0x10000, 0x110000])
    while True:
        code = chance.randrange(top)
        if not 0xD800 <= code < 0xE000:
            return chr(code)


def text(chance):
    return "".join(character(chance) for _ in range(chance.randrange(7)))


def value(chance, depth=0):
    kind = chance.randrange(6 if depth < 4 else 4)
    if kind == 0:
        return chance.choice([None, True, False])
    if kind == 1:
        return chance.choice([-1, 1]) * chance.randrange(2 ** chance.randrange(1, 54))
    if kind <= 3:
        return text(chance)
    if kind == 4:
        return [value(chance, depth + 1) for _ in range(chance.randrange(5))]
    members = {}
    seen = set()
    for _ in range(chance.randrange(5)):
        key = text(chance)
        # Waggle takes keys that differ only in how they compose an accent for one, and refuses both.
        normal = unicodedata.normalize("NFC", key)
        if normal not in seen:
            seen.add(normal)
            members[key] = value(chance, depth + 1)
    return members


def quoted(string, chance):
    """A JSON string with each character as it is or escaped, as chance says."""
    out = ['"']
    for c in string:
        if ord(c) < 0x20 or c in '"\\' or chance.random() < 0.2 or c in "\u0085\u2028\u2029":
            units = c.encode("utf-16-be")
            for k in range(0, len(units), 2):
                digits = f"{units[k]:02x}{units[k + 1]:02x}"
                out.append("\\u" + (digits.upper() if chance.random() < 0.5 else digits))
        else:
            out.append(c)
    out.append('"')
    return "".join(out)


def written(v, chance):
    """A JSON text of v, with space where there may be some and members in any order."""
    space = chance.choice(["", "", " ", "\t"])
    if isinstance(v, str):
        return space + quoted(v, chance)
    if isinstance(v, list):
        return "[" + ",".join(written(e, chance) + space for e in v) + "]"
    if isinstance(v, dict):
        members = list(v.items())
        chance.shuffle(members)
        return "{" + ",".join(
            space + quoted(k, chance) + space + ":" + written(m, chance) for k, m in members) + "}"
    return space + json.dumps(v)


def compare_values(program):
    chance = random.Random(SEED)
    values = [value(chance) for _ in range(VALUES)] + [GREATEST, -GREATEST, 0]
    lines = "".join(written(v, chance) + "\n" for v in values).encode()
    answers = subprocess.run([program], input=lines, stdout=subprocess.PIPE, check=True).stdout
    answers = answers.split(b"\n")[:-1]
    if len(answers) != len(values):
        yield f"{len(answers)} lines for {len(values)} values"
        return
    for number, (v, answer) in enumerate(zip(values, answers)):
        if answer != rfc8785.dumps(v):
            yield f"value {number} of seed {SEED}: {answer!r}, rfc8785 has {rfc8785.dumps(v)!r}"


def compare_files(folder):
    paths = sorted(
        p for p in pathlib.Path(folder).rglob("*")
        if p.suffix in (".json", ".jsonl") and p.is_file() and "generations" not in p.parts)
    if not paths:
        yield f"{folder}: no .json or .jsonl file"
    for path in paths:
        content = path.read_bytes()
        parts = content.split(b"\n") if path.suffix == ".jsonl" else [content.removesuffix(b"\n")]
        for number, part in enumerate(parts, 1):
            if part and part != rfc8785.dumps(json.loads(part)):
                yield f"{path}: line {number} is not what rfc8785 makes of it"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    differences = list(compare_values(sys.argv[1]))
    if len(sys.argv) == 3:
        differences += compare_files(sys.argv[2])
    for difference in differences[:20]:
        print(difference)
    print(f"{VALUES + 3} values compared, {len(differences)} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
