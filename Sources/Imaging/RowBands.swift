/// A plane cut into eight bands of rows, each summed up column by column: what ``DHash`` and ``ImageStatistics`` both
/// begin with.
public struct RowBands: Sendable {
    /// Bands of a plane.
    static let count = 8
    /// Rows whose squares fit 32 bits: 255^2 * 2^16 < 2^32.
    private static let rowsOfSquares = 1 << 16

    /// One band: its rows, and for every column the sum of its samples and that of their squares.
    struct Band: Sendable {
        /// None in some bands of a plane that is lower than eight rows.
        let rows: Range<Int>
        /// At most 255 * 2^24.
        let sums: [UInt32]
        /// At most 255^2 * 2^24.
        let squares: [UInt64]
    }

    /// The plane.
    let plane: LumaPlane
    /// From the top. Band b has the rows b * height / 8 ..< (b + 1) * height / 8.
    let bands: [Band]

    /// The bands of `plane`.
    public init(_ plane: LumaPlane) {
        self.plane = plane
        let samples = plane.samples.span
        var sum = RowSum(width: plane.width)
        var bands: [Band] = []
        for number in 0..<Self.count {
            let rows = number * plane.height / Self.count..<(number + 1) * plane.height / Self.count
            sum.reset()
            for y in rows { sum.add(samples.extracting(y * plane.width..<(y + 1) * plane.width)) }
            sum.flush()
            bands.append(Band(rows: rows, sums: sum.totals, squares: Self.squares(plane, rows)))
        }
        self.bands = bands
    }

    private static func squares(_ plane: LumaPlane, _ rows: Range<Int>) -> [UInt64] {
        let samples = plane.samples.span
        var totals = [UInt64](repeating: 0, count: plane.width)
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsOfSquares) {
            var squares = [UInt32](repeating: 0, count: plane.width)
            var output = squares.mutableSpan
            for y in start..<min(start + rowsOfSquares, rows.upperBound) {
                let row = samples.extracting(y * plane.width..<(y + 1) * plane.width)
                for x in row.indices { output[x] = output[x] &+ UInt32(UInt16(row[x]) &* UInt16(row[x])) }
            }
            for x in totals.indices { totals[x] &+= UInt64(squares[x]) }
        }
        return totals
    }
}
