#!/usr/bin/env python3
"""Makes up a directory 'published' with a valid chain of epochs, by docs/manifest.md alone.

Usage: tools/make_chain.py --out DIR [--seed N] [--epochs N] [--frames N] [--rulesets N]

The same seed gives the same bytes. --frames is about how many frames a week has. --rulesets is how many the schedule has, 0 for
another one in each epoch; without it the seed decides between 1, 2, 3 and 0. The chain has whatever the page allows and a real
one seldom has: rulesets that are adopted long before or just before they hold, change everything they may, and come back; seals
as of the very time of the one before; weeks left out, epochs without frames, without budget and with the greatest one, names
that differ in case or normalisation only, regions with small limits, frames that come late, drives over a week's end, takedowns
of all kinds, bounties, and signed corrections both ways. Exit status: 0, or 64 for usage.
"""
import argparse
import itertools
import pathlib
import random
import sys

from manifest import ed25519, sample_rulesets, sample_schedules
from manifest.closing import Chain
from manifest.conventions import DAY_MS, MAX_INTEGER, WEEK_MS, epoch_of, epoch_start, sha256
from manifest.forms import correction_message, record_id
from manifest.publishing import Given, Publisher
from manifest.ruleset import actions
from manifest.sample_world import CONTRIBUTORS, PLACES, World, hexadecimal, middle
from manifest.takedowns import order

FIRST_WEEK = "2025-W47"
COUNTS = 1, 2, 3, 0  # of rulesets, by the seed
FORCED = 4  # the epoch that is sealed while uploads are waiting


