/// The sum of rows of samples, column by column: what area averages are made of.
///
/// Adding whole rows keeps the inner loops long and free of branches, whatever the shape of the cells.
struct RowSum {
    /// 65535 / 255: rows that fit 16 bits, which add eight to an instruction on every x86-64.
    private static let rowsIn16Bits = 257

    /// Sum of the rows added and flushed, one for each column.
    private(set) var totals: [UInt32]
    private var partial: [UInt16]
    private var partialRows = 0

    /// No rows yet. Up to 2^24 rows of 255 fit.
    init(width: Int) {
        totals = [UInt32](repeating: 0, count: width)
        partial = [UInt16](repeating: 0, count: width)
    }

    /// Starts over.
    mutating func reset() {
        flush()
        for x in totals.indices {
            totals[x] = 0
        }
    }

    /// Adds a row of `width` samples.
    mutating func add(_ row: Span<UInt8>) {
        if partialRows == Self.rowsIn16Bits { flush() }
        partialRows += 1
        var sums = partial.mutableSpan
        for x in row.indices {
            sums[x] = sums[x] &+ UInt16(row[x])
        }
    }

    /// Brings ``totals`` up to date.
    mutating func flush() {
        guard partialRows > 0 else { return }
        partialRows = 0
        for x in totals.indices {
            totals[x] &+= UInt32(partial[x])
            partial[x] = 0
        }
    }
}
