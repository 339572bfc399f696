"""Holds a published log against docs/log.md, and the published epochs against the log."""

from manifest.findings import MISMATCH, MISSING, SIGNATURE

from . import checkpoints, notes, tiles
from .history import History
from .tree import Tree, leaf

HEAD = "waggle-log-head/1"
MANIFEST_NOTE = "waggle-manifest-note/1"


class LogChecker:
    """Reads a whole log. Without a policy no signature is verified but those of rotations."""

    def __init__(self, published, epochs, findings, policy=None, kept=None):
        self.published, self.epochs, self.findings = published, epochs, findings
        self.policy, self.kept = policy, kept
        self.store = tiles.Store(published / "log")
        self.size = 0

    def _finding(self, place, text, code=MISMATCH):
        self.findings.add("log", place, text, code)

    def check(self):
        """Reports what is wrong. Whatever the entries are, they are those the checkpoint has been signed for."""
        head = self._read("head", _head, optional=True)
        checkpoint = self._read("checkpoint", checkpoints.parsed, optional=True)
        if self.policy and not (self.published / "log" / "checkpoint").exists():
            self._finding("checkpoint", "nobody has signed the log", SIGNATURE)
        if head is None and checkpoint is None:
            if not any((self.published / "log" / name).exists() for name in ("head", "checkpoint")) and (
                    self.published / "log" / "tile").exists():
                self._finding("head", "expected a file that says up to where the tiles count, found none", MISSING)
            return
        self.size, root = head or (checkpoint.size, checkpoint.root)
        try:
            data = list(self.store.entries(self.size))
        except (FileNotFoundError, ValueError) as error:
            self._broken(error)
            return
        tree = Tree(map(leaf, data))
        if tree.root() != root and head:
            self._finding("head", f"expected the root {tree.root().hex()} of the entries, found {root.hex()}")
        self._tiles(tree, self.size)
        history = History(self.published, self.epochs, self._finding)
        for number, entry in enumerate(data):
            history.add(number, entry)
        trusted = None
        if checkpoint is not None:
            trusted = self._checkpoint(checkpoint, tree, data, history)
        if self.kept is not None:
            self._kept_signed(trusted)
            self._begins_with(self.kept, tree, "the checkpoint that was kept")
            if checkpoint is not None and self.kept.origin != checkpoint.origin:
                self._finding("checkpoint", f"expected the origin {self.kept.origin}, as the checkpoint that was kept has, "
                              f"found {checkpoint.origin}")
        history.finish()
        self._notes(history, trusted, checkpoint)
        self.findings.finish()

    def _read(self, name, reader, optional=False):
        """What a file below 'log' says; None where it is missing or malformed."""
        try:
            return reader((self.published / "log" / name).read_bytes())
        except FileNotFoundError:
            if not optional:
                self._finding(name, "expected a file, found none", MISSING)
        except ValueError as error:
            self._finding(name, str(error))
        return None

    def _broken(self, error):
        missing = isinstance(error, FileNotFoundError)
        place = str(error).removeprefix("log/") + (": expected a file, found none" if missing else "")
        self._finding(*place.split(": ", 1), MISSING if missing else MISMATCH)

    def _tiles(self, tree, size):
        level = 0
        while values := tree.tile(level, size):
            for number, width in tiles.widths(len(values)):
                try:
                    found, path = self.store.read(level, number, width)
                except (FileNotFoundError, ValueError) as error:
                    self._broken(error)
                    continue
                start = tiles.WIDTH * number
                for index, digest in enumerate(found, start):
                    if digest != values[index]:
                        self._finding(path.removeprefix("log/"), f"hash {index - start}: expected {values[index].hex()}, "
                                      f"found {digest.hex()}")
            level += 1

    def _begins_with(self, checkpoint, tree, words):
        if checkpoint.size > len(tree):
            self._finding("head", f"{words} has {checkpoint.size} entries, the log only {len(tree)}")
        elif tree.root(checkpoint.size) != checkpoint.root:
            self._finding("head", f"{words}: expected the root {tree.root(checkpoint.size).hex()} of the first "
                          f"{checkpoint.size} entries, found {checkpoint.root.hex()}")
        else:
            return True
        return False

    def _checkpoint(self, checkpoint, tree, data, history):
        """Checks the checkpoint; the keys that are trusted by it, or None without a policy."""
        if self._begins_with(checkpoint, tree, "the checkpoint") and checkpoint.size:
            self._still_there(tree, data, checkpoint.size)
        if self.policy is None:
            return None
        try:
            signers = self.policy.accept(checkpoint)
        except notes.WrongSignature as error:
            self._finding("checkpoint", str(error), SIGNATURE)
            return None
        return history.before([key for key in signers if key.name == checkpoint.origin])

    def _kept_signed(self, trusted):
        try:
            if trusted is not None:
                self.kept.note.signers(trusted)
        except notes.WrongSignature as error:
            self._finding("checkpoint", f"the checkpoint that was kept: {error}", SIGNATURE)

    def _still_there(self, tree, data, size):
        """Readers of the checkpoint want the tiles of its size, whatever was appended since."""
        if size == len(tree):
            return
        self._tiles(tree, size)
        try:
            for number, entry in enumerate(self.store.entries(size)):
                if entry != data[number]:
                    self._finding("checkpoint", f"entry {number} is another one in the bundle of its size")
        except (FileNotFoundError, ValueError) as error:
            self._broken(error)

    def _notes(self, history, trusted, checkpoint):
        """Checks the notes of manifests: those that are there, and that those are there that the checkpoint has."""
        for name, epoch in self.epochs.items():
            try:
                note = notes.parsed((epoch.directory / "manifest.note").read_bytes())
                expected = manifest_note(name, epoch.sha256)
                if note.text != expected:
                    raise ValueError(f"expected the text {expected!r}, found {note.text!r:.200}")
                if trusted is not None:
                    note.signers(trusted)
            except FileNotFoundError:
                number = history.manifests.get(name)
                if checkpoint is not None and number is not None and number < checkpoint.size:
                    self._note_finding(name, "expected a file, found none", MISSING)
            except notes.WrongSignature as error:
                self._note_finding(name, str(error), SIGNATURE)
            except ValueError as error:
                self._note_finding(name, str(error), MISMATCH)

    def _note_finding(self, epoch, text, code):
        self._finding(f"../epochs/{epoch}/manifest.note", text, code)


def _head(data):
    """The size and root that the file 'head' names; ValueError where it is malformed."""
    lines = data.decode().split("\n")
    if len(lines) != 4 or lines[0] != HEAD or lines[3]:
        raise ValueError(f"expected the lines {HEAD}, size and root, found {data!r:.100}")
    return checkpoints.decimal(lines[1]), checkpoints.hash_of(lines[2])


def head(size, root):
    """The bytes of the file 'head'."""
    return f"{HEAD}\n".encode() + checkpoints.text("", size, root)[1:]


def manifest_note(epoch, sha256):
    """What is signed of a manifest."""
    return f"{MANIFEST_NOTE}\n{epoch}\n{sha256}\n".encode()