class Maker:
    """Makes one epoch after the other; what is not counted yet is waiting."""

    def __init__(self, seed, out):
        self.random = random.Random(seed)
        self.world, self.chain = World(self.random), Chain()
        self.publisher = Publisher(out, self.chain)
        self.genesis = f"made of the seed {seed}"
        self.secret = sha256(self.genesis.encode())
        self.rulesets = []  # the whole schedule
        self.drives, self.waiting, self.frames = {}, [], []
        self.takedowns, self.bounties, self.corrections = [], [], []  # not published yet
        self.known, self.seal = [], epoch_start(FIRST_WEEK)
        self.awards = []  # (epoch, contributor, paid) of all epochs
        self.huge_epoch = None

    def make(self, epochs, frames, rulesets):
        weeks, start = [], epoch_start(FIRST_WEEK)
        for number in range(epochs):
            start += WEEK_MS * self.random.choice([1, 1, 1, 2, 3]) if number else 0
            weeks.append(start)
        if rulesets == 0 and epochs > sample_rulesets.HUGE:
            self.huge_epoch = epoch_of(weeks[sample_rulesets.HUGE])
        seals = self._adopt(weeks, rulesets)
        # A chain begins without a frame every other time.
        week = weeks[0] + self.random.choice([-1, 2]) * WEEK_MS
        for number, (start, seal) in enumerate(zip(weeks, seals)):
            while week < seal:
                self._drive(week, frames)
                week += WEEK_MS
            self._close(number, start, seal)

    def _adopt(self, weeks, count):
        """Makes the schedule for epochs of these weeks; when each of them is sealed."""
        self.rulesets = sample_schedules.spans(self.random, weeks, count, self.genesis)
        seals = [start + WEEK_MS + self._ruleset(start)["reward"]["grace_ms"]
                 + self.random.choice([0, 1, self.random.randrange(DAY_MS)]) for start in weeks]
        # A short grace behind a long one would be over first.
        seals = list(itertools.accumulate(seals, max))
        self.rulesets = sample_schedules.adopted(self.random, self.rulesets, seals)
        return seals

    def _ruleset(self, time):
        """The ruleset of the week that has a time."""
        return next(entry["ruleset"] for entry in reversed(self.rulesets)
                    if entry["from"] is None or epoch_start(entry["from"]) <= time)

    def _drive(self, week, frames):
        made, special = 0, self.world.special_drives(week)
        while made < frames:
            drive, of_drive = next(special, None) or self.world.drive(week)
            self.drives[drive["drive"]] = drive
            self.waiting += of_drive
            self.frames += of_drive
            made += len(of_drive)
        self.frames = self.frames[-5 * frames:]

    def _close(self, number, start, seal):
        epoch, end = epoch_of(start), start + WEEK_MS
        self._decide(number, start, self.seal, max(seal, self.seal + 1), epoch)
        published = [self._due(records, seal) for records in (self.takedowns, self.bounties, self.corrections)]
        self.known = sorted(self.known + published[0], key=order)
        counted = []
        if number != FORCED:
            counted = [frame for frame in self.waiting if frame["received_at"] < seal and _credited(frame) < end]
        chosen = {frame["frame"] for frame in counted}
        self.waiting = [frame for frame in self.waiting if frame["frame"] not in chosen]
        verdicts = sorted((self._verdict(frame) for frame in counted), key=lambda frame: frame["frame"])
        drives = [self.drives[name] for name in sorted({frame["drive"] for frame in verdicts})]
        rulesets = sample_schedules.listed(self.rulesets, len(self.chain.rulesets), seal)
        given = Given(epoch, seal, 3 if number == FORCED else 0, rulesets, drives, verdicts, *published)
        self.publisher.publish(given, {"awards": self._remember(epoch)})
        self.chain.rulesets = rulesets
        self.seal = max(seal, self.seal)

    def _remember(self, epoch):
        def remember(records):
            self.awards += [(epoch, record["contributor"], int(record["paid"])) for record in records]
            return records
        return remember

    def _due(self, records, seal):
        due = [record for record in records if record["at"] < seal]
        records[:] = [record for record in records if record["at"] >= seal]
        return sorted(due, key=order)

    def _verdict(self, frame):
        """The line of a frame: what would be accepted may be refused for a flag, or be taken down."""
        line = {name: value for name, value in frame.items() if name != "place"}
        if frame["verdict"] != "accepted":
            return line
        ruleset = self._ruleset(frame["received_at"])
        refusing = [flag for flag in self.drives[frame["drive"]]["flags"] if actions(ruleset)[flag] == 3]
        takedown = next((record for record in self.known if _withdraws(record, frame)), None)
        if not refusing and takedown is None:
            return {**line, "cell": frame["place"][:ruleset["score"]["cell_precision_characters"]]}
        for name in ("quality", "factors", "heading_octant", "location"):
            line.pop(name, None)
        line.update(verdict="rejected", rule=refusing[0] if refusing else "takedown")
        if not refusing:
            line["message"] = f"{takedown['id']} {takedown['reason']}"
        return line

    def _decide(self, number, start, earliest, latest, epoch):
        """Takedowns, bounties and corrections made between two seals; some of the takedowns before, but told late."""
        for _ in range(4):
            if self.frames:
                self._take_down(self.random.randrange(earliest - self.random.choice([0, 0, WEEK_MS]), latest))
        for _ in range(3 if number else 1):
            self._offer(start, self.random.randrange(earliest, latest), epoch)
        for _ in range(4 if number > 1 and self.awards else 0):
            self._correct(self.random.randrange(earliest, latest), *self.random.choice(self.awards))
        if self.awards and number % len(sample_rulesets.VARIANTS) == 0:
            best_paid = max(self.awards, key=lambda award: award[2])
            for delay in (1, 2, 3):
                self._correct(latest - delay, *best_paid, f"-{MAX_INTEGER}")

    def _take_down(self, at):
        frame = self.random.choice(self.frames)
        kind = self.random.choice(["frame", "frame", "drive", "contributor", "zone", "zone"])
        target = frame.get(kind)
        if kind == "contributor":
            target = self.random.choice([frame["contributor"], CONTRIBUTORS[-1], CONTRIBUTORS[-3]])
            if any(character < " " or character == "\u007f" for character in target):
                return  # it cannot be named
        elif kind == "zone":
            latitude, longitude = middle(frame["place"])
            target = self.random.choice([frame["place"][:self.random.randint(6, 10)], "zzzzzzzzzzzz", {
                "south_e7": max(latitude - 20_000, -900_000_000), "north_e7": min(latitude + 20_000, 900_000_000),
                "west_e7": max(longitude - 30_000, -1_800_000_000), "east_e7": min(longitude + 30_000, 1_800_000_000)}])
        self._append(self.takedowns, {
            "kind": kind, "target": target, "reason": self.random.choice(["privacy", "fraud", "legal", "error", "other"]),
            "by": "made up", "at": at, **self._note()}, frames=0)

    def _offer(self, start, at, epoch):
        place = self.random.choice(PLACES)
        first, weeks = start + WEEK_MS * self.random.randint(-2, 3), self.random.choice([0, 2, 10, 520])
        last = epoch_of(first + WEEK_MS * weeks)
        if self.huge_epoch and epoch <= self.huge_epoch <= last:
            last = epoch_of(epoch_start(self.huge_epoch) - WEEK_MS)  # the budget there leaves no room for more
            if last < epoch_of(first):
                return
        self._append(self.bounties, {
            "cell": (place + "0000")[:self.random.choice([1, 2, 4, 6, 7, 8, 9, 10])], "first": epoch_of(first), "last": last,
            "amount": str(self.random.choice([1, 7, 1_000_000, self.random.randrange(1, 10**12)])), "by": "Stadt K\u00f6ln",
            "at": at, **self._note()})

    def _correct(self, at, epoch, contributor, paid, delta=None):
        size = self.random.choice([1, 1000, 10**7, 10**9, max(1, min(paid // 2, MAX_INTEGER)), MAX_INTEGER])
        reasons = ["recompute_mismatch", "double_pay", "wrong_rule", "missing_input", "ineligible_frame", "location_false",
                   "appeal", "other"]
        record = {"contributor": contributor, "epoch": epoch, "delta": delta or f"{self.random.choice(['', '-', '-'])}{size}",
                  "reason": self.random.choice(reasons), "evidence": hexadecimal(self.random), "by": "made up", "at": at,
                  **self._note()}
        signed = ed25519.sign(self.secret, correction_message(record)).hex()
        self._append(self.corrections, record, key=ed25519.public_key(self.secret).hex(), signature=signed)

    def _note(self):
        return {"note": self.random.choice(["\u00e9 e\u0301 \U0001f41d", "\"quoted\" \\"])} if self.random.random() < 0.5 else {}

    def _append(self, records, record, **after):
        record = {**record, "id": record_id(record), **after}
        if all(record["id"] != other["id"] for other in records):
            records.append(record)


def _credited(frame):
    captured, received = frame["captured_at"], frame["received_at"]
    return received if captured is None else min(captured, received)


def _withdraws(record, frame):
    """Whether a takedown matches a frame whose place is known."""
    target = record["target"]
    if record["kind"] == "contributor":
        return frame["contributor"] == target and frame["received_at"] <= record["at"]
    if record["kind"] != "zone":
        return frame[record["kind"]] == target
    if type(target) is str:
        return frame["place"].startswith(target)
    latitude, longitude = middle(frame["place"])
    return target["south_e7"] <= latitude < target["north_e7"] and target["west_e7"] <= longitude < target["east_e7"]


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        print(f"make_chain: {message}\n\n{__doc__}", file=sys.stderr)
        sys.exit(64)


def main():
    parser = _Parser(add_help=False)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    for name, default in (("seed", 1), ("epochs", 12), ("frames", 300), ("rulesets", None)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    if options.out.exists():
        parser.error(f"{options.out} is there already")
    if options.epochs < 1 or options.frames < 0:
        parser.error("--epochs is at least 1, --frames at least 0")
    rulesets = COUNTS[options.seed % len(COUNTS)] if options.rulesets is None else options.rulesets
    if not 0 <= rulesets <= 3:
        parser.error("--rulesets is 0...3")
    maker = Maker(options.seed, options.out)
    (options.out / "epochs").mkdir()
    maker.make(options.epochs, options.frames, rulesets)
    print(f"{options.epochs} epochs")


if __name__ == "__main__":
    main()
