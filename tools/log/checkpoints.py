"""Section 4 of docs/log.md: what a checkpoint says."""

import re
from typing import NamedTuple

from . import notes
from .keys import from_base64, is_name, to_base64

MAX_ENTRIES = 2**63 - 1

_DECIMAL = re.compile("0|[1-9][0-9]{0,18}")


def decimal(text):
    """A number in decimal without leading zeros; ValueError where the text is none."""
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_ENTRIES:
        raise ValueError(f"{text[:40]!a} is not a number of entries")
    return int(text)


def hash_of(text):
    """32 bytes in base64; ValueError where the text is something else."""
    data = from_base64(text)
    if len(data) != 32:
        raise ValueError(f"{text[:60]!a} is a hash of {len(data)} bytes")
    return data


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    note: notes.Note

    @property
    def words(self):
        return f"the checkpoint of {self.size} entries"


def parsed(data):
    """The checkpoint of the bytes of a note; ValueError with a reason where they are none. It verifies no signature."""
    note = notes.parsed(data)
    lines = note.text.decode()[:-1].split("\n")
    if len(lines) < 3:
        raise ValueError("a checkpoint of less than three lines")
    if not is_name(lines[0]):
        raise ValueError(f"{lines[0][:100]!a} is not the name of a log")
    if "" in lines:
        raise ValueError("a checkpoint with an empty line")
    return Checkpoint(lines[0], decimal(lines[1]), hash_of(lines[2]), note)


def text(origin, size, root):
    """What is signed of a checkpoint."""
    return f"{origin}\n{size}\n{to_base64(root)}\n".encode()
