"""Sections 5.4 to 5.8 of docs/manifest.md: how points become amounts."""

from .conventions import sha256


def split(amount, weights, seed):
    """Splits an amount by weights, of which not all are 0; what is left over goes to the greatest remainders."""
    total = sum(weights.values())
    shares = {name: amount * weight // total for name, weight in weights.items()}
    left = amount - sum(shares.values())
    if left:
        # Nobody without a remainder gets a unit: the remainders' sum is left x total, each being below total.
        rest = [name for name, weight in weights.items() if amount * weight % total]
        rest.sort(key=lambda name: (-(amount * weights[name] % total), sha256(seed + name.encode())))
        for name in rest[:left]:
            shares[name] += 1
    return shares


def device_weight(points, reward):
    """What counts of a device's points: nothing below the floor, and nothing above the ceiling."""
    floor, ceiling = int(reward["device_floor_micro_points"]), int(reward["device_ceiling_micro_points"])
    return 0 if points < floor else min(points, ceiling)


def region_weights(by_region, reward):
    """What counts in every region of the last level, by a device's points there."""
    points = sum(by_region.values())
    weight = device_weight(points, reward)
    if weight == points:
        return by_region
    return {region: of_region * weight // points for region, of_region in by_region.items()}


def last_level(cell, levels):
    """The region of the last level that a cell is in; without regions all are in one."""
    return cell[:levels[-1][0]] if levels else ""


def region_shares(amount, levels, demands, seed):
    """Splits the coverage pool over the regions of the last level, whose demands are not all 0."""
    if not levels:
        return {"": amount}
    clipped, below = [], demands
    for index in reversed(range(len(levels))):
        precision, limit = levels[index]
        demand = {}
        for region, value in below.items():
            demand[region[:precision]] = demand.get(region[:precision], 0) + value
        below = {region: min(value, limit) for region, value in demand.items()}
        clipped.insert(0, below)
    shares = split(amount, clipped[0], seed)
    for (precision, _), weights in zip(levels, clipped[1:]):
        inside = {}
        for region, weight in weights.items():
            inside.setdefault(region[:precision], {})[region] = weight
        shares = {region: share for parent, group in inside.items()
                  for region, share in split(shares[parent], group, seed).items()}
    return shares


def pool(name, amount, awarded, reason):
    result = {"pool": name, "amount": str(amount), "awarded": str(awarded), "unallocated": str(amount - awarded)}
    if amount > awarded:
        result["reason"] = reason
    return result


def coverage_pools(amount, weights, reward, seed):
    """The coverage pools, and what every contributor gets by region.

    weights has the weights that are not 0 by contributor and region of the last level.
    """
    levels = reward["regions"]
    in_region = {}
    for contributor, by_region in weights.items():
        for region, weight in by_region.items():
            in_region.setdefault(region, {})[contributor] = weight
    if not in_region:
        return [pool("coverage", amount, 0, "no_eligible_work")], {}
    shares = region_shares(amount, levels, {region: sum(group.values()) for region, group in in_region.items()}, seed)
    amounts = {contributor: {} for contributor in weights}
    for region, group in in_region.items():
        for contributor, share in split(shares[region], group, seed).items():
            amounts[contributor][region] = share
    cap = amount * reward["account_cap_permille"] // 1000
    for by_region in amounts.values():
        excess = max(0, sum(by_region.values()) - cap)
        for region in sorted(by_region, reverse=True):
            lost = min(excess, by_region[region])
            by_region[region] -= lost
            excess -= lost
    awarded = dict.fromkeys(in_region, 0)
    for by_region in amounts.values():
        for region, share in by_region.items():
            awarded[region] += share
    return [pool(f"coverage/{region}" if levels else "coverage", shares[region], awarded[region], "cap_reached")
            for region in sorted(in_region)], amounts


def bounty_pool(bounty, points, seed):
    """The pool of a bounty, and what it pays to whom, given everybody's points in it."""
    amount, name = int(bounty["amount"]), f"bounty/{bounty['id']}"
    if not any(points.values()):
        return pool(name, amount, 0, "no_eligible_work"), {}
    return pool(name, amount, amount, None), split(amount, points, seed)


def settle(owed, reserve, seed):
    """What is paid of what is owed: all of it, or the reserve's shares."""
    if sum(owed.values()) <= reserve:
        return dict(owed)
    return split(reserve, owed, seed)


def zero_reason(award, recovered, coverage, zero_passes):
    """Why nothing is paid to somebody, section 5.7. zero_passes counts the passes of no points by their first cause."""
    if recovered:
        return "debt"
    if award["weight"] != "0":
        return "no_budget" if coverage == 0 else "share_too_small"
    if award["points"] != "0":
        return "below_floor"
    if not any(award["frames"].values()):
        return "no_work"
    if not award["frames"]["accepted"]:
        return "no_accepted_frames"
    if not award["passes"]:
        return "no_heading"
    explained = 0
    for cause in ("not_fresh", "saturated", "no_quality", "too_late", "no_trust"):
        explained += zero_passes.get(cause, 0)
        if explained == award["passes"]:
            return cause
    return "too_little"


def concentration(payments):
    """How unevenly the payments above 0 are spread, section 5.8."""
    ascending = sorted(amount for amount in payments if amount > 0)
    count, total = len(ascending), sum(ascending)
    if not count:
        return {"gini_ppm": 0, "top1_ppm": 0, "top10_ppm": 0}
    spread = sum((2 * i - count - 1) * amount for i, amount in enumerate(ascending, 1))
    return {"gini_ppm": spread * 10**6 // (count * total), "top1_ppm": ascending[-1] * 10**6 // total,
            "top10_ppm": sum(ascending[-10:]) * 10**6 // total}
