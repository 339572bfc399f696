import Geo

/// The leaf squares a picture shows, by their place on the map of 2^20 x 2^20 squares.
struct MapSquares {
    struct Place: Hashable {
        var column: Int
        var row: Int
    }

    /// The part of the map to show; the whole map where nothing is there and no part was asked for.
    let columns: ClosedRange<Int>
    let rows: ClosedRange<Int>
    /// All squares in one; nil where there are none.
    let total: SquareSummary?
    private let squares: [(place: Place, summary: SquareSummary)]

    init(_ leaves: [(tile: TileID, summary: TileSummary)], bounds: MapBounds?) {
        let window = bounds.flatMap { Self.window($0) }
        var squares: [(place: Place, summary: SquareSummary)] = []
        let side = Int(SquareAddress.side)
        for leaf in leaves where leaf.tile.zoom == SquareAddress.leafZoom {
            for square in leaf.summary.squares {
                let place = Place(
                    column: Int(leaf.tile.column) * side + Int(square.column),
                    row: Int(leaf.tile.row) * side + Int(square.row))
                if let window, !window.columns.contains(place.column) || !window.rows.contains(place.row) {
                    continue
                }
                squares.append((place, square.summary))
            }
        }
        self.squares = squares
        total = squares.reduce(nil as SquareSummary?) { $0?.merged(with: $1.summary) ?? $1.summary }
        let all = 0...(1 << MapView.squareZoom) - 1
        columns = window?.columns ?? Self.range(squares.map(\.place.column)) ?? all
        rows = window?.rows ?? Self.range(squares.map(\.place.row)) ?? all
    }

    /// The squares, 2^level x 2^level of them as one.
    func grouped(level: Int) -> [Place: SquareSummary] {
        var result: [Place: SquareSummary] = [:]
        for square in squares {
            let place = Place(column: square.place.column >> level, row: square.place.row >> level)
            result[place] = result[place]?.merged(with: square.summary) ?? square.summary
        }
        return result
    }

    private static func range(_ values: [Int]) -> ClosedRange<Int>? {
        guard let least = values.min(), let greatest = values.max() else { return nil }
        return least...greatest
    }

    private static func window(_ bounds: MapBounds) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
        func clamped(_ latitudeE7: Int32) -> Int {
            max(-Int(Mercator.maxLatitudeE7), min(Int(latitudeE7), Int(Mercator.maxLatitudeE7)))
        }
        // The eastern edge itself is outside, and 180 E would be 180 W.
        guard
            let northWest = Coordinate(latitudeE7: clamped(bounds.northE7), longitudeE7: Int(bounds.westE7)),
            let southEast = Coordinate(
                latitudeE7: clamped(bounds.southE7), longitudeE7: Int(bounds.eastE7) - 1),
            let first = TileID(of: northWest, zoom: UInt8(MapView.squareZoom)),
            let last = TileID(of: southEast, zoom: UInt8(MapView.squareZoom)),
            first.column <= last.column, first.row <= last.row
        else { return nil }
        return (Int(first.column)...Int(last.column), Int(first.row)...Int(last.row))
    }
}
