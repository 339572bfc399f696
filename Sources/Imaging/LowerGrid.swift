/// The lower three eighths of a plane as a grid of areas, each with its mean: fine enough to see where the car that carries
/// the camera begins, its bonnet or its dashboard, in 384 bytes.
public struct LowerGrid: Sendable, Equatable {
    /// Areas in a row.
    public static let columns = 16
    /// Rows of areas.
    public static let rows = 24
    /// Rows of areas the whole plane would have: the first one of these lies at 40/64 of the height, which leaves a level
    /// camera's horizon out, even where it looks an eighth of the height too high.
    public static let rowsOfPlane = 64

    /// Mean luma of every area, row by row from the top, rounded down. In planes of fewer than 64 rows or 16 columns some areas
    /// have no samples; there all are black, so that there is no edge where nothing is.
    public let means: [UInt8]

    /// The grid of `plane`.
    init(_ plane: LumaPlane) {
        guard plane.height >= Self.rowsOfPlane, plane.width >= Self.columns else {
            means = [UInt8](repeating: 0, count: Self.rows * Self.columns)
            return
        }
        var means: [UInt8] = []
        means.reserveCapacity(Self.rows * Self.columns)
        let samples = plane.samples.span
        var sum = RowSum(width: plane.width)
        for row in Self.rowsOfPlane - Self.rows..<Self.rowsOfPlane {
            let ys = row * plane.height / Self.rowsOfPlane..<(row + 1) * plane.height / Self.rowsOfPlane
            sum.reset()
            for y in ys { sum.add(samples.extracting(y * plane.width..<(y + 1) * plane.width)) }
            sum.flush()
            let sums = sum.totals.span
            for column in 0..<Self.columns {
                let xs = column * plane.width / Self.columns..<(column + 1) * plane.width / Self.columns
                var light = 0
                for x in xs { light += Int(sums[x]) }
                means.append(UInt8(clamping: light / (xs.count * ys.count)))
            }
        }
        self.means = means
    }
}
