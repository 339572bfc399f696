/// One tile of the Web Mercator pyramid (XYZ scheme: row 0 in the north).
public struct TileID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Zoom, 0...26.
    public let zoom: UInt8
    /// Column, 0..<2^zoom, eastwards from 180 W.
    public let column: UInt32
    /// Row, 0..<2^zoom, southwards from 85.0511 N.
    public let row: UInt32

    /// The deepest zoom a tile may have here; deeper ones have identifiers beyond 2^53.
    public static let maxZoom: UInt8 = 26

    /// The tile `zoom`/`column`/`row`; nil where the pyramid has no such tile.
    public init?(zoom: Int, column: Int, row: Int) {
        guard (0...Int(Self.maxZoom)).contains(zoom), (0..<1 << zoom).contains(column),
            (0..<1 << zoom).contains(row)
        else { return nil }
        self.init(unchecked: UInt8(zoom), UInt32(column), UInt32(row))
    }

    private init(unchecked zoom: UInt8, _ column: UInt32, _ row: UInt32) {
        self.zoom = zoom
        self.column = column
        self.row = row
    }

    /// The tile of `zoom` (at most ``maxZoom``) that holds `position`; nil beyond the map's edge. Tiles are
    /// half-open: a position on an edge belongs to the tile in the east and in the south.
    public init?(of position: Coordinate, zoom: UInt8) {
        guard zoom <= Self.maxZoom, let row = Mercator.row(of: position) else { return nil }
        let shift = 32 - UInt32(zoom)
        self.init(
            unchecked: zoom, UInt32(UInt64(Mercator.column(of: position)) >> UInt64(shift)),
            UInt32(UInt64(row) >> UInt64(shift)))
    }

    /// The tile with the PMTiles identifier `id` (PMTiles v3 specification, "Tile ID"): tiles are numbered zoom by
    /// zoom, and along the Hilbert curve within a zoom. Nil beyond ``maxZoom``.
    public init?(id: UInt64) {
        var zoom: UInt8 = 0
        var first: UInt64 = 0
        while id - first >= 1 << (2 * UInt64(zoom)) {
            first += 1 << (2 * UInt64(zoom))
            zoom += 1
            guard zoom <= Self.maxZoom else { return nil }
        }
        var (x, y, rest) = (UInt64(0), UInt64(0), id - first)
        var side: UInt64 = 1
        while side < 1 << UInt64(zoom) {
            let right = 1 & (rest / 2)
            let up = 1 & (rest ^ right)
            (x, y) = Self.rotated(x, y, side: side, right: right, up: up)
            x += side * right
            y += side * up
            rest /= 4
            side *= 2
        }
        self.init(unchecked: zoom, UInt32(x), UInt32(y))
    }

    /// The PMTiles identifier.
    public var id: UInt64 {
        var (x, y) = (UInt64(column), UInt64(row))
        var distance: UInt64 = 0
        var side: UInt64 = zoom == 0 ? 0 : 1 << (UInt64(zoom) - 1)
        while side > 0 {
            let right: UInt64 = x & side > 0 ? 1 : 0
            let up: UInt64 = y & side > 0 ? 1 : 0
            distance += side * side * ((3 * right) ^ up)
            (x, y) = Self.rotated(x & (side - 1), y & (side - 1), side: side, right: right, up: up)
            side /= 2
        }
        return Self.firstID(zoom: zoom) + distance
    }

    /// The identifier of the first tile of `zoom`: the number of tiles in all zooms above it.
    public static func firstID(zoom: UInt8) -> UInt64 { ((1 << (2 * UInt64(zoom))) - 1) / 3 }

    /// The tile of the zoom above that holds this one; nil for the one tile of zoom 0.
    public var parent: TileID? {
        zoom == 0 ? nil : TileID(unchecked: zoom - 1, column >> 1, row >> 1)
    }

    /// The four tiles of the next zoom inside this one: north-west, north-east, south-west, south-east. Empty at
    /// ``maxZoom``.
    public var children: [TileID] {
        guard zoom < Self.maxZoom else { return [] }
        return [(0, 0), (1, 0), (0, 1), (1, 1)].map {
            TileID(unchecked: zoom + 1, column << 1 | UInt32($0.0), row << 1 | UInt32($0.1))
        }
    }

    /// Column and row interleaved, row bits high: all descendants of one tile at one zoom are one range of codes.
    public var morton: UInt64 { Self.spread(column) | Self.spread(row) << 1 }

    /// The tile of `zoom` whose ``morton`` code is `morton`; nil where there is none.
    public init?(zoom: UInt8, morton: UInt64) {
        guard zoom <= Self.maxZoom, morton >> (2 * UInt64(zoom)) == 0 else { return nil }
        self.init(unchecked: zoom, Self.gathered(morton), Self.gathered(morton >> 1))
    }

    /// Whether `left` has the smaller PMTiles identifier.
    public static func < (left: TileID, right: TileID) -> Bool { left.id < right.id }

    /// `zoom/column/row`.
    public var description: String { "\(zoom)/\(column)/\(row)" }

    /// One step of the Hilbert curve: the square of `side` turned as its quadrant demands.
    private static func rotated(
        _ x: UInt64, _ y: UInt64, side: UInt64, right: UInt64, up: UInt64
    ) -> (UInt64, UInt64) {
        guard up == 0 else { return (x, y) }
        return right == 1 ? (side - 1 - y, side - 1 - x) : (y, x)
    }

    private static func spread(_ value: UInt32) -> UInt64 { BitInterleaving.spread(value) }

    private static func gathered(_ value: UInt64) -> UInt32 { BitInterleaving.gathered(value) }
}
