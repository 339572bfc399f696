/// A plane cut into eight bands of rows, each summed up column by column: what ``DHash`` and ``ImageStatistics`` both
/// begin with.
///
/// Adding whole rows keeps the inner loops long and free of branches, whatever the shape of the cells made of them.
public struct RowBands: Sendable {
    /// Bands of a plane.
    static let count = 8
    /// 65535 / 255: rows whose sums fit 16 bits, which add eight to an instruction on every x86-64.
    private static let rowsIn16Bits = 257

    /// One band: its rows, and for every column the sum of its samples and that of their squares.
    struct Band: Sendable {
        /// None in some bands of a plane that is lower than eight rows.
        let rows: Range<Int>
        /// At most 255 * 2^24.
        fileprivate(set) var sums: [UInt32]
        fileprivate(set) var squares: [UInt64]
    }

    /// From the top. Band b has the rows b * height / 8 ..< (b + 1) * height / 8.
    let bands: [Band]

    /// The bands of `plane`.
    public init(_ plane: LumaPlane) {
        var sums = [UInt16](repeating: 0, count: plane.width)
        var squares = [UInt32](repeating: 0, count: plane.width)
        bands = (0..<Self.count).map { number in
            let rows = number * plane.height / Self.count..<(number + 1) * plane.height / Self.count
            var band = Band(
                rows: rows, sums: [UInt32](repeating: 0, count: plane.width),
                squares: [UInt64](repeating: 0, count: plane.width))
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsIn16Bits) {
                for y in start..<min(start + Self.rowsIn16Bits, rows.upperBound) {
                    let row = plane.samples.span.extracting(y * plane.width..<(y + 1) * plane.width)
                    Self.add(row, to: sums.mutableSpan, squares: squares.mutableSpan)
                }
                for x in sums.indices {
                    band.sums[x] &+= UInt32(sums[x])
                    band.squares[x] &+= UInt64(squares[x])
                    (sums[x], squares[x]) = (0, 0)
                }
            }
            return band
        }
    }

    private static func add(
        _ row: Span<UInt8>, to sums: consuming MutableSpan<UInt16>,
        squares: consuming MutableSpan<UInt32>
    ) {
        for x in row.indices { sums[x] = sums[x] &+ UInt16(row[x]) }
        for x in row.indices { squares[x] = squares[x] &+ UInt32(UInt16(row[x]) &* UInt16(row[x])) }
    }
}
