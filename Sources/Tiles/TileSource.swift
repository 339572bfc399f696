import Canonical
import Geo

/// Tiles that can be looked into, whatever kind of file holds them.
///
/// Nothing such a file says is believed: tiles are found by reading, and every reader keeps its own limits.
public protocol TileSource: Sendable {
    /// What the tiles are, as the file says; `other` where it does not.
    var tileType: PMTilesHeader.TileType { get }

    /// The metadata document, an object.
    ///
    /// - Throws: ``TileError`` where it cannot be read.
    func metadata() throws(TileError) -> JSONValue

    /// The tile's content as it is stored, nil where there is none.
    func storedTile(at tile: TileID) throws(TileError) -> [UInt8]?

    /// A stored content uncompressed.
    func uncompressed(_ stored: [UInt8]) throws(TileError) -> [UInt8]

    /// Calls `body` with every tile by ascending identifier, and what is stored for it.
    ///
    /// A source that holds equal tiles once still gives one call for each of them.
    func forEachTile(_ body: (TileID, [UInt8]) throws(TileError) -> Void) throws(TileError)
}

extension TileSource {
    /// The tile's content uncompressed, nil where there is none.
    public func tile(at tile: TileID) throws(TileError) -> [UInt8]? {
        guard let stored = try storedTile(at: tile) else { return nil }
        return try uncompressed(stored)
    }
}
