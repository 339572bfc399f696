"""Sections 4 and 5 of docs/manifest.md: the results of an epoch, from what is given and from earlier epochs."""

from . import paying, takedowns
from .conventions import AMOUNTS, WEEK_MS, MerkleTree, epoch_start, sha256
from .forms import VERDICTS, record_id
from .ruleset import actions
from .scoring import History, Passes, cause


OF_DRIVE = "contributor", "device", "received_at", "upload"  # the same in all epochs


class CannotClose(ValueError):
    """A sum is not below 2^64."""


class Chain:
    """What later epochs need of earlier ones."""

    def __init__(self):
        self.previous, self.epoch, self.sealed, self.rulesets = None, "", None, []
        self.takedowns, self.bounties, self.corrections = takedowns.Takedowns(), {}, set()
        self.history, self.trust, self.drives, self.frames = History(), {}, {}, set()
        self.owed, self.debt, self.totals, self.awarded = {}, {}, {}, {}


class Closing:
    """One epoch. Its frames come one by one, ascending by id; 'close' then works out all the rest.

    Drives are records with contributor, device, drive, flags, received_at and upload, ascending by drive. Takedowns, bounties
    and corrections are those that this epoch publishes.
    """

    def __init__(self, chain, schedule, facts, drives, takedowns_here, bounties, corrections):
        self.chain, self.schedule, self.facts, self.drives = chain, schedule, facts, drives
        self.bounties, self.corrections = bounties, corrections
        self.epoch, self.start = facts["epoch"], epoch_start(facts["epoch"])
        self.ruleset = schedule.ruleset(self.start)
        self.takedowns = sorted(
            ({**record, "id": record_id(record, ["frames"]), "frames": 0} for record in takedowns_here), key=takedowns.order)
        self.numbers = {record["drive"]: number for number, record in enumerate(drives)}
        self.verdicts, self._passes = MerkleTree(), Passes()
        self._counts = [[0, 0, 0] for _ in drives]
        pairs = sorted({_pair(record) for record in drives}, key=lambda pair: (pair[0], pair[1] is not None, pair[1] or ""))
        self._pairs = {pair: number for number, pair in enumerate(pairs)}
        self._pair_of = [self._pairs[_pair(record)] for record in drives]
        self._reasons = [{} for _ in pairs]
        self._withdrawn = {}

    def add(self, record, line):
        """Adds a frame, and a line of verdicts.jsonl without its line feed. The frame is None where the line has none."""
        self.verdicts.add(line)
        if record is None:
            return
        number, verdict = self.numbers[record["drive"]], record["verdict"]
        self._counts[number][VERDICTS.index(verdict)] += 1
        if verdict == "accepted":
            if record["heading_octant"] is not None:
                self._passes.add(number, record)
            return
        rule, reasons = record["rule"], self._reasons[self._pair_of[number]]
        reasons[rule] = reasons.get(rule, 0) + 1
        if rule == "takedown":
            name = record["message"].partition(" ")[0]
            self._withdrawn[name] = self._withdrawn.get(name, 0) + 1

    def close(self, write):
        """The manifest. write(name, records) is called for every other file, goes through all records, and gives their
        count and root. The chain is left as it is after this epoch, apart from
        'previous', 'sealed' and 'rulesets'."""
        chain, reward, facts = self.chain, self.ruleset["reward"], self.facts
        trust = self._trust()
        summaries = {"inputs": write("inputs", self._inputs(trust))}
        seed = self._seed(summaries["inputs"]["root"])
        self._passes.score(chain.history, self.start, self.schedule)
        paying_bounties = self._paying_bounties()
        summaries["scores"] = write("scores", self._scores(trust, paying_bounties))
        weights = [paying.region_weights(points, reward) for points in self._points]
        summaries["explain"] = write("explain", self._explain(trust, weights))

        budget = int(reward["budget_micro_points"])
        reserve = budget * reward["reserve_permille"] // 1000
        pools, coverage = paying.coverage_pools(budget - reserve, self._contributor_weights(weights), reward, seed)
        by_bounty = {}
        for bounty in paying_bounties:
            entry, by_bounty[bounty["id"]] = paying.bounty_pool(bounty, self._bounty_points[bounty["id"]], seed)
            pools.append(entry)
        concerned = self._count_corrections()
        corrected = paying.settle(chain.owed, reserve, seed)
        pools.insert(0, paying.pool("reserve", reserve, sum(corrected.values()), "reserve_unused"))
        total = sum(int(entry["amount"]) for entry in pools)
        if total >= AMOUNTS:
            raise CannotClose("the sum of all pools is not below 2^64")

        awards = list(self._awards(concerned, weights, coverage, by_bounty, corrected, budget - reserve))
        summaries["awards"] = write("awards", awards)
        summaries["corrections"] = write("corrections", self.corrections)
        summaries["cumulative"] = write("cumulative", (
            {"contributor": name, "total": str(chain.totals[name])} for name in sorted(chain.totals)))
        everything = sum(chain.totals.values())
        if everything >= AMOUNTS:
            raise CannotClose("the sum of all that was ever paid is not below 2^64")
        summaries["cumulative"]["total"] = str(everything)
        for record in self.takedowns:
            record["frames"] = self._withdrawn.get(record["id"], 0)
        chain.epoch = self.epoch
        chain.awarded[self.epoch] = {award["contributor"] for award in awards}
        for record in self.drives:
            chain.drives.setdefault(record["drive"], tuple(record[name] for name in OF_DRIVE))
        return {
            **summaries, "format": "waggle-manifest/2", "epoch": self.epoch, "previous": chain.previous, "seed": seed.hex(),
            "window": {"start": self.start, "end": self.start + WEEK_MS}, "ruleset": self.schedule.name(self.start),
            "rulesets": self.schedule.entries,
            "sealed_as_of": facts["sealed_as_of"], "pending_uploads": facts["pending_uploads"],
            "verdicts": self._verdict_summary(), "budget": str(total), "pools": pools,
            "unallocated": str(sum(int(entry["unallocated"]) for entry in pools)),
            "recovered": _sum(awards, "recovered"), "paid": _sum(awards, "paid"), "points_total": _sum(awards, "points"),
            "concentration": paying.concentration(int(award["paid"]) for award in awards),
            "takedowns": self.takedowns, "bounties": sorted(self.bounties, key=takedowns.order)}

    def _trust(self):
        """The trust of every pair in this epoch, section 5.2."""
        rules, action, result = self.ruleset["trust"], actions(self.ruleset), []
        flagged = [0] * len(self._pairs)
        for record, pair in zip(self.drives, self._pair_of):
            if record["drive"] not in self.chain.drives and any(action.get(flag, 0) >= 2 for flag in record["flags"]):
                flagged[pair] += 1
        for pair, count in zip(self._pairs, flagged):
            trust = rules["initial_permille"]
            if pair in self.chain.trust:
                since, trust = self.chain.trust[pair]
                trust = min(1000, trust + (self.start - since) // WEEK_MS * rules["recovery_permille"])
            result.append(max(rules["min_permille"], trust - count * rules["step_permille"]))
        self.chain.trust.update((pair, (self.start, trust)) for pair, trust in zip(self._pairs, result))
        return result

    def _seed(self, inputs_root):
        return sha256("\n".join([
            "waggle-seed/2", self.chain.previous or self.ruleset["reward"]["genesis"], self.epoch,
            str(self.facts["sealed_as_of"]), inputs_root, self.verdicts.root()]).encode())

    def _inputs(self, trust):
        for record, counts, pair in zip(self.drives, self._counts, self._pair_of):
            yield {**record, "frames": dict(zip(VERDICTS, counts)), "trust": trust[pair]}

    def _paying_bounties(self):
        known = self.chain.bounties
        known.update((record["id"], record) for record in self.bounties)
        return [known[name] for name in sorted(known) if known[name]["first"] <= self.epoch <= known[name]["last"]]

    def _scores(self, trust, bounties):
        """The lines of scores.jsonl; on the way they are added up by device and region, and by bounty."""
        self._points, self._worthless = [{} for _ in self._pairs], [{} for _ in self._pairs]
        self._pass_counts = [0] * len(self._pairs)
        self._bounty_points = {bounty["id"]: {} for bounty in bounties}
        by_cell = {}
        for bounty in bounties:
            by_cell.setdefault(bounty["cell"], []).append(self._bounty_points[bounty["id"]])
        lengths, levels = sorted({len(cell) for cell in by_cell}), self.ruleset["reward"]["regions"]
        contributors = [record["contributor"] for record in self.drives]
        by_drive = [trust[pair] for pair in self._pair_of]
        for drive, points, entry in self._passes.entries(contributors, by_drive):
            pair, cell, contributor = self._pair_of[drive], entry["cell"], contributors[drive]
            self._pass_counts[pair] += 1
            region = paying.last_level(cell, levels)
            self._points[pair][region] = self._points[pair].get(region, 0) + points
            if points == 0:
                name = cause(entry)
                self._worthless[pair][name] = self._worthless[pair].get(name, 0) + 1
            for length in lengths:
                for sums in by_cell.get(cell[:length], ()):
                    sums[contributor] = sums.get(contributor, 0) + points
            yield {**entry, "contributor": contributor, "drive": self.drives[drive]["drive"], "points": str(points)}

    def _explain(self, trust, weights):
        self._pair_counts, self._pair_drives = [[0, 0, 0] for _ in self._pairs], [0] * len(self._pairs)
        for pair, counts in zip(self._pair_of, self._counts):
            self._pair_drives[pair] += 1
            self._pair_counts[pair] = [a + b for a, b in zip(self._pair_counts[pair], counts)]
        for (contributor, device), pair in self._pairs.items():
            yield {
                "contributor": contributor, "device": device, "drives": self._pair_drives[pair],
                "passes": self._pass_counts[pair], "frames": dict(zip(VERDICTS, self._pair_counts[pair])),
                "reasons": self._reasons[pair], "trust": trust[pair], "worthless": self._worthless[pair],
                "points": str(sum(self._points[pair].values())), "weight": str(sum(weights[pair].values()))}

    def _contributor_weights(self, weights):
        """The weights that are not 0, by contributor and region."""
        result = {}
        for (contributor, _), pair in self._pairs.items():
            for region, weight in weights[pair].items():
                if weight:
                    sums = result.setdefault(contributor, {})
                    sums[region] = sums.get(region, 0) + weight
        return result

    def _count_corrections(self):
        """Adds the corrections to what is owed; gives everybody whom that concerns."""
        owed, debt = self.chain.owed, self.chain.debt
        for record in self.corrections:
            delta, name = int(record["delta"]), record["contributor"]
            side = owed if delta > 0 else debt
            side[name] = side.get(name, 0) + abs(delta)
            if side[name] >= AMOUNTS:
                raise CannotClose(f"what is owed to or by {name!a} is not below 2^64")
            self.chain.corrections.add(record["id"])
        concerned = owed.keys() | debt.keys()
        for name in owed.keys() & debt.keys():
            both = min(owed[name], debt[name])
            owed[name], debt[name] = owed[name] - both, debt[name] - both
        _drop_zeros(owed, debt)
        return concerned

    def _awards(self, concerned, weights, coverage, by_bounty, corrected, pool):
        """The lines of awards.jsonl; on the way what is paid and recovered is taken from what is owed."""
        chain, levels = self.chain, self.ruleset["reward"]["regions"]
        pairs_of = {}
        for (contributor, _), pair in self._pairs.items():
            pairs_of.setdefault(contributor, []).append(pair)
        by_region = self._contributor_weights(weights)
        for name in sorted(pairs_of.keys() | concerned):
            pairs, amounts, causes = pairs_of.get(name, []), coverage.get(name, {}), {}
            for pair in pairs:
                for key, count in self._worthless[pair].items():
                    causes[key] = causes.get(key, 0) + count
            earned = sum(amounts.values())
            bounties = [{"amount": str(paid[name]), "id": bounty} for bounty, paid in sorted(by_bounty.items()) if paid.get(name)]
            gross = earned + sum(int(entry["amount"]) for entry in bounties)
            correction = corrected.get(name, 0)
            recovered = min(chain.debt.get(name, 0), gross * self.ruleset["reward"]["debt_permille"] // 1000)
            paid = gross + correction - recovered
            chain.owed[name] = chain.owed.get(name, 0) - correction
            chain.debt[name] = chain.debt.get(name, 0) - recovered
            if paid:
                chain.totals[name] = chain.totals.get(name, 0) + paid
            counts = [sum(values) for values in zip(*(self._pair_counts[pair] for pair in pairs))] or [0, 0, 0]
            award = {
                "contributor": name, "frames": dict(zip(VERDICTS, counts)),
                "passes": sum(self._pass_counts[pair] for pair in pairs),
                "points": str(sum(sum(self._points[pair].values()) for pair in pairs)),
                "weight": str(sum(by_region.get(name, {}).values())), "coverage": str(earned), "bounties": bounties,
                "correction": str(correction), "recovered": str(recovered), "paid": str(paid),
                "owed": str(chain.owed[name]), "debt": str(chain.debt[name]), "cumulative": str(chain.totals.get(name, 0))}
            if levels:
                award["regions"] = [
                    {"amount": str(amounts[region]), "region": region, "weight": str(weight)}
                    for region, weight in sorted(by_region.get(name, {}).items())]
            if paid == 0:
                award["reason"] = paying.zero_reason(award, recovered, pool, causes)
            yield award
        _drop_zeros(chain.owed, chain.debt)

    def _verdict_summary(self):
        reasons = {}
        for of_pair in self._reasons:
            for rule, count in of_pair.items():
                reasons[rule] = reasons.get(rule, 0) + count
        sums = [sum(counts[index] for counts in self._counts) for index in range(3)]
        return {**self.verdicts.summary(), **dict(zip(VERDICTS, sums)), "reasons": reasons}


def _pair(record):
    return record["contributor"], record["device"]


def _sum(awards, member):
    return str(sum(int(award[member]) for award in awards))


def _drop_zeros(*tables):
    for table in tables:
        for name in [name for name, value in table.items() if not value]:
            del table[name]
