import Geo

/// A rectangle of the map that tiles of any zoom may lie in.
public struct TileWindow: Sendable {
    /// Columns and rows of a map of 2^32; a rectangle across the antimeridian has two ranges of columns.
    private let columns: [ClosedRange<UInt32>]
    private let rows: ClosedRange<UInt32>

    /// The rectangle from the corner in the south-west to the one in the north-east; what lies beyond the map's
    /// edge is cut off. One whose east is west of its west crosses the antimeridian. Nil where its north is south of
    /// its south.
    public init?(southWest: Coordinate, northEast: Coordinate) {
        guard southWest.latitudeE7 <= northEast.latitudeE7 else { return nil }
        // Rows are counted from the north.
        let (top, bottom) = (Self.row(of: northEast), Self.row(of: southWest))
        rows = top...max(top, bottom)
        let (west, east) = (Mercator.column(of: southWest), Mercator.column(of: northEast))
        columns = west <= east ? [west...east] : [west...UInt32.max, 0...east]
    }

    private static func row(of position: Coordinate) -> UInt32 {
        Mercator.row(of: position) ?? (position.latitudeE7 > 0 ? 0 : UInt32.max)
    }

    /// Whether any of `tile` lies in the rectangle.
    public func touches(_ tile: TileID) -> Bool {
        let shift = 32 - UInt64(tile.zoom)
        func holds(_ range: ClosedRange<UInt32>, _ index: UInt32) -> Bool {
            UInt64(range.lowerBound) >> shift <= UInt64(index)
                && UInt64(index) <= UInt64(range.upperBound) >> shift
        }
        return holds(rows, tile.row) && columns.contains { holds($0, tile.column) }
    }
}
