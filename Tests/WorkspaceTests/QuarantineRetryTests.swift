import Canonical
import Foundation
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// What becomes of quarantined uploads that are read again, or dropped.
@Suite struct QuarantineRetryTests {
    private static let asOf = UTCTime.at("2026-03-20T00:00:00Z")
    private static let later = UTCTime.at("2026-03-21T00:00:00Z")
    private let hive: TestWorkspace
    private let upload = TestUpload.drive(
        "ada", "drive-7", pictures: 1, count: 4, captured: .at("2026-03-10T10:00:00Z"),
        received: .at("2026-03-10T20:00:00Z"))

    init() throws {
        hive = try TestWorkspace()
    }

    private var inbox: String { "\(hive.path)/inbox" }

    /// The upload with a link in it, as `waggle ingest` finds it in the inbox.
    private func quarantineFromInbox(_ link: String = "link.jpg") async throws -> QuarantineRecord {
        try upload.deliver(to: inbox)
        symlink("/nowhere", "\(inbox)/ada/drive-7/\(link)")
        let report = try await ingestInbox()
        return try #require(report.quarantined.first)
    }

    private func ingestInbox(asOf: UTCTime = QuarantineRetryTests.asOf) async throws -> IngestReport {
        let workspace = try hive.open()
        let found = try Deliveries.inInbox(workspace.layout.inbox, isWorkspaces: true)
        return try await Ingest(workspace, asOf: asOf, jobs: 1, keeping: .none).run(found) { _ in }
    }

    private func retry() async throws -> IngestReport {
        let workspace = try hive.open()
        let found = try QuarantineRetry(workspace).deliveries(of: try workspace.quarantined().uploads)
        return try await Ingest(workspace, asOf: Self.later, jobs: 1, keeping: .none).run(found) { _ in }
    }

    private func entries() throws -> [String] { try hive.open().quarantined().uploads.map(\.record.name) }

    @Test func whatIsReadAtLastIsAsIfItHadAlwaysBeenGood() async throws {
        let record = try await quarantineFromInbox()
        #expect(record.path == nil && record.code == "upload.unsafe_file")
        let copy = "\(hive.path)/quarantine/\(record.name)/upload"
        #expect(try hive.open().quarantined(record.name)?.files == .kept([copy]))
        unlink("\(copy)/link.jpg")
        let report = try await retry()
        #expect(report.added.count == 1 && report.counts.total == 4)
        #expect(try entries() == [])
        #expect(Files.names("\(hive.path)/quarantine") == [])
        #expect(Files.names("\(inbox)/ada") == ["drive-7", "drive-7.receipt.json"])
        let exit = try #require(try hive.open().catalog.quarantineExits(named: record.name).first)
        #expect(exit == QuarantineExit(record, .ingested(upload: report.added[0]), at: Self.later))
        // It lies in the inbox as one that was read lies there.
        guard case .known = try await ingestInbox().outcomes.first?.kind else {
            return #expect(Bool(false), "it is read again")
        }
        let good = try TestWorkspace()
        let shelf = try DeliveryShelf()
        try await good.ingest([shelf.delivery(upload)], asOf: Self.asOf)
        for workspace in [hive, good] {
            try workspace.build()
            try workspace.closeDue(asOf: .at("2026-04-20T00:00:00Z"))
            try workspace.expectSound()
        }
        #expect(try hive.published() == good.published())
        #expect(try hive.verdicts() == good.verdicts())
    }

    /// The same contributor's corrected upload has taken its name, and nobody wrote a receipt.
    @Test func findsAnotherNameInTheInbox() async throws {
        try upload.write(to: "\(inbox)/ada/drive-7")
        symlink("/nowhere", "\(inbox)/ada/drive-7/x")
        let record = try #require(try await ingestInbox().quarantined.first)
        #expect(record.receivedAt == Self.asOf)
        unlink("\(hive.path)/quarantine/\(record.name)/upload/x")
        try Files.write([1], to: "\(inbox)/ada/drive-7/other")
        _ = try await retry()
        let names = ["drive-7", "drive-7-2", "drive-7-2.receipt.json"]
        #expect(Files.names("\(inbox)/ada") == names)
        let receipt = try Deliveries.receipt(of: "\(inbox)/ada/drive-7-2")
        #expect(receipt == Self.asOf, "received when it was received first")
    }

