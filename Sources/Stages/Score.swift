import Canonical
import Geo

/// Turns accepted frames into passes, and passes into points.
public enum Score {
    /// The passes of `frames`, one for each drive, cell and octant, with what each of them earns.
    ///
    /// A pure function of sets: the order of `frames`, frames given twice, and the order of the times in
    /// `history` change nothing. Frames without an octant make no pass. The points of a pass are area x
    /// quality x freshness / 1000, rounded down: at most 1,000,000.
    ///
    /// - Parameters:
    ///   - frames: Accepted frames; a drive has one contributor.
    ///   - history: For each coverage the times at which passes credited earlier covered it. Times after a
    ///     pass are as if they were not there for it; a time equal to it counts as before it.
    ///   - rules: Says after how long a cell is fresh again.
    /// - Returns: Passes by time, then drive (bytes of its id), then coverage.
    public static func passes(
        of frames: [CreditedFrame], history: [Coverage: [UTCTime]], rules: ScoreRules
    ) -> [Pass] {
        var unscored = unscoredPasses(of: frames)
        unscored = sorted(unscored) { left, right in
            if left.coverage != right.coverage { return left.coverage < right.coverage }
            return isBefore(left, right)
        }
        var result: [Pass] = []
        result.reserveCapacity(unscored.count)
        var earlier: [UTCTime] = []
        var nextEarlier = 0
        var coverage: Coverage?
        var previousAt: UTCTime?
        for pass in unscored {
            if coverage != pass.coverage {
                coverage = pass.coverage
                earlier = history[pass.coverage, default: []].sorted()
                nextEarlier = 0
                previousAt = nil
            }
            while nextEarlier < earlier.count, earlier[nextEarlier] <= pass.coveredAt {
                previousAt = max(previousAt ?? earlier[nextEarlier], earlier[nextEarlier])
                nextEarlier += 1
            }
            result.append(pass.scored(previousAt: previousAt, rules: rules))
            previousAt = pass.coveredAt
        }
        return sorted(result) { left, right in
            if left.coveredAt != right.coveredAt { return left.coveredAt < right.coveredAt }
            if left.drive.hasSameBytes(as: right.drive) { return left.coverage < right.coverage }
            return left.drive.precedes(right.drive)
        }
    }

    /// How fresh a cell is after `elapsed` milliseconds, 0...1000 permille, rounded down.
    public static func freshness(elapsed: Int64, period: Int64) -> Int64 {
        guard elapsed > 0 else { return 0 }
        guard elapsed < period else { return 1000 }
        return Int64(Int128(elapsed) * 1000 / Int128(period))
    }

    /// `elements` in order. Indices are sorted, because moving the elements about is dearer than comparing
    /// them.
    private static func sorted<Element>(
        _ elements: [Element], by precedes: (Element, Element) -> Bool
    ) -> [Element] {
        elements.indices.sorted { precedes(elements[$0], elements[$1]) }.map { elements[$0] }
    }

    private static func isBefore(_ left: UnscoredPass, _ right: UnscoredPass) -> Bool {
        if left.coveredAt != right.coveredAt { return left.coveredAt < right.coveredAt }
        return left.drive.precedes(right.drive)
    }

    /// Groups frames by one sort; what is equal stands side by side afterwards.
    private static func unscoredPasses(of frames: [CreditedFrame]) -> [UnscoredPass] {
        var located: [(coverage: Coverage, frame: CreditedFrame)] = []
        located.reserveCapacity(frames.count)
        for frame in frames {
            guard let octant = frame.octant else { continue }
            located.append((Coverage(cell: frame.cell, octant: octant), frame))
        }
        located = sorted(located) { left, right in
            if left.coverage != right.coverage { return left.coverage < right.coverage }
            let (a, b) = (left.frame, right.frame)
            if !a.drive.hasSameBytes(as: b.drive) { return a.drive.precedes(b.drive) }
            if a.capturedAt != b.capturedAt { return a.capturedAt < b.capturedAt }
            if !a.frame.hasSameBytes(as: b.frame) { return a.frame.precedes(b.frame) }
            return a.quality > b.quality
        }
        var result: [UnscoredPass] = []
        var lastFrame: String?
        for (coverage, frame) in located {
            if let last = result.last, last.coverage == coverage, last.drive.hasSameBytes(as: frame.drive) {
                if let lastFrame, lastFrame.hasSameBytes(as: frame.frame) { continue }
                result[result.count - 1].add(frame)
            } else {
                result.append(UnscoredPass(coverage: coverage, first: frame))
            }
            lastFrame = frame.frame
        }
        return result
    }
}

/// A pass of which it is not yet known what was covered before.
private struct UnscoredPass {
    let coverage: Coverage
    let drive: String
    let contributor: String
    let coveredAt: UTCTime
    var frames: Int64 = 1
    var bestFrame: String
    var quality: Int64

    init(coverage: Coverage, first: CreditedFrame) {
        self.coverage = coverage
        drive = first.drive
        contributor = first.contributor
        coveredAt = first.capturedAt
        bestFrame = first.frame
        quality = first.quality
    }

    /// Adds a frame that is later, or as late and of greater id.
    mutating func add(_ frame: CreditedFrame) {
        frames += 1
        guard frame.quality > quality else { return }
        quality = frame.quality
        bestFrame = frame.frame
    }

    func scored(previousAt: UTCTime?, rules: ScoreRules) -> Pass {
        var freshness: Int64 = 1000
        if let previousAt {
            let (elapsed, overflow) = coveredAt.milliseconds.subtractingReportingOverflow(
                previousAt.milliseconds)
            freshness = Score.freshness(elapsed: overflow ? .max : elapsed, period: rules.freshnessPeriod)
        }
        let quality = min(max(quality, 0), 1000)
        let area = Geodesy.cosinePermille(latitudeE7: coverage.cell.middleLatitudeE7)
        return Pass(
            coverage: coverage, drive: drive, contributor: contributor, coveredAt: coveredAt, frames: frames,
            bestFrame: bestFrame, quality: quality, previousAt: previousAt, freshness: freshness, area: area,
            points: UInt64(clamping: area * quality * freshness / 1000))
    }
}
