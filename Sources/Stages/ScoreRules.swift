/// How passes earn points.
public struct ScoreRules: Sendable, Equatable {
    /// Characters of the geohash cells of coverage.
    public var cellPrecision: Int64
    /// What a pass is worth, permille, by how long ago its cell was covered before, milliseconds.
    public var freshness: Curve
    /// What a pass is worth, permille, by how long before the epoch that counts it it was driven, milliseconds.
    public var late: Curve
    /// How often a cell is paid in full in one epoch.
    public var redundancyTarget: Int64

    /// Rules with these values.
    public init(cellPrecision: Int64, freshness: Curve, late: Curve, redundancyTarget: Int64) {
        self.cellPrecision = cellPrecision
        self.freshness = freshness
        self.late = late
        self.redundancyTarget = redundancyTarget
    }
}
