import Canonical
import Geo

/// Turns tiles of any source into a clustered, deduplicated PMTiles archive in two passes: the first learns what is
/// where, the second hands over the contents. In memory is only where they go.
public struct PMTilesConversion {
    /// Header, directories and metadata: what the archive begins with.
    public let head: [UInt8]
    /// Bytes of the whole archive.
    public let size: UInt64
    /// Tiles of the archive.
    public let tiles: UInt64

    private let source: any TileSource
    /// The first tile of every content, in the order of the contents.
    private let firstIDs: [UInt64]
    private let hashes: [ContentHash]

    /// The most tiles an archive is made of at once; they take about 100 bytes of memory each.
    public static let maxTiles: UInt64 = 4 << 20

    /// Reads all of `source`.
    ///
    /// - Throws: ``TileError``; `overLimit` for more than ``maxTiles``.
    public init(of source: any TileSource, description: ArchiveDescription) throws(TileError) {
        var placements: [PMTilesLayout.Placement] = []
        var lengths: [Int] = []
        var numbers: [ContentHash: Int] = [:]
        var firstIDs: [UInt64] = []
        var reader = ContentReader(source)
        try source.forEachRun { (run) throws(TileError) in
            guard run.count <= Self.maxTiles, UInt64(placements.count) + run.count <= Self.maxTiles else {
                throw TileError(
                    .overLimit, at: run.place ?? 0,
                    "more than \(Self.maxTiles) tiles; export to .mbtiles, which has no such limit")
            }
            let content = try reader.exported(run)
            // Equal hashes are equal contents: the hash is SHA-256.
            let hash = ContentHash.of(content)
            let number = numbers[hash] ?? lengths.count
            if number == lengths.count {
                numbers[hash] = number
                lengths.append(content.count)
                firstIDs.append(run.firstID)
            }
            for id in run.firstID..<run.firstID + run.count { placements.append((id, number)) }
        }
        self.source = source
        if placements.isEmpty {
            head = try PMTilesWriter.archive(tiles: [], description: description)
            size = UInt64(head.count)
            tiles = 1
            self.firstIDs = []
            hashes = []
            return
        }
        let layout = try PMTilesLayout(tiles: placements, lengths: lengths, description: description)
        head = layout.head
        size = UInt64(layout.head.count) + layout.header.data.length
        tiles = layout.header.addressedTiles
        self.firstIDs = firstIDs
        hashes = numbers.sorted { $0.value < $1.value }.map(\.key)
    }

    /// Calls `body` with every content in the order in which they follow ``head``.
    ///
    /// - Throws: ``TileError``, also where the source is no longer what it was.
    public func forEachContent(_ body: ([UInt8]) throws(TileError) -> Void) throws(TileError) {
        var reader = ContentReader(source)
        var next = 0
        try source.forEachRun { (run) throws(TileError) in
            guard next < firstIDs.count, run.firstID == firstIDs[next] else { return }
            let content = try reader.exported(run)
            guard ContentHash.of(content) == hashes[next] else {
                throw TileError(
                    .unreadable, at: run.place ?? 0, "tile \(run.firstID) has changed while it was read")
            }
            next += 1
            try body(content)
        }
        guard next == firstIDs.count else {
            throw TileError(.unreadable, at: 0, "tiles have vanished while they were read")
        }
    }
}
