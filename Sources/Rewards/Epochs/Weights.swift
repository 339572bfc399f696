import Canonical
import Geo
import Stages

/// What of an epoch's passes counts in the coverage pool, device by device and region by region.
struct Weights: Sendable {
    /// What a contributor's weight is in a region.
    struct Share: Sendable {
        /// The region's prefix, of the precision of the last level; 0 where there are no regions.
        let region: UInt64
        /// The contributor's number.
        let contributor: Int
        /// Micro-points.
        var weight: UInt64
    }

    /// By device: the sum of its passes' points.
    private(set) var pointsOfDevice: [UInt64]
    /// By device: how many passes it has.
    private(set) var passesOfDevice: [Int64]
    /// By device: how many passes are worth nothing, and why.
    private(set) var worthless: [[Pass.Worthlessness: Int64]]
    /// By device: what counts of its points.
    private(set) var weightOfDevice: [UInt64]
    /// By region, then contributor; weights are not 0.
    private(set) var shares: [Share] = []

    /// What a device earned in a region.
    private struct Earning {
        let device: Int
        let region: UInt64
        var points: UInt64

        func isElsewhere(than other: Earning) -> Bool { (device, region) != (other.device, other.region) }
    }

    /// The weights of `passes`, which come by contributor.
    init(of passes: [Pass], _ inputs: EpochInputs, _ ruleset: Ruleset) {
        let count = inputs.devices.count
        pointsOfDevice = Array(repeating: 0, count: count)
        passesOfDevice = Array(repeating: 0, count: count)
        weightOfDevice = Array(repeating: 0, count: count)
        worthless = Array(repeating: [:], count: count)
        let precision = ruleset.reward.regions.last?.precision ?? 0
        let shift = UInt64(clamping: 5 * max(0, ruleset.score.cellPrecision - precision))
        var earnings: [Earning] = []
        var contributor: Int?
        for pass in passes {
            let device = inputs.deviceOfDrive[Int(pass.drive)]
            let own = inputs.devices[device].contributor
            if let contributor, contributor != own {
                weigh(&earnings, contributor, ruleset.reward)
            }
            contributor = own
            pointsOfDevice[device] += pass.points
            passesOfDevice[device] += 1
            if let cause = pass.worthlessness { worthless[device][cause, default: 0] += 1 }
            let region = precision == 0 ? 0 : pass.coverage.cell.bits >> shift
            let earning = Earning(device: device, region: region, points: pass.points)
            // Drives go on in their region for long.
            if let last = earnings.last, !last.isElsewhere(than: earning) {
                earnings[earnings.count - 1].points += pass.points
            } else {
                earnings.append(earning)
            }
        }
        if let contributor { weigh(&earnings, contributor, ruleset.reward) }
        mergeShares()
    }

    /// Weighs what one contributor's devices earned in each place, and empties `earnings`.
    private mutating func weigh(_ earnings: inout [Earning], _ contributor: Int, _ rules: RewardRules) {
        earnings.sort { ($0.device, $0.region) < ($1.device, $1.region) }
        var next = 0
        while next < earnings.count {
            let place = earnings[next]
            var own: UInt64 = 0
            while next < earnings.count, !earnings[next].isElsewhere(than: place) {
                own += earnings[next].points
                next += 1
            }
            let points = pointsOfDevice[place.device]
            guard points > 0, points >= rules.deviceFloor else { continue }
            let weight = min(points, rules.deviceCeiling)
            let share =
                weight == points
                ? own : UInt64(clamping: UInt128(own) * UInt128(weight) / UInt128(points))
            guard share > 0 else { continue }
            weightOfDevice[place.device] += share
            shares.append(Share(region: place.region, contributor: contributor, weight: share))
        }
        earnings.removeAll(keepingCapacity: true)
    }

    private mutating func mergeShares() {
        shares.sort { ($0.region, $0.contributor) < ($1.region, $1.contributor) }
        var merged: [Share] = []
        merged.reserveCapacity(shares.count)
        for share in shares {
            if let last = merged.last, last.region == share.region, last.contributor == share.contributor {
                merged[merged.count - 1].weight += share.weight
            } else {
                merged.append(share)
            }
        }
        shares = merged
    }
}
