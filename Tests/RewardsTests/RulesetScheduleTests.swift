import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

/// Which ruleset holds when.
@Suite struct RulesetScheduleTests {
    private let w51: Epoch
    private var w52: Epoch { w51.next }
    private var w01: Epoch { w52.next }

    init() throws { w51 = try #require(Epoch(id: "2025-W51")) }

    /// Another ruleset, which is worth `worth` where a cell is not fresh or a pass late.
    private static func other(_ worth: Int64) -> Ruleset {
        var ruleset = Ruleset.standard
        ruleset.score.late = Curve(from: worth, to: 0, over: 300_000_000_000)
        return ruleset
    }

    private func before(_ epoch: Epoch, _ milliseconds: Int64 = 1) -> UTCTime {
        UTCTime(milliseconds: epoch.start.milliseconds - milliseconds)
    }

    @Test func aRulesetHoldsFromItsWeekOn() throws {
        var schedule = RulesetSchedule(.standard)
        try schedule.adopt(Self.other(1), from: w52, at: before(w52))
        try schedule.adopt(Self.other(2), from: w01, at: before(w52))
        let all = [.standard, Self.other(1), Self.other(2)] as [Ruleset]
        #expect(schedule.all == all)
        #expect([w51, w52, w01, w01.next].map { schedule.ruleset(in: $0) } == all + [all[2]])
        #expect(schedule.ruleset(at: before(w52)) == all[0])
        #expect(schedule.ruleset(at: w52.start) == all[1])
        #expect(schedule.score[before(w01)] == all[1].score)
        #expect(schedule.score[w01.start] == all[2].score)
        #expect(schedule.adopted(before: before(w52)).all == [.standard])
        #expect(schedule.adopted(before: w52.start) == schedule)
        #expect(schedule.published.map(\.from) == [nil, w52, w01])
        #expect(schedule.published.map(\.ruleset) == all.map(\.contentHash))
    }

    @Test func whatCannotFollowIsRefused() throws {
        var schedule = RulesetSchedule(.standard)
        try schedule.adopt(Self.other(1), from: w52, at: before(w52, 10))
        let start = schedule
        #expect(throws: ScheduleError.notLater(w52, than: w52)) {
            try schedule.adopt(Self.other(2), from: w52, at: before(w52))
        }
        #expect(throws: ScheduleError.begun(w01, at: w01.start)) {
            try schedule.adopt(Self.other(2), from: w01, at: w01.start)
        }
        #expect(throws: ScheduleError.earlierAdopted(before(w52, 11), than: before(w52, 10))) {
            try schedule.adopt(Self.other(2), from: w01, at: before(w52, 11))
        }
        #expect(throws: ScheduleError.noChange(w01)) {
            try schedule.adopt(Self.other(1), from: w01, at: before(w52))
        }
        var fixed = Self.other(2)
        fixed.score.cellPrecision = 7
        #expect(throws: ScheduleError.fixed("score.cell_precision_characters")) {
            try schedule.adopt(fixed, from: w01, at: before(w52))
        }
        for field in Ruleset.fields
        where field.path.hasPrefix("deduplicate.") || field.path.hasPrefix("collisions.") {
            #expect(RulesetSchedule.isFixed(field.path))
        }
        #expect(
            !RulesetSchedule.isFixed("measure.max_scans")
                && !RulesetSchedule.isFixed("score.redundancy_target"))
        #expect(schedule == start)
    }

    @Test func aSimulatedRangeBeginsAndEnds() throws {
        var schedule = RulesetSchedule(.standard)
        try schedule.adopt(Self.other(1), from: w52, at: before(w52))
        let tried = schedule.replaced(by: Self.other(9), in: w52...w52)
        #expect([w51, w52, w01].map { tried.ruleset(in: $0) } == [.standard, Self.other(9), Self.other(1)])
        #expect(schedule.replaced(by: Self.other(9), in: nil).all == [Self.other(9)])
    }

    /// Bob's frame of the third week that was driven in the second, and that of the third week that was driven in the first:
    /// each is late by the curve of its own week. 400,000 s into a week is 204,800 s before its end.
    private func chain(_ schedule: RulesetSchedule) throws -> SampleChain {
        let week: Int64 = 604_800
        return try SampleChain(
            [
                [try SampleChain.frame("f1", by: "ada", drive: "d1", at: 10)],
                [try SampleChain.frame("f2", by: "ada", drive: "d2", at: week + 10, cell: "9q8yykb0")],
                [
                    try SampleChain.frame("f3", by: "bob", drive: "d3", at: 400_000, cell: "9q8yykb1"),
                    try SampleChain.frame("f4", by: "bob", drive: "d4", at: week + 400_000, cell: "9q8yykb4"),
                    try SampleChain.frame("f5", by: "bob", drive: "d5", at: 2 * week + 1, cell: "9q8yykb5"),
                ],
            ], schedule: schedule)
    }

    @Test func lateWorkIsWorthWhatItsOwnWeekSays() throws {
        var schedule = RulesetSchedule(Self.other(700))
        try schedule.adopt(Self.other(300), from: w52, at: before(w52))
        try schedule.adopt(Self.other(100), from: w01, at: before(w52))
        let chain = try chain(schedule)
        let late = try chain.published[2].scores().map { [$0.drive: $0.pass.late] }
        // 700 x 809,600,000 / 3 x 10^11 is 1.9, which takes 1 off; 300 x 204,800,000 / 3 x 10^11 is 0.2, which takes nothing.
        #expect(late == [["d3": 699], ["d4": 300], ["d5": 1000]])
        #expect(chain.manifests.map(\.ruleset) == schedule.all.map(\.contentHash))
        #expect(chain.manifests.map(\.rulesets.count) == [3, 3, 3])
        let report = try ManifestVerifier.verify(chain.published, chain.rulesets)
        #expect(report.findings == [])
        for (manifest, files) in zip(chain.manifests, chain.published) {
            #expect(try Manifest(json: files.manifest) == manifest)
        }
    }

    @Test func aRulesetThatIsListedMustBeThere() throws {
        var schedule = RulesetSchedule(Self.other(700))
        try schedule.adopt(Self.other(300), from: w01.next, at: before(w52))
        let chain = try chain(schedule)
        let without = chain.rulesets.filter { $0.key != Self.other(300).contentHash }
        let report = try ManifestVerifier.verify(chain.published, without)
        #expect(report.findings.first?.code == .rulesetMissing && report.isIncomplete)
    }

    /// A chain whose schedule is another one in its last manifest, with all that follows from it.
    private func findings(_ last: RulesetSchedule, after earlier: RulesetSchedule) throws -> [ManifestFinding]
    {
        let honest = try chain(earlier)
        var state = ChainState()
        for (settlement, files) in zip(honest.settlements, honest.published).prefix(2) {
            let records = try files.lines(of: .verdicts).map { try FrameRecord(line: $0) }
            state.add(settlement, drives: SampleChain.drives(of: records, [:], [:]), corrections: [])
            state.previous = settlement.manifest.contentHash
        }
        let records = try honest.published[2].lines(of: .verdicts).map { try FrameRecord(line: $0) }
        let (settlement, files) = try SampleChain.settle(
            EpochHeader(epoch: w01, sealedAsOf: SampleChain.seal(w01)), records, state: state, rulesets: last)
        let rulesets = Dictionary(
            (earlier.all + last.all).map { ($0.contentHash, $0.canonicalJSON.bytes) }
        ) { first, _ in first }
        let found = try ManifestVerifier.verify(Array(honest.published[..<2]) + [files], rulesets).findings
        #expect(settlement.problems.map(\.code) == found.map(\.code))
        return found
    }

    @Test func aScheduleGoesOnFromTheOneBefore() throws {
        var earlier = RulesetSchedule(.standard)
        try earlier.adopt(Self.other(1), from: w52, at: before(w52))
        var later = earlier
        try later.adopt(Self.other(2), from: w01.next, at: SampleChain.seal(w52))
        #expect(try findings(later, after: earlier) == [])

        var other = RulesetSchedule(.standard)
        try other.adopt(Self.other(1), from: w52, at: before(w52, 2))
        #expect(try findings(other, after: earlier).map(\.code) == [.rulesetsWrong])
        #expect(try findings(RulesetSchedule(.standard), after: earlier).map(\.code) == [.rulesetsWrong])

        var backdated = earlier
        let justBefore = UTCTime(milliseconds: SampleChain.seal(w52).milliseconds - 1)
        try backdated.adopt(Self.other(2), from: w01.next, at: justBefore)
        #expect(try findings(backdated, after: earlier).map(\.code) == [.rulesetsWrong])

        var tooLate = earlier
        try tooLate.adopt(Self.other(2), from: w01.next.next, at: SampleChain.seal(w01))
        #expect(try findings(tooLate, after: earlier).map(\.code) == [.rulesetsWrong])
    }

    @Test func noEpochIsSealedBeforeTheOneBeforeIt() throws {
        let late = UTCTime(milliseconds: SampleChain.seal(w52).milliseconds + 1)
        let (first, firstFiles) = try SampleChain.settle(
            EpochHeader(epoch: w51, sealedAsOf: late),
            [try SampleChain.frame("f1", by: "ada", drive: "d1", at: 10)], state: ChainState())
        var state = ChainState()
        state.add(first, drives: [], corrections: [])
        state.previous = first.manifest.contentHash
        let (second, secondFiles) = try SampleChain.settle(
            EpochHeader(epoch: w52, sealedAsOf: SampleChain.seal(w52)), [], state: state)
        #expect(second.problems == [.sealedTooEarly(late)])
        let rulesets = [Ruleset.standard.contentHash: Ruleset.standard.canonicalJSON.bytes]
        let report = try ManifestVerifier.verify([firstFiles, secondFiles], rulesets)
        #expect(report.findings.map(\.code) == [.sealedTooEarly])
    }

    @Test(arguments: [
        #"[]"#, #"[{"adopted_at":null,"from":"2025-W51","ruleset":"R"}]"#,
        #"[{"adopted_at":1,"from":null,"ruleset":"R"}]"#,
        #"[{"adopted_at":null,"from":null,"ruleset":"R"},{"adopted_at":null,"from":null,"ruleset":"S"}]"#,
        #"[{"adopted_at":null,"from":null,"ruleset":"R"},{"adopted_at":1765756800000,"from":"2025-W51","ruleset":"S"}]"#,
        #"[{"adopted_at":null,"from":null,"ruleset":"R"},{"adopted_at":1,"from":"2025-W50","ruleset":"R"}]"#,
        #"[{"adopted_at":null,"from":null,"ruleset":"R"},{"adopted_at":2,"from":"2025-W50","ruleset":"S"},{"adopted_at":1,"from":"2025-W51","ruleset":"R"}]"#,
    ]) func aListThatIsNoScheduleIsFound(list: String) throws {
        let chain = try chain(RulesetSchedule(.standard))
        let (standard, other) = (Ruleset.standard.contentHash.hex, Self.other(1).contentHash.hex)
        var files = chain.published[0]
        let own = "[{\"adopted_at\":null,\"from\":null,\"ruleset\":\"\(standard)\"}]"
        let text = String(decoding: files.manifest, as: UTF8.self)
        try #require(text.contains(own))
        let named = list.replacing("\"R\"", with: "\"\(standard)\"").replacing("\"S\"", with: "\"\(other)\"")
        files.manifest = Array(text.replacing(own, with: named).utf8)
        var rulesets = chain.rulesets
        rulesets[Self.other(1).contentHash] = Self.other(1).canonicalJSON.bytes
        let report = try ManifestVerifier.verify([files], rulesets)
        #expect(report.findings.first?.code == .rulesetsWrong, "\(report.findings)")
    }
}
