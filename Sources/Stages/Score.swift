import Canonical
import Geo

/// Turns accepted frames into passes, and passes into points.
public enum Score {
    /// The passes of `frames`, one for each drive, cell and octant, with what each of them earns.
    ///
    /// A pure function of sets: the order of `frames` and frames given twice change nothing.
    ///
    /// - Parameters:
    ///   - frames: Accepted frames that have a heading.
    ///   - history: When passes credited earlier covered what. Times after a pass are as if they were not there
    ///     for it; a time equal to it counts as before it.
    ///   - windowStart: The beginning of the epoch that counts them: what was driven before came late.
    ///   - trust: How far each drive's device is trusted, permille, by the drive's number; 1000 where it has no entry.
    ///   - rules: The curves, and how often a cell is paid in full, by when a pass was driven.
    /// - Returns: Passes by coverage, then time, then drive.
    public static func passes(
        of frames: [CreditedFrame], history: CoverageHistory = CoverageHistory(), windowStart: UTCTime,
        trust: [UInt16] = [], rules: ScoreSchedule
    ) -> [Pass] {
        let unscored = unscoredPasses(of: frames)
        var scored: [Pass] = []
        scored.reserveCapacity(unscored.count)
        var earlier = 0
        var first = 0
        while first < unscored.count {
            let cell = unscored[first].coverage.cell
            let end = unscored[first...].firstIndex { $0.coverage.cell != cell } ?? unscored.count
            let freshness = freshness(
                of: unscored[first..<end], history: history.entries, from: &earlier, rules)
            let credits = credits(of: unscored[first..<end], freshness.map(\.worth), rules)
            let area = Geodesy.cosinePermille(latitudeE7: cell.middleLatitudeE7)
            for (offset, pass) in unscored[first..<end].enumerated() {
                let late = windowStart.milliseconds - pass.coveredAt.milliseconds
                let drive = Int(pass.drive)
                scored.append(
                    Pass(
                        coverage: pass.coverage, drive: pass.drive, frames: pass.frames,
                        coveredAt: pass.coveredAt, bestFrame: pass.bestFrame, quality: pass.quality,
                        previousAt: freshness[offset].previousAt, freshness: freshness[offset].worth,
                        credit: credits[offset], area: permille(area),
                        late: late > 0 ? permille(rules[pass.coveredAt].late.value(at: late)) : 1000,
                        trust: drive < trust.count ? min(trust[drive], 1000) : 1000))
            }
            first = end
        }
        return scored
    }

    /// What the credit of a cell adds up to where its passes' freshness adds up to `sum`: all of it up to `target` times
    /// 1000, and beyond at most 1000 more, so that nobody earns by driving through a cell for the tenth time.
    static func saturated(_ sum: Int64, target: Int64) -> Int64 {
        let full = target * 1000
        if sum <= full { return sum }
        let beyond = sum - full
        return full + beyond * 1000 / (beyond + 1000)
    }

    /// Of the passes of one cell, by coverage, time and drive: when each was covered before, and what that makes it worth.
    /// `next` is the first entry of the history that has not been looked at.
    private static func freshness(
        of passes: ArraySlice<UnscoredPass>, history: [CoverageHistory.Entry], from next: inout Int,
        _ rules: ScoreSchedule
    ) -> [(previousAt: UTCTime?, worth: UInt16)] {
        var result: [(previousAt: UTCTime?, worth: UInt16)] = []
        result.reserveCapacity(passes.count)
        var coverage: Coverage?
        var previousAt: UTCTime?
        for pass in passes {
            if coverage != pass.coverage {
                coverage = pass.coverage
                previousAt = nil
                while next < history.count, history[next].coverage < pass.coverage { next += 1 }
            }
            while next < history.count, history[next].coverage == pass.coverage,
                history[next].coveredAt <= pass.coveredAt
            {
                previousAt = max(previousAt ?? history[next].coveredAt, history[next].coveredAt)
                next += 1
            }
            var worth: UInt16 = 1000
            if let previousAt {
                let (age, overflow) = pass.coveredAt.milliseconds.subtractingReportingOverflow(
                    previousAt.milliseconds)
                worth = permille(rules[pass.coveredAt].freshness.value(at: overflow ? .max : age))
            }
            result.append((previousAt, worth))
            previousAt = pass.coveredAt
        }
        return result
    }

    /// What of the freshness of one cell's passes is paid. Whose they are does not matter: in one order of time, all of
    /// them together earn what one driver would for the same passes.
    private static func credits(
        of passes: ArraySlice<UnscoredPass>, _ freshness: [UInt16], _ rules: ScoreSchedule
    ) -> [UInt16] {
        var credits = freshness
        let order = credits.indices.sorted { left, right in
            let (a, b) = (passes[passes.startIndex + left], passes[passes.startIndex + right])
            if a.coveredAt != b.coveredAt { return a.coveredAt < b.coveredAt }
            return a.drive == b.drive ? a.coverage.octant < b.coverage.octant : a.drive < b.drive
        }
        var sum: Int64 = 0
        for index in order {
            let target = rules[passes[passes.startIndex + index].coveredAt].redundancyTarget
            let before = saturated(sum, target: target)
            sum += Int64(freshness[index])
            credits[index] = permille(saturated(sum, target: target) - before)
        }
        return credits
    }

    private static func permille(_ value: Int64) -> UInt16 { UInt16(clamping: min(max(value, 0), 1000)) }

    /// Groups frames by one sort; what is equal stands side by side afterwards. Indices are sorted, because moving the
    /// frames about is dearer than comparing them.
    private static func unscoredPasses(of frames: [CreditedFrame]) -> [UnscoredPass] {
        let order = frames.indices.sorted { left, right in
            let (a, b) = (frames[left], frames[right])
            if a.coverage != b.coverage { return a.coverage < b.coverage }
            if a.drive != b.drive { return a.drive < b.drive }
            if a.capturedAt != b.capturedAt { return a.capturedAt < b.capturedAt }
            return a.frame == b.frame ? a.quality > b.quality : a.frame < b.frame
        }
        var result: [UnscoredPass] = []
        var coverageStart = 0
        var lastFrame: UInt32?
        func sortCoverage(_ passes: inout [UnscoredPass]) {
            guard passes.count - coverageStart > 1 else { return }
            passes[coverageStart...].sort { ($0.coveredAt, $0.drive) < ($1.coveredAt, $1.drive) }
        }
        for index in order {
            let frame = frames[index]
            if let last = result.last, last.coverage == frame.coverage, last.drive == frame.drive {
                if lastFrame == frame.frame { continue }
                result[result.count - 1].add(frame)
            } else {
                if let last = result.last, last.coverage != frame.coverage {
                    sortCoverage(&result)
                    coverageStart = result.count
                }
                result.append(UnscoredPass(first: frame))
            }
            lastFrame = frame.frame
        }
        sortCoverage(&result)
        return result
    }
}

/// A pass of which it is not yet known what was covered before.
private struct UnscoredPass {
    let coverage: Coverage
    let drive: UInt32
    let coveredAt: UTCTime
    var frames: UInt32 = 1
    var bestFrame: UInt32
    var quality: UInt16

    init(first: CreditedFrame) {
        coverage = first.coverage
        drive = first.drive
        coveredAt = first.capturedAt
        bestFrame = first.frame
        quality = UInt16(clamping: first.quality)
    }

    /// Adds a frame that is later, or as late and of greater number.
    mutating func add(_ frame: CreditedFrame) {
        frames += 1
        guard frame.quality > Int64(quality) else { return }
        quality = UInt16(clamping: frame.quality)
        bestFrame = frame.frame
    }
}
