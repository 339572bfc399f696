"""Section 6 of docs/manifest.md: holds what is published against what it should be."""

import itertools

from . import forms, ruleset as rulesets, schedule as schedules
from .closing import OF_DRIVE, CannotClose, Chain, Closing
from .conventions import WEEK_MS, MerkleTree, canonical, differences, epoch_start, parsed, sha256
from .findings import MISMATCH, MISSING, SIGNATURE
from .takedowns import order

FILES = "inputs", "verdicts", "scores", "explain", "awards", "corrections", "cumulative"


class Unusable(Exception):
    """This epoch, and with it every later one, cannot be recomputed. What is wrong is among the findings."""


class Checker:
    """Goes through the epochs of a directory in order and keeps what earlier ones say."""

    def __init__(self, published, findings):
        self.published, self.findings = published, findings
        self.chain, self._rulesets = Chain(), {}

    def check(self, epoch):
        """Checks one epoch and reports the first of its findings. Raises Unusable where the chain ends with it."""
        self.epoch, self.directory = epoch, self.published / "epochs" / epoch
        try:
            self._check()
        except CannotClose as error:
            self._finding("manifest.json", f"the epoch cannot be closed: {error}")
            raise Unusable from None
        finally:
            self.findings.finish()

    def _finding(self, place, text, code=MISMATCH):
        self.findings.add(self.epoch, place, text, code)

    def _missing(self, place):
        self._finding(place, "expected a file, found none", MISSING)

    def _check(self):
        data, found = self._manifest()
        start = epoch_start(self.epoch)
        self.sealed, self.end = found["sealed_as_of"], start + WEEK_MS
        schedule = self._schedule(found["rulesets"])
        rules = schedule.ruleset(start)
        if self.epoch <= self.chain.epoch:
            self._finding("manifest.json", f"epoch: expected one after {self.chain.epoch}, found {self.epoch}")
        earliest = self.end + rules["reward"]["grace_ms"]
        if self.chain.sealed is not None:
            earliest = max(earliest, self.chain.sealed)
        if self.sealed < earliest:
            self._finding("manifest.json", f"sealed_as_of: expected at least {earliest}, found {self.sealed}")
        takedowns = self._records(found, "takedowns", forms.takedown_faults, self.chain.takedowns.by_id)
        bounties = self._records(found, "bounties", forms.bounty_faults, self.chain.bounties)
        self.chain.takedowns.add(takedowns)
        corrections = self._corrections()
        drives = self._drives()
        closing = Closing(self.chain, schedule, found, drives, takedowns, bounties, corrections)
        self._verdicts(closing, rules)
        expected = closing.close(self._compare)
        if canonical(expected) != data:
            for text in differences(expected, found):
                self._finding("manifest.json", text)
        self.chain.previous, self.chain.sealed, self.chain.rulesets = sha256(data).hex(), self.sealed, found["rulesets"]

    def _manifest(self):
        try:
            data = (self.directory / "manifest.json").read_bytes()
        except FileNotFoundError:
            self._missing("manifest.json")
            raise Unusable from None
        try:
            found = parsed(data)
            faults = self._manifest_faults(found)
        except ValueError as error:
            faults = [str(error)]
        for text in faults:
            self._finding("manifest.json", text)
        if faults:
            raise Unusable
        return data, found

    def _manifest_faults(self, found):
        if type(found) is not dict:
            return ["expected an object"]
        tests = {
            "epoch": lambda value: value == self.epoch and epoch_start(value) is not None, "sealed_as_of": forms.is_time,
            "pending_uploads": forms.is_count, "takedowns": lambda value: type(value) is list,
            "bounties": lambda value: type(value) is list}
        malformed = [f"{name}: {found.get(name)!a:.100} is malformed" for name, test in tests.items() if not test(found.get(name))]
        return malformed + schedules.form_faults(found.get("rulesets"))

    def _schedule(self, entries):
        """The rulesets that a manifest lists. Raises Unusable where one of them is not there or not valid."""
        for text in (*schedules.order_faults(entries),
                     *schedules.history_faults(entries, self.sealed, self.chain.rulesets, self.chain.sealed)):
            self._finding("manifest.json", text)
        listed = [self._ruleset(entry["ruleset"]) for entry in entries]
        if None in listed:
            raise Unusable
        for text in schedules.fixed_faults(listed):
            self._finding("manifest.json", text)
        return schedules.Schedule(entries, listed)

    def _ruleset(self, name):
        """A ruleset by its name, or None where it is missing or invalid, which is told once."""
        if name not in self._rulesets:
            self._rulesets[name] = self._read_ruleset(name, f"../../rulesets/{name}.json")
        return self._rulesets[name]

    def _read_ruleset(self, name, place):
        try:
            data = (self.published / "rulesets" / f"{name}.json").read_bytes()
        except FileNotFoundError:
            self._missing(place)
            return None
        found = []
        if sha256(data).hex() != name:
            found.append(f"expected the hash {name}, found {sha256(data).hex()}")
        try:
            rules = parsed(data)
            found += rulesets.faults(rules)
        except ValueError as error:
            found.append(str(error))
        for text in found:
            self._finding(place, text)
        return None if found else rules

    def _records(self, manifest, name, faults, earlier):
        """The takedowns or bounties of a manifest that are well formed."""
        usable, last = [], None
        for index, record in enumerate(manifest[name]):
            place, found = f"manifest.json:{name}[{index}]", faults(record)
            if not found:
                if last is not None and order(record) <= last:
                    found.append(f"expected after {last}, found {order(record)}")
                last = order(record)
                if record["at"] >= self.sealed:
                    found.append(f"at: expected before {self.sealed}, found {record['at']}")
                if record["id"] in earlier:
                    found.append(f"id: {record['id']} is in an earlier manifest")
                usable.append(record)
            for text in found:
                self._finding(place, text)
        return usable

    def _lines(self, name, must_be_there=True):
        """The lines of a file without line feeds, with their places; None where the file is missing."""
        try:
            with open(self.directory / f"{name}.jsonl", "rb") as file:
                for number, line in enumerate(file, 1):
                    place = f"{name}.jsonl:{number}"
                    if not line.endswith(b"\n"):
                        self._finding(place, "expected a line feed at the end, found none")
                        line += b"\n"
                    yield place, line[:-1]
        except FileNotFoundError:
            self._missing(f"{name}.jsonl")
            if must_be_there:
                raise Unusable from None

    def _parsed_lines(self, name, faults):
        """The records of a file's lines with their places and bytes; the record is None where it is malformed."""
        for place, line in self._lines(name):
            try:
                record = parsed(line)
                found = faults(record)
            except ValueError as error:
                found = [str(error)]
            for text in found:
                self._finding(place, text)
            yield place, line, None if found else record

    def _corrections(self):
        usable, last = [], None
        for place, _, record in self._parsed_lines("corrections", forms.correction_faults):
            if record is None:
                continue
            if last is not None and order(record) <= last:
                self._finding(place, f"expected after {last}, found {order(record)}")
            last = order(record)
            if record["at"] >= self.sealed:
                self._finding(place, f"at: expected before {self.sealed}, found {record['at']}")
            if record["id"] in self.chain.corrections:
                self._finding(place, f"id: {record['id']} is in an earlier epoch")
            if record["contributor"] not in self.chain.awarded.get(record["epoch"], ()):
                self._finding(place, f"epoch: expected an award of {record['contributor']!a} in {record['epoch']}, found none")
            if not forms.is_signed(record):
                self._finding(place, "signature: it is not one of this correction", SIGNATURE)
            usable.append(record)
        return usable

    def _drives(self):
        usable, last = [], None
        for place, _, record in self._parsed_lines("inputs", forms.drive_faults):
            if record is None:
                continue
            if last is not None and record["drive"] <= last:
                self._finding(place, f"drive: expected after {last!a}, found {record['drive']!a}")
            last = record["drive"]
            earlier = self.chain.drives.get(last)
            for name, value in zip(OF_DRIVE, earlier or ()):
                if record[name] != value:
                    self._finding(place, f"{name}: expected {value!a} as an earlier epoch has, found {record[name]!a}")
            usable.append({name: value for name, value in record.items() if name not in ("frames", "trust")})
        return usable

    def _verdicts(self, closing, rules):
        precision = rules["score"]["cell_precision_characters"]
        last, seen = None, set()
        for place, line, record in self._parsed_lines("verdicts", lambda record: forms.verdict_faults(record, precision)):
            if record is None:
                closing.add(None, line)
                continue
            if last is not None and record["frame"] <= last:
                self._finding(place, f"frame: expected after {last!a}, found {record['frame']!a}")
            last = record["frame"]
            digest = sha256(last.encode())[:16]
            if digest in self.chain.frames:
                self._finding(place, f"frame: {last!a} occurs before")
            self.chain.frames.add(digest)
            for text in self._frame_faults(record, closing):
                self._finding(place, text)
            known = record["drive"] in closing.numbers
            seen.add(record["drive"])
            closing.add(record if known else None, line)
        for record in closing.drives:
            if record["drive"] not in seen:
                self._finding("inputs.jsonl", f"drive: {record['drive']!a} has no line in verdicts.jsonl")

    def _frame_faults(self, frame, closing):
        number = closing.numbers.get(frame["drive"])
        if number is None:
            yield f"drive: {frame['drive']!a} has no line in inputs.jsonl"
        else:
            drive = closing.drives[number]
            for name in ("contributor", "received_at", "upload"):
                if frame[name] != drive[name]:
                    yield f"{name}: expected {drive[name]!a} as the drive has, found {frame[name]!a}"
        received, captured = frame["received_at"], frame["captured_at"]
        credited = received if captured is None else min(received, captured)
        if received >= self.sealed:
            yield f"received_at: expected before {self.sealed}, found {received}"
        if credited >= self.end:
            yield f"captured_at and received_at: expected one before {self.end}, found {captured} and {received}"
        if text := self.chain.takedowns.fault(frame):
            yield text

    def _compare(self, name, records):
        """Holds a published file against the records it should have; gives their count and root."""
        tree, place = MerkleTree(), f"{name}.jsonl"
        published = self._lines(name, must_be_there=False)
        with_ends = itertools.chain(published, itertools.repeat(None))
        for record in records:
            expected = canonical(record)
            tree.add(expected)
            if (pair := next(with_ends)) is None:
                if (self.directory / place).exists():
                    self._finding(f"{place}:{tree.count}", f"expected {expected.decode():.200}, found no line")
                continue
            place_of_line, line = pair
            if line != expected:
                self._line_differs(place_of_line, record, line)
        for place_of_line, line in published:
            self._finding(place_of_line, f"expected no more lines, found {line[:200]!a}")
        return tree.summary()

    def _line_differs(self, place, record, line):
        try:
            texts = list(differences(record, parsed(line)))
        except ValueError as error:
            texts = [str(error)]
        for text in texts:
            self._finding(place, text)
