import Geo

/// One square of the 64 x 64 grid of one tile.
///
/// Squares are half-open like tiles: a position on an edge belongs to the square in the east and in the
/// south. A square of a tile at zoom z is the tile at zoom z + 6, and four squares that meet inside a parent
/// are one square of the parent's grid: that is why counts add up at every zoom.
public struct SquareAddress: Hashable, Sendable {
    /// Squares along one side of a tile.
    public static let side: UInt32 = 64
    /// Squares of one tile.
    public static let count = 4096
    /// The zoom of the tiles that are made from frames; every other zoom is made from the zoom below it.
    public static let leafZoom: UInt8 = 14

    /// The tile.
    public let tile: TileID
    /// row * 64 + column inside the tile, 0..<4096, row 0 in the north.
    public let index: UInt16

    /// Square `index` of `tile`; nil for an index of 4096 or more.
    public init?(tile: TileID, index: Int) {
        guard (0..<Self.count).contains(index) else { return nil }
        self.tile = tile
        self.index = UInt16(index)
    }

    /// The square of the leaf tile that holds `position`; nil beyond the map's edge (85.0511 degrees).
    public init?(leafOf position: Coordinate) {
        guard let square = TileID(of: position, zoom: Self.leafZoom + 6),
            let tile = TileID(
                zoom: Int(Self.leafZoom), column: Int(square.column / Self.side),
                row: Int(square.row / Self.side))
        else { return nil }
        self.tile = tile
        index = UInt16(truncatingIfNeeded: square.row % Self.side * Self.side + square.column % Self.side)
    }
}
