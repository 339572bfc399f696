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
        var (freshness, credits) = ([Freshness](), [UInt16]())
        while first < unscored.count {
            let cell = unscored[first].coverage.cell
            let end = unscored[first...].firstIndex { $0.coverage.cell != cell } ?? unscored.count
            look(
                at: unscored[first..<end], history: history.entries, from: &earlier, rules, &freshness)
            share(unscored[first..<end], freshness, rules, &credits)
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

    /// When something was covered before, and what that makes it worth.
    private typealias Freshness = (previousAt: UTCTime?, worth: UInt16)

    /// Of the passes of one cell, by coverage, time and drive: when each was covered before, and what that makes it worth, in
    /// the same order into `result`. `next` is the first entry of the history that has not been looked at.
    private static func look(
        at passes: ArraySlice<UnscoredPass>, history: [CoverageHistory.Entry], from next: inout Int,
        _ rules: ScoreSchedule, _ result: inout [Freshness]
    ) {
        result.removeAll(keepingCapacity: true)
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
    }

    /// What of the freshness of one cell's passes is paid, into `credits`. Whose they are does not matter: in one order of time, all of
    /// them together earn what one driver would for the same passes.
    private static func share(
        _ passes: ArraySlice<UnscoredPass>, _ freshness: [Freshness], _ rules: ScoreSchedule,
        _ credits: inout [UInt16]
    ) {
        credits.removeAll(keepingCapacity: true)
        for entry in freshness { credits.append(entry.worth) }
        // A pass alone in its cell is paid in full: no target is below one.
        if credits.count == 1 { return }
        let order = credits.indices.sorted { left, right in
            let (a, b) = (passes[passes.startIndex + left], passes[passes.startIndex + right])
            if a.coveredAt != b.coveredAt { return a.coveredAt < b.coveredAt }
            return a.drive == b.drive ? a.coverage.octant < b.coverage.octant : a.drive < b.drive
        }
        var sum: Int64 = 0
        for index in order {
            let target = rules[passes[passes.startIndex + index].coveredAt].redundancyTarget
            let before = saturated(sum, target: target)
            sum += Int64(freshness[index].worth)
            credits[index] = permille(saturated(sum, target: target) - before)
        }
    }

    private static func permille(_ value: Int64) -> UInt16 { UInt16(clamping: min(max(value, 0), 1000)) }

    /// Groups frames by one sort of numbers: coverage, drive, and which frame it is. What is equal but for the last stands side
    /// by side afterwards.
    private static func unscoredPasses(of frames: [CreditedFrame]) -> [UnscoredPass] {
        var keys: [UInt128] = []
        keys.reserveCapacity(frames.count)
        for (index, frame) in frames.enumerated() {
            // Frames have numbers of 32 bits; so have those who count them.
            let low = UInt64(frame.drive) << 32 | UInt64(UInt32(truncatingIfNeeded: index))
            keys.append(UInt128(frame.coverage.key) << 64 | UInt128(low))
        }
        keys.sort()
        var result: [UnscoredPass] = []
        var coverageStart = 0
        func sortCoverage(_ passes: inout [UnscoredPass]) {
            guard passes.count - coverageStart > 1 else { return }
            passes[coverageStart...].sort { ($0.coveredAt, $0.drive) < ($1.coveredAt, $1.drive) }
        }
        var own: [CreditedFrame] = []
        var next = 0
        while next < keys.count {
            let group = keys[next] >> 32
            own.removeAll(keepingCapacity: true)
            while next < keys.count, keys[next] >> 32 == group {
                own.append(frames[Int(UInt32(truncatingIfNeeded: keys[next]))])
                next += 1
            }
            if own.count > 1 { own.sort(by: comesFirst) }
            let first = own[0]
            if let last = result.last, last.coverage != first.coverage {
                sortCoverage(&result)
                coverageStart = result.count
            }
            var pass = UnscoredPass(first: first)
            for index in own.indices.dropFirst() where own[index].frame != own[index - 1].frame {
                pass.add(own[index])
            }
            result.append(pass)
        }
        sortCoverage(&result)
        return result
    }

    /// The order of frames in one pass.
    private static func comesFirst(_ left: CreditedFrame, _ right: CreditedFrame) -> Bool {
        if left.capturedAt != right.capturedAt { return left.capturedAt < right.capturedAt }
        return left.frame == right.frame ? left.quality > right.quality : left.frame < right.frame
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