    @Test func whatIsRefusedAgainHasOneEntry() async throws {
        let record = try await quarantineFromInbox("b.jpg")
        let before = try Files.tree("\(hive.path)/quarantine")
        #expect(try await retry().quarantined.map(\.name) == [record.name])
        #expect(try Files.tree("\(hive.path)/quarantine") == before, "the same reason, the same entry")
        let folder = "\(hive.path)/quarantine/\(record.name)/upload"
        unlink("\(folder)/b.jpg")
        symlink("/nowhere", "\(folder)/a.jpg")
        let again = try #require(try await retry().quarantined.first)
        #expect(again.name != record.name && again.place == "a.jpg")
        #expect(again.receivedAt == record.receivedAt)
        #expect(try entries() == [again.name])
        let after = try Files.tree("\(hive.path)/quarantine/\(again.name)/upload")
        #expect(after.count == 9)
        let exit = try #require(try hive.open().catalog.quarantineExits(named: record.name).first)
        #expect(exit.outcome == .replaced(by: again.name))
    }

    /// Uploads that are not in the inbox are read where they lie, and neither moved nor removed.
    @Test func whatLiesElsewhereStaysThere() async throws {
        let shelf = try DeliveryShelf()
        let delivery = try shelf.delivery(upload)
        symlink("/nowhere", "\(delivery.path)/link")
        let report = try await hive.ingest([delivery], asOf: Self.asOf)
        let record = try #require(report.quarantined.first)
        #expect(record.path == delivery.path)
        #expect(try hive.open().quarantined(record.name)?.files == .delivered(delivery.path))
        let files = try Files.tree(delivery.path)
        #expect(try await retry().quarantined.map(\.name) == [record.name])
        #expect(try Files.tree(delivery.path) == files)
        unlink("\(delivery.path)/link")
        #expect(try await retry().added.count == 1)
        #expect(try entries() == [])
        #expect(try Files.tree(delivery.path).count == 8)
    }

    /// Read by `waggle ingest` and not by a retry, it leaves as well; refused otherwise, it has one entry.
    @Test func anIngestSettlesWhatItReads() async throws {
        let shelf = try DeliveryShelf()
        let delivery = try shelf.delivery(upload)
        symlink("/nowhere", "\(delivery.path)/b")
        let first = try #require(try await hive.ingest([delivery], asOf: Self.asOf).quarantined.first)
        symlink("/nowhere", "\(delivery.path)/a")
        unlink("\(delivery.path)/b")
        let second = try #require(try await hive.ingest([delivery], asOf: Self.asOf).quarantined.first)
        #expect(first.name != second.name)
        #expect(try entries() == [second.name])
        unlink("\(delivery.path)/a")
        try await hive.ingest([delivery], asOf: Self.asOf)
        #expect(try entries() == [])
    }

    @Test func whatIsGoneIsSaid() async throws {
        let record = try await quarantineFromInbox()
        Files.remove("\(hive.path)/quarantine/\(record.name)/upload")
        #expect(try hive.open().quarantined(record.name)?.files == .gone)
        let report = try await retry()
        #expect(report.needsAttention && report.ignored.map(\.path) == [record.name])
        #expect(try entries() == [record.name])
    }

    @Test func droppingRemovesOnlyItsOwn() async throws {
        let kept = try await quarantineFromInbox()
        let shelf = try DeliveryShelf()
        let delivery = try shelf.delivery(upload)
        symlink("/nowhere", "\(delivery.path)/link")
        let report = try await hive.ingest([delivery], asOf: Self.asOf)
        let elsewhere = try #require(report.quarantined.first)
        let files = try Files.tree(delivery.path)
        for name in [kept.name, elsewhere.name] {
            let workspace = try hive.open()
            let upload = try #require(try workspace.quarantined(name))
            try QuarantineDrop(workspace, at: Self.later).drop(upload)
        }
        #expect(try entries() == [])
        #expect(Files.names("\(hive.path)/quarantine") == [])
        #expect(try Files.tree(delivery.path) == files)
        let exits = try hive.open().catalog.quarantineExits()
        #expect(exits.map(\.outcome) == [.dropped, .dropped])
        #expect(exits.map(\.at) == [Self.later, Self.later])
        #expect(Set(exits.map(\.record)) == [kept, elsewhere])
    }

    /// A record that somebody has edited leads nowhere outside.
    @Test(arguments: [("..", "x"), ("ada", ".."), ("ada", "a/b"), ("ada", "")])
    func anEditedRecordIsDamage(_ contributor: String, _ source: String) async throws {
        let record = try await quarantineFromInbox()
        let edited = QuarantineRecord(
            name: record.name, contributor: contributor, source: source, code: "c", place: "p", reason: "r",
            remedy: "m", receivedAt: Self.asOf)
        let path = "\(hive.path)/quarantine/\(record.name)/reason.json"
        try Files.write(edited.canonicalJSON.bytes, to: path)
        await #expect(throws: QuarantineDamage.self) { try await retry() }
        #expect(Files.names("\(hive.path)/quarantine/\(record.name)") == ["reason.json", "upload"])
    }
}
