"""Sections 3 and 4 of docs/manifest.md: the form of what is taken as given. Each function gives the faults of a record."""

import re

from . import ed25519
from .conventions import GEOHASH, MAX_INTEGER, amount, canonical, epoch_start, is_hash, is_integer, sha256, WEEK_MS

RULES = frozenset("""time.missing time.before_2000 time.future time.disputed position.missing position.not_finite
    position.out_of_range position.null_island position.impossible_speed position.gap position.disputed position.inaccurate
    trace.teleport trace.acceleration trace.constant_speed trace.too_smooth trace.frozen trace.motion trace.turning privacy.zone privacy.trim privacy.unblurred
    image.missing image.damaged image.too_large image.unsupported image.too_small quality.dark quality.overexposed
    quality.covered quality.blurred duplicate.exact duplicate.near duplicate.standstill takedown""".split())
VERDICTS = "accepted", "duplicate", "rejected"
KINDS = "frame", "drive", "contributor", "zone"

_CELL = re.compile(f"[{GEOHASH}]*")
_FACTOR = re.compile("[a-z_]+")
_FORBIDDEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_DELTA = re.compile("-?[1-9][0-9]{0,15}")
_KEY, _SIGNATURE = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{128}")


def is_text(value):
    return type(value) is str


def is_bytes(value, low, high):
    return type(value) is str and low <= len(value.encode()) <= high


def is_cell(value, low, high):
    return type(value) is str and low <= len(value) <= high and _CELL.fullmatch(value) is not None


def is_permille(value):
    return type(value) is int and 0 <= value <= 1000


def is_time(value):
    return type(value) is int and -MAX_INTEGER <= value <= MAX_INTEGER


def is_count(value):
    return type(value) is int and 0 <= value <= MAX_INTEGER


def _is_prose(value, most):
    return is_bytes(value, 1, most) and not _FORBIDDEN.search(value)


def _faults(record, required, optional=()):
    """The members that are missing, unknown or malformed. Both arguments are tables of members and their tests."""
    if type(record) is not dict:
        return ["expected an object"]
    found = [f"{name} is missing" for name in required if name not in record]
    for name, value in record.items():
        test = required.get(name) or (optional and optional.get(name))
        if not test:
            found.append(f"{name} should not be there")
        elif not test(value):
            found.append(f"{name}: {value!a:.100} is malformed")
    return found


# 3.1 and 3.2

def _is_flags(value):
    return (type(value) is list and all(type(flag) is str and flag in RULES for flag in value)
            and all(a < b for a, b in zip(value, value[1:])))


def _is_counts(value):
    return type(value) is dict and value.keys() == set(VERDICTS) and all(map(is_count, value.values()))


_DRIVE = {
    "contributor": is_text, "drive": is_text, "upload": is_text, "flags": _is_flags, "frames": _is_counts,
    "device": lambda value: value is None or is_bytes(value, 1, 200), "received_at": is_time, "trust": is_permille}


def drive_faults(record):
    """The faults of a line of inputs.jsonl."""
    return _faults(record, _DRIVE)


def _is_factors(value):
    return type(value) is dict and all(_FACTOR.fullmatch(name) and is_permille(factor) for name, factor in value.items())


_EVERY = {
    "frame": is_text, "drive": is_text, "upload": is_text, "contributor": is_text, "received_at": is_time,
    "captured_at": lambda value: value is None or is_time(value), "verdict": lambda value: value in VERDICTS}
_ACCEPTED = {
    **_EVERY, "captured_at": is_time, "cell": lambda value: is_cell(value, 6, 10), "quality": is_permille,
    "heading_octant": lambda value: value is None or is_integer(value, 0, 7), "factors": _is_factors}
_REJECTED = {**_EVERY, "rule": lambda value: type(value) is str and value in RULES}
_DUPLICATE = {**_REJECTED, "of": is_text}
_OF_IMAGE, _OF_ACCEPTED = {"sha256": is_hash}, {"sha256": is_hash, "location": is_hash}
_OF_REFUSED = {"sha256": is_hash, "value": is_time, "limit": is_time, "unit": is_text, "message": is_text}
_FORMS = {"accepted": (_ACCEPTED, _OF_ACCEPTED), "duplicate": (_DUPLICATE, _OF_REFUSED), "rejected": (_REJECTED, _OF_REFUSED)}


