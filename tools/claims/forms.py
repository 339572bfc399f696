"""Section 3 of docs/claims.md: what records of bindings and changes of the keys have in common."""

import re

from manifest.conventions import canonical, sha256

MAX_BYTES = 4096

_ACCOUNT = re.compile("[!-~]{1,200}")
_SIGNATURE = re.compile("[0-9a-f]{128}")


class WrongSignature(ValueError):
    """Something is not signed by the key it names."""


def is_account(value):
    return type(value) is str and _ACCOUNT.fullmatch(value) is not None


def is_signature(value):
    return type(value) is str and _SIGNATURE.fullmatch(value) is not None


def checked(value, tests):
    """An object whose members are exactly these; ValueError where one is missing, unknown or malformed."""
    if type(value) is not dict or value.keys() != tests.keys():
        raise ValueError(f"expected an object with the members {', '.join(sorted(tests))} and no others")
    for name, test in tests.items():
        if not test(value[name]):
            raise ValueError(f"{name}: {value[name]!a:.100} is malformed")
    return value


def statement(record):
    """What is signed of a record or a change."""
    return canonical({name: record[name] for name in record if name != "signature"})


def identity(record):
    return sha256(statement(record)).hex()
