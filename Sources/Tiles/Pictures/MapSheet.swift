import Canonical
import Imaging

/// The sheet of a map picture: heading above, legend and scale at the right, the map in its frame.
struct MapSheet {
    let view: MapView
    let tally: SquareTally
    let style: MapPicture.Style

    private static let margin = 28
    private static let headingHeight = 96
    private static let panelWidth = 244
    /// Isolated squares smaller than this are drawn as large, so that they are seen.
    private static let leastDot = 9
    /// The most squares of which each is worth a dot.
    private static let mostDots = 400

    private var theme: PictureTheme { style.isDark ? .dark : .light }

    func draw() -> PictureCanvas {
        let legend = MapLegend(style.colouring, squares: tally.bands)
        let panel = MapPanel(legend: legend, scale: MapScale(view: view), theme: theme)
        let heading = max(
            Lettering(size: .title).width(of: style.title) + 60, Lettering(size: .body).width(of: subtitle))
        let body = max(view.height, panel.leastHeight)
        var canvas = PictureCanvas(
            width: max(view.width + Self.panelWidth, heading) + 2 * Self.margin,
            height: Self.headingHeight + body + Self.margin, background: theme.panel)
        drawHeading(on: &canvas)
        let map = drawMap()
        canvas.paste(map, x: Self.margin, y: Self.headingHeight)
        canvas.outline(
            x: Self.margin - 1, y: Self.headingHeight - 1, width: view.width + 2, height: view.height + 2,
            theme.frame)
        panel.draw(
            x: Self.margin + view.width + 26, y: Self.headingHeight, height: body,
            width: Self.panelWidth - 26, on: &canvas)
        return canvas
    }

    private var subtitle: String {
        guard let days = tally.days else { return "no frames" }
        let first = CalendarDay(number: Int64(days.lowerBound)).description
        let last = CalendarDay(number: Int64(days.upperBound)).description
        let squares = PictureText.count(UInt64(tally.squares.count), "square")
        return "\(PictureText.count(tally.frames, "frame")) in \(squares) · "
            + (first == last ? first : "\(first) to \(last)")
    }

    private func drawHeading(on canvas: inout PictureCanvas) {
        Lettering(size: .title).draw(style.title, x: Self.margin, y: 26, theme.strong, on: &canvas)
        Lettering(size: .body).draw(subtitle, x: Self.margin, y: 65, theme.quiet, on: &canvas)
        // North: an arrow over an N in the upper right corner.
        let middle = canvas.width - Self.margin - 9
        for row in 0..<18 {
            canvas.fill(x: middle - row / 2, y: 24 + row, width: row / 2 * 2 + 1, height: 1, theme.strong)
        }
        Lettering(size: .title).draw("N", x: middle - 8, y: 50, theme.strong, on: &canvas)
    }

    /// The map alone: graticule, squares, and the labels on top.
    private func drawMap() -> PictureCanvas {
        var map = PictureCanvas(width: view.width, height: view.height, background: theme.ground)
        let graticule = Graticule(view)
        for line in graticule.meridians {
            map.fill(x: line.position, y: 0, width: 1, height: view.height, theme.grid)
        }
        for line in graticule.parallels {
            map.fill(x: 0, y: line.position, width: view.width, height: 1, theme.grid)
        }
        // A gap shows single squares where they are large enough to spare a pixel.
        var side = view.squareSide >= 8 ? view.squareSide - 1 : view.squareSide
        if tally.squares.count <= Self.mostDots { side = max(side, Self.leastDot) }
        let offset = (view.squareSide - side) / 2
        // Where dots meet, the higher band stays on top.
        for square in tally.squares.sorted(by: { ($0.band, $0.y, $0.x) < ($1.band, $1.y, $1.x) }) {
            map.fill(
                x: square.x + offset, y: square.y + offset, width: side, height: side,
                style.colouring.colour(ofBand: square.band))
        }
        let small = Lettering(size: .small)
        for line in graticule.meridians
        where line.position + 10 + small.width(of: line.label) < view.width {
            small.draw(
                line.label, x: line.position + 6, y: view.height - small.height - 8, theme.quiet,
                halo: theme.ground, on: &map)
        }
        // Not under the map's upper edge, and not on the row of the meridians' labels.
        let margin = small.height + 8
        for line in graticule.parallels
        where line.position > margin && line.position < view.height - margin {
            small.draw(
                line.label, x: 8, y: line.position - small.height - 5, theme.quiet, halo: theme.ground,
                on: &map)
        }
        return map
    }
}

/// What stands beside a map: the legend at the top, the scale at the bottom.
struct MapPanel {
    let legend: MapLegend
    let scale: MapScale
    let theme: PictureTheme

    private static let rowHeight = 26
    private static let rowsPerColumn = 16
    private static let scaleHeight = 92

    /// Pixels that legend and scale take one below the other.
    var leastHeight: Int {
        66 + Self.rowHeight * min(Self.rowsPerColumn, legend.entries.count) + 24 + Self.scaleHeight
    }

    /// Draws the panel with its top left corner at x, y.
    func draw(x: Int, y: Int, height: Int, width: Int, on canvas: inout PictureCanvas) {
        let (body, small) = (Lettering(size: .body), Lettering(size: .small))
        body.draw(legend.title, x: x, y: y + 2, theme.strong, on: &canvas)
        small.draw(legend.note, x: x, y: y + 26, theme.quiet, on: &canvas)
        let isTwoColumns = legend.entries.count > Self.rowsPerColumn
        if !isTwoColumns {
            small.draw(
                "squares", x: x + width - small.width(of: "squares"), y: y + 26, theme.quiet, on: &canvas)
        }
        for (index, entry) in legend.entries.enumerated() {
            let left = x + index / Self.rowsPerColumn * (width / 2)
            let top = y + 56 + index % Self.rowsPerColumn * Self.rowHeight
            canvas.fill(x: left, y: top, width: 22, height: 18, entry.colour)
            let colour = entry.squares > 0 ? theme.strong : theme.quiet
            small.draw(entry.label, x: left + 31, y: top + 4, colour, on: &canvas)
            guard !isTwoColumns else { continue }
            let count = entry.squares > 0 ? PictureText.grouped(entry.squares) : "-"
            small.draw(
                count, x: x + width - small.width(of: count), y: top + 4, theme.quiet, on: &canvas)
        }
        drawScale(x: x, bottom: y + height, width: width, on: &canvas)
    }

    private func drawScale(x: Int, bottom: Int, width: Int, on canvas: inout PictureCanvas) {
        let (body, small) = (Lettering(size: .body), Lettering(size: .small))
        if let bar = scale.bar(longest: width) {
            body.draw(bar.label, x: x, y: bottom - 78, theme.strong, on: &canvas)
            canvas.fill(x: x, y: bottom - 47, width: bar.pixels, height: 2, theme.strong)
            canvas.fill(x: x, y: bottom - 54, width: 2, height: 9, theme.strong)
            canvas.fill(x: x + bar.pixels - 2, y: bottom - 54, width: 2, height: 9, theme.strong)
            canvas.fill(x: x + bar.pixels / 2, y: bottom - 50, width: 1, height: 5, theme.strong)
        }
        small.draw("squares of \(scale.squareText)", x: x, y: bottom - 34, theme.quiet, on: &canvas)
        let latitude = PictureText.degrees(
            Int(scale.latitudeE7), decimals: 0, positive: "N", negative: "S")
        small.draw(
            scale.varies ? "at \(latitude) · Web Mercator" : "Web Mercator", x: x, y: bottom - 13,
            theme.quiet, on: &canvas)
    }
}
