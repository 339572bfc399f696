import Canonical
import Geo
import Stages

/// What bounties pay: each its amount, over the points of passes in its place.
struct BountyShares: Sendable {
    /// What a contributor gets from a bounty.
    struct Amount: Sendable {
        /// The contributor's number.
        let contributor: Int
        /// The bounty's id.
        let bounty: String
        /// Micro-points, not 0.
        let amount: UInt64
    }

    /// By contributor, then bounty.
    private(set) var amounts: [Amount] = []
    /// By the bounties' ids.
    private(set) var pools: [Pool] = []

    /// What `bounties` pay for `passes`.
    init(_ bounties: [Bounty], passes: [Pass], _ inputs: EpochInputs, seed: [UInt8]) {
        let bounties = bounties.map { (id: $0.id, bounty: $0) }.sorted { $0.id.precedes($1.id) }
        var places: [Geohash: [Int]] = [:]
        for (index, entry) in bounties.enumerated() { places[entry.bounty.cell, default: []].append(index) }
        let precisions = Set(bounties.map(\.bounty.cell.precision)).sorted()
        var points = Array(repeating: [Int: UInt64](), count: bounties.count)
        for pass in passes where pass.points > 0 {
            let contributor = inputs.devices[inputs.deviceOfDrive[Int(pass.drive)]].contributor
            for precision in precisions {
                let cell = pass.coverage.cell
                guard precision <= cell.precision else { continue }
                for index in places[cell.prefix(precision), default: []] {
                    points[index][contributor, default: 0] += pass.points
                }
            }
        }
        for (index, entry) in bounties.enumerated() {
            let weights = points[index].sorted { $0.key < $1.key }
            let allocation = Allocation(
                pool: entry.bounty.amount,
                distinct: weights.map { (inputs.contributors[$0.key], $0.value) }, seed: seed)
            for (weight, amount) in zip(weights, allocation.amounts) where amount > 0 {
                amounts.append(Amount(contributor: weight.key, bounty: entry.id, amount: amount))
            }
            pools.append(
                Pool(
                    "bounty/\(entry.id)", amount: entry.bounty.amount,
                    awarded: entry.bounty.amount - allocation.unallocated, reason: .noEligibleWork))
        }
        amounts.sort {
            $0.contributor == $1.contributor
                ? $0.bounty.precedes($1.bounty) : $0.contributor < $1.contributor
        }
    }
}
