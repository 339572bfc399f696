import Geo

/// Meridians and parallels at round degrees, to tell where on Earth a map lies.
struct Graticule {
    /// A line: how many pixels from the west or north edge of the view, and what it is called.
    struct Line: Equatable {
        let position: Int
        let label: String
    }

    /// Lines of equal longitude, from west to east.
    let meridians: [Line]
    /// Lines of equal latitude, from south to north.
    let parallels: [Line]

    /// Pixels that lines are apart at least.
    private static let leastGap = 150

    /// The lines of `view`.
    init(_ view: MapView) {
        let worldWidth = view.world * view.squareSide
        let gap = 3_600_000_000 * Self.leastGap / worldWidth
        let (step, decimals) = Self.step(atLeast: gap)
        let left = view.columns.lowerBound * view.squareSide
        let west = Self.quotient(left * 3_600_000_000, worldWidth) - 1_800_000_000
        let east = west + view.width * 3_600_000_000 / worldWidth
        meridians = (Self.quotient(west, step) + 1..<Self.quotient(east, step) + 1).map { multiple in
            let longitude = multiple * step
            let wrapped = longitude - 3_600_000_000 * Self.quotient(longitude + 1_800_000_000, 3_600_000_000)
            return Line(
                position: (longitude + 1_800_000_000) * worldWidth / 3_600_000_000 - left,
                label: PictureText.degrees(wrapped, decimals: decimals, positive: "E", negative: "W"))
        }
        let top = view.rows.lowerBound * view.squareSide
        let edges = [view.rows.upperBound, view.rows.lowerBound].map {
            Int(MapEdge.latitudeE7(ofRow: UInt64($0) << 32 / UInt64(view.world), .down))
        }
        // A degree of latitude is longer on the map the further from the equator it is.
        let cosine = Int(Geodesy.cosinePermille(latitudeE7: Int32((edges[0] + edges[1]) / 2)))
        let (rise, digits) = Self.step(atLeast: gap * cosine / 1000)
        parallels = (Self.quotient(edges[0], rise)...Self.quotient(edges[1], rise)).compactMap { multiple in
            guard let position = Coordinate(latitudeE7: multiple * rise, longitudeE7: 0),
                let row = Mercator.row(of: position)
            else { return nil }
            let y = ((Int(row) * worldWidth) >> 32) - top
            guard y > 0, y < view.height else { return nil }
            return Line(
                position: y,
                label: PictureText.degrees(
                    multiple * rise, decimals: digits, positive: "N", negative: "S"))
        }
    }

    /// The smallest of 1, 2 and 5 times a power of ten, and from 30 degrees on 30, 60 and 90 degrees, that is at
    /// least `least`, in units of 10^-7 degree; and the decimals it is written with.
    private static func step(atLeast least: Int) -> (step: Int, decimals: Int) {
        var (power, decimals) = (1, 7)
        while power <= 100_000_000 {
            for factor in [1, 2, 5] where power * factor >= least && power * factor <= 200_000_000 {
                return (power * factor, max(0, decimals))
            }
            power *= 10
            decimals -= 1
        }
        return ([300_000_000, 600_000_000].first { $0 >= least } ?? 900_000_000, 0)
    }

    /// The quotient rounded down.
    private static func quotient(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }
}
