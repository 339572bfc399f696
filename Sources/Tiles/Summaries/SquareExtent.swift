import Geo

/// A rectangle of leaf squares: those of the grid of 2^20 x 2^20 that the leaf tiles make up together, in
/// other words tiles of zoom 20.
public struct SquareExtent: Hashable, Sendable {
    /// The westernmost column, 0..<2^20.
    public let west: UInt32
    /// The northernmost row, 0..<2^20.
    public let north: UInt32
    /// The easternmost column, not west of ``west``.
    public let east: UInt32
    /// The southernmost row, not north of ``north``.
    public let south: UInt32

    /// The zoom at which a leaf square is a tile.
    static let zoom = SquareAddress.leafZoom + 6

    /// The rectangle from `west`, `north` to `east`, `south`, these included; nil where there is none.
    public init?(west: UInt32, north: UInt32, east: UInt32, south: UInt32) {
        let side: UInt32 = 1 << UInt32(Self.zoom)
        guard west <= east, north <= south, east < side, south < side else { return nil }
        self.init(checked: west, north, east, south)
    }

    private init(checked west: UInt32, _ north: UInt32, _ east: UInt32, _ south: UInt32) {
        self.west = west
        self.north = north
        self.east = east
        self.south = south
    }

    /// The smallest rectangle that holds `squares` of `tile`; nil for none.
    init?(_ squares: [TileSummary.Square], of tile: TileID) {
        // By ascending index, that is row by row.
        guard let first = squares.first, let last = squares.last else { return nil }
        var (west, east) = (first.column, first.column)
        for square in squares {
            west = min(west, square.column)
            east = max(east, square.column)
        }
        // A square of a tile above the leaves is wider than one of theirs.
        let shift = Int(SquareAddress.leafZoom) - Int(tile.zoom)
        func edge(_ tileEdge: UInt32, _ square: UInt32, isLast: Bool) -> UInt32 {
            let place = UInt64(tileEdge) * UInt64(SquareAddress.side) + UInt64(square)
            return UInt32(clamping: place << shift + (isLast ? 1 << max(0, shift) - 1 : 0))
        }
        self.init(
            west: edge(tile.column, west, isLast: false), north: edge(tile.row, first.row, isLast: false),
            east: edge(tile.column, east, isLast: true), south: edge(tile.row, last.row, isLast: true))
    }

    /// The smallest rectangle that holds both.
    public func union(_ other: SquareExtent) -> SquareExtent {
        SquareExtent(
            checked: min(west, other.west), min(north, other.north), max(east, other.east),
            max(south, other.south))
    }
}
