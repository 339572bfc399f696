"""Section 4 of docs/log.md: signed notes."""

import re
from typing import NamedTuple

from .keys import from_base64, is_name, to_base64

MAX_BYTES = 1 << 20
MAX_SIGNATURES = 100

_CONTROL = re.compile("[\u0000-\u0009\u000b-\u001f]")


class WrongSignature(ValueError):
    """A signature that ought to be there is not, or one of a known key is wrong."""


class Note(NamedTuple):
    text: bytes  # whole lines
    signatures: list  # (name, id, signature)

    def signers(self, keys):
        """The keys that have signed; WrongSignature where one of them has not, though a line says so, or where none has."""
        known, signers = {(key.name, key.id): key for key in keys}, []
        for name, identity, signature in self.signatures:
            key = known.get((name, identity))
            if key is None:
                continue
            if not key.has_signed(self.text, signature):
                raise WrongSignature(f"the signature of {key.text} is wrong")
            signers.append(key)
        if not signers:
            raise WrongSignature("no key that is trusted has signed it")
        return signers


def parsed(data):
    """The note of some bytes; ValueError with a reason where they are none."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"a note of {len(data)} bytes, more than {MAX_BYTES}")
    whole = data.decode()
    if found := _CONTROL.search(whole):
        raise ValueError(f"a note with the control character U+{ord(found[0]):04X}")
    text, separator, below = whole.rpartition("\n\n")
    if not separator or not below.endswith("\n"):
        raise ValueError("a note without an empty line and signatures behind it")
    lines = below[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise ValueError(f"a note with {len(lines)} signatures, more than {MAX_SIGNATURES}")
    return Note((text + "\n").encode(), [_signature(line) for line in lines])


def _signature(line):
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "\u2014" or not is_name(parts[1]):
        raise ValueError(f"{line[:100]!a} is not a signature line")
    data = from_base64(parts[2])
    if len(data) < 5:
        raise ValueError(f"{line[:100]!a}: a signature of {len(data)} bytes")
    return parts[1], data[:4], data[4:]


def written(text, signatures):
    """The bytes of a note of a text and signatures."""
    lines = [f"\u2014 {name} {to_base64(identity + signature)}\n" for name, identity, signature in signatures]
    return text + b"\n" + "".join(lines).encode()
