"""Section 4 of docs/log.md: keys with names, and base64 in its one form."""

import base64
import binascii
import re
from typing import NamedTuple

from manifest import ed25519
from manifest.conventions import sha256

SIGNER, WITNESS = 1, 4

_ID = re.compile("[0-9a-f]{8}")
_BARRED = re.compile("[\\s+\u0000-\u001f\u007f-\u009f]")


def from_base64(text):
    """The bytes of a text of RFC 4648, section 4; ValueError where it is not in the one form there is."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        data = None
    if data is None or to_base64(data) != text:
        raise ValueError(f"{text[:60]!a} is not base64")
    return data


def to_base64(data):
    return base64.b64encode(data).decode()


def is_name(text):
    """Whether a key may have this name."""
    return bool(text) and not _BARRED.search(text)


class Key(NamedTuple):
    name: str
    type: int
    public: bytes

    @property
    def id(self):
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public)[:4]

    @property
    def text(self):
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes([self.type]) + self.public)}"

    def has_signed(self, text, signature):
        """Whether the bytes behind the id in a signature line are this key's signature of the bytes of a note's text."""
        if self.type == WITNESS:
            if len(signature) != 72:
                return False
            text, signature = cosigned(int.from_bytes(signature[:8], "big"), text), signature[8:]
        return ed25519.verify(self.public, text, signature)


def cosigned(seconds, text):
    """What a witness signs of a note's text."""
    return f"cosignature/v1\ntime {seconds}\n".encode() + text


def parsed(text, types=(SIGNER,)):
    """The key of its public form; ValueError with a reason where the text is none, or one of another type."""
    name, _, rest = text.partition("+")
    digits, _, encoded = rest.partition("+")
    if not is_name(name) or not _ID.fullmatch(digits):
        raise ValueError(f"{text[:100]!a} is not a key: expected <name>+<8 hexadecimal digits>+<base64>")
    data = from_base64(encoded)
    if len(data) != 33 or data[0] not in types:
        raise ValueError(f"{text[:100]!a} is not an Ed25519 key of type {' or '.join(map(str, types))}")
    key = Key(name, data[0], data[1:])
    if key.id.hex() != digits:
        raise ValueError(f"{text[:100]!a}: expected the id {key.id.hex()}")
    if not ed25519.is_key(key.public):
        raise ValueError(f"{text[:100]!a}: its bytes are no public key")
    return key
