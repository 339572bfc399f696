"""Section 2 of docs/log.md: the records that epochs are final."""

from manifest.conventions import is_hash, is_integer, parsed

FORMAT = "waggle-final/1"


def read(path):
    """The record of a file; ValueError with a reason where it is none."""
    record = parsed(path.read_bytes())
    if type(record) is not dict or record.keys() != {"epoch", "final_at", "format", "manifest"}:
        raise ValueError("expected the members epoch, final_at, format and manifest")
    if record["format"] != FORMAT or record["epoch"] != path.stem:
        raise ValueError(f"expected the format {FORMAT} and the epoch {path.stem}")
    if not is_integer(record["final_at"]) or not is_hash(record["manifest"]):
        raise ValueError("final_at or manifest is malformed")
    return record
