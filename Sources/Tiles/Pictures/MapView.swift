import Geo

/// Which part of the map a picture shows, and at which scale.
///
/// Squares are those of the tiles of one zoom: of zoom 14, or of a lower one where those would be too small to
/// see. Frames are counted in them exactly as the published tiles count them.
struct MapView {
    /// The zoom of the tiles whose squares are drawn, 0...14.
    let zoom: UInt8
    /// Pixels along the side of a square.
    let squareSide: Int
    /// Squares eastwards from 180 W; may begin west of it and end behind 180 E, at most a world in all.
    let columns: Range<Int>
    /// Squares southwards from the north edge of the map.
    let rows: Range<Int>

    /// What a picture without a fixed scale is to fill.
    private static let (mostWidth, mostHeight) = (880, 700)
    private static let (leastWidth, leastHeight) = (880, 480)
    private static let squareSides = 4...32
    /// The deepest zoom whose pixels can be asked for: a leaf square has 256 pixels then.
    static let zooms = 0...20

    /// The view of `part` that fills a picture, with some room around it where `hasMargin` says so.
    init(filling part: MapPart, hasMargin: Bool) {
        for level in 0...Int(SquareAddress.leafZoom) {
            let (columns, rows) = Self.grouped(part, level)
            let margin = hasMargin ? max(2, max(columns.count, rows.count) / 24) : 0
            let side = min(
                Self.mostWidth / (columns.count + 2 * margin), Self.mostHeight / (rows.count + 2 * margin),
                Self.squareSides.upperBound)
            if side >= Self.squareSides.lowerBound || level == Int(SquareAddress.leafZoom) {
                self.init(columns, rows, level, squareSide: max(1, side), margin: hasMargin ? margin : nil)
                return
            }
        }
        self.init(0..<1, 0..<1, 0, squareSide: 1, margin: nil)
    }

    /// The view of `part` in which the world is 256 x 2^zoom pixels wide, `zoom` one of ``zooms``: squares of four
    /// pixels, as raster tiles have them, up to zoom 14, and larger ones beyond.
    init(_ part: MapPart, pixelZoom zoom: Int, hasMargin: Bool) {
        let level = max(0, Int(SquareAddress.leafZoom) - zoom)
        let (columns, rows) = Self.grouped(part, level)
        let side = 4 << max(0, zoom - Int(SquareAddress.leafZoom))
        self.init(columns, rows, level, squareSide: side, margin: hasMargin ? max(2, 24 / side) : nil)
    }

    /// A margin of nil is none, and no wish for a least size.
    private init(_ columns: Range<Int>, _ rows: Range<Int>, _ level: Int, squareSide: Int, margin: Int?) {
        zoom = SquareAddress.leafZoom - UInt8(clamping: level)
        self.squareSide = squareSide
        let world = MapPart.world >> level
        guard let margin else {
            (self.columns, self.rows) = (columns, rows)
            return
        }
        let wide = max(columns.count + 2 * margin, Self.leastWidth / squareSide)
        self.columns = Self.widened(columns, to: min(wide, world))
        // There is nothing north and south of the map.
        let high = min(max(rows.count + 2 * margin, Self.leastHeight / squareSide), world)
        let centred = Self.widened(rows, to: high)
        let first = max(0, min(centred.lowerBound, world - high))
        self.rows = first..<first + high
    }

    private static func grouped(_ part: MapPart, _ level: Int) -> (columns: Range<Int>, rows: Range<Int>) {
        func range(_ range: Range<Int>) -> Range<Int> {
            range.lowerBound >> level..<(range.upperBound - 1) >> level + 1
        }
        let (columns, rows) = (range(part.columns), range(part.rows))
        // A part as wide as the world may touch a square at both ends.
        return (columns.prefix(MapPart.world >> level), rows)
    }

    private static func widened(_ range: Range<Int>, to count: Int) -> Range<Int> {
        let first = range.lowerBound - max(0, count - range.count) / 2
        return first..<first + max(count, range.count)
    }

    var width: Int { columns.count * squareSide }
    var height: Int { rows.count * squareSide }
    /// Squares from 180 W to 180 E.
    var world: Int { 64 << Int(zoom) }

    /// Where square `index` of `tile`, a tile of ``zoom``, begins in the view, in pixels; nil outside.
    func place(of index: Int, in tile: TileID) -> (x: Int, y: Int)? {
        let side = Int(SquareAddress.side)
        let column = Int(tile.column) * side + index % side - columns.lowerBound
        let row = Int(tile.row) * side + index / side - rows.lowerBound
        // A view that reaches over the antimeridian has columns below zero or beyond the world.
        let wrapped = (column % world + world) % world
        guard wrapped < columns.count, (0..<rows.count).contains(row) else { return nil }
        return (wrapped * squareSide, row * squareSide)
    }
}
