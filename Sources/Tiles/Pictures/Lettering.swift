import Imaging

/// Draws text with a round pen along the pixels of ``PixelFont``: neighbouring pixels of a glyph are joined by
/// strokes, whose edges are smoothed with 16 samples to a pixel. All in integers, the same on every machine.
struct Lettering {
    /// How large text is: the distance of a glyph's pixels, in sixteenths of a pixel of the picture.
    enum Size: Int {
        case small = 28
        case body = 34
        case title = 52
    }

    let size: Size

    /// Pixels of the face between two glyphs.
    private static let gap = 1

    /// Pixels from the top of a capital letter to its foot.
    var height: Int { (PixelFont.height * size.rawValue + 8) / 16 }

    /// Pixels across `text`.
    func width(of text: String) -> Int {
        let columns = text.reduce(0) { $0 + PixelFont.columns(of: $1).count + Self.gap }
        return (max(0, columns - Self.gap) * size.rawValue + 8) / 16
    }

    /// Draws `text` with its top left corner at x, y; around it a rim of `halo`, if there is one.
    func draw(
        _ text: String, x: Int, y: Int, _ colour: PNGEncoder.Colour, halo: PNGEncoder.Colour? = nil,
        on canvas: inout PictureCanvas
    ) {
        let pen = size.rawValue / 2
        let passes = [(halo, pen + 40), (colour, pen)]
        for case (let paint?, let radius) in passes {
            var left = x * 16
            for character in text {
                let columns = PixelFont.columns(of: character)
                let strokes = Self.strokes(of: PixelFont.rows(of: character))
                draw(
                    strokes, left: left - columns.lowerBound * size.rawValue, top: y * 16, radius: radius,
                    paint, on: &canvas)
                left += (columns.count + Self.gap) * size.rawValue
            }
        }
    }

    private typealias Stroke = (column: Int, row: Int, columnStep: Int, rowStep: Int)

    /// From every pixel to its neighbours in the east and the south; diagonally where no straight way leads
    /// there.
    private static func strokes(of rows: [UInt8]) -> [Stroke] {
        func isSet(_ column: Int, _ row: Int) -> Bool {
            (0..<PixelFont.width).contains(column) && rows.indices.contains(row)
                && rows[row] >> UInt8(PixelFont.width - 1 - column) & 1 == 1
        }
        var result: [Stroke] = []
        for row in rows.indices {
            for column in 0..<PixelFont.width where isSet(column, row) {
                var steps = [(1, 0), (0, 1)].filter { isSet(column + $0.0, row + $0.1) }
                for step in [(1, 1), (-1, 1)] where isSet(column + step.0, row + 1) {
                    if !isSet(column + step.0, row), !isSet(column, row + 1) { steps.append(step) }
                }
                // A pixel is drawn even where it stands alone.
                result += ([(0, 0)] + steps).map { (column, row, $0.0, $0.1) }
            }
        }
        return result
    }

    /// Draws strokes; `left`, `top` and `radius` in sixteenths of a pixel.
    private func draw(
        _ strokes: [Stroke], left: Int, top: Int, radius: Int, _ colour: PNGEncoder.Colour,
        on canvas: inout PictureCanvas
    ) {
        let unit = size.rawValue
        let origin = (x: (left - radius) / 16 - 1, y: (top - radius) / 16 - 1)
        let width = (PixelFont.width * unit + 2 * radius) / 16 + 3
        let height = ((PixelFont.height + 2) * unit + 2 * radius) / 16 + 3
        // A bit for every sample of a pixel that the pen has touched.
        var touched = [UInt16](repeating: 0, count: width * height)
        for stroke in strokes {
            let x = left + stroke.column * unit + unit / 2 - origin.x * 16
            let y = top + stroke.row * unit + unit / 2 - origin.y * 16
            let (dx, dy) = (stroke.columnStep * unit, stroke.rowStep * unit)
            for row in (min(y, y + dy) - radius) / 16...(max(y, y + dy) + radius) / 16 {
                for column in (min(x, x + dx) - radius) / 16...(max(x, x + dx) + radius) / 16 {
                    for sample in 0..<16 {
                        let isTouched = Self.isNear(
                            column * 16 + sample % 4 * 4 + 2 - x, row * 16 + sample / 4 * 4 + 2 - y, dx, dy,
                            radius)
                        if isTouched { touched[row * width + column] |= 1 << UInt16(sample) }
                    }
                }
            }
        }
        for (index, samples) in touched.enumerated() where samples != 0 {
            canvas.blend(
                x: origin.x + index % width, y: origin.y + index / width, colour,
                sixteenths: samples.nonzeroBitCount)
        }
    }

    /// Whether the point x, y is within `radius` of the line from 0, 0 to dx, dy.
    private static func isNear(_ x: Int, _ y: Int, _ dx: Int, _ dy: Int, _ radius: Int) -> Bool {
        let length = dx * dx + dy * dy
        let along = x * dx + y * dy
        if along > 0, along < length {
            let across = x * dy - y * dx
            return across * across <= radius * radius * length
        }
        let (endX, endY) = along <= 0 ? (x, y) : (x - dx, y - dy)
        return endX * endX + endY * endY <= radius * radius
    }
}
