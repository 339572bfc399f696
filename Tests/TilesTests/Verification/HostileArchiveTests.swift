import Canonical
import Geo
import TestSupport
import Testing

@testable import Tiles

@Suite struct HostileArchiveTests {
    @Test(arguments: HostileArchives.small.all) func hostileArchivesAreFoundWithoutMuchWork(
        archive: HostileArchives.Archive
    ) throws {
        let source = CountingReader(try archive.make())
        let report = ArchiveVerification.run(source, readsContents: true)
        #expect(!report.isSound && report.findings.contains { !$0.code.isWarning && !$0.detail.isEmpty })
        // What is read is a small multiple of what is there; what is inflated goes by the budget.
        #expect(source.bytesRead < 40 << 20, "\(source.bytesRead) of \(source.size)")
    }

    @Test func aCutOffArchiveIsFound() throws {
        let sample = try SampleArchive.coverage(leaves: 2, seed: 31)
        for count in stride(from: 0, to: sample.bytes.count, by: 5) {
            let report = ArchiveVerification.run(
                ByteArray(Array(sample.bytes[..<count])), readsContents: false)
            #expect(!report.isSound, "\(count) of \(sample.bytes.count) bytes")
        }
    }

    /// The record has a hash of every byte before the tiles, and one of every content as it is stored: there is no
    /// bit that could change unseen. The archive is small, so that 10,000 flips try every second bit of it.
    @Test func everyFlippedBitIsFound() throws {
        let sample = try SampleArchive.coverage(leaves: 1, zooms: 0...4, seed: 32)
        let seed: UInt64 = 33
        var missed = 0
        flipped(sample.bytes, count: 10_000, seed: seed) { damaged in
            let report = ArchiveVerification.run(
                ByteArray(damaged), readsContents: true, record: sample.record)
            if report.isSound { missed += 1 }
        }
        #expect(missed == 0, "seed \(seed)")
    }

    /// Without a record there is no telling whether bounds or names are those that were meant, and gzip has bits
    /// that mean nothing.
    @Test func mostFlippedBitsAreFoundWithoutARecord() throws {
        let sample = try SampleArchive.coverage(leaves: 1, zooms: 0...4, seed: 34)
        var found = 0
        flipped(sample.bytes, count: 1000, seed: 35) { damaged in
            if !ArchiveVerification.run(ByteArray(damaged), readsContents: true).findings.isEmpty {
                found += 1
            }
        }
        #expect(found > 900, "\(found) of 1000")
    }

    @Test func whatIsNotAsRecordedIsFound() throws {
        let sample = try SampleArchive.coverage(leaves: 2, seed: 36)
        let stranger = GenerationRecord.Tile(
            tile: try #require(TileID(zoom: 26, column: 0, row: 0)), contentHash: .of([]), bytes: 0)
        let edits: [(expected: TileFinding.Code?, edit: (inout RecordedArchive) -> Void)] = [
            (nil, { _ in }), (.recordSize, { $0.packed?.bytes += 1 }),
            (.recordHead, { $0.packed?.head = .of([1]) }), (.recordBlobs, { $0.packed?.blobs = .of([1]) }),
            (.recordTile, { $0.tiles[3].contentHash = .of([1]) }), (.recordTile, { $0.tiles[3].bytes += 1 }),
            (.recordUnknown, { $0.tiles.remove(at: 3) }), (.recordUnknown, { $0.tiles.removeLast() }),
            (.recordMissing, { $0.tiles.append(stranger) }),
        ]
        for (expected, edit) in edits {
            var record = sample.record
            edit(&record)
            let found = findings(sample.bytes, record: record)
            #expect(found == (expected.map { [$0: 1] } ?? [:]))
            // Without the contents only what concerns them is missed.
            let missed: [TileFinding.Code] = [.recordTile, .recordBlobs]
            let outside = findings(sample.bytes, contents: false, record: record)
            #expect(outside == found.filter { !missed.contains($0.key) })
        }
    }
}

/// Bytes in memory that counts how many of them were asked for.
private final class CountingReader: ByteReader, @unchecked Sendable {
    private let bytes: ByteArray
    private(set) var bytesRead = 0

    init(_ bytes: [UInt8]) {
        self.bytes = ByteArray(bytes)
    }

    var size: UInt64 { bytes.size }

    func bytes(at offset: UInt64, count: Int) throws(TileError) -> [UInt8] {
        bytesRead += max(0, count)
        return try bytes.bytes(at: offset, count: count)
    }
}
