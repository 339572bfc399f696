import Geo

/// A quarter of a tile, in the order of `TileID.children`.
public enum Quadrant: UInt8, CaseIterable, Hashable, Sendable {
    /// Column 0, row 0 of the four.
    case northWest
    /// Column 1, row 0.
    case northEast
    /// Column 0, row 1.
    case southWest
    /// Column 1, row 1.
    case southEast

    /// The quarter of its parent that `tile` is.
    public init(of tile: TileID) {
        switch (tile.column % 2, tile.row % 2) {
        case (0, 0): self = .northWest
        case (_, 0): self = .northEast
        case (0, _): self = .southWest
        default: self = .southEast
        }
    }

    /// 0 in the west, 1 in the east.
    var column: Int { Int(rawValue) & 1 }
    /// 0 in the north, 1 in the south.
    var row: Int { Int(rawValue) >> 1 }
}
