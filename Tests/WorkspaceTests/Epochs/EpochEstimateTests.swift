import Canonical
import Rewards
import SeededNumbers
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// What the open epoch would pay.
@Suite struct EpochEstimateTests {
    private let shelf: DeliveryShelf
    private let workspace: TestWorkspace
    private static let monday = UTCTime.at("2026-03-02T08:00:00Z")

    init() throws {
        shelf = try DeliveryShelf()
        workspace = try TestWorkspace()
    }

    private func estimate(_ asOf: UTCTime) throws -> EpochEstimate? {
        try EpochEstimate.make(Workspace(workspace.path, for: .reading), asOf: asOf)
    }

    private func drive(_ contributor: String, pictures: UInt64, day: Int64, latitude: Double = 48.2)
        -> TestUpload
    {
        let captured = UTCTime(milliseconds: Self.monday.milliseconds + day * UTCTime.millisecondsPerDay)
        return TestUpload.drive(
            contributor, "day-\(day)", pictures: pictures, count: 4, captured: captured,
            received: UTCTime(milliseconds: captured.milliseconds + 3_600_000), latitude: latitude)
    }

    private func close(_ asOf: UTCTime) throws -> Manifest? {
        let closing = EpochClosing(try workspace.open(), asOf: asOf)
        guard let epoch = try closing.earliestOpen(), closing.deadline(of: epoch) <= asOf else { return nil }
        return try closing.close(epoch).manifest
    }

    /// If nothing more comes, the epoch has the very manifest that was estimated, week after week.
    @Test(arguments: [71, 72, 73] as [UInt64])
    func itIsWhatTheEpochPays(seed: UInt64) async throws {
        let history = try RandomHistory(seed: seed, shelf: shelf, uploads: 6)
        try await workspace.ingest(history.deliveries, asOf: RandomHistory.end)
        try workspace.record(
            Takedown(.contributor("ada"), reason: .privacy, by: "ops", at: .at("2026-03-08T00:00:00Z")))
        let end = UTCTime.at("2026-08-01T00:00:00Z")
        var weeks = 0
        while let estimate = try estimate(end) {
            let before = try workspace.epochs()
            let manifest = try #require(try close(end))
            #expect(estimate.manifest == manifest, "seed \(seed)")
            #expect(estimate.awards.reduce(0) { $0 + $1.paid } == manifest.paid)
            #expect(before.allSatisfy { $0.value == (try? workspace.epochs())?[$0.key] })
            weeks += 1
        }
        #expect(weeks > 0)
    }

    @Test func itChangesNothing() async throws {
        try await workspace.ingest(
            [shelf.delivery(drive("ada", pictures: 1, day: 0))], asOf: .at("2026-03-03T00:00:00Z"))
        let before = try Files.tree(workspace.path, except: ["lock"]).filter { !$0.key.contains("sqlite-") }
        #expect(try estimate(.at("2026-03-03T00:00:00Z"))?.awards.map(\.contributor) == ["ada"])
        #expect(
            try Files.tree(workspace.path, except: ["lock"]).filter { !$0.key.contains("sqlite-") } == before)
        #expect(try workspace.open().catalog.sealedEpochs() == [])
    }

    /// What was received by then, and no more; frames of later weeks wait.
    @Test func itCountsWhatWasReceivedByThen() async throws {
        try await workspace.ingest(
            [
                shelf.delivery(drive("ada", pictures: 1, day: 0)),
                shelf.delivery(drive("ben", pictures: 11, day: 2)),
                shelf.delivery(drive("ada", pictures: 21, day: 8)),
            ], asOf: .at("2026-03-12T00:00:00Z"))
        let early = try #require(try estimate(.at("2026-03-03T00:00:00Z")))
        #expect(early.manifest.epoch.id == "2026-W10" && early.awards.map(\.contributor) == ["ada"])
        #expect(early.laterFrames == 8 && early.deadline == .at("2026-03-11T00:00:00Z"))
        let late = try #require(try estimate(.at("2026-03-12T00:00:00Z")))
        #expect(late.awards.map(\.contributor) == ["ada", "ben"] && late.laterFrames == 4)
        #expect(late.awards[0].paid < early.awards[0].paid, "others' work takes its share")
    }

    /// A frame that only a takedown from behind the deadline rejects is accepted by the estimate, as by the epoch.
    @Test func aTakedownAfterTheDeadlineComesTooLate() async throws {
        try await workspace.ingest(
            [shelf.delivery(drive("ada", pictures: 1, day: 0))], asOf: .at("2026-03-03T00:00:00Z"))
        try workspace.record(
            Takedown(.contributor("ada"), reason: .privacy, by: "ops", at: .at("2026-03-12T00:00:00Z")))
        let estimate = try #require(try estimate(.at("2026-03-20T00:00:00Z")))
        #expect(estimate.awards.map(\.frames.accepted) == [4])
        #expect(try close(.at("2026-03-20T00:00:00Z")) == estimate.manifest)
    }

    @Test func aSealedEpochMustBePublishedFirst() async throws {
        #expect(try estimate(.at("2026-03-20T00:00:00Z")) == nil)
        try await workspace.ingest(
            [shelf.delivery(drive("ada", pictures: 1, day: 0))], asOf: .at("2026-03-03T00:00:00Z"))
        let epoch = try #require(Epoch(id: "2026-W10"))
        _ = try EpochClosing(workspace.open(), asOf: .at("2026-03-20T00:00:00Z")).seal(epoch)
        #expect(throws: WorkspaceError.epochUnpublished("2026-W10")) {
            try estimate(.at("2026-03-20T00:00:00Z"))
        }
    }
}
