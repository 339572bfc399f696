import Canonical

/// The layer `coverage`: one square polygon for every square of the 64 x 64 grid that holds frames.
public enum CoverageLayer {
    /// The layer's name.
    public static let name = "coverage"
    /// Units along one side of the tile.
    public static let extent: UInt32 = 4096
    /// Frames in the square, an unsigned integer.
    public static let framesKey = "n"
    /// Mean quality in permille, an unsigned integer.
    public static let qualityKey = "quality"
    /// Day of the earliest frame, an ISO 8601 date.
    public static let firstDayKey = "first_day"
    /// Day of the latest frame, an ISO 8601 date.
    public static let lastDayKey = "last_day"

    private static let keys = [framesKey, qualityKey, firstDayKey, lastDayKey]

    /// What `vector_layers` says about the layer at these zooms.
    public static func description(minZoom: UInt8, maxZoom: UInt8) -> LayerDescription {
        LayerDescription(
            id: name, description: "Frames per square of a 64 x 64 grid",
            fields: [framesKey: .number, qualityKey: .number, firstDayKey: .string, lastDayKey: .string],
            minZoom: minZoom, maxZoom: maxZoom)
    }

    /// The layer of one tile; squares by ascending index, four attributes each, in the order above.
    static func encoder(for summary: TileSummary) -> LayerEncoder {
        var layer = LayerEncoder(name: name, extent: extent, keys: keys)
        // A date is written out once a tile, not once a square.
        var days: [Int32: UInt32] = [:]
        func index(ofDay day: Int32) -> UInt32 {
            if let index = days[day] { return index }
            let index = layer.index(ofValue: .string(CalendarDay(number: Int64(day)).description))
            days[day] = index
            return index
        }
        for square in summary.squares {
            let tags = [
                0, layer.index(ofValue: .uint(square.summary.n)),
                1, layer.index(ofValue: .uint(square.summary.meanQuality)),
                2, index(ofDay: square.summary.firstDay),
                3, index(ofDay: square.summary.lastDay),
            ]
            layer.add(tags: tags, type: .polygon, commands: outline(of: square))
        }
        return layer
    }

    /// The square's outline, clockwise on the screen from its north-west corner.
    private static func outline(of square: TileSummary.Square) -> [UInt32] {
        let size = extent / SquareAddress.side
        // Zigzag of a non-negative number is its double, of a negative one its double minus one.
        let (forwards, backwards) = (size * 2, size * 2 - 1)
        return [
            VectorCommand.integer(VectorCommand.moveTo, count: 1), square.column * size * 2,
            square.row * size * 2,
            VectorCommand.integer(VectorCommand.lineTo, count: 3), forwards, 0, 0, forwards, backwards, 0,
            VectorCommand.integer(VectorCommand.closePath, count: 1),
        ]
    }
}
