import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

@Suite("Coverage pool")
struct CoverageSharesTests {
    private func shares(_ weights: [(cell: String, contributor: Int, weight: UInt64)]) throws -> [Weights.Share] {
        try weights.map {
            Weights.Share(
                region: try #require(Geohash($0.cell)).bits, contributor: $0.contributor, weight: $0.weight)
        }.sorted { ($0.region, $0.contributor) < ($1.region, $1.contributor) }
    }

    /// Helium's HIP-17 works out an example: 61 hotspots in a hexagon clipped to 4, in one of 27 that is not clipped, in one of
    /// 106 clipped to 49: each counts 4/61 x 27/27 x 49/106 = 0.0303.
    @Test("counts Helium's worked example as Helium does")
    func helium() throws {
        var weights: [(cell: String, contributor: Int, weight: UInt64)] = []
        // 61 in one region of the last level, clipped to 4.
        for contributor in 0..<61 { weights.append(("aaa".asCell, contributor, 1)) }
        // 23 more beside it, each in a region of its own: 27 in the region above, which is not clipped.
        for number in 0..<23 { weights.append((Self.cell(0, number + 1), 61 + number, 1)) }
        // 79 more beside that one: 106 in the topmost, clipped to 49.
        for number in 0..<79 { weights.append((Self.cell(1 + number / 27, number % 27), 84 + number, 1)) }
        // Another topmost region of 51, so that there are 100 to be paid.
        for number in 0..<51 { weights.append((Self.other(number), 163 + number, 1)) }
        var rules = RewardRules.unclipped
        rules.regions = [
            RegionLevel(precision: 1, limit: 49), RegionLevel(precision: 2, limit: 27),
            RegionLevel(precision: 3, limit: 4),
        ]
        // The other region must not be clipped: it has 51 in thirteen regions of at most four.
        rules.regions[0].limit = 49
        let names = (0..<214).map { "c\($0)" }
        let pool: UInt64 = 1_000_000_000_000
        let split = CoverageShares(
            pool: pool, try shares(weights), contributors: names, rules: rules, seed: [])
        let first = try #require(split.amounts.first { $0.share.contributor == 0 })
        // Topmost regions count 49 each: half of the pool goes to each.
        let exact = Double(pool) * (49.0 / 98) * (27.0 / 106) * (4.0 / 27) / 61
        #expect(abs(Double(first.amount) - exact) <= 2)
        // What a hotspot would get without any clip in that region is 49/106 of it; this one gets 4/61 as much.
        let beside = try #require(split.amounts.first { $0.share.contributor == 61 })
        #expect(abs(Double(first.amount) / Double(beside.amount) - 4.0 / 61) < 1e-6)
        let half = Double(pool) / 98
        let unclipped = Double(beside.amount) * 106 / 49
        #expect(abs(unclipped / half - 1) < 1e-6)
        #expect(split.amounts.reduce(0) { $0 + $1.amount } == pool)
    }

    private static let letters = Array("0123456789bcdefghjkmnpqrstuvwxyz")

    /// A cell in region `first` of the second level, below the topmost region `b`.
    private static func cell(_ first: Int, _ second: Int) -> String { "b\(letters[first])\(letters[second])" }

    /// A cell below the topmost region `c`: 27 in each region of the second level.
    private static func other(_ number: Int) -> String { "c\(letters[number / 27])\(letters[number % 27])" }

    @Test("takes what is above the cap from the last region first, and says so")
    func cap() throws {
        var rules = RewardRules.unclipped
        rules.regions = [RegionLevel(precision: 1, limit: 1 << 40)]
        rules.accountCap = 500
        let weights = try shares([("9", 0, 60), ("9", 1, 20), ("u", 0, 20)])
        let split = CoverageShares(pool: 1000, weights, contributors: ["ada", "bob"], rules: rules, seed: [])
        // Ada would get 600 and 200; 500 is the most.
        #expect(split.amounts.map(\.amount) == [500, 200, 0])
        #expect(split.pools.map(\.name) == ["coverage/9", "coverage/u"])
        #expect(split.pools.map(\.unallocated) == [100, 200])
        #expect(split.pools.map(\.reason) == [.capReached, .capReached])
    }

    @Test("goes to nobody where nobody did anything")
    func nothing() {
        let split = CoverageShares(pool: 5, [], contributors: [], rules: .unclipped, seed: [])
        #expect(split.pools == [Pool("coverage", amount: 5, awarded: 0, reason: .noEligibleWork)])
    }
}

extension RewardRules {
    /// Rules that take nothing away.
    fileprivate static var unclipped: RewardRules {
        var rules = Ruleset.standard.reward
        rules.reserve = 0
        return rules
    }
}

extension String {
    /// The first cell of the example.
    fileprivate var asCell: String { "b00" }
}
