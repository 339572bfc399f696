import Geo

/// How long things are on the ground of a view.
struct MapScale {
    let view: MapView

    /// The latitude of the edge above `row` of the view's squares, in units of 10^-7 degree.
    private func latitudeE7(ofRow row: Int) -> Int32 {
        let edge = UInt64(max(0, min(row, view.world))) << 32 / UInt64(view.world)
        return MapEdge.latitudeE7(ofRow: edge, .down)
    }

    /// The latitude in the middle of the picture, for which the scale is given.
    var latitudeE7: Int32 { latitudeE7(ofRow: (view.rows.lowerBound + view.rows.upperBound) / 2) }

    /// Millimetres of ground under `pixels` beside one another in the middle of the picture, to a millionth.
    func millimetres(pixels: Int) -> Int64 {
        let perWorld = Self.millimetresAround(latitudeE7)
        return Int64(clamping: Int128(perWorld) * Int128(pixels) / Int128(view.world * view.squareSide))
    }

    /// Whether the same length of the picture is more than three hundredths longer or shorter on the ground
    /// at its top or its bottom.
    var varies: Bool {
        let middle = Self.millimetresAround(latitudeE7)
        return [view.rows.lowerBound, view.rows.upperBound].contains { row in
            let length = Self.millimetresAround(latitudeE7(ofRow: row))
            return abs(length - middle) * 100 > 3 * middle
        }
    }

    /// The length of the parallel `latitudeE7`: 3600 times that of a tenth of a degree.
    private static func millimetresAround(_ latitudeE7: Int32) -> Int64 {
        guard let start = Coordinate(latitudeE7: Int(latitudeE7), longitudeE7: 0),
            let end = Coordinate(latitudeE7: Int(latitudeE7), longitudeE7: 1_000_000)
        else { return 0 }
        return 3600 * Geodesy.distanceMillimetres(start, end)
    }

    /// A bar of 1, 2 or 5 times a power of ten metres that is at most `longest` pixels long; nil where not even
    /// a metre fits.
    func bar(longest: Int) -> (pixels: Int, label: String)? {
        let most = millimetres(pixels: longest)
        guard most >= 1000 else { return nil }
        var length: Int64 = 1000
        while length <= most / 10 { length *= 10 }
        if length <= most / 5 { length *= 5 } else if length <= most / 2 { length *= 2 }
        // Rounded: half a pixel off at most.
        let pixels = (Int128(length) * Int128(longest) + Int128(most) / 2) / Int128(most)
        return (Int(clamping: pixels), Self.text(millimetres: length))
    }

    /// The side of a square in the middle of the picture, to two digits.
    var squareText: String {
        var length = millimetres(pixels: view.squareSide)
        var unit: Int64 = 1
        while length >= unit * 100 { unit *= 10 }
        length = (length + unit / 2) / unit * unit
        return Self.text(millimetres: max(1000, length))
    }

    /// A length of two digits in metres, or in kilometres from one on.
    private static func text(millimetres: Int64) -> String {
        let metres = (millimetres + 500) / 1000
        guard metres >= 1000 else { return "\(metres) m" }
        let tenth = metres / 100 % 10
        return "\(PictureText.grouped(metres / 1000))\(metres < 10_000 && tenth > 0 ? ".\(tenth)" : "") km"
    }
}
