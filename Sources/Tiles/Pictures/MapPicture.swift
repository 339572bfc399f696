import Canonical
import Geo
import Imaging

/// One picture of a map: its squares in colour, with title, dates, legend and scale bar, north up.
public enum MapPicture {
    /// What the picture is to look like.
    public struct Style: Sendable {
        /// The title: ASCII and the middle dot; other characters become question marks.
        public var title: String
        /// What colours say.
        public var colouring: RasterStyle
        /// A dark ground instead of a light one.
        public var isDark: Bool

        /// A style.
        public init(title: String, colouring: RasterStyle = .coverage, isDark: Bool = true) {
            self.title = title
            self.colouring = colouring
            self.isDark = isDark
        }
    }

    /// A PNG, its longer side about 1200 pixels. Squares that would be under three pixels are drawn together
    /// with their neighbours. A map that lies on both sides of the antimeridian is drawn around the whole
    /// world.
    ///
    /// - Parameters:
    ///   - leaves: leaf tiles (zoom 14) in any order; tiles of other zooms are not drawn.
    ///   - bounds: the part to show; nil shows everything that is there.
    /// - Throws: `overLimit` where the encoder has no memory.
    public static func png(
        of leaves: [(tile: TileID, summary: TileSummary)], bounds: MapBounds? = nil, style: Style
    ) throws(TileError) -> [UInt8] {
        let squares = MapSquares(leaves, bounds: bounds)
        let view = MapView(columns: squares.columns, rows: squares.rows, hasMargin: bounds == nil)
        let shown = squares.grouped(level: view.level)
        let theme = style.isDark ? PictureTheme.dark : PictureTheme.light

        let header = PictureLabels.headerHeight
        let height = header + view.height + PictureLabels.footerHeight
        var canvas = PictureCanvas(width: view.width, height: height, background: theme.panel)
        canvas.fill(x: 0, y: header, width: view.width, height: view.height, theme.ground)
        drawGrid(on: &canvas, view, top: header, theme)
        // A gap shows single squares where they are large enough to spare a pixel.
        let side = view.squareSide >= 8 ? view.squareSide - 1 : view.squareSide
        for (place, summary) in shown {
            canvas.fill(
                x: (place.column - view.columns.lowerBound) * view.squareSide,
                y: header + (place.row - view.rows.lowerBound) * view.squareSide, width: side, height: side,
                style.colouring.colour(ofBand: band(of: summary, style.colouring)))
        }
        let labels = PictureLabels(
            style: style, theme: theme, total: squares.total,
            highestBand: shown.values.map { band(of: $0, style.colouring) }.max())
        labels.draw(on: &canvas, view)
        return try canvas.png()
    }

    private static func band(of summary: SquareSummary, _ colouring: RasterStyle) -> UInt8 {
        colouring.band(frames: summary.n, meanQuality: summary.meanQuality, lastDay: summary.lastDay)
    }

    /// Faint lines every 16 squares, to give the eye a hold.
    private static func drawGrid(
        on canvas: inout PictureCanvas, _ view: MapView, top: Int, _ theme: PictureTheme
    ) {
        for column in view.columns where column.isMultiple(of: 16) {
            let x = (column - view.columns.lowerBound) * view.squareSide
            canvas.fill(x: x, y: top, width: 1, height: view.height, theme.grid)
        }
        for row in view.rows where row.isMultiple(of: 16) {
            let y = top + (row - view.rows.lowerBound) * view.squareSide
            canvas.fill(x: 0, y: y, width: view.width, height: 1, theme.grid)
        }
    }
}

/// The colours around the squares.
struct PictureTheme {
    let ground: PNGEncoder.Colour
    let panel: PNGEncoder.Colour
    let grid: PNGEncoder.Colour
    let strong: PNGEncoder.Colour
    let quiet: PNGEncoder.Colour

    static let dark = PictureTheme(
        ground: .init(red: 0x10, green: 0x14, blue: 0x1C), panel: .init(red: 0x18, green: 0x1D, blue: 0x27),
        grid: .init(red: 0x1B, green: 0x21, blue: 0x2D), strong: .init(red: 0xF1, green: 0xF4, blue: 0xF8),
        quiet: .init(red: 0x9A, green: 0xA6, blue: 0xB6))
    static let light = PictureTheme(
        ground: .init(red: 0xF6, green: 0xF7, blue: 0xF9), panel: .init(red: 0xFF, green: 0xFF, blue: 0xFF),
        grid: .init(red: 0xE7, green: 0xEA, blue: 0xEF), strong: .init(red: 0x1B, green: 0x22, blue: 0x2E),
        quiet: .init(red: 0x5F, green: 0x6B, blue: 0x7B))
}
