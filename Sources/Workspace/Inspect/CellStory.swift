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

    /// One pass, with names.
    public struct Passage: Sendable {
        /// The pass.
        public let pass: Pass
        /// The names of its drive, its contributor and its best frame.
        public let drive, contributor, bestFrame: String
    }

    /// The cell.
    public let cell: Geohash
    /// The cell's width against that of one on the equator, permille.
    public let area: Int64
    /// The passes by time, as they count if every frame of the cell counts.
    public let passes: [Passage]
    /// All eight octants, from north clockwise.
    public let octants: [Octant]
    /// Accepted frames without a heading, which make no pass.
    public let framesWithoutHeading: Int

    /// The story of `cell` in `workspace` up to `time`.
    public init(of cell: Geohash, in workspace: Workspace, at time: UTCTime) throws {
        let frames = try workspace.catalog.frames(.cell(cell), cellPrecision: workspace.cellPrecision)
            .filter { $0.verdict == .accepted && $0.withdrawnBy == nil }
        self.cell = cell
        area = Geodesy.cosinePermille(latitudeE7: cell.middleLatitudeE7)
        // By name, so that numbers stand in the order of the names.
        let shown = frames.filter {
            ($0.capturedAt ?? time) <= time && $0.observed != nil && $0.capturedAt != nil
        }
        .sorted { $0.name.precedes($1.name) }
        let drives = Array(Set(shown.map(\.drive))).sorted { $0.precedes($1) }
        let numbers = Dictionary(uniqueKeysWithValues: drives.enumerated().map { ($1, UInt32(clamping: $0)) })
        var credited: [CreditedFrame] = []
        for (number, frame) in shown.enumerated() {
            guard let heading = frame.observed?.place.heading, let capturedAt = frame.capturedAt,
                let drive = numbers[frame.drive]
            else { continue }
            credited.append(
                CreditedFrame(
                    frame: UInt32(clamping: number), drive: drive, capturedAt: capturedAt,
                    coverage: Coverage(cell: cell, octant: HeadingOctant(headingCentidegrees: heading)),
                    quality: frame.observed?.permille ?? 0))
        }
        framesWithoutHeading = shown.count - credited.count
        let contributors = Dictionary(shown.map { ($0.drive, $0.contributor) }) { first, _ in first }
        // As if all of it were in one epoch that nobody is late for.
        passes = Score.passes(
            of: credited, windowStart: UTCTime(milliseconds: .min / 2), rules: workspace.rulesets.score
        )
        .sorted { ($0.coveredAt, $0.drive, $0.coverage) < ($1.coveredAt, $1.drive, $1.coverage) }
        .map { pass in
            let drive = drives[Int(pass.drive)]
            return Passage(
                pass: pass, drive: drive, contributor: contributors[drive] ?? "",
                bestFrame: shown[Int(pass.bestFrame)].name)
        }
        let passes = passes
        let area = area
        let rules = workspace.rulesets.ruleset(at: time).score
        octants = (0...7).compactMap(HeadingOctant.init(number:)).map { octant in
            let own = passes.filter { $0.pass.coverage.octant == octant }
            let last = own.last?.pass.coveredAt
            let freshness = last.map { rules.freshness.value(at: $0.milliseconds(until: time)) }
            return Octant(
                octant: octant, passes: own.count, lastAt: last, freshness: freshness ?? 1000,
                points: UInt64(clamping: area * 1000 * (freshness ?? 1000) / 1000))
        }
    }
}
