import Canonical
import Imaging

/// Title, dates, legend, scale bar and north arrow of a map picture.
struct PictureLabels {
    static let headerHeight = 78
    static let footerHeight = 70
    private static let margin = 24

    let style: MapPicture.Style
    let theme: PictureTheme
    /// All squares shown, in one.
    let total: SquareSummary?
    /// The highest band that occurs.
    let highestBand: UInt8?

    func draw(on canvas: inout PictureCanvas, _ view: MapView) {
        canvas.draw(style.title, x: Self.margin, y: 16, scale: 3, theme.strong)
        canvas.draw(subtitle, x: Self.margin, y: 49, scale: 2, theme.quiet)
        drawNorthArrow(on: &canvas)
        drawLegend(on: &canvas)
        drawScaleBar(on: &canvas, view)
    }

    private var subtitle: String {
        guard let total else { return "no frames" }
        let first = CalendarDay(number: Int64(total.firstDay)).description
        let last = CalendarDay(number: Int64(total.lastDay)).description
        let dates = first == last ? first : "\(first) to \(last)"
        return "\(Self.grouped(total.n)) \(total.n == 1 ? "frame" : "frames") · \(dates)"
    }

    /// An arrow over an N in the upper right corner.
    private func drawNorthArrow(on canvas: inout PictureCanvas) {
        let middle = canvas.width - Self.margin - 8
        for row in 0..<16 {
            let half = row / 2
            canvas.fill(x: middle - half, y: 14 + row, width: 2 * half + 1, height: 1, theme.strong)
        }
        canvas.draw("N", x: middle - 7, y: 40, scale: 3, theme.strong)
    }

    private func drawLegend(on canvas: inout PictureCanvas) {
        let top = canvas.height - Self.footerHeight + 14
        let name = style.colouring == .coverage ? "frames per square" : "mean quality, permille"
        canvas.draw(name, x: Self.margin, y: top, scale: 2, theme.quiet)
        let count = style.colouring == .coverage ? max(4, Int(highestBand ?? 0)) : QualityColours.bands.count
        let step = 32
        for (index, colour) in (UInt8(1)...UInt8(clamping: count)).map(style.colouring.colour(ofBand:))
            .enumerated()
        {
            canvas.fill(x: Self.margin + index * step, y: top + 19, width: step - 2, height: 10, colour)
        }
        for (index, label) in legendLabels(count) {
            canvas.draw(label, x: Self.margin + index * step, y: top + 34, scale: 2, theme.quiet)
        }
    }

    /// A number under every second box: the least a square of that colour holds.
    private func legendLabels(_ count: Int) -> [(Int, String)] {
        stride(from: 0, to: count, by: style.colouring == .coverage ? 2 : 3).map { index in
            switch style.colouring {
            case .coverage, .freshness: (index, String(UInt64(1) << UInt64(index)))
            case .quality: (index, String(index * 1000 / count))
            }
        }
    }

    /// A bar of 1, 2 or 5 times a power of ten metres, about a fifth of the picture long.
    private func drawScaleBar(on canvas: inout PictureCanvas, _ view: MapView) {
        let longest = view.millimetres(pixels: canvas.width / 5)
        guard longest >= 1000 else { return }
        var length: Int64 = 1000
        while length * 10 <= longest { length *= 10 }
        if length * 5 <= longest { length *= 5 } else if length * 2 <= longest { length *= 2 }
        let pixels = Int(clamping: length * Int64(canvas.width / 5) / longest)
        let (right, bottom) = (canvas.width - Self.margin, canvas.height - Self.footerHeight + 44)
        canvas.fill(x: right - pixels, y: bottom, width: pixels, height: 2, theme.strong)
        canvas.fill(x: right - pixels, y: bottom - 6, width: 2, height: 8, theme.strong)
        canvas.fill(x: right - 2, y: bottom - 6, width: 2, height: 8, theme.strong)
        let metres = length / 1000
        let label = metres >= 1000 ? "\(Self.grouped(metres / 1000)) km" : "\(metres) m"
        let width = PictureCanvas.width(of: label, scale: 2)
        canvas.draw(label, x: right - pixels / 2 - width / 2, y: bottom - 24, scale: 2, theme.strong)
    }

    /// Digits in groups of three: `1,234,567`.
    static func grouped(_ value: some BinaryInteger) -> String {
        var result = ""
        for (index, digit) in String(value).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return String(result.reversed())
    }
}
