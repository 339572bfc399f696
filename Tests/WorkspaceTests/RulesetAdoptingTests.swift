import Canonical
import Rewards
import Stages
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// Rulesets that hold from a week on.
@Suite struct RulesetAdoptingTests {
    private static let adoptedAt = UTCTime.at("2026-03-06T12:00:00Z")
    private let w11: Epoch

    init() throws { w11 = try #require(Epoch(id: "2026-W11")) }

    /// No picture of the tests has as many pixels on its shorter side; passes are worth half as much where they are late.
    private static func other() -> Ruleset {
        var ruleset = Ruleset.standard
        ruleset.measure.minShorterSide = 2000
        ruleset.score.late = Curve(from: 500, to: 0, over: 1 << 32)
        ruleset.reward.budget = 7_000_000
        return ruleset
    }

    @discardableResult
    private func adopt(
        _ ruleset: Ruleset = other(), from: Epoch? = nil, at time: UTCTime = adoptedAt,
        in workspace: TestWorkspace
    ) throws -> RulesetSchedule {
        try RulesetAdopting(workspace.open(), asOf: time).adopt(ruleset, from: from ?? w11)
    }

    private func drive(_ name: String, pictures: UInt64, captured: String, received: String) -> TestUpload {
        .drive(
            "ada", name, pictures: pictures, count: 3, captured: .at(captured), received: .at(received),
            latitude: 48.2 + Double(pictures) * 0.001)
    }

    /// What was received before the week is judged by the old ruleset, also where it is read later.
    @Test func theWeekOfTheReceiptDecidesAboutFrames() async throws {
        let shelf = try DeliveryShelf()
        let workspace = try TestWorkspace()
        try adopt(in: workspace)
        let before = try shelf.delivery(
            drive("before", pictures: 10, captured: "2026-03-08T10:00:00Z", received: "2026-03-08T23:59:59Z"))
        let after = try shelf.delivery(
            drive("after", pictures: 20, captured: "2026-03-08T10:00:00Z", received: "2026-03-09T00:00:00Z"))
        try await workspace.ingest([after, before], asOf: .at("2026-03-12T00:00:00Z"))
        let verdicts = try workspace.verdicts()
        #expect(verdicts.count == 6)
        for (frame, verdict) in verdicts {
            #expect(verdict == (frame.contains("before") ? "accepted" : "rejected image.too_small"))
        }
        let opened = try Workspace(workspace.path, for: .reading)
        for frame in try opened.catalog.frames(.all, cellPrecision: 8) {
            var reading = SourceReading(opened)
            let explained = try FrameExplanation(of: frame, in: opened, &reading)
            #expect(explained.ruleset == (frame.source == "before" ? .standard : Self.other()))
        }
        try workspace.closeDue(asOf: .at("2026-04-01T00:00:00Z"))
        try workspace.expectSound()
        let schedule = try Manifest(
            json: #require(try workspace.epochs()["2026-W10/manifest.json"])
        ).rulesets
        #expect(schedule == opened.rulesets.published && schedule.count == 2)
    }

    @Test func whatWasJudgedOrSealedIsNotChangedAfterwards() async throws {
        let shelf = try DeliveryShelf()
        let workspace = try TestWorkspace()
        let delivery = try shelf.delivery(
            drive("one", pictures: 10, captured: "2026-03-09T10:00:00Z", received: "2026-03-09T11:00:00Z"))
        try await workspace.ingest([delivery], asOf: .at("2026-03-12T00:00:00Z"))
        func refusal(_ from: Epoch, at time: UTCTime, _ ruleset: Ruleset = Self.other()) -> String {
            do {
                try adopt(ruleset, from: from, at: time, in: workspace)
                return "none"
            } catch { return "\(error)" }
        }
        #expect(refusal(w11, at: Self.adoptedAt).contains("received at 2026-03-09T11:00:00"))
        #expect(refusal(w11, at: w11.start).contains("has begun"))
        var patient = Ruleset.standard
        patient.reward.graceMilliseconds = 15 * UTCTime.millisecondsPerDay
        let other = try TestWorkspace()
        try adopt(patient, in: other)
        #expect(throws: WorkspaceError.self) { try adopt(from: w11.next, in: other) }
        patient.reward.graceMilliseconds = 8 * UTCTime.millisecondsPerDay
        try adopt(patient, from: w11.next, in: other)
        #expect(refusal(w11.next, at: Self.adoptedAt, .standard).contains("holds in 2026-W12 anyway"))
        let reports = try workspace.closeDue(asOf: .at("2026-04-01T00:00:00Z"))
        let sealed = try #require(reports.last?.manifest.sealedAsOf)
        let justBefore = UTCTime(milliseconds: sealed.milliseconds - 1)
        #expect(refusal(w11.next.next, at: justBefore).contains("was sealed as of"))
        #expect(try workspace.open().rulesets.all == [.standard])
        try adopt(from: w11.next.next.next, at: sealed, in: workspace)
        #expect(try workspace.open().rulesets.all == [.standard, Self.other()])
        #expect(refusal(w11.next.next.next, at: sealed).contains("cannot follow"))
        try workspace.expectSound()
    }

    /// A run every day, with the ruleset adopted on its day, and one late run with all of it: the same bytes.
    @Test(arguments: Array(61...66) as [UInt64])
    func dailyRunsEqualOneLateRun(seed: UInt64) async throws {
        let shelf = try DeliveryShelf()
        let history = try RandomHistory(seed: seed, shelf: shelf, uploads: 8)
        let late = try TestWorkspace()
        try adopt(in: late)
        var random = history.deliveries
        random.reverse()
        try await late.ingest(random, asOf: RandomHistory.end)
        try late.build()
        try late.closeDue(asOf: RandomHistory.end)
        let daily = try TestWorkspace()
        var day = UTCTime.at("2026-03-02T00:00:00Z")
        while day < RandomHistory.end {
            day = UTCTime(milliseconds: day.milliseconds + UTCTime.millisecondsPerDay)
            try await daily.ingest(history.deliveries, asOf: day)
            if day == .at("2026-03-06T00:00:00Z") { try adopt(in: daily) }
            try daily.build()
            try daily.closeDue(asOf: day)
        }
        try expectSame(try daily.published(), try late.published(), "seed \(seed)")
        try daily.expectSound()
        let names = Set(try late.open().rulesets.published.map(\.ruleset))
        let manifests = try late.epochs().filter { $0.key.hasSuffix("manifest.json") }
        let used = try Set(manifests.values.map { try Manifest(json: $0).ruleset })
        #expect(used.isSubset(of: names) && !used.isEmpty)
        // Without a frame that the new ruleset alone refuses, nothing would have been compared.
        #expect(try late.verdicts().values.contains { $0.hasSuffix("image.too_small") }, "seed \(seed)")
    }
}
