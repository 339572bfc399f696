import Canonical
import Foundation
import GRDB
import Geo
import Rewards
import Stages
import TestSupport
import Testing
import Tiles

@testable import Store

@Suite struct CatalogTests {
    private let fixture: CatalogFixture
    private var catalog: Catalog { fixture.catalog }

    init() throws {
        fixture = try CatalogFixture()
    }

    @Test func addsAnUploadOnce() throws {
        let entry = try fixture.entry(
            "aa", by: "ada", received: 5000,
            [.init(picture: 1, captured: 1000), .init(picture: 2, captured: 2000)])
        #expect(try fixture.add(entry))
        #expect(try !fixture.add(entry, path: "/again"))
        #expect(try catalog.verdictTally(.all).total == 2)
        #expect(try catalog.uploads().map(\.name) == ["aa"])
        #expect(try catalog.drives().map(\.counts.total) == [2])
        #expect(try catalog.integrityFindings() == [])
    }

    @Test func knowsWhatHasNotChanged() throws {
        let sighting = Sighting(contributor: "ada", path: "/x", fingerprint: .of("1"))
        #expect(try !catalog.knows(sighting))
        try catalog.remember(sighting)
        #expect(try catalog.knows(sighting))
        #expect(try !catalog.knows(Sighting(contributor: "ada", path: "/x", fingerprint: .of("2"))))
        #expect(try !catalog.knows(Sighting(contributor: "ben", path: "/x", fingerprint: .of("1"))))
        #expect(try !catalog.knows(Sighting(contributor: "ada", path: "/X", fingerprint: .of("1"))))
    }

