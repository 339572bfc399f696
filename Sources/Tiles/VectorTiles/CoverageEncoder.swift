import Canonical

/// Builds the layer ``CoverageLayer`` of one tile.
///
/// Values are numbered in ascending order, not by first use: that makes the compressed tile smaller by a
/// twentieth.
struct CoverageEncoder {
    private(set) var layer: LayerEncoder
    /// Value indexes by days since ``firstDay``.
    private var dates = NumberIndex()
    /// The earliest day of the tile.
    private let firstDay: Int32
    /// Key and value that say that a number is an estimate; used where one is.
    private let driveFlag: (UInt32, UInt32)
    private let contributorFlag: (UInt32, UInt32)

    init(_ summary: TileSummary) {
        let squares = summary.squares.indices.map { Attributes(of: summary, at: $0) }
        layer = LayerEncoder(name: CoverageLayer.name, extent: CoverageLayer.extent, keys: CoverageLayer.keys)
        firstDay = squares.reduce(.max) { min($0, $1.firstDay) }
        driveFlag =
            squares.contains { $0.drives.isEstimate }
            ? Self.flag(CoverageLayer.drivesEstimatedKey, &layer) : (0, 0)
        contributorFlag =
            squares.contains { $0.contributors.isEstimate }
            ? Self.flag(CoverageLayer.contributorsEstimatedKey, &layer) : (0, 0)
        numberValues(of: squares)
        addFeatures(summary.squares, squares)
    }

    /// The attributes of one square.
    private struct Attributes {
        let n: UInt64
        let quality: UInt64
        let drives: DistinctCount
        let contributors: DistinctCount
        let firstDay: Int32
        let lastDay: Int32

        init(of summary: TileSummary, at position: Int) {
            let square = summary.squares[position].summary
            n = square.n
            quality = square.meanQuality / CoverageLayer.qualityStep * CoverageLayer.qualityStep
            drives = summary.drives(ofSquareAt: position)
            contributors = summary.contributorSets.count(at: position, atMost: drives.value)
            firstDay = square.firstDay
            lastDay = square.lastDay
        }
    }

    private static func flag(_ key: String, _ layer: inout LayerEncoder) -> (UInt32, UInt32) {
        (layer.index(ofKey: key), layer.index(ofValue: .bool(true)))
    }

    private mutating func numberValues(of squares: [Attributes]) {
        var numbers = NumberIndex()
        for square in squares {
            numbers[square.n] = 0
            numbers[square.quality] = 0
            numbers[square.drives.value] = 0
            numbers[square.contributors.value] = 0
            dates[offset(square.firstDay)] = 0
            dates[offset(square.lastDay)] = 0
        }
        for number in numbers.numbers { _ = layer.index(ofNumber: number) }
        // A date is written out once a tile, not once a square.
        for days in dates.numbers {
            let day = CalendarDay(number: Int64(firstDay) + Int64(days))
            dates[days] = layer.index(ofValue: .string(day.description))
        }
    }

    private func offset(_ day: Int32) -> UInt64 { UInt64(Int64(day) - Int64(firstDay)) }

    private mutating func addFeatures(_ squares: [TileSummary.Square], _ attributes: [Attributes]) {
        layer.reserve(squares.count * 52)
        var commands = Self.outline
        // Keys 0 to 5 with their values, then what is estimated.
        var tags: [UInt32] = [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0, 0, 0, 0]
        for position in squares.indices {
            let square = attributes[position]
            tags[1] = layer.index(ofNumber: square.n)
            tags[3] = layer.index(ofNumber: square.quality)
            tags[5] = layer.index(ofNumber: square.drives.value)
            tags[7] = layer.index(ofNumber: square.contributors.value)
            tags[9] = dates[offset(square.firstDay)] ?? 0
            tags[11] = dates[offset(square.lastDay)] ?? 0
            var count = 12
            if square.drives.isEstimate {
                (tags[count], tags[count + 1]) = driveFlag
                count += 2
            }
            if square.contributors.isEstimate {
                (tags[count], tags[count + 1]) = contributorFlag
                count += 2
            }
            // Zigzag of a number that is not negative is its double.
            commands[1] = squares[position].column * Self.side * 2
            commands[2] = squares[position].row * Self.side * 2
            layer.add(tags: tags.span.extracting(0..<count), type: .polygon, commands: commands.span)
        }
    }

    /// Units along one side of a square.
    private static let side = CoverageLayer.extent / SquareAddress.side

    /// The commands of a square's outline, clockwise on the screen from its north-west corner, which is to be
    /// put at 1 and 2. Zigzag of a negative number is its double minus one.
    private static let outline: [UInt32] = [
        VectorCommand.integer(VectorCommand.moveTo, count: 1), 0, 0,
        VectorCommand.integer(VectorCommand.lineTo, count: 3), side * 2, 0, 0, side * 2, side * 2 - 1, 0,
        VectorCommand.integer(VectorCommand.closePath, count: 1),
    ]
}
