import Geo

/// A rectangle of the map in leaf squares: 2^20 of them from 180 W to 180 E, and 2^20 from the north edge of the
/// map to the south edge. It may reach over the antimeridian.
public struct MapPart: Hashable, Sendable {
    /// Squares eastwards from 180 W. The first is on the map, the last may be up to a world further.
    let columns: Range<Int>
    /// Squares southwards from 85.0511 N.
    let rows: Range<Int>

    /// Squares along one side of the world.
    static let world = 1 << Int(SquareAddress.leafZoom + 6)

    /// All of the map.
    static let everything = MapPart(columns: 0..<world, rows: 0..<world)

    init(columns: Range<Int>, rows: Range<Int>) {
        self.columns = columns
        self.rows = rows
    }

    /// The squares that touch the rectangle between these edges, in units of 10^-7 degree. An eastern edge that
    /// is not east of the western one lies behind the antimeridian.
    ///
    /// Nil where a longitude is beyond 180 degrees, the north edge is not north of the south edge, or both are
    /// beyond the edge of the map.
    public init?(southE7: Int, westE7: Int, northE7: Int, eastE7: Int) {
        let longitudes = -1_800_000_000...1_800_000_000
        let edge = Int(Mercator.maxLatitudeE7)
        guard longitudes.contains(westE7), longitudes.contains(eastE7), southE7 < northE7, southE7 < edge,
            northE7 > -edge,
            let top = Self.row(latitudeE7: min(northE7, edge)),
            let bottom = Self.row(latitudeE7: max(southE7, -edge))
        else { return nil }
        let scale = Self.world.trailingZeroBitCount
        // 180 E as a beginning is 180 W.
        let westE7 = westE7 == 1_800_000_000 ? -1_800_000_000 : westE7
        let west = (westE7 + 1_800_000_000) << scale / 3_600_000_000
        var east = ((eastE7 + 1_800_000_000) << scale + 3_599_999_999) / 3_600_000_000
        if eastE7 <= westE7 { east += Self.world }
        columns = west..<min(max(east, west + 1), west + Self.world)
        // Rows have 32 bits; the southern edge itself is outside.
        let first = Int(top >> 12)
        rows = first..<max(first + 1, (Int(bottom) + 0xFFF) >> 12)
    }

    /// The squares that touch the cell `geohash`; nil for one beyond the edge of the map.
    public init?(_ geohash: Geohash) {
        let bounds = geohash.boundsE7
        self.init(
            southE7: bounds.south, westE7: bounds.west, northE7: bounds.north, eastE7: bounds.east)
    }

    private static func row(latitudeE7: Int) -> UInt32? {
        Coordinate(latitudeE7: latitudeE7, longitudeE7: 0).flatMap { Mercator.row(of: $0) }
    }
}

/// Finds the part of the map that holds all frames.
struct MapExtent {
    /// For every column of leaf tiles the first and the last column of squares with frames; nil where none is.
    private var columns = [ClosedRange<Int>?](repeating: nil, count: 1 << Int(SquareAddress.leafZoom))
    private var rows: ClosedRange<Int>?

    /// Takes in a tile; others than leaf tiles are passed over.
    mutating func add(_ tile: TileID, _ summary: TileSummary) {
        guard tile.zoom == SquareAddress.leafZoom else { return }
        let side = Int(SquareAddress.side)
        for square in summary.squares {
            let column = Int(tile.column) * side + Int(square.index) % side
            let row = Int(tile.row) * side + Int(square.index) / side
            columns[Int(tile.column)] = Self.widened(columns[Int(tile.column)], to: column)
            rows = Self.widened(rows, to: row)
        }
    }

    private static func widened(_ range: ClosedRange<Int>?, to value: Int) -> ClosedRange<Int> {
        guard let range else { return value...value }
        return min(range.lowerBound, value)...max(range.upperBound, value)
    }

    /// The part that holds all frames, nil where there are none.
    ///
    /// It reaches from the first to the last on the usual map, or over the antimeridian, around the widest strip
    /// without frames, where that is narrower by a quarter at least.
    var part: MapPart? {
        let occupied = columns.compactMap { $0 }
        guard let rows, let first = occupied.first, let last = occupied.last else { return nil }
        let usual = first.lowerBound..<last.upperBound + 1
        var shortest = usual
        for (west, east) in zip(occupied, occupied.dropFirst()) {
            let around = east.lowerBound..<west.upperBound + 1 + MapPart.world
            if around.count < shortest.count { shortest = around }
        }
        return MapPart(
            columns: shortest.count * 4 <= usual.count * 3 ? shortest : usual,
            rows: rows.lowerBound..<rows.upperBound + 1)
    }
}
