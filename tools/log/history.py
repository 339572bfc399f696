"""Section 2 of docs/log.md: what the entries of a log say one after the other, and what of it has to be published."""

from manifest.conventions import parsed, sha256
from manifest.findings import MISMATCH, MISSING, SIGNATURE

from . import entries, finals, notes


class History:
    """Takes the entries in order. Of what is wrong it tells finding(place, text, code)."""

    def __init__(self, published, epochs, finding):
        self.published, self.epochs, self.finding = published, epochs, finding
        self.manifests = {}  # ids of epochs, to numbers of entries
        self._hashes, self._seen = {}, set()  # of the manifests in the log, and of all entries
        self._rulesets, self._corrections, self._finals = {}, set(), set()  # rulesets, to numbers of entries
        self._sealed = None  # the epoch of the entry before, where that says which inputs are sealed
        self._rotations = []
        self._corrected = {sha: about for epoch in epochs.values() for sha, about in epoch.corrections.items()}

    def add(self, number, data):
        self._place = f"entry {number}"
        digest = sha256(data)
        if digest in self._seen:
            self._wrong("it occurs before")
        self._seen.add(digest)
        try:
            entry = entries.parsed(data)
        except ValueError as error:
            self._wrong(str(error))
            return
        sealed, self._sealed = self._sealed, None
        if sealed is not None and (entry.kind != "manifest" or entry.value["epoch"] != sealed):
            self._wrong(f"expected the manifest of {sealed}, whose inputs are sealed before it")
        getattr(self, "_" + entry.kind.replace("-", "_"))(number, entry, sealed)

    def _wrong(self, text, code=MISMATCH):
        self.finding(self._place, text, code)

    def _ruleset(self, number, entry, _):
        name = entry.value["sha256"]
        self._rulesets.setdefault(name, number)
        path = self.published / "rulesets" / f"{name}.json"
        if not path.is_file():
            self._wrong(f"expected a file rulesets/{name}.json, found none", MISSING)
        elif (found := sha256(path.read_bytes()).hex()) != name:
            self._wrong(f"expected rulesets/{name}.json to have that hash, found {found}")

    def _inputs_sealed(self, _, entry, __):
        name = entry.value["epoch"]
        if self.manifests and name <= max(self.manifests):
            self._wrong(f"expected an epoch after {max(self.manifests)}, found {name}")
        self._sealed = name
        epoch = self.epochs.get(name)
        if epoch is None:
            return  # where its manifest is in the log, that one is missing
        verdicts = {member: epoch.member("verdicts", member) for member in ("count", "root")}
        for member, expected, found in [
                ("inputs", verdicts, entry.value["inputs"]),
                ("sealed_as_of", epoch.member("sealed_as_of"), entry.value["sealed_as_of"])]:
            if expected != found:
                self._wrong(f"{member}: expected {expected} as the manifest of {name} has, found {found}")
        self._listed(name, epoch)

    def _listed(self, name, epoch):
        """Checks that the rulesets a manifest lists are before its inputs, in the order of the list."""
        latest = -1
        for ruleset in dict.fromkeys(epoch.rulesets):
            if ruleset not in self._rulesets:
                self._wrong(f"expected the ruleset {ruleset} before it, which {name} lists")
                continue
            if (number := self._rulesets[ruleset]) < latest:
                self._wrong(f"expected entry {number}, the ruleset {ruleset}, behind entry {latest}, as in the list of {name}")
            latest = max(latest, number)

    def _manifest(self, number, entry, sealed):
        name, found = entry.value["epoch"], entry.value["sha256"]
        if sealed is None:
            self._wrong(f"expected the sealed inputs of {name} directly before it")
        if name in self.manifests:
            self._wrong(f"{name} has a manifest before")
        self.manifests[name], self._hashes[name] = number, found
        if name not in self.epochs:
            self._wrong(f"expected a file epochs/{name}/manifest.json, found none", MISSING)
        elif self.epochs[name].sha256 != found:
            self._wrong(f"expected {self.epochs[name].sha256}, the hash of the manifest of {name}, found {found}")

    def _about(self, entry):
        """Checks that the manifest an entry is about is before it."""
        if entry.value["epoch"] not in self.manifests:
            self._wrong(f"expected the manifest of {entry.value['epoch']} before it")

    def _correction(self, _, entry, __):
        self._about(entry)
        name, found = entry.value["epoch"], entry.value["sha256"]
        self._corrections.add(found)
        if found not in self._corrected:
            self._wrong(f"expected the hash of a line of a corrections.jsonl, found {found}")
        elif self._corrected[found] != name:
            self._wrong(f"epoch: expected {self._corrected[found]} as the correction has, found {name}")

    def _final(self, _, entry, __):
        self._about(entry)
        name, found = entry.value["epoch"], entry.value["sha256"]
        if name in self._finals:
            self._wrong(f"{name} is final before")
        self._finals.add(name)
        if name in self._hashes and self._hashes[name] != found:
            self._wrong(f"expected {self._hashes[name]}, the hash of the manifest of {name}, found {found}")
        path = self.published / "finals" / f"{name}.json"
        if not path.is_file():
            self._wrong(f"expected a file finals/{name}.json, found none", MISSING)

    def _key_rotation(self, _, entry, __):
        try:
            entries.check_rotation(entry)
        except notes.WrongSignature as error:
            self._wrong(str(error), SIGNATURE)
            return
        old, new = entry.keys
        if self._rotations and self._rotations[-1][1] != old:
            self._wrong(f"old: expected {self._rotations[-1][1].text}, which was put in use before, found {old.text}")
        self._rotations.append((old, new))

    def before(self, trusted):
        """The keys that are trusted, and those that rotations name before them."""
        result = set(trusted)
        for old, new in reversed(self._rotations):
            if new in result:
                result.add(old)
        return result

    def finish(self):
        """Checks that the log does not end in the middle of an epoch, and that all that is published is in it."""
        if self._sealed is not None:
            self._wrong(f"expected the manifest of {self._sealed} behind its inputs, found the end")
        for name, epoch in self.epochs.items():
            place = f"../epochs/{name}"
            if name not in self.manifests:
                self.finding(f"{place}/manifest.json", "it is not in the log", MISMATCH)
            for sha in epoch.corrections:
                if sha not in self._corrections:
                    self.finding(f"{place}/corrections.jsonl", f"the correction {sha} is not in the log", MISMATCH)
        directory = self.published / "finals"
        for path in sorted(directory.iterdir()) if directory.is_dir() else ():
            if not path.name.startswith("."):
                self._final_file(path)

    def _final_file(self, path):
        place = f"../finals/{path.name}"
        try:
            record = finals.read(path)
        except ValueError as error:
            self.finding(place, str(error), MISMATCH)
            return
        if path.stem not in self._finals:
            self.finding(place, "it is not in the log", MISMATCH)
        elif record["final_at"] != (expected := self._final_at(path.stem, record["final_at"])):
            self.finding(place, f"final_at: expected {expected}, found {record['final_at']}", MISMATCH)
        elif record["manifest"] != self._hashes.get(path.stem):
            self.finding(place, f"manifest: expected {self._hashes.get(path.stem)}, found {record['manifest']}", MISMATCH)

    def _final_at(self, name, otherwise):
        """When the challenge of an epoch is over, by its manifest and ruleset; where these do not say it is found elsewhere."""
        epoch = self.epochs.get(name)
        if epoch is None:
            return otherwise
        try:
            ruleset = parsed((self.published / "rulesets" / f"{epoch.member('ruleset')}.json").read_bytes())
            return epoch.member("sealed_as_of") + ruleset["reward"]["challenge_ms"]
        except (OSError, ValueError, KeyError, TypeError):
            return otherwise
