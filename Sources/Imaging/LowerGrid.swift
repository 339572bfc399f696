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

    /// Mean luma of every area, row by row from the top, rounded down. An area of no samples, as in planes of fewer than 64 rows
    /// or 16 columns, is black.
    public let means: [UInt8]

    /// The grid of `plane`.
    init(_ plane: LumaPlane) {
        var means: [UInt8] = []
        means.reserveCapacity(Self.rows * Self.columns)
        var sums = [UInt32](repeating: 0, count: plane.width)
        for row in Self.rowsOfPlane - Self.rows..<Self.rowsOfPlane {
            let ys = row * plane.height / Self.rowsOfPlane..<(row + 1) * plane.height / Self.rowsOfPlane
            for x in sums.indices { sums[x] = 0 }
            for y in ys {
                // At most 255 * 2^24.
                let samples = plane.samples.span.extracting(y * plane.width..<(y + 1) * plane.width)
                for x in samples.indices { sums[x] &+= UInt32(samples[x]) }
            }
            for column in 0..<Self.columns {
                let xs = column * plane.width / Self.columns..<(column + 1) * plane.width / Self.columns
                let count = xs.count * ys.count
                let sum = xs.reduce(0) { $0 + Int(sums[$1]) }
                means.append(UInt8(clamping: count == 0 ? 0 : sum / count))
            }
        }
        self.means = means
    }
}
