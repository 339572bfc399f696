import Geo

/// Which part of the map a picture shows, at which scale.
///
/// Positions are squares of the leaf grid (tiles of zoom 20), 2^`level` of which are drawn as one where
/// single ones would be too small to see.
struct MapView {
    /// Pixels along one side of a drawn square, at least 3.
    let squareSide: Int
    /// 2^level x 2^level leaf squares are one drawn square.
    let level: Int
    /// Drawn squares, west to east.
    let columns: Range<Int>
    /// Drawn squares, north to south.
    let rows: Range<Int>

    /// The zoom at which a leaf square is a tile.
    static let squareZoom = Int(SquareAddress.leafZoom) + 6
    /// Pixels of the longer side.
    private static let target = 1200
    private static let minSquareSide = 3
    /// A map of one place is shown with its surroundings, so that its square does not fill the picture.
    private static let minSpan = 40
    /// Room for the labels above and below the map.
    private static let minWidth = 960
    private static let minHeight = 480

    /// The view of these leaf squares.
    init(columns: ClosedRange<Int>, rows: ClosedRange<Int>, hasMargin: Bool) {
        var level = 0
        while true {
            let across = (columns.lowerBound >> level)...(columns.upperBound >> level)
            let down = (rows.lowerBound >> level)...(rows.upperBound >> level)
            let longer = max(across.count, down.count)
            let margin = hasMargin ? 2 * max(2, longer / 16) : 0
            let span = max(Self.minSpan, longer + margin)
            let side = Self.target / span
            // No map is larger than 2^20 squares, so this ends at level 12 at the latest.
            guard side >= Self.minSquareSide || level >= Self.squareZoom else {
                level += 1
                continue
            }
            squareSide = max(Self.minSquareSide, side)
            self.level = level
            self.columns = Self.widened(across, by: margin, toAtLeast: Self.minWidth / squareSide + 1)
            self.rows = Self.widened(down, by: margin, toAtLeast: Self.minHeight / squareSide + 1)
            return
        }
    }

    private static func widened(_ range: ClosedRange<Int>, by margin: Int, toAtLeast count: Int) -> Range<Int>
    {
        let missing = max(margin, count - range.count)
        let before = missing / 2
        return range.lowerBound - before..<range.upperBound + 1 + missing - before
    }

    var width: Int { columns.count * squareSide }
    var height: Int { rows.count * squareSide }

    /// Millimetres of ground under `pixels` at the middle of the view, at most half of a permille off.
    func millimetres(pixels: Int) -> Int64 {
        let middle = max(0, min((rows.lowerBound + rows.upperBound) / 2, 1 << (Self.squareZoom - level)))
        let edge = UInt64(middle) << UInt64(32 - Self.squareZoom + level)
        let cosine = Geodesy.cosinePermille(latitudeE7: MapEdge.latitudeE7(ofRow: edge, .down))
        // The equator is 40 075 016 686 mm long.
        let squares = Int64(1) << Int64(Self.squareZoom - level)
        return 40_075_016_686 / 1000 * cosine / squares * Int64(pixels) / Int64(squareSide)
    }
}
