/// Sums over the samples of a plane, for the whole, for the cells of an 8x8 grid, and for the areas of a ``CellGrid``,
/// of which a cell is two.
struct LumaTally {
    /// Sum of all samples.
    private(set) var sum = 0
    /// Sum of the squares of all samples.
    private(set) var sumOfSquares = 0
    /// Samples below ``ImageLevels/dark``.
    private(set) var dark = 0
    /// Samples above ``ImageLevels/bright``.
    private(set) var bright = 0
    /// Grid cells with at least one sample.
    private(set) var filledCells = 0
    /// Filled cells whose standard deviation is below ``ImageLevels/flatDeviation``.
    private(set) var flatCells = 0
    /// Samples of every area of a ``CellGrid``, their sum and that of their squares.
    private(set) var areas: [(count: Int, sum: Int, squares: Int)] = []

    /// The columns of a ``ColumnProfile``: their samples, and the sum of these.
    private(set) var columnCounts = [Int](repeating: 0, count: ColumnProfile.columns)
    private(set) var columnSums = [Int](repeating: 0, count: ColumnProfile.columns)

    private let flatDeviation: Int

    /// Samples whose count fits the 16 bits it is taken in.
    private static let chunk = 1 << 15

    init(_ bands: RowBands, levels: ImageLevels) {
        flatDeviation = Int(UInt8(clamping: levels.flatDeviation))
        areas.reserveCapacity(CellGrid.rows * CellGrid.columns)
        for (row, band) in bands.bands.enumerated() {
            addRowOfCells(band, isOfProfile: ColumnProfile.rows.contains(row))
        }
        countLevels(
            bands.plane.samples.span, dark: UInt8(clamping: levels.dark),
            bright: UInt8(clamping: levels.bright))
    }

    private mutating func addRowOfCells(_ band: RowBands.Band, isOfProfile: Bool) {
        let width = band.sums.count
        var sums = [Int](repeating: 0, count: CellGrid.columns)
        var squares = [Int](repeating: 0, count: CellGrid.columns)
        for area in 0..<CellGrid.columns {
            for x in Self.columns(of: area, in: width) {
                sums[area] += Int(band.sums[x])
                // At most 255^2 * 2^24.
                squares[area] += Int(truncatingIfNeeded: band.squares[x])
            }
        }
        if isOfProfile { addProfile(band.sums.span, rows: band.rows.count) }
        for area in stride(from: 0, to: CellGrid.columns, by: 2) {
            let counts = [area, area + 1].map { Self.columns(of: $0, in: width).count * band.rows.count }
            areas.append((counts[0], sums[area], squares[area]))
            areas.append((counts[1], sums[area + 1], squares[area + 1]))
            addCell(
                count: counts[0] + counts[1], sum: sums[area] + sums[area + 1],
                squares: squares[area] + squares[area + 1])
        }
    }

    /// The columns of samples an area covers. Two areas make a cell: 2c * width / 16 is c * width / 8.
    private static func columns(of area: Int, in width: Int) -> Range<Int> {
        area * width / CellGrid.columns..<(area + 1) * width / CellGrid.columns
    }

    private mutating func addProfile(_ sums: Span<UInt32>, rows: Int) {
        for column in 0..<ColumnProfile.columns {
            let range =
                column * sums.count / ColumnProfile.columns..<(column + 1) * sums.count
                / ColumnProfile.columns
            for x in range { columnSums[column] += Int(sums[x]) }
            columnCounts[column] += range.count * rows
        }
    }

    private mutating func addCell(count: Int, sum cellSum: Int, squares: Int) {
        guard count > 0 else { return }
        sum += cellSum
        sumOfSquares += squares
        filledCells += 1
        // variance < 255^2, multiplied by count^2; a cell has at most 2^21 samples, so that it stays below 2^58.
        let limit = flatDeviation * flatDeviation
        if count * squares - cellSum * cellSum < limit * count * count { flatCells += 1 }
    }

    private mutating func countLevels(_ samples: Span<UInt8>, dark: UInt8, bright: UInt8) {
        let (darkLevel, brightLevel) = (UInt16(dark), UInt16(bright))
        var start = 0
        while start < samples.count {
            let part = samples.extracting(start..<min(samples.count, start + Self.chunk))
            var darkOnes: UInt16 = 0
            var brightOnes: UInt16 = 0
            for x in part.indices {
                // The borrow of a difference is the comparison; written so, the loop has no branch.
                darkOnes &+= (UInt16(part[x]) &- darkLevel) >> 15
                brightOnes &+= (brightLevel &- UInt16(part[x])) >> 15
            }
            self.dark += Int(darkOnes)
            self.bright += Int(brightOnes)
            start += part.count
        }
    }
}
