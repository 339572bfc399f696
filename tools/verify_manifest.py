#!/usr/bin/env python3
"""Recomputes every published epoch from the files below a directory 'published', with nothing but Python.

Usage: tools/verify_manifest.py PUBLISHED

A second implementation beside 'waggle rewards verify', written from docs/manifest.md. It builds each manifest anew
from verdicts.jsonl, the ruleset and the manifests before it, and compares it byte for byte with the published one.
Exit status: 0 all equal, 1 something differs, 3 files are missing.
"""
import datetime
import hashlib
import json
import math
import pathlib
import sys

GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
WEEK_MS = 7 * 86_400_000


def canonical(value):
    """RFC 8785 for what manifests contain: ASCII keys, integers, strings."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(data):
    return hashlib.sha256(data).digest()


def merkle_root(leaves):
    """RFC 6962, section 2.1."""
    if not leaves:
        return sha256(b"")
    level = [sha256(b"\0" + leaf) for leaf in leaves]
    while len(level) > 1:
        paired = [sha256(b"\1" + a + b) for a, b in zip(level[::2], level[1::2])]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def area_permille(cell):
    """The cosine of the latitude of the cell's middle, rounded to permille."""
    bits = [GEOHASH.index(character) >> (4 - bit) & 1 for character in cell for bit in range(5)]
    row, rows = int("".join(map(str, bits[1::2])), 2), 1 << len(bits[1::2])
    south, north = (index * 1_800_000_000 // rows - 900_000_000 for index in (row, row + 1))
    return math.floor(math.cos(math.radians((south + north) // 2 / 1e7)) * 1000 + 0.5)


def passes_of(records, history, freshness_ms):
    """The scored passes of the accepted frames, in order; history maps (cell, octant) to earlier times."""
    groups = {}
    for record in records:
        if record["verdict"] == "accepted" and record["heading_octant"] is not None:
            key = (record["cell"], record["heading_octant"], record["drive"])
            groups.setdefault(key, []).append(record)
    passes = []
    for (cell, octant, drive), frames in groups.items():
        best = min(frames, key=lambda f: (-f["quality"], f["captured_at"], f["frame"].encode()))
        passes.append({
            "cell": cell, "heading_octant": octant, "drive": drive, "contributor": best["contributor"],
            "covered_at": min(f["captured_at"] for f in frames), "frames": len(frames),
            "best_frame": best["frame"], "quality": best["quality"], "area": area_permille(cell)})
    passes.sort(key=lambda p: (p["covered_at"], p["drive"].encode(), p["cell"], p["heading_octant"]))
    latest = {}
    for entry in passes:
        coverage = (entry["cell"], entry["heading_octant"])
        before = [time for time in history.get(coverage, []) if time <= entry["covered_at"]]
        before += [latest[coverage]] if coverage in latest else []
        latest[coverage] = entry["covered_at"]
        entry["previous_at"] = max(before, default=None)
        elapsed = entry["covered_at"] - entry["previous_at"] if before else freshness_ms
        entry["freshness"] = min(1000, elapsed * 1000 // freshness_ms)
        entry["points"] = entry["area"] * entry["quality"] * entry["freshness"] // 1000
    for entry in passes:
        history.setdefault((entry["cell"], entry["heading_octant"]), []).append(entry["covered_at"])
    return passes


def shares(pool, weights, seed):
    """Largest remainder; what is left over goes by remainder, then by SHA-256(seed || account)."""
    total = sum(weights.values())
    if total == 0:
        return dict.fromkeys(weights, 0), pool
    amounts = {account: pool * weight // total for account, weight in weights.items()}
    order = sorted(weights, key=lambda a: (-(pool * weights[a] % total), sha256(seed + a.encode())))
    for account in order[:pool - sum(amounts.values())]:
        amounts[account] += 1
    return amounts, 0


def takedown_id(entry):
    """The first 16 digits of the hash of the record, which is the entry without what was worked out."""
    return sha256(canonical({key: entry[key] for key in entry if key not in ("id", "frames")})).hex()[:16]


def matches(takedown, record):
    """Whether the takedown matches the frame; None for a zone, as positions are not published."""
    kind, target = takedown["kind"], takedown["target"]
    if kind == "contributor":
        return record["contributor"] == target and record["received_at"] <= takedown["at"]
    return {"frame": record["frame"] == target, "drive": record["drive"] == target, "zone": None}[kind]


def named_by(record, takedowns):
    """The takedown that rejects the frame, by what its verdict says; None where there is none."""
    text = record.get("message") if record.get("rule") == "takedown" else None
    return next((t for t in takedowns if text == f"{t['id']} {t['reason']}"), None)


def takedown_findings(record, takedowns):
    """What is wrong with the verdict on a frame, given all takedowns published so far, by time and id."""
    first = next((t for t in takedowns if matches(t, record)), None)
    if record["verdict"] == "accepted" and first:
        yield f"frame {record['frame']} is accepted, though takedown {first['id']} matches it"
    if record.get("rule") == "takedown":
        named = named_by(record, takedowns)
        if named is None:
            yield f"frame {record['frame']} is rejected by a takedown that is not published"
        elif named["kind"] == "zone" and first and takedowns.index(first) < takedowns.index(named):
            yield f"frame {record['frame']} falls under takedown {first['id']} before {named['id']}"
        elif named["kind"] != "zone" and named is not first:
            yield f"frame {record['frame']} does not fall under takedown {named['id']}"


def start_of(epoch):
    year, week = epoch.split("-W")
    monday = datetime.date.fromisocalendar(int(year), int(week), 1)
    return (monday - datetime.date(1970, 1, 1)).days * 86_400_000


def differences(expected, found, path="$"):
    """The paths at which two documents differ."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            if key not in expected or key not in found:
                yield f"{path}.{key} is {'missing' if key in expected else 'unknown'}"
            else:
                yield from differences(expected[key], found[key], f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, pair in enumerate(zip(expected, found)):
            yield from differences(*pair, f"{path}[{index}]")
    elif expected != found:
        yield f"{path} is {json.dumps(found)[:80]}, not {json.dumps(expected)[:80]}"


class Chain:
    """The epochs in order, with what later ones need of earlier ones."""

    def __init__(self, published):
        self.published = published
        self.previous, self.history, self.seen, self.last = None, {}, set(), ""
        self.takedowns = []

    def findings(self, epoch):
        manifest_bytes = (self.published / "epochs" / epoch / "manifest.json").read_bytes()
        verdict_bytes = (self.published / "epochs" / epoch / "verdicts.jsonl").read_bytes()
        found = json.loads(manifest_bytes)
        ruleset_bytes = (self.published / "rulesets" / f"{found['ruleset']}.json").read_bytes()
        if hashlib.sha256(ruleset_bytes).hexdigest() != found["ruleset"]:
            yield "the ruleset's file has another hash than its name"
        if canonical(found) != manifest_bytes:
            yield "manifest.json is not canonical JSON"
        if found["epoch"] != epoch or epoch <= self.last:
            yield f"the epoch {found['epoch']} is out of place"
        lines = verdict_bytes.split(b"\n")
        if lines.pop() != b"":
            yield "verdicts.jsonl has no line feed at its end"
        records = [json.loads(line) for line in lines]
        if [canonical(record) for record in records] != lines:
            yield "verdicts.jsonl has lines that are not canonical JSON"
        ids = [record["frame"].encode() for record in records]
        if ids != sorted(set(ids)) or self.seen & set(ids):
            yield "frames are out of order, or counted twice"
        self.seen |= set(ids)
        for entry in found["takedowns"]:
            if not entry.keys() - {"note"} == {"at", "by", "frames", "id", "kind", "reason", "target"}:
                yield f"takedown {entry['id']} has missing or unknown members"
            if entry["at"] >= found["sealed_as_of"]:
                yield f"takedown {entry['id']} was made after the seal"
        self.takedowns = sorted(self.takedowns + found["takedowns"], key=lambda entry: (entry["at"], entry["id"]))
        if len({entry["id"] for entry in self.takedowns}) < len(self.takedowns):
            yield "a takedown is published twice"
        for record in records:
            yield from takedown_findings(record, self.takedowns)
        expected = self.rebuilt(epoch, found["sealed_as_of"], json.loads(ruleset_bytes), found, lines, records)
        yield from differences(expected, found)
        end = start_of(epoch) + WEEK_MS
        if found["sealed_as_of"] < end + json.loads(ruleset_bytes)["reward"]["grace_ms"]:
            yield "sealed before the end of the grace"
        for record in records:
            received, captured = record["received_at"], record["captured_at"]
            if received >= found["sealed_as_of"] or min(received, received if captured is None else captured) >= end:
                yield f"frame {record['frame']} does not belong to the epoch"
        self.previous, self.last = hashlib.sha256(manifest_bytes).hexdigest(), epoch

    def rebuilt(self, epoch, sealed, ruleset, found, lines, records):
        start, root = start_of(epoch), merkle_root(lines).hex()
        seed = sha256("\n".join(
            ["waggle-seed/1", self.previous or ruleset["reward"]["genesis"], epoch, str(sealed), root]).encode())
        accounts = sorted({record["contributor"] for record in records}, key=str.encode)
        counts = {account: dict.fromkeys(("accepted", "duplicate", "rejected"), 0) for account in accounts}
        reasons = {}
        for record in records:
            counts[record["contributor"]][record["verdict"]] += 1
            if "rule" in record:
                reasons[record["rule"]] = reasons.get(record["rule"], 0) + 1
        passes = passes_of(records, self.history, ruleset["score"]["freshness_period_ms"])
        earned = {account: [] for account in accounts}
        for entry in passes:
            earned[entry["contributor"]].append(entry)
        points = {account: sum(entry["points"] for entry in earned[account]) for account in accounts}
        budget = int(ruleset["reward"]["budget_micro_points"])
        amounts, unallocated = shares(budget, points, seed)
        result = dict(
            format="waggle-manifest/1", epoch=epoch, previous=self.previous, seed=seed.hex(),
            sealed_as_of=sealed, ruleset=found["ruleset"],
            window={"start": start, "end": start + WEEK_MS}, budget=str(budget),
            inputs={"count": len(records), "root": root}, points_total=str(sum(points.values())),
            awarded=str(budget - unallocated),
            verdicts={**{kind: sum(c[kind] for c in counts.values()) for kind in ("accepted", "duplicate", "rejected")},
                      "reasons": reasons, "total": len(records)})
        result["unallocated"] = {"amount": str(unallocated)}
        if unallocated and not sum(points.values()):
            result["unallocated"]["reason"] = "no_eligible_work"
        result["takedowns"] = sorted(
            ({**entry, "id": takedown_id(entry),
              "frames": sum(named_by(record, [entry]) is not None for record in records)}
             for entry in found["takedowns"]), key=lambda entry: (entry["at"], entry["id"]))
        result["awards"] = [
            award(account, amounts[account], points[account], counts[account], start, budget, earned[account])
            for account in accounts]
        return result


def award(account, amount, points, counts, start, budget, passes):
    lines = []
    for entry in passes:
        line = {key: value for key, value in entry.items() if key != "contributor"}
        line["points"] = str(entry["points"])
        if entry["covered_at"] < start:
            line["late"] = True
        lines.append(line)
    result = {"contributor": account, "amount": str(amount), "points": str(points), "passes": len(lines),
              "frames": counts, "lines": lines}
    if amount == 0:
        result["reason"] = zero_reason(counts, passes, points, budget)
    return result


def zero_reason(counts, passes, points, budget):
    """Why somebody with frames got nothing, as docs/manifest.md orders the reasons."""
    if counts["accepted"] == 0:
        return "no_accepted_frames"
    if not passes:
        return "no_heading"
    if points == 0:
        fresh = [p for p in passes if p["freshness"] > 0]
        if not fresh:
            return "not_fresh"
        return "no_quality" if all(p["quality"] == 0 for p in fresh) else "too_little"
    return "no_budget" if budget == 0 else "share_too_small"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    published = pathlib.Path(sys.argv[1])
    if not (published / "epochs").is_dir():
        print(f"verify_manifest: no directory {published / 'epochs'}", file=sys.stderr)
        sys.exit(3)
    chain, bad = Chain(published), 0
    epochs = sorted(path.name for path in (published / "epochs").iterdir() if not path.name.startswith("."))
    for epoch in epochs:
        try:
            findings = list(chain.findings(epoch))
        except FileNotFoundError as error:
            print(f"{epoch}: {error.filename} is missing", file=sys.stderr)
            sys.exit(3)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            findings = [f"cannot be read: {type(error).__name__} {error}"]
        for finding in findings:
            print(f"{epoch}: {finding}")
        bad += len(findings)
    print(f"{len(epochs)} epochs recomputed, {bad} findings")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
