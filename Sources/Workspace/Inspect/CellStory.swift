import Canonical
import Geo
import Rewards
import Stages
import Store

/// Who covered a cell, when and in which octants, and what a pass through it is worth.
public struct CellStory: Sendable {
    /// One octant of the cell.
    public struct Octant: Sendable {
        /// The octant.
        public let octant: HeadingOctant
        /// How many passes covered it.
        public let passes: Int
        /// The last of them; nil where there was none.
        public let lastAt: UTCTime?
        /// How fresh it is, permille: what a pass at the time asked for would find.
        public let freshness: Int64
        /// What such a pass earns at most, micro-points.
        public let points: UInt64
    }

    /// The cell.
    public let cell: Geohash
    /// The cell's width against that of one on the equator, permille.
    public let area: Int64
    /// The passes by time, as they count if every frame of the cell counts.
    public let passes: [Pass]
    /// All eight octants, from north clockwise.
    public let octants: [Octant]
    /// Accepted frames without a heading, which make no pass.
    public let framesWithoutHeading: Int

    /// The story of `cell` in `workspace` up to `time`.
    public init(of cell: Geohash, in workspace: Workspace, at time: UTCTime) throws {
        let frames = try workspace.catalog.frames(.cell(cell), cellPrecision: workspace.ruleset.cellPrecision)
            .filter { $0.verdict == .accepted && $0.withdrawnBy == nil }
        let rules = workspace.ruleset.score
        self.cell = cell
        area = Geodesy.cosinePermille(latitudeE7: cell.middleLatitudeE7)
        let credited = frames.compactMap { frame -> CreditedFrame? in
            guard let observed = frame.observed, let capturedAt = frame.capturedAt, capturedAt <= time else {
                return nil
            }
            return CreditedFrame(
                frame: frame.name, drive: frame.drive, contributor: frame.contributor, capturedAt: capturedAt,
                cell: cell,
                octant: observed.place.heading.map { HeadingOctant(headingCentidegrees: $0) },
                quality: observed.permille)
        }
        framesWithoutHeading = credited.count { $0.octant == nil }
        let passes = Score.passes(of: credited, history: [:], rules: rules)
        self.passes = passes
        let area = area
        octants = (0...7).compactMap(HeadingOctant.init(number:)).map { octant in
            let own = passes.filter { $0.coverage.octant == octant }
            let last = own.last?.coveredAt
            let freshness = last.map {
                Score.freshness(elapsed: $0.milliseconds(until: time), period: rules.freshnessPeriod)
            }
            return Octant(
                octant: octant, passes: own.count, lastAt: last, freshness: freshness ?? 1000,
                points: UInt64(clamping: area * 1000 * (freshness ?? 1000) / 1000))
        }
    }
}