    /// Delivered twice, the earlier receipt counts, whichever delivery is read first.
    @Test(arguments: [[5000, 3000], [3000, 5000], [5000, 4000, 3000, 4000]] as [[Int64]])
    func keepsTheEarliestReceipt(receipts: [Int64]) throws {
        for receipt in receipts {
            try fixture.add(
                fixture.entry("aa", by: "ada", received: receipt, [.init(picture: 1, captured: 1000)]))
        }
        #expect(try catalog.uploads().map(\.receivedAt.milliseconds) == [3000])
        #expect(
            try catalog.frames(.all, cellPrecision: 8).map(\.receivedAt.milliseconds) == [3000])
    }

    @Test func sealedFramesKeepTheirReceipt() throws {
        let entry = { (received: Int64) in
            try fixture.entry("aa", by: "ada", received: received, [.init(picture: 1, captured: 1000)])
        }
        try fixture.add(entry(5000))
        try catalog.seal(
            "1970-W01", end: UTCTime(milliseconds: 9000), deadline: UTCTime(milliseconds: 9000),
            pendingUploads: 0)
        try fixture.add(entry(3000))
        #expect(
            try catalog.frames(.all, cellPrecision: 8).map(\.receivedAt.milliseconds) == [5000])
    }

    @Test func keepsStopsTogether() throws {
        try fixture.add(
            fixture.entry(
                "aa", by: "ada", received: 5000,
                [
                    .init(picture: 1, captured: 1000, stop: (0, 1)),
                    .init(picture: 2, captured: 2000, stop: (0, 1)),
                    .init(picture: 3, captured: 3000, isRefused: true),
                ]))
        #expect(
            try fixture.verdicts() == [
                "aa-0-00000": "duplicate duplicate.standstill aa-0-00001", "aa-0-00001": "accepted",
                "aa-0-00002": "rejected position.missing",
            ])
        #expect(try catalog.acceptedFrames().onMap == 1)
        #expect(try catalog.keptContents().count == 2)
    }

    /// One upload of several fails half way: nothing of it stays.
    @Test func addsAllOrNothing() throws {
        var entry = try fixture.entry("aa", by: "ada", received: 5000, [.init(picture: 1, captured: 1000)])
        entry = UploadEntry(
            name: "aa", content: entry.content, contributor: "ada", receivedAt: entry.receivedAt,
            format: "sidecar",
            source: "drive", isKept: false, drives: entry.drives + entry.drives)
        #expect(throws: (any Error).self) { try fixture.add(entry) }
        #expect(try catalog.uploads().isEmpty)
        #expect(try catalog.verdictTally(.all).total == 0)
        #expect(try catalog.dirtyDrives().isEmpty)
    }

    @Test func marksDrivesAndCleansThem() throws {
        try fixture.add(
            fixture.entry(
                "aa", by: "ada", received: 5000,
                [.init(picture: 1, captured: 2000), .init(picture: 2, captured: 1000)]))
        let dirty = try catalog.dirtyDrives()
        #expect(dirty.map(\.name) == ["aa-0"])
        #expect(dirty.map(\.contributor) == ["ada"])
        #expect(try catalog.framesOnMap(of: dirty[0]).map(\.number) == [1, 0])
        let tile = try #require(TileID(zoom: 14, column: 1, row: 2))
        let piece = StoredPiece(tile: tile, day: 3, frames: [1], line: [2, 3])
        var stale = StaleParts()
        stale.tiles = [tile]
        let (block, other) = (try #require(Geohash("u2817")), try #require(Geohash("u2818")))
        stale.insert(.some([1, 2]), of: block)
        stale.insert(.some([3]), of: other)
        try catalog.replacePieces([(dirty[0], [piece])], stale: stale)
        #expect(try catalog.dirtyDrives().isEmpty)
        #expect(try catalog.pieces(of: dirty[0]) == [piece])
        #expect(try catalog.pieces(in: tile).map(\.piece) == [piece])
        #expect(try catalog.pieces(below: try #require(tile.parent)).map(\.drive.name) == ["aa-0"])
        #expect(try catalog.tilesWithPieces() == [tile])
        #expect(try catalog.dirtyTiles() == [tile])
        #expect(try catalog.dirtyBlocks() == [block: .some([1, 2]), other: .some([3])])
        // What was noted before stays noted.
        stale = StaleParts()
        stale.insert(.some([2, 4]), of: block)
        stale.insert(.all, of: other)
        try catalog.replacePieces([(dirty[0], [])], stale: stale)
        #expect(try catalog.dirtyBlocks() == [block: .some([1, 2, 4]), other: .all])
        #expect(try catalog.pieces(of: dirty[0]).isEmpty)
    }

    @Test func remembersWhatAGenerationHolds() throws {
        let tiles = try (0..<3).map { try #require(TileID(id: UInt64($0))) }
        func content(_ tile: TileID, _ word: String) -> TileContent {
            TileContent(
                tile: tile, hash: .of(word), bytes: UInt64(word.utf8.count), storedHash: .of("stored \(word)")
            )
        }
        let name = PublishedName(id: "aa", framesBeyondEdge: 0, compressor: "c")
        var change = GenerationChange()
        change.contents[tiles[2]] = ["a.pmtiles": content(tiles[2], "two")]
        change.contents[tiles[0]] = [
            "a.pmtiles": content(tiles[0], "nought"), "b.pmtiles": content(tiles[0], "other"),
        ]
        try catalog.markPublished(name, change)
        #expect(
            try catalog.contents(of: ["b.pmtiles", "a.pmtiles"]) == [
                [content(tiles[0], "other")], [content(tiles[0], "nought"), content(tiles[2], "two")],
            ])
        // One archive loses a tile, the other one keeps it; a tile of which nothing is left is gone.
        change = GenerationChange()
        change.contents[tiles[0]] = ["b.pmtiles": nil]
        change.contents[tiles[1]] = ["b.pmtiles": content(tiles[1], "one")]
        change.contents[tiles[2]] = ["a.pmtiles": nil]
        try catalog.markPublished(name, change)
        #expect(try catalog.contents(of: tiles[0]) == ["a.pmtiles": content(tiles[0], "nought")])
        #expect(try catalog.contents(of: "b.pmtiles") == [content(tiles[1], "one")])
        #expect(try catalog.contents(of: tiles[2]).isEmpty)
        // Contents that end too soon, and a name that is longer than all there is.
        for damage in ["substr(archives, 1, length(archives) - 1)", "x'ff41'", "x'00'"] {
            try catalog.pool.write {
                try $0.execute(sql: "UPDATE contents SET archives = \(damage) WHERE tile = 1")
            }
            #expect(throws: CatalogDamage.self) { try catalog.contents(of: "b.pmtiles") }
        }
    }

    @Test func sealsByTimeOfCaptureAndReceipt() throws {
        let shots: [CatalogFixture.Shot] = [
            .init(picture: 1, captured: 999), .init(picture: 2, captured: 1000),
            .init(picture: 3, captured: 10),
        ]
        try fixture.add(fixture.entry("aa", by: "ada", received: 1400, shots))
        try fixture.add(fixture.entry("bb", by: "ben", received: 1500, [.init(picture: 4, captured: 10)]))
        try catalog.seal(
            "1970-W01", end: UTCTime(milliseconds: 1000), deadline: UTCTime(milliseconds: 1500),
            pendingUploads: 0)
        #expect(
            try catalog.frames(.epoch("1970-W01"), cellPrecision: 8).map(\.name) == [
                "aa-0-00000", "aa-0-00002",
            ])
        #expect(try catalog.frames(.open, cellPrecision: 8).map(\.name) == ["aa-0-00001", "bb-0-00000"])
        // Once is for ever.
        #expect(throws: (any Error).self) {
            try catalog.seal(
                "1970-W01", end: UTCTime(milliseconds: 9000), deadline: UTCTime(milliseconds: 9000),
                pendingUploads: 0)
        }
        #expect(try catalog.frames(.open, cellPrecision: 8).count == 2)
        #expect(try catalog.sealedEpochs().map(\.body) == [nil])
        let header = EpochHeader(
            epoch: try #require(Epoch(id: "1970-W01")), sealedAsOf: UTCTime(milliseconds: 1500))
        let settlement = try EpochLedger(
            header, rulesets: RulesetSchedule(.standard), drives: [], takedowns: .none
        )
        .settle(ChainState(), bounties: [], corrections: []) { _, _ in }
        try catalog.markPublished(settlement)
        #expect(try catalog.sealedEpochs().map(\.body) == [settlement.manifest.contentHash])
        #expect(try catalog.sealedEpochs().map(\.isFinal) == [false])
        try catalog.markFinal("1970-W01")
        #expect(try catalog.sealedEpochs().map(\.isFinal) == [true])
    }

    @Test func outlivesItsProcess() throws {
        try fixture.add(fixture.entry("aa", by: "ada", received: 5000, [.init(picture: 1, captured: 1000)]))
        let again = try Catalog(path: "\(fixture.folder.path)/catalog.sqlite", for: .making)
        #expect(try again.uploads().map(\.name) == ["aa"])
        try catalog.checkpoint()
        #expect(try again.verdictTally(.all).total == 1)
    }
}
