import SeededNumbers
import Canonical
import Foundation
import Stages
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// What is paid, to whom, and that it stays so.
@Suite struct RewardLawTests {
    private let shelf: DeliveryShelf
    private let workspace: TestWorkspace
    private static let monday = UTCTime.at("2026-03-02T08:00:00Z")
    private static let end = RandomHistory.end

    init() throws {
        shelf = try DeliveryShelf()
        workspace = try TestWorkspace()
    }

    private func drive(
        _ contributor: String, _ name: String, pictures: UInt64, hours: Int64 = 0, received: Int64,
        quality: Int = 90
    ) -> TestUpload {
        let captured = UTCTime(milliseconds: Self.monday.milliseconds + hours * 3_600_000)
        var upload = TestUpload.drive(
            contributor, name, pictures: pictures, count: 4, captured: captured,
            received: UTCTime(milliseconds: Self.monday.milliseconds + received * 3_600_000))
        for index in upload.frames.indices { upload.frames[index].quality = quality }
        return upload
    }

    private func awards() throws -> [String: [[String: Any]]] {
        var result: [String: [[String: Any]]] = [:]
        for (name, bytes) in try workspace.epochs() where name.hasSuffix("/awards.jsonl") {
            result[String(name.prefix(8))] = try bytes.split(separator: 0x0A).compactMap {
                try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any]
            }
        }
        return result
    }

    /// Copies that turn up after the week was closed: received later, or with a receipt from before everything.
    @Test(arguments: [400, 1] as [Int64])
    func aClosedEpochNeverChanges(received: Int64) async throws {
        try await workspace.ingest(
            [shelf.delivery(drive("ada", "first", pictures: 1, received: 10))], asOf: Self.end)
        try workspace.build()
        #expect(try workspace.closeDue(asOf: Self.end).map(\.epoch.id) == ["2026-W10"])
        let closed = try workspace.epochs()
        let copy = drive("mallory", "copy", pictures: 1, received: received, quality: 70)
        let report = try await workspace.ingest([shelf.delivery(copy)], asOf: Self.end)
        #expect(report.counts[.accepted] == 0 && report.counts[.duplicate] == 4)
        try workspace.build()
        try workspace.closeDue(asOf: Self.end)
        let after = try workspace.epochs()
        for (file, bytes) in closed { #expect(after[file] == bytes, "\(file)") }
        // Its copies are counted by a later week, and earn nothing.
        let later = try awards().filter { $0.key != "2026-W10" }
        #expect(later.count == 1)
        let award = try #require(later.values.first?.first)
        #expect(award["contributor"] as? String == "mallory")
        #expect(award["paid"] as? String == "0" && award["reason"] as? String == "no_accepted_frames")
        try workspace.expectSound()
    }

    /// The same upload with an earlier receipt after its week was closed: nothing is judged twice.
    @Test func aClosedUploadIsNotCountedAgain() async throws {
        let upload = drive("ada", "first", pictures: 1, received: 10)
        try await workspace.ingest([shelf.delivery(upload)], asOf: Self.end)
        try workspace.closeDue(asOf: Self.end)
        let closed = try workspace.epochs()
        var again = upload
        again.receivedAt = UTCTime(milliseconds: Self.monday.milliseconds + 3_600_000)
        let report = try await workspace.ingest([shelf.delivery(again)], asOf: Self.end)
        #expect(report.added == [] && report.counts.total == 0)
        #expect(try workspace.closeDue(asOf: Self.end).isEmpty)
        #expect(try workspace.epochs() == closed)
    }

    /// Two people deliver the same bytes at the same moment: one is paid, the same one in either order.
    @Test func identicalContentsArePaidOnce() async throws {
        let uploads = ["ada", "ben"].map { drive($0, "same", pictures: 1, received: 10) }
        let deliveries = try uploads.map { try shelf.delivery($0) }
        let other = try TestWorkspace()
        try await workspace.ingest(deliveries, asOf: Self.end)
        for delivery in deliveries.reversed() { try await other.ingest([delivery], asOf: Self.end) }
        #expect(try workspace.verdicts() == other.verdicts())
        let tally = try workspace.open().catalog.verdictTally(.all)
        #expect(tally[.accepted] == 4 && tally.reasons == ["duplicate.exact": 4])
        try workspace.closeDue(asOf: Self.end)
        let amounts = try #require(try awards()["2026-W10"]).compactMap { $0["paid"] as? String }
        #expect(amounts.sorted() == ["0", "990000000000"])
    }

    @Test func theSameUploadTwiceIsOne() async throws {
        let upload = drive("ada", "first", pictures: 1, received: 10)
        let first = try shelf.delivery(upload)
        let report = try await workspace.ingest([first, try shelf.delivery(upload), first], asOf: Self.end)
        let kinds = report.outcomes.map { outcome in
            switch outcome.kind {
            case .ingested: "ingested"
            case .repeated: "repeated"
            case .known: "known"
            case .quarantined, .deferred: "refused"
            }
        }
        #expect(kinds == ["ingested", "repeated", "known"])
        #expect(report.counts.total == 4)
        #expect(try workspace.open().catalog.verdictTally(.all)[.accepted] == 4)
    }

    /// A receipt that turns up, or is put right, in place: as if it had been there from the beginning.
    @Test(arguments: [nil, 30] as [Int64?])
    func aReceiptPutRightCounts(before hours: Int64?) async throws {
        let original = drive("ada", "first", pictures: 1, received: 20)
        let copy = drive("ben", "copy", pictures: 1, received: 15, quality: 70)
        let late = hours.map { UTCTime(milliseconds: Self.monday.milliseconds + $0 * 3_600_000) }
        let delivery = try shelf.delivery(copy)
        try await workspace.ingest([shelf.delivery(original), delivery.received(late)], asOf: Self.end)
        #expect(
            try workspace.verdicts()["ben/copy/frame-00"] == "duplicate duplicate.near ada/first/frame-00")
        try await workspace.ingest([delivery], asOf: Self.end)
        #expect(try workspace.verdicts()["ben/copy/frame-00"] == "accepted")
        #expect(
            try workspace.verdicts()["ada/first/frame-00"] == "duplicate duplicate.near ben/copy/frame-00")
        try workspace.build()
        try workspace.expectSound()
    }

    /// What an earlier receipt shows to be from the future is refused, whichever delivery was read first.
    @Test(arguments: [[1, 3], [3, 1]] as [[Int64]])
    func framesFromAfterTheReceiptAreRefused(receipts: [Int64]) async throws {
        for received in receipts {
            let upload = drive("ada", "first", pictures: 1, hours: 2, received: received)
            try await workspace.ingest([shelf.delivery(upload)], asOf: Self.end)
        }
        #expect(Set(try workspace.verdicts().values) == ["rejected time.future"])
        try workspace.build()
        try workspace.expectSound()
    }

    /// A stop whose best frame comes last.
    @Test func theBestOfAStopMayComeLast() async throws {
        var upload = drive("ada", "stop", pictures: 1, received: 10)
        for index in upload.frames.indices { upload.frames[index].latitude = 48.2 }
        var best: Set<String> = []
        for sharp in upload.frames.indices {
            for index in upload.frames.indices { upload.frames[index].contrast = index == sharp ? 100 : 40 }
            let fresh = try TestWorkspace()
            let report = try await fresh.ingest([shelf.delivery(upload)], asOf: Self.end)
            #expect(report.counts[.accepted] == 1 && report.counts.reasons == ["duplicate.standstill": 3])
            best.formUnion(try fresh.verdicts().filter { $0.value == "accepted" }.map(\.key))
            try fresh.build()
            try fresh.expectSound()
        }
        #expect(best.count > 1, "otherwise nothing was tested: \(best)")
    }

    /// Of pictures that are equal, never more than one is paid, in whatever weeks they arrive.
    @Test(arguments: [61, 62, 63] as [UInt64])
    func nothingIsPaidTwice(seed: UInt64) async throws {
        let history = try RandomHistory(seed: seed, shelf: shelf, uploads: 8)
        var random = SplitMix64(seed: seed)
        for (number, delivery) in history.deliveries.shuffled(using: &random).enumerated() {
            let asOf = UTCTime(
                milliseconds: RandomHistory.end.milliseconds + Int64(number) * UTCTime.millisecondsPerDay)
            try await workspace.ingest([delivery], asOf: asOf)
            if number % 2 == 0 { try workspace.closeDue(asOf: asOf) }
        }
        try workspace.closeDue(asOf: .at("2026-06-01T00:00:00Z"))
        var paid: Set<String> = []
        var frames: Set<String> = []
        for (name, bytes) in try workspace.epochs() where name.hasSuffix("verdicts.jsonl") {
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
                #expect(frames.insert(record["frame"] as? String ?? "").inserted, "seed \(seed): \(line)")
                guard record["verdict"] as? String == "accepted" else { continue }
                #expect(paid.insert(record["sha256"] as? String ?? "").inserted, "seed \(seed): \(line)")
            }
        }
        #expect(frames.count == (try workspace.open().catalog.verdictTally(.all).total))
        try workspace.build()
        try workspace.expectSound()
    }
}