def verdict_faults(record, precision):
    """The faults of a line of verdicts.jsonl, whose cells have so many characters."""
    verdict = record.get("verdict") if type(record) is dict else None
    if type(verdict) is not str or verdict not in _FORMS:
        return [f"verdict: expected one of {', '.join(VERDICTS)}, found {verdict!a:.100}"]
    found = _faults(record, *_FORMS[verdict])
    if not found and verdict != "accepted" and record["rule"].startswith("duplicate.") != (verdict == "duplicate"):
        found.append(f"rule: {record['rule']} does not belong to the verdict {verdict}")
    if verdict == "accepted":
        if not found and len(record["cell"]) != precision:
            found.append(f"cell: expected {precision} characters, found {record['cell']!a}")
    elif record.get("rule") in ("privacy.zone", "privacy.trim"):
        if "sha256" in record or record.get("captured_at") is not None:
            found.append(f"a frame rejected by {record['rule']} shows its sha256 or captured_at")
    elif record.get("rule") == "takedown" and "message" not in record:
        found.append("message is missing: it names the takedown")
    return found


# 4.1 and 4.5

def record_id(record, without=()):
    """The first 16 digits of the hash of the record without what comes after its id."""
    return sha256(canonical({key: record[key] for key in record if key not in ("id", *without)})).hex()[:16]


def _is_box(value):
    names = "south_e7", "west_e7", "north_e7", "east_e7"
    if type(value) is not dict or value.keys() != set(names) or not all(is_integer(edge) for edge in value.values()):
        return False
    south, west, north, east = (value[name] for name in names)
    return (-900_000_000 <= south < north <= 900_000_000 and west != east
            and -1_800_000_000 <= west < 1_800_000_000 and -1_800_000_000 < east <= 1_800_000_000)


def _is_id(value):
    return type(value) is str and re.fullmatch("[0-9a-f]{16}", value) is not None


_NOTE = {"note": lambda value: _is_prose(value, 1000)}
_BY_AND_AT = {"by": lambda value: _is_prose(value, 100), "at": is_time, "id": _is_id}
_TAKEDOWN = {
    "kind": lambda value: value in KINDS, "target": lambda value: value is not None, "frames": is_count,
    "reason": lambda value: value in ("privacy", "fraud", "legal", "error", "other"), **_BY_AND_AT}
_BOUNTY = {
    "cell": lambda value: is_cell(value, 1, 10), "amount": lambda value: 0 < (amount(value) or 0) <= MAX_INTEGER,
    "first": lambda value: epoch_start(value) is not None, "last": lambda value: epoch_start(value) is not None, **_BY_AND_AT}
_REASONS = ("recompute_mismatch", "double_pay", "wrong_rule", "missing_input", "ineligible_frame", "location_false", "appeal",
            "other")
_CORRECTION = {
    "contributor": is_text, "epoch": lambda value: epoch_start(value) is not None,
    "delta": lambda value: type(value) is str and bool(_DELTA.fullmatch(value)) and abs(int(value)) <= MAX_INTEGER,
    "reason": lambda value: value in _REASONS, "evidence": is_hash, **_BY_AND_AT,
    "key": lambda value: type(value) is str and bool(_KEY.fullmatch(value)),
    "signature": lambda value: type(value) is str and bool(_SIGNATURE.fullmatch(value))}


def takedown_faults(record):
    found = _faults(record, _TAKEDOWN, _NOTE)
    if not found:
        target = record["target"]
        if record["kind"] != "zone":
            if not _is_prose(target, 200):
                found.append(f"target: expected an id of 1...200 bytes without control characters, found {target!a:.200}")
        elif not is_cell(target, 1, 12) and not _is_box(target):
            found.append(f"target: {target!a:.200} is neither a geohash nor a box")
        if record["id"] != (expected := record_id(record, ["frames"])):
            found.append(f"id: expected {expected}, found {record['id']}")
    return found


def bounty_faults(record):
    found = _faults(record, _BOUNTY, _NOTE)
    if not found:
        weeks = (epoch_start(record["last"]) - epoch_start(record["first"])) // WEEK_MS
        if not 0 <= weeks <= 520:
            found.append(f"first and last: {record['first']} to {record['last']} are {weeks} weeks")
        if record["id"] != (expected := record_id(record)):
            found.append(f"id: expected {expected}, found {record['id']}")
    return found


def correction_faults(record):
    """The faults of a line of corrections.jsonl apart from its signature."""
    found = _faults(record, _CORRECTION, _NOTE)
    if not found and record["id"] != (expected := record_id(record, ["key", "signature"])):
        found.append(f"id: expected {expected}, found {record['id']}")
    return found


def correction_message(record):
    """What the operator signs of a correction."""
    return b"waggle-correction/1\n" + canonical({k: record[k] for k in record if k not in ("id", "key", "signature")})


def is_signed(record):
    return ed25519.verify(bytes.fromhex(record["key"]), correction_message(record), bytes.fromhex(record["signature"]))


