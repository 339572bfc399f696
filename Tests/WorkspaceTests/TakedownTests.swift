import Canonical
import Foundation
import GRDB
import Rewards
import Stages
import TestSupport
import Testing
import Tiles

@testable import Store
@testable import Workspace

/// What a takedown does to copies, closed epochs and the map.
@Suite struct TakedownTests {
    private let shelf: DeliveryShelf
    private let workspace: TestWorkspace
    private static let monday = UTCTime.at("2026-03-02T08:00:00Z")
    private static let end = RandomHistory.end

    init() throws {
        shelf = try DeliveryShelf()
        workspace = try TestWorkspace()
    }

    private func drive(
        _ contributor: String, _ name: String, pictures: UInt64, days: Int64 = 0, latitude: Double = 48.2
    ) -> TestUpload {
        let captured = UTCTime(milliseconds: Self.monday.milliseconds + days * UTCTime.millisecondsPerDay)
        return TestUpload.drive(
            contributor, name, pictures: pictures, count: 4, captured: captured,
            received: UTCTime(milliseconds: captured.milliseconds + 3_600_000), latitude: latitude)
    }

    private func ingest(_ uploads: TestUpload...) async throws {
        try await workspace.ingest(
            uploads.map { try shelf.delivery($0) }, asOf: Self.end, keeping: .copy)
    }

    private func names(of contributor: String) throws -> [String] {
        try workspace.open().catalog.frames(.contributor(contributor), cellPrecision: 8).map(\.name)
    }

    private func takedown(
        _ target: Takedown.Target, at time: String = "2026-03-20T00:00:00Z"
    ) throws -> Takedown {
        try Takedown(target, reason: .privacy, note: "a face", by: "case-117", at: .at(time))
    }

    private func copies() throws -> Int { try workspace.open().blobs.contents().blobs.count }

    private func findings() throws -> [String] {
        try WorkspaceCheck.run(workspace.open(), dataPercent: 0).findings.map(\.code)
    }

