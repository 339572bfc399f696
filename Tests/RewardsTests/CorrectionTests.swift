import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

@Suite("Corrections, debts and bounties")
struct CorrectionTests {
    private let key = SigningKey()

    private func correction(
        _ contributor: String, _ delta: Int64, in week: String = "2025-W51", at week2: String = "2025-W52"
    ) throws -> Correction {
        try Correction(
            try Correction.Statement(
                contributor: contributor, epoch: try #require(Epoch(id: week)), delta: delta, reason: .appeal,
                evidence: .of("e"), by: "ops", at: try #require(Epoch(id: week2)).start), signedWith: key)
    }

    /// Ada and Bob do the same every week, each in their own cell.
    private func weeks(_ count: Int64) throws -> [[FrameRecord]] {
        try (0..<count).map { week in
            [
                try SampleChain.frame("a\(week)", by: "ada", drive: "a\(week)", at: week * 604_800),
                try SampleChain.frame(
                    "b\(week)", by: "bob", drive: "b\(week)", at: week * 604_800, cell: "9q8yyk8z"),
            ]
        }
    }

    private var rules: Ruleset {
        var ruleset = Ruleset.standard
        // 100 for corrections, 450 for each of the two.
        ruleset.reward.budget = 1000
        ruleset.reward.reserve = 100
        return ruleset
    }

    @Test("are paid from the reserve, in full or in parts, and never change what was")
    func positive() throws {
        let chain = try SampleChain(
            weeks(4), corrections: [[], [try correction("ada", 30), try correction("bob", 170)], []], ruleset: rules)
        let awards = try chain.published.map { try $0.awards() }
        #expect(awards.map { $0.map(\.paid) } == [[450, 450], [465, 535], [465, 535], [450, 450]])
        // 100 of 200 are there: each gets half of it, and the rest in the week after.
        #expect(awards.map { $0.map(\.correction) } == [[0, 0], [15, 85], [15, 85], [0, 0]])
        #expect(awards.map { $0.map(\.owed) } == [[0, 0], [15, 85], [0, 0], [0, 0]])
        #expect(chain.manifests.map { $0.pools[0].awarded } == [0, 100, 100, 0])
        #expect(awards[3].map(\.cumulative) == [1830, 1970] as [UInt64])
        #expect(try ManifestVerifier.verify(chain.published, chain.rulesets).findings == [])
    }

    @Test("that take away become debts, of which half of what is earned is paid")
    func negative() throws {
        let chain = try SampleChain(
            weeks(4), corrections: [[], [try correction("ada", -300)]], ruleset: rules)
        let awards = try chain.published.map { try $0.awards() }
        #expect(awards.map { $0[0].recovered } == [0, 225, 75, 0])
        #expect(awards.map { $0[0].paid } == [450, 225, 375, 450])
        #expect(awards.map { $0[0].debt } == [0, 75, 0, 0])
        #expect(chain.manifests.map(\.recovered) == [0, 225, 75, 0])
        #expect(try ManifestVerifier.verify(chain.published, chain.rulesets).findings == [])
    }

    @Test("of both kinds cancel each other, and who does nothing has a line all the same")
    func both() throws {
        var weeks = try weeks(2)
        weeks[1].removeAll { $0.contributor == "ada" }
        let chain = try SampleChain(
            weeks, corrections: [[], [try correction("ada", 40), try correction("ada", -40)]], ruleset: rules)
        let award = try #require(try chain.published[1].awards().first)
        #expect(award.contributor == "ada" && award.reason == .noWork)
        #expect(award.paid == 0 && award.owed == 0 && award.debt == 0 && award.cumulative == 450)
    }

    @Test("must be signed, come once, before the seal, and be of an award that is there")
    func refusals() throws {
        func error(_ corrections: [[Correction]]) throws -> ManifestError? {
            do {
                _ = try SampleChain(weeks(3), corrections: corrections, ruleset: rules)
                return nil
            } catch let error as ManifestError { return error }
        }
        let good = try correction("ada", 30)
        #expect(try error([[], [good]]) == nil)
        #expect(try error([[], [good], [good]]) == .correctionTwice(good.id))
        let forged = Correction(good.statement, key: try SigningKey().verifyingKey(), signature: good.signature)
        #expect(try error([[], [forged]]) == .correctionUnsigned(forged.id))
        let other = try correction("zoe", 30)
        #expect(try error([[], [other]]) == .correctionUnfounded(other.id))
        let future = try correction("ada", 30, in: "2025-W52")
        #expect(try error([[], [future]]) == .correctionUnfounded(future.id))
        let late = try correction("ada", 30, at: "2026-W10")
        #expect(try error([[], [late]]) == .correctionTooLate(late.id))
    }

    @Test("are refused with any bit of their lines flipped")
    func bits() throws {
        let line = try correction("ada", 30).line
        for index in line.indices {
            for bit in 0..<8 as Range<UInt8> {
                var changed = line
                changed[index] ^= 1 << bit
                let read = try? Correction(line: changed)
                #expect(read?.isSigned != true, "bit \(bit) of byte \(index)")
            }
        }
    }

    @Test("Bounties pay for passes in their place, in their weeks, on top of the budget")
    func bounties() throws {
        let first = try #require(Epoch(id: "2025-W51"))
        let bounty = try Bounty(
            cell: try #require(Geohash("9q8yyk8z")), amount: 70, epochs: first.next...first.next, by: "city",
            at: first.start)
        let nowhere = try Bounty(
            cell: try #require(Geohash("u33")), amount: 5, epochs: first...first.next.next, by: "city",
            at: first.start)
        let chain = try SampleChain(weeks(3), bounties: [[bounty, nowhere]], ruleset: rules)
        let awards = try chain.published.map { try $0.awards() }
        #expect(awards.map { $0.map(\.paid) } == [[450, 450], [450, 520], [450, 450]])
        #expect(chain.manifests.map(\.budget) == [1005, 1075, 1005])
        let pool = try #require(chain.manifests[1].pools.first { $0.name == "bounty/\(nowhere.id)" })
        #expect(pool.unallocated == 5 && pool.reason == .noEligibleWork)
        #expect(try ManifestVerifier.verify(chain.published, chain.rulesets).findings == [])
        #expect(throws: ManifestError.bountyTwice(bounty.id)) {
            try SampleChain(weeks(2), bounties: [[bounty], [bounty]], ruleset: rules)
        }
        #expect(throws: RecordError.self) {
            try Bounty(cell: bounty.cell, amount: 0, epochs: first...first, by: "x", at: first.start)
        }
    }

