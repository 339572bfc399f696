import Geo

/// The tiles of an archive that take the most bytes.
public struct LargestTiles: Sendable {
    /// A tile, and why it is large.
    public struct Tile: Sendable {
        /// The first tile with this content.
        public let tile: TileID
        /// How many tiles in a row have it.
        public let run: UInt64
        /// Bytes as stored.
        public let storedBytes: UInt64
        /// Bytes uncompressed.
        public let bytes: UInt64
        /// What the bytes are spent on; nil where it is no vector tile.
        public let anatomy: TileAnatomy?
    }

    /// The tiles, largest first; of equally large ones those with the smaller identifiers.
    public let tiles: [Tile]

    /// The `count` largest tiles of `source`, or of one of its zooms.
    ///
    /// - Throws: ``TileError``, for a tile that cannot be read with its name.
    public init(of source: any TileSource, count: Int, zoom: UInt8? = nil) throws(TileError) {
        var largest: [TileRun] = []
        try source.forEachRun { (run) throws(TileError) in
            guard let run = zoom.map({ run.part(ofZoom: $0) }) ?? run else { return }
            if largest.count == count, let last = largest.last, last.length >= run.length { return }
            // Runs come by identifier: behind all that are as large.
            let place = largest.firstIndex { $0.length < run.length } ?? largest.count
            largest.insert(run, at: place)
            if largest.count > count { largest.removeLast() }
        }
        var reader = ContentReader(source)
        var tiles: [Tile] = []
        for run in largest {
            guard let tile = run.first else { continue }
            let bytes = try reader.content(run)
            do throws(TileError) {
                tiles.append(
                    Tile(
                        tile: tile, run: run.count, storedBytes: run.length, bytes: UInt64(bytes.count),
                        anatomy: source.tileType == .mvt ? try TileAnatomy(of: bytes) : nil))
            } catch {
                throw error.about("tile \(tile)")
            }
        }
        self.tiles = tiles
    }
}

extension TileRun {
    /// The tiles of the run that belong to `zoom`; nil where none does.
    public func part(ofZoom zoom: UInt8) -> TileRun? {
        let first = max(firstID, TileID.firstID(zoom: zoom))
        let end = min(firstID + count, TileID.firstID(zoom: zoom + 1))
        guard first < end else { return nil }
        return TileRun(firstID: first, count: end - first, place: place, length: length)
    }
}
