import Canonical
import Geo
import SeededNumbers
import Testing

@testable import Stages

/// A few drives through a few cells, so that everything collides, with rules drawn by chance.
struct MadePasses {
    static let week: Int64 = 7 * 86_400_000
    /// Linear freshness over a week, nothing lost by coming late, eight passes of a cell in full.
    static let rules = ScoreRules(
        cellPrecision: 8, freshness: Curve(from: 0, to: 1000, over: week),
        late: Curve(from: 1000, to: 1000, over: 0), redundancyTarget: 8)

    var frames: [CreditedFrame]
    var history: [CoverageHistory.Entry] = []
    var windowStart: UTCTime
    var trust: [UInt16]
    var rules: ScoreRules

    init(_ numbers: inout SplitMix64) throws {
        frames = try (0..<Int.random(in: 0...30, using: &numbers)).map { index in
            try Self.frame(
                UInt32(index), drive: UInt32.random(in: 0..<6, using: &numbers),
                at: Int64.random(in: 0...8, using: &numbers) * Self.week / 8,
                cell: ["9q8yyk8y", "9q8yyk8z", "u33db2m3"][Int.random(in: 0..<3, using: &numbers)],
                octant: [0, 5][Int.random(in: 0..<2, using: &numbers)],
                quality: Int64.random(in: 0...4, using: &numbers) * 250)
        }
        for frame in frames where Int.random(in: 0..<4, using: &numbers) == 0 {
            let time = UTCTime(milliseconds: Int64.random(in: -2...12, using: &numbers) * Self.week / 8)
            history.append(.init(frame.coverage, at: time))
        }
        windowStart = UTCTime(milliseconds: Int64.random(in: -1...4, using: &numbers) * Self.week / 4)
        trust = (0..<6).map { _ in UInt16.random(in: 0...4, using: &numbers) * 250 }
        rules = Self.rules
        rules.redundancyTarget = Int64.random(in: 1...3, using: &numbers)
        var points: [Curve.Point] = []
        for step in 0..<Int64.random(in: 1...4, using: &numbers) {
            let least = points.last?.y ?? 0
            points.append(
                .init(x: step * Self.week / 3, y: Int64.random(in: least...1000, using: &numbers)))
        }
        rules.freshness = try #require(Curve(points))
        rules.late = Curve(from: 1000, to: Int64.random(in: 0...1000, using: &numbers), over: Self.week / 2)
    }

    /// What they earn.
    func passes() -> [Pass] {
        Score.passes(
            of: frames, history: CoverageHistory(history), windowStart: windowStart, trust: trust,
            rules: ScoreSchedule(rules))
    }

    /// The points of all.
    var points: UInt64 { passes().reduce(0) { $0 + $1.points } }

    /// Passes under rules that take nothing away.
    static func scored(_ frames: [CreditedFrame], history: CoverageHistory = CoverageHistory()) -> [Pass] {
        Score.passes(
            of: frames, history: history, windowStart: UTCTime(milliseconds: CanonicalTime.least),
            rules: ScoreSchedule(rules))
    }

    static func frame(
        _ number: UInt32, drive: UInt32 = 0, at milliseconds: Int64, cell: String = "9q8yyk8y",
        octant: Int64 = 0, quality: Int64 = 1000
    ) throws -> CreditedFrame {
        CreditedFrame(
            frame: number, drive: drive, capturedAt: UTCTime(milliseconds: milliseconds),
            coverage: Coverage(
                cell: try #require(Geohash(cell)), octant: try #require(HeadingOctant(number: octant))),
            quality: quality)
    }

    /// docs/manifest.md, 5.3, word for word and slow.
    func passesByDefinition() -> [Pass] {
        struct Key: Hashable {
            let drive: UInt32
            let coverage: Coverage
        }
        var groups: [Key: [CreditedFrame]] = [:]
        for frame in frames {
            groups[Key(drive: frame.drive, coverage: frame.coverage), default: []].append(frame)
        }
        let starts = groups.mapValues { $0.map(\.capturedAt).min() ?? UTCTime(milliseconds: 0) }
        func curve(_ curve: Curve, _ x: Int64) -> Int64 {
            let points = curve.points
            if x <= points[0].x { return points[0].y }
            for (left, right) in zip(points, points.dropFirst()) where x <= right.x {
                return left.y + (right.y - left.y) * (x - left.x) / (right.x - left.x)
            }
            return points[points.count - 1].y
        }
        var freshness: [Key: (UTCTime?, Int64)] = [:]
        for (key, start) in starts {
            let here = starts.filter {
                $0.key.coverage == key.coverage && ($0.value, $0.key.drive) < (start, key.drive)
            }
            let before =
                Array(here.values)
                + history.filter { $0.coverage == key.coverage && $0.coveredAt <= start }.map(\.coveredAt)
            let previous = before.max()
            let worth = previous.map { curve(rules.freshness, start.milliseconds - $0.milliseconds) }
            freshness[key] = (previous, worth ?? 1000)
        }
        func paid(_ sum: Int64) -> Int64 {
            let full = 1000 * rules.redundancyTarget
            return sum <= full ? sum : full + 1000 * (sum - full) / (sum - full + 1000)
        }
        let passes = groups.map { key, group in
            let best = group.sorted {
                ($1.quality, $0.capturedAt, $0.frame) < ($0.quality, $1.capturedAt, $1.frame)
            }[0]
            let start = starts[key] ?? UTCTime(milliseconds: 0)
            let earlier = starts.filter { other, time in
                other.coverage.cell == key.coverage.cell
                    && (time, other.drive, other.coverage.octant) < (start, key.drive, key.coverage.octant)
            }.reduce(0) { $0 + (freshness[$1.key]?.1 ?? 0) }
            let own = freshness[key] ?? (nil, 0)
            let late = windowStart.milliseconds - start.milliseconds
            return Pass(
                coverage: key.coverage, drive: key.drive, frames: UInt32(group.count), coveredAt: start,
                bestFrame: best.frame, quality: UInt16(best.quality), previousAt: own.0,
                freshness: UInt16(own.1), credit: UInt16(paid(earlier + own.1) - paid(earlier)),
                area: UInt16(Geodesy.cosinePermille(latitudeE7: key.coverage.cell.middleLatitudeE7)),
                late: late > 0 ? UInt16(curve(rules.late, late)) : 1000, trust: trust[Int(key.drive)])
        }
        return passes.sorted { ($0.coverage, $0.coveredAt, $0.drive) < ($1.coverage, $1.coveredAt, $1.drive) }
    }
}
