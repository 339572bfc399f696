import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

/// What another ruleset would pay.
@Suite struct SimulationTests {
    private func simulate(
        _ ruleset: Ruleset, on chain: SampleChain, in range: ClosedRange<Epoch>? = nil
    ) throws -> Simulation {
        var simulation = Simulation(ruleset, in: range, rulesets: chain.rulesets)
        for published in chain.published { try simulation.append(published.epoch) }
        return simulation
    }

    private func paid(_ chain: SampleChain, _ epochs: Range<Int>) throws -> [String: UInt128] {
        var paid: [String: UInt128] = [:]
        for published in chain.published[epochs] {
            for award in try published.awards() { paid[award.contributor, default: 0] += UInt128(award.paid) }
        }
        return paid
    }

    private static func other() -> Ruleset {
        var ruleset = Ruleset.standard
        ruleset.reward.budget = 777_000_001
        ruleset.reward.accountCap = 400
        ruleset.score.redundancyTarget = 1
        // Others decide about verdicts and deadlines, which stay.
        ruleset.measure.maxScans = 3
        ruleset.reward.graceMilliseconds = 0
        ruleset.reward.challengeMilliseconds = 1
        return ruleset
    }

    /// The other ruleset pays what a chain that had it from the beginning pays.
    @Test func itPaysWhatAChainOfItsOwnWould() throws {
        let published = try SampleChain.make()
        let weeks = try published.published.map { files in
            try files.lines(of: .verdicts).map { try FrameRecord(line: $0) }
        }
        let own = try SampleChain(
            weeks, takedowns: published.manifests.map { $0.takedowns.map(\.takedown) }, ruleset: Self.other())
        let simulation = try simulate(Self.other(), on: published)
        let (before, after) = (try paid(published, 0..<3), try paid(own, 0..<3))
        #expect(simulation.outcomes.count == before.count)
        for outcome in simulation.outcomes {
            #expect(outcome.published == before[outcome.contributor])
            #expect(outcome.simulated == after[outcome.contributor], "\(outcome.contributor)")
        }
        #expect(simulation.outcomes.contains { $0.difference < 0 })
        for (epoch, manifest) in zip(simulation.epochs, own.manifests) {
            #expect(epoch.simulated.pools == manifest.pools && epoch.simulated.paid == manifest.paid)
            #expect(epoch.simulated.concentration == manifest.concentration)
        }
    }

    /// By their own ruleset, nobody gains or loses; by another one, points and pools are those of a chain of its own, up to the
    /// micro-point that the seed, in which the manifest before is, gives to one of two equal remainders.
    @Test func chainsOfChance() throws {
        let key = SigningKey()
        var compared = 0
        for seed in 0..<120 as Range<UInt64> {
            var numbers = SeededNumbers(seed: seed)
            var made = try MadeEpochs(&numbers)
            made.later = nil
            guard let chain = try? made.chain(made.signed(with: key)) else { continue }
            let same = try simulate(made.ruleset, on: chain)
            #expect(same.outcomes.allSatisfy { $0.difference == 0 }, "seed \(seed)")
            #expect(same.epochs.allSatisfy { $0.published == $0.simulated }, "seed \(seed)")
            var other = made
            other.ruleset.reward.budget = 5_000_011
            other.ruleset.score.redundancyTarget = 2
            other.ruleset.trust.step = 400
            guard let own = try? other.chain(other.signed(with: key)) else { continue }
            compared += 1
            for (epoch, manifest) in zip(try simulate(other.ruleset, on: chain).epochs, own.manifests) {
                #expect(epoch.simulated.pointsTotal == manifest.pointsTotal, "seed \(seed)")
                let (pools, expected) = (epoch.simulated.pools, manifest.pools)
                #expect(pools.map(\.name) == expected.map(\.name), "seed \(seed)")
                let isNear = zip(pools, expected).allSatisfy {
                    max($0.amount, $1.amount) - min($0.amount, $1.amount) <= 1
                }
                #expect(isNear && epoch.simulated.budget == manifest.budget, "seed \(seed): \(pools)")
                #expect(epoch.simulated.recovered == manifest.recovered, "seed \(seed)")
            }
        }
        #expect(compared > 60)
    }

    /// Outside of the range everything is as it was.
    @Test func aRangeOfEpochs() throws {
        let chain = try SampleChain.make()
        let second = chain.manifests[1].epoch
        let simulation = try simulate(Self.other(), on: chain, in: second...second)
        #expect(simulation.epochs.map(\.published.epoch) == [second])
        #expect(simulation.epochs[0].simulated.budget == 777_000_001)
        let before = try paid(chain, 1..<2)
        #expect(simulation.outcomes.allSatisfy { $0.published == before[$0.contributor] })
        // What was fresh before the range still was: the points are those of a chain whose first epoch had the old ruleset.
        var doubled = Ruleset.standard
        doubled.reward.budget *= 2
        let points = try simulate(doubled, on: chain, in: second...second).epochs[0]
        #expect(points.simulated.pointsTotal == points.published.pointsTotal)
        #expect(points.simulated.budget == 2 * points.published.budget)
        let later = try #require(Epoch(id: "2030-W01"))
        #expect(try simulate(doubled, on: chain, in: later...later).outcomes.isEmpty)
    }

    @Test func whatCannotBeTriedIsRefused() throws {
        let chain = try SampleChain.make()
        var coarse = Ruleset.standard
        coarse.score.cellPrecision = 7
        #expect(throws: SimulationError.cellPrecision(epoch: "2025-W51", published: 8, ruleset: 7)) {
            try simulate(coarse, on: chain)
        }
        var spoilt = chain
        spoilt.published[1].manifest = Array(
            String(decoding: spoilt.published[1].manifest, as: UTF8.self)
                .replacing("\"pending_uploads\":0", with: "\"pending_uploads\":0,\"x\":0").utf8)
        #expect(throws: SimulationError.unsound(epoch: "2025-W52")) { try simulate(.standard, on: spoilt) }
    }

    @Test func numbersWithoutEffectAreNamed() {
        #expect(
            Self.other().numbersWithoutEffect(against: .standard)
                == ["measure.max_scans", "reward.grace_ms", "reward.challenge_ms"])
        var flags = Ruleset.standard
        flags.plausibility.teleportAction = 3
        flags.plausibility.maxTeleports += 1
        #expect(flags.numbersWithoutEffect(against: .standard) == ["plausibility.max_teleports"])
    }
}