    @Test func takesCopiesAndTilesAway() async throws {
        try await ingest(drive("ada", "one", pictures: 1), drive("ben", "two", pictures: 11, latitude: 48.3))
        try workspace.build()
        #expect(try copies() == 8)
        let frames = try names(of: "ada")
        let report = try workspace.record(takedown(.frame(frames[0])))
        #expect(
            report.effect
                == TakedownEffect(isNew: true, frames: 1, drives: 1, originals: 0, someOriginal: nil)
        )
        #expect(report.copies == 1 && report.deliveries.count == 1)
        #expect(try copies() == 7)
        let build = try workspace.build()
        #expect(build.isNew && build.changed > 0)
        try workspace.expectSound()
        #expect(
            try PublishedGeneration(current: workspace.open().layout)?.record().content.frames.allSatisfy {
                $0 == 7
            } == true)
        #expect(try workspace.record(takedown(.contributor("ada"))).effect.frames == 3)
        #expect(try workspace.record(takedown(.contributor("ada"))).effect.isNew == false)
        try workspace.build()
        // As if Ada had never been there.
        let without = try TestWorkspace()
        try await without.ingest(
            [shelf.delivery(drive("ben", "two", pictures: 11, latitude: 48.3))], asOf: Self.end)
        try without.build()
        #expect(try workspace.generation() == without.generation())
        try workspace.expectSound()
    }

    /// Ben delivers Ada's bytes: one copy for both, which stays as long as one of them is not withdrawn.
    @Test func aSharedCopyGoesWithTheLastOfItsFrames() async throws {
        try await ingest(drive("ada", "one", pictures: 1), drive("ben", "two", pictures: 1, days: 1))
        #expect(try copies() == 4)
        #expect(try workspace.record(takedown(.contributor("ben"))).copies == 0)
        #expect(try copies() == 4)
        #expect(try workspace.record(takedown(.contributor("ada"))).copies == 4)
        #expect(try copies() == 0)
        // Delivered once more, it is known for what it is, and no copy is kept.
        try await ingest(drive("cleo", "three", pictures: 1, days: 2))
        #expect(try copies() == 0)
        let cleo = try workspace.open().catalog.frames(.contributor("cleo"), cellPrecision: 8)
        #expect(cleo.allSatisfy { $0.withdrawnBy != nil && $0.finding?.rule == .duplicateExact })
        try workspace.build()
        try workspace.expectSound()
        #expect(try workspace.open().catalog.acceptedFrames().onMap == 0)
    }

    /// Killed behind the transaction: a copy too much, which the check names and the next run removes.
    @Test func aKilledTakedownIsFinishedByTheNextRun() async throws {
        try await ingest(drive("ada", "one", pictures: 1))
        _ = try workspace.open().catalog.record(takedown(.contributor("ada")))
        #expect(try copies() == 4)
        #expect(try findings() == Array(repeating: "blob.withdrawn", count: 4))
        // Killed again between removing some and noting so.
        let some = try workspace.open().catalog.copiesToRemove(limit: 2)
        _ = try workspace.open().blobs.remove(some)
        #expect(try findings().count == 2)
        try await ingest()
        #expect(try copies() == 0 && findings() == [])
        // A run that was killed while it wrote copies has left one that no frame of an upload in the catalog needs.
        let blobs = try workspace.open().blobs
        let writing = try blobs.beginWriting()
        let bytes = try TestPicture.jpeg(1)
        try writing.commit([try writing.stage(bytes, hash: .of(bytes))].compactMap { $0 })
        #expect(try findings() == ["blob.withdrawn"])
        try await ingest()
        #expect(try copies() == 0 && findings() == [])
    }

    @Test func aZoneStands() async throws {
        let zone = try takedown(.zone(#require(Zone("48.2,11.03,48.2002,11.05"))), at: "2026-03-01T00:00:00Z")
        #expect(
            try workspace.record(zone).effect
                == TakedownEffect(isNew: true, frames: 0, drives: 0, originals: 0, someOriginal: nil))
        try await ingest(drive("ada", "one", pictures: 1))
        #expect(try workspace.verdicts().values.filter { $0 == "rejected takedown" }.count == 2)
        #expect(try copies() == 2)
        try workspace.build()
        try workspace.expectSound()
    }

    @Test func aClosedEpochStaysAndTheNextOnePublishesTheTakedown() async throws {
        try await ingest(drive("ada", "one", pictures: 1))
        try workspace.build()
        #expect(try workspace.closeDue(asOf: .at("2026-03-12T00:00:00Z")).map(\.epoch.id) == ["2026-W10"])
        let closed = try workspace.epochs()
        let frames = try names(of: "ada")
        let report = try workspace.record(takedown(.frame(frames[1]), at: "2026-03-13T00:00:00Z"))
        #expect(report.effect.frames == 1 && report.copies == 1)
        try workspace.build()
        try await ingest(
            drive("ben", "two", pictures: 11, days: 7), drive("ada", "three", pictures: 2, days: 8))
        try workspace.build()
        #expect(try workspace.closeDue(asOf: Self.end).map(\.epoch.id) == ["2026-W11"])
        let after = try workspace.epochs()
        for (file, bytes) in closed { #expect(after[file] == bytes, "\(file)") }
        #expect(try workspace.verdicts()["ada/one/frame-01"] == "accepted")
        // Ada's second drive has a copy of the withdrawn frame: a duplicate, as of any other frame.
        #expect(
            try workspace.verdicts()["ada/three/frame-00"] == "duplicate duplicate.exact ada/one/frame-01")
        #expect(try workspace.withdrawn().keys.sorted() == ["ada/one/frame-01", "ada/three/frame-00"])
        let bytes = try #require(after["2026-W11/manifest.json"])
        let manifest = try Manifest(json: bytes)
        #expect(manifest.takedowns.map(\.takedown) == [report.takedown])
        #expect(manifest.takedowns.map(\.frames) == [0])
        #expect(try Manifest(json: #require(after["2026-W10/manifest.json"])).takedowns.isEmpty)
        #expect(try workspace.open().catalog.takedowns().map(\.epoch) == ["2026-W11"])
        try workspace.expectSound()
    }

    /// Killed between seal and publication: the same bytes, whatever was taken down since.
    @Test func whatASealedEpochPublishesIsFixed() async throws {
        try await ingest(drive("ada", "one", pictures: 1), drive("ben", "two", pictures: 11))
        let first = try takedown(.frame(try names(of: "ada")[0]), at: "2026-03-03T00:00:00Z")
        try workspace.record(first)
        let epoch = try #require(Epoch(id: "2026-W10"))
        let asOf = EpochClosing(try workspace.open(), asOf: Self.end).deadline(of: epoch)
        try workspace.open().catalog.seal("2026-W10", end: epoch.end, deadline: asOf, pendingUploads: 0)
        let second = try takedown(.contributor("ada"), at: "2026-03-04T00:00:00Z")
        try workspace.record(second)
        try workspace.closeDue(asOf: Self.end)
        let manifest = try Manifest(json: #require(try workspace.epochs()["2026-W10/manifest.json"]))
        #expect(manifest.takedowns.map(\.takedown) == [first] && manifest.takedowns.map(\.frames) == [1])
        #expect(manifest.verdicts.accepted == 7 && manifest.reasons == [.takedown: 1])
        try workspace.build()
        try workspace.expectSound()
        #expect(try workspace.open().catalog.acceptedFrames().onMap == 4)
    }

    @Test func theCheckFindsWhatIsNotAsTheTakedownsSay() async throws {
        try await ingest(drive("ada", "one", pictures: 1), drive("ben", "two", pictures: 11))
        try workspace.record(takedown(.contributor("ada")))
        try workspace.build()
        #expect(try findings() == [])
        for (change, code) in [
            ("withdrawn = NULL", "frame.withdrawn"),
            ("verdict = 'accepted', rule = NULL, message = NULL", "frame.takedown"),
            ("message = 'because'", "frame.takedown"),
        ] {
            let other = try TestWorkspace()
            try await other.ingest([shelf.delivery(drive("ada", "one", pictures: 1))], asOf: Self.end)
            try other.record(takedown(.contributor("ada")))
            try await other.open().catalog.pool.write { try $0.execute(sql: "UPDATE frames SET \(change)") }
            let codes = try WorkspaceCheck.run(other.open(), dataPercent: 0).findings.map(\.code)
            #expect(codes.filter { $0 == code }.count == 4, "\(change): \(codes)")
        }
        try await workspace.open().catalog.pool.write {
            try $0.execute(sql: "UPDATE takedowns SET name = '0000000000000000'")
        }
        #expect(throws: CatalogDamage.self) { try findings() }
    }
}