    @Test("Trust falls with flagged drives, comes back with time, and is each device's own")
    func trust() throws {
        var ruleset = rules
        ruleset.plausibility.teleportAction = 2
        let chain = try SampleChain(
            weeks(4), devices: ["b0": "cam", "b1": "cam", "b2": "other", "b3": "cam"],
            flags: ["b0": [.traceTeleport], "a1": [.traceTooSmooth]], ruleset: ruleset)
        let trust = chain.settlements.map { $0.trust.map(\.permille) }
        // By contributor: Ada's drives have no device. The rule that only warns costs nothing.
        #expect(trust == [[1000, 800], [1000, 850], [1000, 1000], [1000, 950]])
        let scores = try chain.published.map { try $0.scores() }
        #expect(scores.map { $0.map(\.pass.trust) } == [[1000, 800], [1000, 850], [1000, 1000], [1000, 950]])
        #expect(try chain.published[0].awards().map(\.paid) == [500, 400])
    }

    @Test("A drive's flags cost trust once, though two weeks have it")
    func trustOfADriveOverTheWeeksEnd() throws {
        var ruleset = rules
        ruleset.plausibility.teleportAction = 3
        let received = try SampleChain.frame("a", by: "ada", drive: "d", at: 604_790)
        let later = try SampleChain.frame("b", by: "ada", drive: "d", at: 604_805)
        let frames = [received, later].map {
            FrameRecord(
                frame: $0.frame, drive: "d", upload: "u", contributor: "ada", sha256: $0.sha256,
                receivedAt: later.receivedAt, capturedAt: $0.capturedAt, verdict: $0.verdict)
        }
        let chain = try SampleChain([[frames[0]], [frames[1]]], flags: ["d": [.traceTeleport]], ruleset: ruleset)
        #expect(chain.settlements.map { $0.trust.map(\.permille) } == [[800], [850]])
    }
}
