/// Sums over the samples of a plane, for the whole and for the cells of an 8x8 grid.
struct LumaTally {
    /// Sum of all samples.
    private(set) var sum = 0
    /// Sum of the squares of all samples.
    private(set) var sumOfSquares = 0
    /// Samples below ``ImageStatistics/darkLevel``.
    private(set) var dark = 0
    /// Samples above ``ImageStatistics/brightLevel``.
    private(set) var bright = 0
    /// Grid cells with at least one sample.
    private(set) var filledCells = 0
    /// Filled cells whose standard deviation is below ``ImageStatistics/flatDeviation``.
    private(set) var flatCells = 0

    /// Rows whose squares fit 32 bits: 255^2 * 2^16 < 2^32.
    private static let rowsOfSquares = 1 << 16
    /// Samples whose count fits the 16 bits it is taken in.
    private static let chunk = 1 << 15

    init(_ plane: LumaPlane) {
        let side = ImageStatistics.gridSide
        for row in 0..<side {
            addRowOfCells(plane, row * plane.height / side..<(row + 1) * plane.height / side)
        }
        countLevels(plane.samples.span)
    }

    private mutating func addRowOfCells(_ plane: LumaPlane, _ ys: Range<Int>) {
        let side = ImageStatistics.gridSide
        var cellSums = [Int](repeating: 0, count: side)
        var cellSquares = [Int](repeating: 0, count: side)
        var start = ys.lowerBound
        while start < ys.upperBound {
            let end = min(ys.upperBound, start + Self.rowsOfSquares)
            let columns = Self.columnSums(plane, start..<end)
            for column in 0..<side {
                for x in Self.cell(column, of: plane.width) {
                    cellSums[column] += Int(columns.sums[x])
                    cellSquares[column] += Int(columns.squares[x])
                }
            }
            start = end
        }
        for column in 0..<side {
            let count = Self.cell(column, of: plane.width).count * ys.count
            addCell(count: count, sum: cellSums[column], squares: cellSquares[column])
        }
    }

    private static func cell(_ column: Int, of width: Int) -> Range<Int> {
        column * width / ImageStatistics.gridSide..<(column + 1) * width / ImageStatistics.gridSide
    }

    private mutating func addCell(count: Int, sum cellSum: Int, squares: Int) {
        guard count > 0 else { return }
        sum += cellSum
        sumOfSquares += squares
        filledCells += 1
        // variance < 4^2, multiplied by count^2; at most 2^48 * 2^16.
        let limit = ImageStatistics.flatDeviation * ImageStatistics.flatDeviation
        if count * squares - cellSum * cellSum < limit * count * count { flatCells += 1 }
    }

    private static func columnSums(_ plane: LumaPlane, _ ys: Range<Int>) -> (
        sums: [UInt32], squares: [UInt32]
    ) {
        let samples = plane.samples.span
        var sums = RowSum(width: plane.width)
        var squares = [UInt32](repeating: 0, count: plane.width)
        var output = squares.mutableSpan
        for y in ys {
            let row = samples.extracting(y * plane.width..<(y + 1) * plane.width)
            sums.add(row)
            for x in row.indices {
                output[x] = output[x] &+ UInt32(UInt16(row[x]) &* UInt16(row[x]))
            }
        }
        sums.flush()
        return (sums.totals, squares)
    }

    private mutating func countLevels(_ samples: Span<UInt8>) {
        let darkLevel = UInt16(ImageStatistics.darkLevel)
        let brightLevel = UInt16(ImageStatistics.brightLevel)
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
            dark += Int(darkOnes)
            bright += Int(brightOnes)
            start += part.count
        }
    }
}
