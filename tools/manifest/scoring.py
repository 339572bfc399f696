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
    """The passes of one epoch. Frames come one by one, ascending by id; a pass takes about 300 bytes."""

    def __init__(self):
        self._index = {}  # (drive's number, cell's number, octant) as one integer, to the pass's number
        self._cells, self._cell_numbers = [], {}
        self._drives, self._cell_of, self._octants = array("q"), array("q"), array("b")
        self._first, self._frames = array("q"), array("q")
        self._best, self._best_at, self._qualities = [], array("q"), array("h")
        self._previous, self._freshness, self._credit, self._late = [], array("h"), array("h"), array("h")

    def __len__(self):
        return len(self._first)

    def add(self, drive, record):
        """Adds an accepted frame that has a heading octant; drive is the number of its drive, in the order of ids."""
        number = self._cell_numbers.setdefault(record["cell"], len(self._cells))
        if number == len(self._cells):
            self._cells.append(record["cell"])
        captured, quality, octant = record["captured_at"], record["quality"], record["heading_octant"]
        key = (drive << 40 | number) << 3 | octant
        index = self._index.setdefault(key, len(self))
        if index == len(self):
            for values, value in [
                    (self._drives, drive), (self._cell_of, number), (self._octants, octant), (self._first, captured),
                    (self._frames, 1), (self._best, record["frame"]), (self._best_at, captured), (self._qualities, quality)]:
                values.append(value)
            return
        self._frames[index] += 1
        self._first[index] = min(self._first[index], captured)
        better = (quality, -captured), (self._qualities[index], -self._best_at[index])
        if better[0] > better[1] or (better[0] == better[1] and record["frame"] < self._best[index]):
            self._best[index], self._best_at[index], self._qualities[index] = record["frame"], captured, quality

    def score(self, history, start, rules):
        """Works out freshness, credit and lateness, and adds the passes to the history of all coverages."""
        self._index = None
        order = sorted(range(len(self)), key=lambda i: (self._first[i], self._drives[i], self._octants[i]))
        codes = [int("1" + cell.translate(_DIGITS), 32) << 3 for cell in self._cells]
        count = len(self)
        self._previous = [None] * count
        self._freshness, self._credit, self._late = (array("h", bytes(2 * count)) for _ in range(3))
        latest, sums = {}, [0] * len(self._cells)
        for index in order:
            covered, cell = self._first[index], self._cell_of[index]
            coverage = codes[cell] | self._octants[index]
            previous = max((t for t in (history.latest(coverage, covered), latest.get(coverage)) if t is not None), default=None)
            latest[coverage] = covered
            freshness = 1000 if previous is None else at(rules["freshness_by_age_ms"], covered - previous)
            target, before = rules["redundancy_target"], sums[cell]
            sums[cell] += freshness
            self._previous[index] = previous
            self._freshness[index] = freshness
            self._credit[index] = credit_sum(sums[cell], target) - credit_sum(before, target)
            self._late[index] = 1000 if covered >= start else at(rules["late_by_ms"], start - covered)
        for index in order:
            history.add(codes[self._cell_of[index]] | self._octants[index], self._first[index])

    def entries(self, contributors, trust):
        """The passes as scores.jsonl has them, in its order, with the drive's number and points as numbers.

        Arguments are lists by the number of the drive: its contributor and the trust of its device.
        """
        areas = [area_permille(cell) for cell in self._cells]
        order = sorted(range(len(self)), key=lambda i: (
            contributors[self._drives[i]], self._drives[i], self._cells[self._cell_of[i]], self._octants[i]))
        for i in order:
            area, drive = areas[self._cell_of[i]], self._drives[i]
            entry = {
                "cell": self._cells[self._cell_of[i]], "heading_octant": self._octants[i], "covered_at": self._first[i],
                "frames": self._frames[i], "best_frame": self._best[i], "quality": self._qualities[i],
                "previous_at": self._previous[i], "freshness": self._freshness[i], "credit": self._credit[i], "area": area,
                "late": self._late[i], "trust": trust[drive]}
            points = area * entry["quality"] * entry["credit"] * entry["late"] * entry["trust"] // 10**9
            yield drive, points, entry


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
