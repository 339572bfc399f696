/// Whether a frame can be used: light, contrast, focus, and parts that show nothing.
///
/// All values are integers, computed exactly and rounded down at the end. Levels and thresholds belong to the ruleset.
public struct ImageStatistics: Sendable, Equatable {
    /// Mean luma in thousandths, 0...255000.
    public let meanLumaMilli: Int
    /// Share of dark samples, 0...1000.
    public let darkPermille: Int
    /// Share of bright samples, 0...1000.
    public let brightPermille: Int
    /// Standard deviation of the luma in thousandths, 0...127500.
    public let standardDeviationMilli: Int
    /// Variance of the Laplacian divided by the variance of the luma, in thousandths: focus, independent of
    /// light. White noise has 20000, a sharp street about 1000, blur a tenth of that and less. 0 for a plane
    /// of a single gray.
    public let sharpnessPermille: Int
    /// Variance of the Laplacian (4 x sample - its 4 neighbours) over the samples that have 4 neighbours,
    /// 0...1040400. 0 if there are none.
    public let laplacianVariance: Int
    /// Share of flat cells in an 8x8 grid, 0...1000. Cell c covers c * side / 8 ..< (c + 1) * side / 8; in
    /// planes with a side below 8 some are empty and do not count.
    public let flatCellsPermille: Int
    /// How much of the detail is finer than two samples, in thousandths: the mean square of the Laplacian over that of
    /// the Laplacian at twice the distance. It hardly depends on what is seen, so that light blur shows: a sharp street
    /// has 317 to 440, blurred by two pixels of the frame 169 to 206; white noise has 1000. 0 where there is no detail.
    public let focusPermille: Int
    /// The largest group of areas of a ``CellGrid`` that are white, with what that spills over to, 0...1000.
    public let glarePermille: Int
    /// Mean and deviation of every area.
    public let cells: CellGrid
    /// The light column by column.
    public let profile: ColumnProfile
    /// The light of the lower part.
    public let lower: LowerGrid

    /// The statistics of a plane, of which is dark, bright, even or white what `levels` say.
    public init(_ plane: LumaPlane, levels: ImageLevels) {
        self.init(RowBands(plane), levels: levels)
    }

    /// The statistics of the plane that has these bands.
    public init(_ bands: RowBands, levels: ImageLevels) {
        let plane = bands.plane
        let tally = LumaTally(bands, levels: levels)
        let laplacian = LaplacianTally(plane)
        let count = plane.samples.count
        let variance = Variance(count: count, sum: tally.sum, sumOfSquares: tally.sumOfSquares)
        meanLumaMilli = tally.sum * 1000 / count
        darkPermille = tally.dark * 1000 / count
        brightPermille = tally.bright * 1000 / count
        standardDeviationMilli = variance.standardDeviationMilli
        laplacianVariance = laplacian.variance.whole
        sharpnessPermille = laplacian.variance.permille(of: variance)
        flatCellsPermille = tally.filledCells == 0 ? 0 : tally.flatCells * 1000 / tally.filledCells
        focusPermille = laplacian.focusPermille(of: plane)
        cells = CellGrid(tally.areas)
        profile = ColumnProfile(sums: tally.columnSums, counts: tally.columnCounts)
        lower = LowerGrid(plane)
        glarePermille = cells.glarePermille(levels)
    }
}

/// A variance as the exact fraction (count * sumOfSquares - sum^2) / count^2.
struct Variance {
    private let scaled: UInt128
    private let count: UInt128

    /// Of `count` values, none of a magnitude above 1020; at most 2^24 of them.
    init(count: Int, sum: Int, sumOfSquares: Int) {
        let magnitude = UInt128(sum.magnitude)
        self.count = UInt128(count.magnitude)
        // Never negative (Cauchy-Schwarz). Below 2^48 * 2^20.
        scaled = self.count * UInt128(sumOfSquares.magnitude) - magnitude * magnitude
    }

    /// The variance, rounded down.
    var whole: Int { count == 0 ? 0 : Int(scaled / (count * count)) }

    /// The standard deviation in thousandths, rounded down.
    var standardDeviationMilli: Int {
        count == 0 ? 0 : Int((scaled * 1_000_000).squareRootRoundedDown() / count)
    }

    /// Thousandths of another variance, rounded down; 0 if that one is 0. The numerator stays below
    /// 1000 * 2^68 * 2^48 < 2^126.
    func permille(of other: Variance) -> Int {
        guard other.scaled > 0, count > 0 else { return 0 }
        return Int(clamping: 1000 * scaled * other.count * other.count / (other.scaled * count * count))
    }
}
