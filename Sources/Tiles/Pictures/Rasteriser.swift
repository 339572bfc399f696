import Imaging

/// Fills polygons and draws lines and dots of a vector tile, in integers.
///
/// Nothing of a geometry is trusted: coordinates may be any 32-bit numbers, rings may cross themselves, and what
/// all features of a tile may cost is bounded.
struct Rasteriser {
    private(set) var canvas: PictureCanvas
    /// Pixels, and crossings of edges with rows of pixels, that may still be computed.
    private var budget: Int
    /// Pixels along the side of the tile.
    private let side: Int

    /// Parts of a pixel in which positions are computed.
    private static let unit = 16
    /// The most crossings of one polygon, 32 MB: they are all in memory at once.
    private static let mostCrossings = 4_000_000

    /// Draws on `canvas`, which the tile fills.
    init(on canvas: PictureCanvas, budget: Int) {
        self.canvas = canvas
        self.budget = budget
        side = min(canvas.width, canvas.height)
    }

    /// Fills a polygon: what an odd number of its rings surrounds, at `opacity` sixteenths. Returns whether it
    /// holds the middle of any pixel.
    ///
    /// - Throws: `overLimit` where the budget is used up.
    mutating func fill(
        _ rings: [[VectorPoint]], extent: UInt32, _ colour: PNGEncoder.Colour, opacity: Int = 16
    ) throws(TileError) -> Bool {
        // Row and place of every crossing in one number, to be sorted at once.
        var crossings: [Int] = []
        let width = side * Self.unit
        for ring in rings {
            guard var from = ring.last.map({ position($0, extent) }) else { continue }
            for point in ring {
                let to = position(point, extent)
                defer { from = to }
                let (upper, lower) = from.y < to.y ? (from, to) : (to, from)
                // Rows whose middle is between the two, the upper one included.
                let first = max(0, Self.quotient(upper.y + 7, Self.unit))
                let last = min(side, Self.quotient(lower.y + 7, Self.unit))
                guard first < last else { continue }
                try spend(last - first)
                guard crossings.count <= Self.mostCrossings - (last - first) else { throw Self.tooMuch }
                for row in first..<last {
                    let x = Self.interpolated(row * Self.unit + 8, from: upper, to: lower)
                    crossings.append(row << 32 | max(0, min(x, width)))
                }
            }
        }
        crossings.sort()
        var isSeen = false
        for index in stride(from: 0, to: crossings.count - 1, by: 2) {
            let row = crossings[index] >> 32
            let first = (crossings[index] & 0xFFFF_FFFF + 7) / Self.unit
            let last = (crossings[index + 1] & 0xFFFF_FFFF + 7) / Self.unit
            guard first < last else { continue }
            try spend(last - first)
            for column in first..<last { canvas.blend(x: column, y: row, colour, sixteenths: opacity) }
            isSeen = true
        }
        return isSeen
    }

    /// Draws lines from point to point, `width` pixels wide; `isClosed` adds the one from the last to the first.
    ///
    /// - Throws: `overLimit` where the budget is used up.
    mutating func stroke(
        _ points: [VectorPoint], extent: UInt32, isClosed: Bool = false, width: Int = 1,
        _ colour: PNGEncoder.Colour
    ) throws(TileError) {
        guard let first = points.first, let last = points.last else { return }
        var from = position(isClosed ? last : first, extent)
        for point in points {
            let to = position(point, extent)
            try line(from, to, width, colour)
            from = to
        }
    }

    /// Draws a round dot.
    ///
    /// - Throws: `overLimit` where the budget is used up.
    mutating func dot(
        _ point: VectorPoint, extent: UInt32, radius: Int, _ colour: PNGEncoder.Colour
    ) throws(TileError) {
        let middle = position(point, extent)
        let (x, y) = (Self.quotient(middle.x, Self.unit), Self.quotient(middle.y, Self.unit))
        guard (-radius..<side + radius).contains(x), (-radius..<side + radius).contains(y) else { return }
        try spend((2 * radius + 1) * (2 * radius + 1))
        for row in -radius...radius {
            for column in -radius...radius
            where row * row + column * column < radius * radius + max(1, radius) {
                canvas.blend(x: x + column, y: y + row, colour, sixteenths: 16)
            }
        }
    }

    /// A line, pixel by pixel along the axis it is longer on.
    private mutating func line(
        _ from: Position, _ to: Position, _ width: Int, _ colour: PNGEncoder.Colour
    ) throws(TileError) {
        let isSteep = abs(to.y - from.y) > abs(to.x - from.x)
        // Along and across the longer axis.
        let (a, b) = isSteep ? (from, to) : (Position(x: from.y, y: from.x), Position(x: to.y, y: to.x))
        let (upper, lower) = a.y < b.y ? (a, b) : (b, a)
        let range = Self.quotient(upper.y, Self.unit)...Self.quotient(lower.y, Self.unit)
        let (first, last) = (max(0, range.lowerBound), min(side - 1, range.upperBound))
        let across = [Self.quotient(min(a.x, b.x), Self.unit), Self.quotient(max(a.x, b.x), Self.unit)]
        guard first <= last, across[0] < side + width, across[1] >= -width else { return }
        try spend(width * (last - first + 1))
        for step in first...last {
            // The middle of the pixel, or the line's end where it ends before.
            let middle = max(upper.y, min(step * Self.unit + 8, lower.y))
            let place = Self.quotient(Self.interpolated(middle, from: upper, to: lower), Self.unit)
            for offset in 0..<width {
                let beside = place + offset - width / 2
                canvas.blend(
                    x: isSteep ? beside : step, y: isSteep ? step : beside, colour, sixteenths: 16)
            }
        }
    }

    private mutating func spend(_ cost: Int) throws(TileError) {
        guard cost <= budget else { throw Self.tooMuch }
        budget -= cost
    }

    private static let tooMuch = TileError(
        .overLimit, at: 0, "its geometry would take longer to draw than a tile is worth")

    /// A place in the picture, in sixteenths of a pixel.
    private struct Position {
        let x: Int
        let y: Int
    }

    /// At most 2^31 x 2^12 x 2^4 in either direction.
    private func position(_ point: VectorPoint, _ extent: UInt32) -> Position {
        let scale = side * Self.unit
        return Position(
            x: Self.quotient(Int(point.x) * scale, max(1, Int(extent))),
            y: Self.quotient(Int(point.y) * scale, max(1, Int(extent))))
    }

    /// The x at which the line from `from` down to `to` passes `y`.
    private static func interpolated(_ y: Int, from: Position, to: Position) -> Int {
        guard to.y > from.y else { return from.x }
        let (product, overflow) = (y - from.y).multipliedReportingOverflow(by: to.x - from.x)
        if !overflow { return from.x + product / (to.y - from.y) }
        return from.x + Int(clamping: Int128(y - from.y) * Int128(to.x - from.x) / Int128(to.y - from.y))
    }

    /// The quotient rounded down.
    private static func quotient(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }
}
