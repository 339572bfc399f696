import Canonical
import Geo

/// Tiles that can be looked into, whatever kind of file holds them.
///
/// Nothing such a file says is believed: tiles are found by reading, and every reader keeps its own limits.
public protocol TileSource {
    /// Bytes of the whole file.
    var size: UInt64 { get }

    /// What the tiles are, as the file says; `other` where it does not.
    var tileType: PMTilesHeader.TileType { get }

    /// The part of the map that the file says its tiles cover; nil where it says none that makes sense.
    var claimedBounds: MapBounds? { get }

    /// The metadata document, an object.
    ///
    /// - Throws: ``TileError`` where it cannot be read.
    func metadata() throws(TileError) -> JSONValue

    /// The tile's content as it is stored, nil where there is none.
    func storedTile(at tile: TileID) throws(TileError) -> [UInt8]?

    /// A stored content uncompressed.
    func uncompressed(_ stored: [UInt8]) throws(TileError) -> [UInt8]

    /// All tiles, run by run.
    func runs() throws(TileError) -> TileRuns

    /// The content of a run of this source, as it is stored.
    func stored(_ run: TileRun) throws(TileError) -> [UInt8]
}

/// Tiles that follow one another by identifier and have one content.
public struct TileRun: Hashable, Sendable {
    /// Identifier of the first tile.
    public let firstID: UInt64
    /// Tiles in the run, at least 1; the last one is inside the pyramid.
    public let count: UInt64
    /// Where the content is: in a PMTiles archive the byte of the tile data it starts at, in an MBTiles file the
    /// number of the row that holds it, nil where rows have none. Runs of one source that have equal places and
    /// lengths have one content.
    public let place: UInt64?
    /// Bytes of the content as stored.
    public let length: UInt64

    /// A run.
    public init(firstID: UInt64, count: UInt64, place: UInt64?, length: UInt64) {
        self.firstID = firstID
        self.count = count
        self.place = place
        self.length = length
    }

    /// The first tile.
    public var first: TileID? { TileID(id: firstID) }

    /// What messages call the run: its first tile.
    public var name: String { "tile \(first?.description ?? String(firstID))" }

    /// How many tiles of the run every zoom has, lowest zoom first; zooms without any are left out.
    public var tilesPerZoom: [(zoom: UInt8, tiles: UInt64)] {
        var result: [(zoom: UInt8, tiles: UInt64)] = []
        var (id, left) = (firstID, count)
        while left > 0, let zoom = TileID(id: id)?.zoom {
            let tiles = min(left, TileID.firstID(zoom: zoom + 1) - id)
            result.append((zoom, tiles))
            (id, left) = (id + tiles, left - tiles)
        }
        return result
    }
}

/// The runs of a source by ascending identifier, one after another; they do not overlap.
public struct TileRuns {
    private let step: () throws(TileError) -> TileRun?

    /// Runs that `step` gives, nil behind the last one.
    init(_ step: @escaping () throws(TileError) -> TileRun?) {
        self.step = step
    }

    /// The next run, nil behind the last one.
    public mutating func next() throws(TileError) -> TileRun? { try step() }
}

extension TileSource {
    /// Calls `body` with every run of tiles by ascending identifier.
    ///
    /// A run may claim four billion tiles: what is said of all of them is said by arithmetic.
    public func forEachRun(_ body: (TileRun) throws(TileError) -> Void) throws(TileError) {
        var runs = try runs()
        while let run = try runs.next() { try body(run) }
    }

    /// The tile's content uncompressed, nil where there is none.
    public func tile(at tile: TileID) throws(TileError) -> [UInt8]? {
        guard let stored = try storedTile(at: tile) else { return nil }
        return try uncompressed(stored)
    }

    /// The zooms there are tiles of, from the first to the last; nil where there is no tile.
    public func zooms() throws(TileError) -> ClosedRange<UInt8>? {
        var zooms: ClosedRange<UInt8>?
        try forEachRun { (run) throws(TileError) in
            for (zoom, _) in run.tilesPerZoom { zooms = (zooms?.lowerBound ?? zoom)...zoom }
        }
        return zooms
    }

    /// Calls `body` with every tile by ascending identifier, and what is stored for it. The content of a run is
    /// read once.
    ///
    /// - Parameter limit: the most tiles to call `body` for, as a run of few bytes may claim four billion.
    /// - Throws: what `body` throws; `overLimit` behind the last of `limit` tiles.
    public func forEachTile(
        limit: UInt64 = 50_000_000, _ body: (TileID, [UInt8]) throws(TileError) -> Void
    ) throws(TileError) {
        try forEachTile(limit: limit, of: { (run) throws(TileError) in try stored(run) }, body)
    }

    /// Calls `body` with every tile by ascending identifier, and its content as ``ContentReader/exported(_:)`` gives it.
    ///
    /// - Throws: what `body` throws; `overLimit` behind the last of `limit` tiles.
    public func forEachExported(
        limit: UInt64 = 50_000_000, _ body: (TileID, [UInt8]) throws(TileError) -> Void
    ) throws(TileError) {
        var reader = ContentReader(self)
        try forEachTile(limit: limit, of: { (run) throws(TileError) in try reader.exported(run) }, body)
    }

    /// Calls `body` with every tile by ascending identifier, and its content uncompressed.
    ///
    /// - Throws: what `body` throws; `overLimit` behind the last of `limit` tiles.
    public func forEachContent(
        limit: UInt64 = 50_000_000, _ body: (TileID, [UInt8]) throws(TileError) -> Void
    ) throws(TileError) {
        var reader = ContentReader(self)
        try forEachTile(limit: limit, of: { (run) throws(TileError) in try reader.content(run) }, body)
    }

    /// Calls `body` with every tile by ascending identifier, without reading any.
    ///
    /// - Throws: what `body` throws; `overLimit` behind the last of `limit` tiles.
    public func forEachTileID(
        limit: UInt64 = 50_000_000, _ body: (TileID) throws(TileError) -> Void
    ) throws(TileError) {
        try forEachTile(limit: limit, of: { _ in }, { (tile, _) throws(TileError) in try body(tile) })
    }

    /// Calls `body` with every tile and what `content` makes of its run, once for the run.
    func forEachTile<Content>(
        limit: UInt64, of content: (TileRun) throws(TileError) -> Content,
        _ body: (TileID, Content) throws(TileError) -> Void
    ) throws(TileError) {
        var left = limit
        try forEachRun { (run) throws(TileError) in
            let content = try content(run)
            for id in run.firstID..<run.firstID + run.count {
                guard left > 0, let tile = TileID(id: id) else {
                    throw TileError(.overLimit, at: run.place ?? 0, "more than \(limit) tiles")
                }
                left -= 1
                try body(tile, content)
            }
        }
    }
}
