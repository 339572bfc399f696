"""What of the published epochs the log speaks about."""

from manifest.conventions import parsed, sha256


class Epoch:
    """One published epoch: the hash of its manifest, what the manifest says, and its corrections."""

    def __init__(self, directory):
        self.directory = directory
        data = (directory / "manifest.json").read_bytes()
        self.sha256 = sha256(data).hex()
        try:
            self.manifest = parsed(data)
        except ValueError:
            self.manifest = None  # the check of the chain says so
        self.corrections = {}  # hashes of lines, to the epochs they are about
        path = directory / "corrections.jsonl"
        for line in path.read_bytes().split(b"\n")[:-1] if path.is_file() else ():
            try:
                self.corrections[sha256(line).hex()] = parsed(line)["epoch"]
            except (ValueError, TypeError, KeyError):
                continue  # likewise

    @property
    def rulesets(self):
        """The names in the list of rulesets, and that of the own one, as far as these are names."""
        listed = self.member("rulesets")
        entries = [entry for entry in listed if type(entry) is dict] if type(listed) is list else []
        return [name for name in (*(entry.get("ruleset") for entry in entries), self.member("ruleset")) if type(name) is str]

    def member(self, *names):
        """A member of the manifest, or None where it has none."""
        value = self.manifest
        for name in names:
            value = value.get(name) if type(value) is dict else None
        return value


def epochs(published):
    """The published epochs by their ids, ascending."""
    return {path.name: Epoch(path) for path in sorted((published / "epochs").iterdir())
            if not path.name.startswith(".") and (path / "manifest.json").is_file()}
