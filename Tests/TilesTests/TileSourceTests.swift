import Geo
import Synchronization
import Testing

@testable import Tiles

@Suite struct TileSourceTests {
    /// Counts what is read of an archive.
    private final class CountingBytes: ByteReader {
        private let content: ByteArray
        let reads = Mutex<[UInt64: Int]>([:])

        init(_ content: [UInt8]) {
            self.content = ByteArray(content)
        }

        var size: UInt64 { content.size }

        func bytes(at offset: UInt64, count: Int) throws(TileError) -> [UInt8] {
            reads.withLock { $0[offset, default: 0] += 1 }
            return try content.bytes(at: offset, count: count)
        }
    }

    private static func archive(_ entries: [PMTilesEntry], data: [UInt8]) -> [UInt8] {
        let root = PMTilesDirectory.bytes(entries)
        var header = PMTilesHeader()
        (header.internalCompression, header.tileCompression, header.tileType) = (.none, .none, .png)
        header.root = .init(offset: 127, length: UInt64(root.count))
        header.metadata = .init(offset: 127 + header.root.length, length: 2)
        header.data = .init(offset: header.metadata.offset + 2, length: UInt64(data.count))
        return header.bytes + root + Array("{}".utf8) + data
    }

    @Test func theContentOfARunIsReadOnceAndGivenForEveryTile() throws {
        let entries = [
            PMTilesEntry(id: 3, offset: 0, length: 2, run: 4),
            PMTilesEntry(id: 9, offset: 2, length: 1, run: 1),
        ]
        let bytes = CountingBytes(Self.archive(entries, data: [7, 8, 9]))
        let reader = try PMTilesReader(bytes)
        var found: [UInt64: [UInt8]] = [:]
        try reader.forEachTile { (tile, content) throws(TileError) in found[tile.id] = content }
        #expect(found == [3: [7, 8], 4: [7, 8], 5: [7, 8], 6: [7, 8], 9: [9]])
        #expect(bytes.reads.withLock { $0[reader.header.data.offset] } == 1)
        #expect(try reader.zooms() == 1...2)
    }

    @Test func aRunOfFourBillionTilesEndsAtTheLimit() throws {
        let reader = try PMTilesReader(
            ByteArray(Self.archive([.init(id: 1, offset: 0, length: 1, run: UInt32.max)], data: [7])))
        var count = 0
        let error = refusal { () throws(TileError) in
            try reader.forEachTile(limit: 1000) { (_, _) throws(TileError) in count += 1 }
        }
        #expect(error?.code == .overLimit && count == 1000)
        #expect(
            refusal { () throws(TileError) in try reader.forEachTileID(limit: 5) { _ in } }?.code
                == .overLimit)
        #expect(try reader.zooms() == 1...16)
    }

    @Test func runsAreSplitByZoom() throws {
        let run = TileRun(firstID: 3, count: 20, place: 1, length: 1)
        #expect(run.tilesPerZoom.map(\.zoom) == [1, 2, 3] && run.tilesPerZoom.map(\.tiles) == [2, 16, 2])
        #expect(run.part(ofZoom: 2) == TileRun(firstID: 5, count: 16, place: 1, length: 1))
        #expect(run.part(ofZoom: 3) == TileRun(firstID: 21, count: 2, place: 1, length: 1))
        #expect(run.part(ofZoom: 4) == nil && run.part(ofZoom: 0) == nil)
    }
}
