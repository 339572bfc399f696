import Canonical
import Stages

/// Puts together what every contributor gets, one after the other.
struct AwardDraft {
    private let inputs: EpochInputs
    private let devices: [DeviceLine]
    private let bounties: [BountyShares.Amount]
    private let hasRegions: Bool
    private let coverage: [CoverageShares.Amount]
    private let pool: UInt64

    /// Who has an award, and what each of them is paid.
    private(set) var awarded: [String] = []
    private(set) var paid: [UInt64] = []
    /// What is kept back in all.
    private(set) var recovered: UInt128 = 0

    private var nextContributor = 0
    private var nextDevice = 0
    private var nextCoverage = 0
    private var nextBounty = 0

    /// A draft from these parts.
    init(
        _ inputs: EpochInputs, _ devices: [DeviceLine], _ coverage: CoverageShares, _ bounty: BountyShares,
        hasRegions: Bool
    ) {
        self.inputs = inputs
        self.devices = devices
        self.hasRegions = hasRegions
        bounties = bounty.amounts
        // By contributor; in each, regions stay in order.
        let order = coverage.amounts.indices.sorted { left, right in
            let (a, b) = (coverage.amounts[left].share.contributor, coverage.amounts[right].share.contributor)
            return a == b ? left < right : a < b
        }
        self.coverage = order.map { coverage.amounts[$0] }
        pool = coverage.pools.reduce(0) { $0 + $1.amount }
    }

    /// The award of the entry `index` of `accounts`, which come in order; nil where there is none.
    mutating func award(
        _ index: Int, _ accounts: inout Accounts, isUnsettled: Bool, _ rules: RewardRules
    ) -> Award? {
        let contributor = accounts.entries[index].contributor
        let number: Int? =
            nextContributor < inputs.contributors.count
                && inputs.contributors[nextContributor].hasSameBytes(as: contributor) ? nextContributor : nil
        guard number != nil || isUnsettled else { return nil }
        var frames = VerdictCounts()
        var passes: Int64 = 0
        var (points, weight): (UInt64, UInt64) = (0, 0)
        var worthless: [Pass.Worthlessness: Int64] = [:]
        var regions: [Award.Region] = []
        var fromCoverage: UInt64 = 0
        var shares: [Award.BountyShare] = []
        var fromBounties: UInt64 = 0
        if let number {
            nextContributor += 1
            while nextDevice < devices.count, inputs.devices[nextDevice].contributor == number {
                let device = devices[nextDevice]
                nextDevice += 1
                frames += device.frames
                passes += device.passes
                points += device.points
                weight += device.weight
                worthless.merge(device.worthless, uniquingKeysWith: +)
            }
            while nextCoverage < coverage.count, coverage[nextCoverage].share.contributor == number {
                let share = coverage[nextCoverage]
                nextCoverage += 1
                fromCoverage += share.amount
                regions.append(
                    Award.Region(region: share.region, weight: share.share.weight, amount: share.amount))
            }
            while nextBounty < bounties.count, bounties[nextBounty].contributor == number {
                let share = bounties[nextBounty]
                nextBounty += 1
                // Bounties of an epoch whose sum is too large are a problem of the epoch already.
                fromBounties = fromBounties.addingReportingOverflow(share.amount).partialValue
                shares.append(Award.BountyShare(id: share.bounty, amount: share.amount))
            }
        }
        let earned = fromCoverage.addingReportingOverflow(fromBounties).partialValue
        let result = accounts.pay(index, earned: earned, rules: rules)
        let entry = accounts.entries[index]
        awarded.append(contributor)
        paid.append(result.paid)
        recovered += UInt128(result.recovered)
        let reason =
            result.paid > 0
            ? nil
            : ZeroReason(
                recovered: result.recovered, pool: pool, weight: weight, points: points, frames: frames,
                passes: passes, worthless: worthless)
        return Award(
            contributor: contributor, frames: frames, passes: passes, points: points, weight: weight,
            coverage: fromCoverage, regions: hasRegions ? regions : nil, bounties: shares,
            correction: entry.correction, recovered: result.recovered, paid: result.paid,
            owed: entry.account.owed, debt: entry.account.debt, cumulative: entry.account.total,
            reason: reason)
    }
}
