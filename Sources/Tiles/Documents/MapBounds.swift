import Geo

/// A rectangle of the map with edges in units of 10^-7 degree. It always has an area, since readers call one
/// without invalid.
public struct MapBounds: Hashable, Sendable {
    /// Western edge, -1_800_000_000...1_800_000_000.
    public let westE7: Int32
    /// Southern edge, -850_511_288...850_511_288.
    public let southE7: Int32
    /// Eastern edge, east of the western one.
    public let eastE7: Int32
    /// Northern edge, north of the southern one.
    public let northE7: Int32

    /// The edge of the square map, 85.0511287798 degrees, rounded outwards.
    static let edgeE7: Int32 = 850_511_288

    /// All of the map.
    public static let world = MapBounds(
        westE7: -1_800_000_000, southE7: -edgeE7, eastE7: 1_800_000_000, northE7: edgeE7)

    private init(westE7: Int32, southE7: Int32, eastE7: Int32, northE7: Int32) {
        self.westE7 = westE7
        self.southE7 = southE7
        self.eastE7 = eastE7
        self.northE7 = northE7
    }

    /// The rectangle with these edges, as somebody else states them: cut off where the map ends. Nil for one
    /// without an area, or beyond 180 degrees.
    public init?(westE7: Int64, southE7: Int64, eastE7: Int64, northE7: Int64) {
        let map = -Int64(Self.edgeE7)...Int64(Self.edgeE7)
        let south = min(max(southE7, map.lowerBound), map.upperBound)
        let north = min(max(northE7, map.lowerBound), map.upperBound)
        guard -1_800_000_000 <= westE7, westE7 < eastE7, eastE7 <= 1_800_000_000, south < north else {
            return nil
        }
        self.init(
            westE7: Int32(clamping: westE7), southE7: Int32(clamping: south), eastE7: Int32(clamping: eastE7),
            northE7: Int32(clamping: north))
    }

    /// The rectangle that holds all of `positions`, at least one unit wide and high; nil for no positions.
    public init?(holding positions: some Sequence<Coordinate>) {
        var (west, south, east, north) = (Int32.max, Int32.max, Int32.min, Int32.min)
        for position in positions {
            west = min(west, position.longitudeE7)
            east = max(east, position.longitudeE7)
            south = min(south, position.latitudeE7)
            north = max(north, position.latitudeE7)
        }
        guard west <= east else { return nil }
        south = min(max(south, -Self.edgeE7), Self.edgeE7)
        north = min(max(north, -Self.edgeE7), Self.edgeE7)
        if north == south { (south, north) = north < Self.edgeE7 ? (north, north + 1) : (north - 1, north) }
        // No position has the longitude 180, so there is room for one unit in the east.
        self.init(westE7: west, southE7: south, eastE7: east == west ? west + 1 : east, northE7: north)
    }

    /// The rectangle around `tiles`, its edges rounded outwards; nil for no tiles. A square of a tile is a
    /// tile, too.
    public init?(around tiles: some Sequence<TileID>) {
        var (west, north, east, south) = (UInt64.max, UInt64.max, UInt64.min, UInt64.min)
        for tile in tiles {
            let shift = 32 - UInt64(tile.zoom)
            west = min(west, UInt64(tile.column) << shift)
            north = min(north, UInt64(tile.row) << shift)
            east = max(east, (UInt64(tile.column) + 1) << shift)
            south = max(south, (UInt64(tile.row) + 1) << shift)
        }
        guard west < east else { return nil }
        self.init(west, north, east, south)
    }

    /// The rectangle around `extent`, its edges rounded outwards.
    public init(around extent: SquareExtent) {
        let shift = 32 - UInt64(SquareExtent.zoom)
        self.init(
            UInt64(extent.west) << shift, UInt64(extent.north) << shift, (UInt64(extent.east) + 1) << shift,
            (UInt64(extent.south) + 1) << shift)
    }

    /// The rectangle between these columns and rows of a map of 2^32, rounded outwards.
    private init(_ west: UInt64, _ north: UInt64, _ east: UInt64, _ south: UInt64) {
        self.init(
            westE7: MapEdge.longitudeE7(ofColumn: west, .down),
            southE7: MapEdge.latitudeE7(ofRow: south, .down),
            eastE7: MapEdge.longitudeE7(ofColumn: east, .up), northE7: MapEdge.latitudeE7(ofRow: north, .up))
    }

    /// The middle.
    public var center: (longitudeE7: Int32, latitudeE7: Int32) {
        (
            Int32(truncatingIfNeeded: (Int64(westE7) + Int64(eastE7)) >> 1),
            Int32(truncatingIfNeeded: (Int64(southE7) + Int64(northE7)) >> 1)
        )
    }

    /// The deepest of `zooms` at which the rectangle is at most two tiles wide: a start for looking at all of
    /// it.
    public func centerZoom(in zooms: ClosedRange<UInt8>) -> UInt8 {
        let width = UInt64(max(1, Int64(eastE7) - Int64(westE7)))
        var zoom = zooms.lowerBound
        while zoom < zooms.upperBound, width << (UInt64(zoom) + 1) <= 2 * 3_600_000_000 { zoom += 1 }
        return zoom
    }
}

/// Where the edges of tiles lie, in integers.
enum MapEdge {
    enum Rounding {
        case up
        case down
    }

    /// The longitude of the western edge of `column` on a map of 2^32 columns, 0...2^32.
    static func longitudeE7(ofColumn column: UInt64, _ rounding: Rounding) -> Int32 {
        let product = UInt128(column) * 3_600_000_000
        let up = rounding == .up && product & UInt128(UInt32.max) != 0
        return Int32(clamping: Int64(clamping: product >> 32) - 1_800_000_000 + (up ? 1 : 0))
    }

    /// The latitude of the northern edge of `row` on a map of 2^32 rows, 0...2^32: found by halving, since
    /// `Mercator.row` is exact and falls from north to south.
    static func latitudeE7(ofRow row: UInt64, _ rounding: Rounding) -> Int32 {
        guard row > 0 else { return MapBounds.edgeE7 }
        guard row < 1 << 32 else { return -MapBounds.edgeE7 }
        // The equator is the one edge on a whole unit.
        if row == 1 << 31 { return 0 }
        // Invariant: `low` lies on or south of the edge, `high` north of it.
        var (low, high) = (-MapBounds.edgeE7, MapBounds.edgeE7)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            guard let position = Coordinate(latitudeE7: Int(middle), longitudeE7: 0),
                let found = Mercator.row(of: position)
            else { break }
            if UInt64(found) >= row { low = middle } else { high = middle }
        }
        return rounding == .up ? high : low
    }
}
