"""Section 7 of docs/log.md: whose signatures make a checkpoint."""

import re

from . import keys
from .notes import WrongSignature

MAX_BYTES = 1 << 20
MOST = {"log": 256, "witness": 256}
MOST_NAMES = 512

_BETWEEN = re.compile("[ \t]+")
_CONTROL = re.compile(b"[\x00-\x08\x0b-\x1f\x7f]")


class Policy:
    def __init__(self):
        self.logs, self.witnesses = [], {}  # keys; and keys by the name of the witness
        self._groups, self._members, self._quorum = {}, set(), None

    @property
    def keys(self):
        return [*self.logs, *self.witnesses.values()]

    def accept(self, checkpoint):
        """The keys that have signed a checkpoint; WrongSignature with a reason where they are not enough."""
        signers = checkpoint.note.signers(self.keys)
        if not any(key in self.logs and key.name == checkpoint.origin for key in signers):
            raise WrongSignature(f"no log of the policy has signed as {checkpoint.origin}")
        if self._quorum != "none" and self._quorum not in self._reached(set(signers)):
            raise WrongSignature(f"the quorum {self._quorum} is not reached")
        return signers

    def _reached(self, signers):
        """The names of the witnesses that have signed, and of the groups of which enough have."""
        reached = {name for name, key in self.witnesses.items() if key in signers}
        for name, (least, members) in self._groups.items():  # members are defined before their group
            if sum(member in reached for member in members) >= least:
                reached.add(name)
        return reached

    def _log(self, text, url=None):
        self.logs.append(self._new(keys.parsed(text)))
        _at_most("log", len(self.logs))

    def _witness(self, name, text, url=None):
        self._define(name)
        self.witnesses[name] = self._new(keys.parsed(text, (keys.WITNESS,)))
        _at_most("witness", len(self.witnesses))

    def _group(self, name, threshold, first, *others):
        members = [first, *others]
        for member in members:
            self._defined(member)
            if member in self._members:
                raise ValueError(f"{member!a} is a member twice")
            self._members.add(member)
        self._define(name)
        least = {"any": "1", "all": str(len(members))}.get(threshold, threshold)
        if not re.fullmatch("[1-9][0-9]{0,3}", least) or int(least) > len(members):
            raise ValueError(f"{threshold!a} is not all, any or a number of {len(members)} members")
        self._groups[name] = int(least), members

    def _set_quorum(self, name):
        if self._quorum is not None:
            raise ValueError("there is a quorum already")
        if name != "none":
            self._defined(name)
        self._quorum = name

    def _define(self, name):
        if name == "none" or name in self.witnesses or name in self._groups:
            raise ValueError(f"{name!a} cannot be a name, or is one already")
        if len(self.witnesses) + len(self._groups) == MOST_NAMES:
            raise ValueError(f"more than {MOST_NAMES} names")

    def _defined(self, name):
        if name not in self.witnesses and name not in self._groups:
            raise ValueError(f"{name!a} is defined nowhere above")

    def _new(self, key):
        if any(key[1:] == other[1:] for other in self.keys):
            raise ValueError(f"the key {key.text} occurs twice")
        return key

    def read(self, line):
        """Takes up one line; ValueError with a reason where it is none."""
        word, *items = _BETWEEN.split(line)
        reader, least, most = {
            "log": (self._log, 1, 2), "witness": (self._witness, 2, 3), "group": (self._group, 3, MOST_NAMES + 2),
            "quorum": (self._set_quorum, 1, 1)}.get(word, (None, 0, 0))
        if reader is None or not least <= len(items) <= most:
            raise ValueError(f"{line[:100]!a} is not a line of a policy")
        reader(*items)


def _at_most(kind, count):
    if count > MOST[kind]:
        raise ValueError(f"more than {MOST[kind]} lines {kind}")


def parsed(data):
    """The policy of a file; ValueError with a line and a reason where it is none."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"a policy of {len(data)} bytes, more than {MAX_BYTES}")
    if found := _CONTROL.search(data):
        raise ValueError(f"byte {found.start()} is a control character")
    if data and not data.endswith(b"\n"):
        raise ValueError("the last line does not end in a line feed")
    policy = Policy()
    for number, line in enumerate(data.split(b"\n"), 1):
        line = line.strip(b" \t")
        if line and not line.startswith(b"#"):
            try:
                policy.read(line.decode())
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from None
    if policy._quorum is None:
        raise ValueError("there is no quorum")
    return policy
