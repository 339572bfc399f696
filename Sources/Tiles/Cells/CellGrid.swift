import Geo

/// The grid of geohash cells of one length, laid over the map.
///
/// Columns of cells coincide with columns of tiles (longitude and Mercator's x are one scale); rows do not, so a cell
/// may lie across the border of two tiles.
public struct CellGrid: Sendable {
    /// Characters of the cells, 1...10.
    public let precision: Int
    /// Bits of a column's and of a row's number.
    let columnBits: UInt32
    let rowBits: UInt32

    /// The grid of cells of `precision` characters, brought into 1...10.
    public init(precision: Int) {
        self.precision = min(max(precision, 1), 10)
        columnBits = UInt32((5 * self.precision + 1) / 2)
        rowBits = UInt32(5 * self.precision / 2)
    }

    /// The cell's column for a place in a leaf tile.
    @inline(__always)
    public func column(of frame: MapFrame, in tile: TileID) -> UInt32 {
        (tile.column << MapFrame.placeBits | frame.x) >> (32 - columnBits)
    }

    /// The cell's row for a place in a leaf tile.
    @inline(__always)
    public func row(of frame: MapFrame) -> UInt32 { frame.cellRow >> (MapFrame.cellRowBits - rowBits) }

    /// The rows of cells that touch the rows of the map from `north` to `south`, on a map of 2^32 rows.
    func rows(from north: UInt64, to south: UInt64) -> ClosedRange<UInt32> {
        let top = row(latitudeE7: MapEdge.latitudeE7(ofRow: north, .up))
        let bottom = row(latitudeE7: MapEdge.latitudeE7(ofRow: south, .down))
        return min(bottom, top)...max(bottom, top)
    }

    /// Where the cells of `row` lie on a map of 2^32 rows: of the northern edge, and of the southern one.
    public func edges(ofRow row: UInt32) -> (north: UInt64, south: UInt64) {
        (mapRow(ofEdge: UInt64(row) + 1), mapRow(ofEdge: UInt64(row)))
    }

    private func row(latitudeE7: Int32) -> UInt32 {
        let scaled = UInt64(Int64(latitudeE7) + 900_000_000) << UInt64(rowBits) / 1_800_000_000
        return UInt32(truncatingIfNeeded: min(scaled, 1 << UInt64(rowBits) - 1))
    }

    /// The map's row of the edge south of row `edge` of cells; beyond the map it is the map's own edge. Edges between
    /// two units of latitude are rounded southwards, as ``Geohash/boundsE7`` does.
    private func mapRow(ofEdge edge: UInt64) -> UInt64 {
        let latitudeE7 = Int64((edge * 1_800_000_000) >> UInt64(rowBits)) - 900_000_000
        let limit = Int64(Mercator.maxLatitudeE7)
        if latitudeE7 > limit { return 0 }
        guard latitudeE7 >= -limit, let position = Coordinate(latitudeE7: Int(latitudeE7), longitudeE7: 0),
            let row = Mercator.row(of: position)
        else { return 1 << 32 }
        return UInt64(row)
    }
}
