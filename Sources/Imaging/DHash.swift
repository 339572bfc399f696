/// The 64-bit difference hash of an image: a cheap first look for near-identical frames.
///
/// The plane is averaged to 9x8 cells of equal area, pixels on a boundary counting in proportion. Bit
/// `8 * row + column`, counted from the most significant one, is 1 if the cell is darker than its right
/// neighbour. Averages are compared as exact integers: equal planes give equal hashes everywhere.
public struct DHash: Sendable, Hashable {
    /// Cells in a row; one more than bits in a row.
    private static let columns = 9
    private static let rows = RowBands.count

    /// The bits; the most significant one belongs to the top left.
    public let bits: UInt64

    /// A hash known from elsewhere, for example from the catalog.
    public init(bits: UInt64) {
        self.bits = bits
    }

    /// The hash of a plane.
    public init(_ plane: LumaPlane) { self.init(RowBands(plane)) }

    /// The hash of the plane that has these bands.
    public init(_ bands: RowBands) {
        let cells = Self.cellSums(bands)
        var bits: UInt64 = 0
        for row in 0..<Self.rows {
            for column in 0..<Self.columns - 1 {
                let left = cells[row * Self.columns + column]
                let right = cells[row * Self.columns + column + 1]
                bits = bits << 1 | (left < right ? 1 : 0)
            }
        }
        self.bits = bits
    }

    /// Number of bits that differ, 0...64. See the ruleset for limits.
    public func distance(to other: DHash) -> Int {
        (bits ^ other.bits).nonzeroBitCount
    }

    /// The hash of the picture with left and right exchanged, but for cells that are exactly as bright as a neighbour:
    /// every row backwards, and darker where it was brighter.
    public var mirrored: DHash {
        var reversed = (bits & 0x0F0F_0F0F_0F0F_0F0F) << 4 | bits >> 4 & 0x0F0F_0F0F_0F0F_0F0F
        reversed = (reversed & 0x3333_3333_3333_3333) << 2 | reversed >> 2 & 0x3333_3333_3333_3333
        reversed = (reversed & 0x5555_5555_5555_5555) << 1 | reversed >> 1 & 0x5555_5555_5555_5555
        return DHash(bits: ~reversed)
    }

    /// Area integrals of the 9x8 cells, in units of 1/72 pixel. All cells have the same area, width x height
    /// units, so their sums compare as their averages do. At most 255 * 2^24 * 72 < 2^39.
    ///
    /// Row r of cells ends at (r+1) * height / 8 pixels: it takes the remainder's share of the pixel row
    /// there, and the next row of cells gives that share back.
    private static func cellSums(_ bands: RowBands) -> [Int64] {
        let plane = bands.plane
        var cells: [Int64] = []
        cells.reserveCapacity(columns * rows)
        let samples = plane.samples.span
        var startShare = [Int64](repeating: 0, count: columns)
        for (row, band) in bands.bands.enumerated() {
            let end = band.rows.upperBound
            var endShare = [Int64](repeating: 0, count: columns)
            if end < plane.height {
                let boundary = samples.extracting(end * plane.width..<(end + 1) * plane.width)
                endShare = integrals(boundary).map { $0 * Int64((row + 1) * plane.height % rows) }
            }
            for (column, whole) in integrals(band.sums.span).enumerated() {
                cells.append(Int64(rows) * whole + endShare[column] - startShare[column])
            }
            startShare = endShare
        }
        return cells
    }

    /// Integrals of one row over the 9 columns of cells, in units of 1/9 pixel; boundaries as for rows.
    private static func integrals<Value: FixedWidthInteger>(_ row: Span<Value>) -> [Int64] {
        var start = 0
        var startShare: Int64 = 0
        return (0..<columns).map { column in
            let position = (column + 1) * row.count
            let end = position / columns
            var sum: Int64 = 0
            for x in start..<end {
                sum &+= Int64(truncatingIfNeeded: row[x])
            }
            let endShare =
                end < row.count ? Int64(position % columns) * Int64(truncatingIfNeeded: row[end]) : 0
            defer {
                start = end
                startShare = endShare
            }
            return Int64(columns) * sum + endShare - startShare
        }
    }
}
