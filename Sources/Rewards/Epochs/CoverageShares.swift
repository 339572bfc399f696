import Canonical
import Geo

/// The coverage pool, split over regions by their clipped demands, level by level, and in each region over contributors.
///
/// The clip is that of Helium's HIP-17: where more is done than a level's limit, what is done there counts together as
/// much as the limit, so that a street driven by a hundred cars does not take what others earn elsewhere.
struct CoverageShares: Sendable {
    /// What a contributor gets in a region.
    struct Amount: Sendable {
        /// The share it is for.
        let share: Weights.Share
        /// The region's name, as `9q8`; empty where there are none.
        let region: String
        /// Micro-points.
        var amount: UInt64
    }

    /// By region, then contributor.
    private(set) var amounts: [Amount] = []
    /// By name.
    private(set) var pools: [Pool] = []

    private let levels: [RegionLevel]
    private let seed: [UInt8]
    private let contributors: [String]
    private let shares: [Weights.Share]

    /// The split of `pool` by `shares`, which are in order.
    init(
        pool: UInt64, _ shares: [Weights.Share], contributors: [String], rules: RewardRules, seed: [UInt8]
    ) {
        levels = rules.regions
        self.seed = seed
        self.contributors = contributors
        self.shares = shares
        guard !shares.isEmpty else {
            pools = [Pool("coverage", amount: pool, awarded: 0, reason: .noEligibleWork)]
            return
        }
        let top = levels.isEmpty ? nil : regions(of: shares.indices, level: 0)
        if let top { split(pool, over: top) } else { pay(pool, shares.indices, region: nil) }
        cap(UInt64(clamping: UInt128(pool) * UInt128(clamping: rules.accountCap) / 1000))
    }

    /// A region of one level with what is in it.
    private struct Region {
        let prefix: Geohash?
        let shares: Range<Int>
        let demand: UInt64
        let children: [Region]
    }

    /// The regions of `level` that the shares in `range` lie in, with their clipped demands.
    private func regions(of range: Range<Int>, level: Int) -> [Region] {
        let rule = levels[level]
        let last = levels[levels.count - 1].precision
        let shift = UInt64(clamping: 5 * (last - rule.precision))
        var result: [Region] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let bits = shares[start].region >> shift
            let end =
                shares[start..<range.upperBound].firstIndex { $0.region >> shift != bits }
                ?? range.upperBound
            var children: [Region] = []
            if level + 1 < levels.count { children = regions(of: start..<end, level: level + 1) }
            // Points of at most 2^32 passes, each at most 2^20: the sum fits.
            let demand =
                children.isEmpty
                ? shares[start..<end].reduce(0) { $0 + $1.weight } : children.reduce(0) { $0 + $1.demand }
            result.append(
                Region(
                    prefix: Geohash(bits: bits, precision: Int(clamping: rule.precision)),
                    shares: start..<end, demand: min(demand, UInt64(clamping: rule.limit)),
                    children: children))
            start = end
        }
        return result
    }

    private mutating func split(_ pool: UInt64, over regions: [Region]) {
        let names = regions.map { $0.prefix?.description ?? "" }
        let allocation = Allocation(
            pool: pool, distinct: zip(names, regions).map { ($0, $1.demand) }, seed: seed)
        for (index, region) in regions.enumerated() {
            if region.children.isEmpty {
                pay(allocation.amounts[index], region.shares, region: names[index])
            } else {
                split(allocation.amounts[index], over: region.children)
            }
        }
    }

    private mutating func pay(_ pool: UInt64, _ range: Range<Int>, region: String?) {
        let allocation = Allocation(
            pool: pool, distinct: shares[range].map { (contributors[$0.contributor], $0.weight) }, seed: seed)
        for (share, amount) in zip(shares[range], allocation.amounts) {
            amounts.append(Amount(share: share, region: region ?? "", amount: amount))
        }
        pools.append(
            Pool(region.map { "coverage/\($0)" } ?? "coverage", amount: pool, awarded: pool, reason: nil))
    }

    /// Takes from everyone what is above `limit` in all, from the last region first.
    private mutating func cap(_ limit: UInt64) {
        var totals = [UInt64](repeating: 0, count: contributors.count)
        for amount in amounts { totals[amount.share.contributor] += amount.amount }
        guard totals.contains(where: { $0 > limit }) else { return }
        // Amounts come region by region, as pools do.
        var pool = pools.count - 1
        for index in amounts.indices.reversed() {
            if index < amounts.count - 1, amounts[index].region != amounts[index + 1].region { pool -= 1 }
            let contributor = amounts[index].share.contributor
            guard totals[contributor] > limit else { continue }
            let loss = min(totals[contributor] - limit, amounts[index].amount)
            totals[contributor] -= loss
            amounts[index].amount -= loss
            if loss > 0 { pools[pool].withhold(loss, .capReached) }
        }
    }
}
