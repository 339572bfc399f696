"""Section 5.3 of docs/manifest.md: passes, and what they are worth."""

import bisect
import math
from array import array

from .conventions import GEOHASH
from .ruleset import at

CAUSES = "not_fresh", "saturated", "no_quality", "too_late", "no_trust", "too_little"
_DIGITS = str.maketrans(GEOHASH, "0123456789abcdefghijklmnopqrstuv")


def area_permille(cell):
    """The cosine of the latitude of the cell's middle, rounded to permille."""
    bits = f"{int(cell.translate(_DIGITS), 32):0{5 * len(cell)}b}"[1::2]
    row, rows = int(bits, 2), 1 << len(bits)
    south, north = (index * 1_800_000_000 // rows - 900_000_000 for index in (row, row + 1))
    return math.floor(math.cos(math.radians((south + north) // 2 / 1e7)) * 1000 + 0.5)


def credit_sum(freshness, target):
    """R of section 5.3: the credit of a cell whose passes have so much freshness together."""
    rest = freshness - 1000 * target
    return freshness if rest <= 0 else 1000 * target + 1000 * rest // (rest + 1000)


def cause(entry):
    """The first cause that a pass of no points has."""
    return next((name for name, member in zip(CAUSES, ("freshness", "credit", "quality", "late", "trust"))
                 if entry[member] == 0), CAUSES[-1])


class Passes:
    """The passes of one epoch. Frames come one by one, ascending by id; a pass takes about 300 bytes.

    A coverage is one integer: the digit 1, then those of the cell, to the base 32, and three bits for the octant. Within one
    precision these are in the order of cells and octants.
    """

    _NEVER = -2**63

    def __init__(self):
        self._index = {}  # drive's number and coverage in one integer, to the pass's number
        self._drives, self._coverages, self._first, self._frames = array("q"), array("q"), array("q"), array("q")
        self._best, self._best_at, self._qualities = [], array("q"), array("h")
        self._previous = array("q")
        self._freshness, self._credit, self._late = array("h"), array("h"), array("h")

    def __len__(self):
        return len(self._first)

    def add(self, drive, record):
        """Adds an accepted frame that has a heading octant; drive is the number of its drive, in the order of ids."""
        captured, quality = record["captured_at"], record["quality"]
        coverage = _cell_number(record["cell"]) << 3 | record["heading_octant"]
        index = self._index.setdefault(drive << 64 | coverage, len(self))
        if index == len(self):
            for values, value in [
                    (self._drives, drive), (self._coverages, coverage), (self._first, captured), (self._frames, 1),
                    (self._best, record["frame"]), (self._best_at, captured), (self._qualities, quality)]:
                values.append(value)
            return
        self._frames[index] += 1
        self._first[index] = min(self._first[index], captured)
        new, best = (quality, -captured), (self._qualities[index], -self._best_at[index])
        if new > best or (new == best and record["frame"] < self._best[index]):
            self._best[index], self._best_at[index], self._qualities[index] = record["frame"], captured, quality

    def score(self, history, start, schedule):
        """Works out freshness, credit and lateness by the rulesets of the weeks that the passes are from, and adds the passes to
        the history of all coverages."""
        self._index = None
        count = len(self)
        self._previous = array("q", bytes(8 * count))
        self._freshness, self._credit, self._late = (array("h", bytes(2 * count)) for _ in range(3))
        cell, total = None, 0

        def place(i):
            """By cell, time, drive and octant."""
            cell, octant = self._coverages[i] >> 3, self._coverages[i] & 7
            return (cell << 64 | self._first[i] + 2**60) << 64 | self._drives[i] << 3 | octant

        for index in self._order(place):
            covered, coverage = self._first[index], self._coverages[index]
            rules = schedule.ruleset(covered)["score"]
            target = rules["redundancy_target"]
            if coverage >> 3 != cell:
                cell, total = coverage >> 3, 0
            # What the history has of this epoch comes before this pass in the order of its cell, and of its coverage.
            previous = history.latest(coverage, covered)
            history.add(coverage, covered)
            freshness = 1000 if previous is None else at(rules["freshness_by_age_ms"], covered - previous)
            self._previous[index] = self._NEVER if previous is None else previous
            self._freshness[index] = freshness
            self._credit[index] = credit_sum(total + freshness, target) - credit_sum(total, target)
            self._late[index] = 1000 if covered >= start else at(rules["late_by_ms"], start - covered)
            total += freshness

    def _order(self, key):
        """The numbers of all passes by a key that is one integer, which takes less memory than a tuple."""
        return array("q", sorted(range(len(self)), key=key))

    def entries(self, contributors, trust):
        """The passes as scores.jsonl has them, in its order, with the drive's number and points as numbers.

        Arguments are lists by the number of the drive: its contributor and the trust of its device.
        """
        ranks = {name: rank for rank, name in enumerate(sorted(set(contributors)))}
        of_drive = [ranks[name] << 64 | number for number, name in enumerate(contributors)]
        for i in self._order(lambda i: of_drive[self._drives[i]] << 64 | self._coverages[i]):
            drive, coverage = self._drives[i], self._coverages[i]
            cell = _cell(coverage >> 3)
            entry = {
                "cell": cell, "heading_octant": coverage & 7, "covered_at": self._first[i], "frames": self._frames[i],
                "best_frame": self._best[i], "quality": self._qualities[i],
                "previous_at": None if self._previous[i] == self._NEVER else self._previous[i],
                "freshness": self._freshness[i], "credit": self._credit[i], "area": area_permille(cell), "late": self._late[i],
                "trust": trust[drive]}
            points = entry["area"] * entry["quality"] * entry["credit"] * entry["late"] * entry["trust"] // 10**9
            yield drive, points, entry


def _cell_number(cell):
    return int("1" + cell.translate(_DIGITS), 32)


def _cell(number):
    """The cell of a number."""
    characters = []
    while number > 1:
        characters.append(GEOHASH[number & 31])
        number >>= 5
    return "".join(reversed(characters))


class History:
    """When every coverage was covered in earlier epochs."""

    def __init__(self):
        self._times = {}

    def latest(self, coverage, time):
        """The last time not after the given one, or None."""
        times = self._times.get(coverage)
        if times is None:
            return None
        if type(times) is int:
            return times if times <= time else None
        index = bisect.bisect_right(times, time)
        return times[index - 1] if index else None

    def add(self, coverage, time):
        times = self._times.setdefault(coverage, time)
        if type(times) is not int:
            bisect.insort(times, time)
        elif times != time:
            self._times[coverage] = array("q", sorted((times, time)))
