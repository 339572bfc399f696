"""Section 2.1 of docs/manifest.md: which ruleset holds when."""

import bisect

from .conventions import canonical, epoch_start, is_hash, is_integer

# What all rulesets of a schedule have in common: an object, or one member of it.
FIXED = ("deduplicate", None), ("collisions", None), ("score", "cell_precision_characters")


class Schedule:
    """The entries of a manifest's 'rulesets', whose 'from' ascend, and for each its ruleset."""

    def __init__(self, entries, rulesets):
        self.entries, self.rulesets = entries, rulesets
        self._starts = [epoch_start(entry["from"]) for entry in entries[1:]]

    def _index(self, time):
        # The start of a week is not after a time exactly if the week is not after that of the time.
        return bisect.bisect_right(self._starts, time)

    def name(self, time):
        """The name of the ruleset of the week that has a time."""
        return self.entries[self._index(time)]["ruleset"]

    def ruleset(self, time):
        """The ruleset of the week that has a time."""
        return self.rulesets[self._index(time)]


def form_faults(value):
    """Why a manifest's 'rulesets' cannot be used to tell which ruleset holds in a week."""
    if type(value) is not list or not value:
        return [f"rulesets: {value!a:.100} is malformed"]
    found, last = [], None
    for index, entry in enumerate(value):
        if not _is_entry(entry, index == 0):
            found.append(f"rulesets[{index}]: {entry!a:.200} is malformed")
        elif index:
            start = epoch_start(entry["from"])
            if last is not None and start <= last:
                found.append(f"rulesets[{index}]: from: expected a week after that of the one before, found {entry['from']}")
            last = start
    return found


def _is_entry(entry, is_first):
    if type(entry) is not dict or entry.keys() != {"adopted_at", "from", "ruleset"} or not is_hash(entry["ruleset"]):
        return False
    if is_first:
        return entry["from"] is None and entry["adopted_at"] is None
    return epoch_start(entry["from"]) is not None and is_integer(entry["adopted_at"])


def order_faults(entries):
    """What is wrong with the entries of a manifest, whatever others have."""
    for index, (before, entry) in enumerate(zip(entries, entries[1:]), 1):
        place, adopted = f"rulesets[{index}]", entry["adopted_at"]
        if index > 1 and adopted < before["adopted_at"]:
            yield f"{place}: adopted_at: expected at least {before['adopted_at']}, found {adopted}"
        if adopted >= epoch_start(entry["from"]):
            yield f"{place}: adopted_at: expected before the start of {entry['from']}, found {adopted}"
        if entry["ruleset"] == before["ruleset"]:
            yield f"{place}: ruleset: expected another one than before, found {entry['ruleset']}"


def history_faults(entries, sealed, earlier, sealed_earlier):
    """What is wrong with the entries of a manifest sealed as of a time, behind one that has the earlier entries and was sealed as
    of another time, which may be later; of the first manifest these are none and None."""
    for index, entry in enumerate(earlier):
        if index >= len(entries):
            yield f"rulesets[{index}]: expected {_text(entry)} as an earlier manifest has, found none"
        elif entries[index] != entry:
            yield f"rulesets[{index}]: expected {_text(entry)} as an earlier manifest has, found {_text(entries[index])}"
    for index in range(max(1, len(earlier)), len(entries)):
        place, adopted = f"rulesets[{index}]: adopted_at", entries[index]["adopted_at"]
        if adopted >= sealed:
            yield f"{place}: expected before {sealed}, found {adopted}"
        if sealed_earlier is not None and adopted < sealed_earlier:
            yield f"{place}: expected at least {sealed_earlier}, when the manifest before was sealed, found {adopted}"


def fixed_faults(rulesets):
    """Where rulesets differ in what all of a schedule have in common."""
    for index, ruleset in enumerate(rulesets):
        for part, member in FIXED:
            first, other = (value[part] if member is None else value[part][member] for value in (rulesets[0], ruleset))
            if first != other:
                name = part if member is None else f"{part}.{member}"
                yield f"rulesets[{index}]: {name}: expected {_text(first)} as the first ruleset has, found {_text(other)}"


def _text(value):
    return canonical(value).decode()
