import Geo

/// Which tiles of one zoom the bounds of an archive explain.
///
/// Writers give tiles a buffer, so a tile beside the bounds may hold what reaches over its edge; one that lies
/// further out may not be there.
struct BoundsCheck {
    private let columns: ClosedRange<Int64>
    private let rows: ClosedRange<Int64>
    /// Columns of the zoom.
    private let side: Int64

    /// Nil where the bounds say nothing.
    init?(_ header: PMTilesHeader) {
        let bounds = header.bounds
        guard header.maxZoom <= TileID.maxZoom, bounds.westE7 <= bounds.eastE7,
            bounds.southE7 <= bounds.northE7, bounds.westE7 >= -1_800_000_000, bounds.eastE7 <= 1_800_000_000,
            let north = Self.row(bounds.northE7), let south = Self.row(bounds.southE7), north <= south
        else { return nil }
        let shift = 32 - Int64(header.maxZoom)
        side = 1 << Int64(header.maxZoom)
        columns = (Self.column(bounds.westE7) >> shift) - 1...(Self.column(bounds.eastE7) >> shift) + 1
        rows = (north >> shift) - 1...(south >> shift) + 1
    }

    /// Whether the tile, one of the header's highest zoom, is explained.
    func explains(_ tile: TileID) -> Bool {
        let column = Int64(tile.column)
        // The map goes round: the first column lies beside the last one.
        return rows.contains(Int64(tile.row))
            && (columns.contains(column) || columns.contains(column + side)
                || columns.contains(column - side))
    }

    /// The column on a map of 2^32, 0...2^32.
    private static func column(_ longitudeE7: Int32) -> Int64 {
        Int64(UInt64(Int64(longitudeE7) + 1_800_000_000) << 32 / 3_600_000_000)
    }

    /// The row on a map of 2^32; latitudes beyond the map's edge are on it.
    private static func row(_ latitudeE7: Int32) -> Int64? {
        let edge = Int(Mercator.maxLatitudeE7)
        let position = Coordinate(latitudeE7: min(max(Int(latitudeE7), -edge), edge), longitudeE7: 0)
        return position.flatMap { Mercator.row(of: $0) }.map { Int64($0) }
    }
}
