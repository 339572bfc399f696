import Canonical
import Geo

/// Fixes in order of time, with the impossible ones taken out and cut where a jump stays.
///
/// A run of at most `maxOutliers` fixes is taken out when the car can have gone from the fix before it to the fix
/// behind it, but not to it: both neighbours say so (the idea of gpsbabel's two-pass track filter). Any other
/// impossible step cuts the trace, and both parts are kept, unless a part is too short to vouch for itself.
struct TraceCut {
    /// The kept fixes.
    private(set) var parts: [[Fix]] = []
    /// The fixes taken out, by index into the fixes given, in ascending order.
    private(set) var outliers: [(index: Int, finding: Finding)] = []

    init(_ fixes: [Fix], rules: VerifyRules) {
        // Equal times are told apart by what the fixes say, not by where they stand in the upload.
        let order = fixes.indices.sorted { (fixes[$0].key, $0) < (fixes[$1].key, $1) }
        let reach = Reach(fixes: fixes, rules: rules)
        var kept: [[Int]] = []
        var removed: [[Int]] = []
        for run in Self.runs(order, reach) {
            guard let first = run.first else { continue }
            let suspects = Self.suspects(before: first, in: kept, reach)
            removed += kept.suffix(suspects)
            kept.removeLast(suspects)
            if let before = kept.last?.last, reach.connects(before, first) {
                kept[kept.count - 1] += run
            } else {
                kept.append(run)
            }
        }
        if kept.count > 1 {
            removed += kept.filter { $0.count < rules.minPartFixes }
            kept = Self.joined(kept.filter { $0.count >= rules.minPartFixes }, reach)
        }
        parts = kept.map { $0.map { fixes[$0] } }
        outliers = Self.findings(removed, order, reach)
    }

    /// The fixes in order of time, cut at every impossible step.
    private static func runs(_ order: [Int], _ reach: Reach) -> [[Int]] {
        var runs: [[Int]] = []
        for index in order {
            if let before = runs.last?.last, reach.connects(before, index) {
                runs[runs.count - 1].append(index)
            } else {
                runs.append([index])
            }
        }
        return runs
    }

    /// The parts, with those made one that nothing impossible separates any more.
    private static func joined(_ parts: [[Int]], _ reach: Reach) -> [[Int]] {
        var result: [[Int]] = []
        for part in parts {
            if let last = result.last?.last, let first = part.first, reach.connects(last, first) {
                result[result.count - 1] += part
            } else {
                result.append(part)
            }
        }
        return result
    }

    /// How many of the last parts of `kept` are to be taken out, because the car can have gone from the part
    /// before them to `first`, and they have no more fixes than outliers may.
    private static func suspects(before first: Int, in kept: [[Int]], _ reach: Reach) -> Int {
        var result = 0
        var fixes = 0
        for (count, place) in kept.indices.reversed().enumerated() {
            if let last = kept[place].last, count > 0, reach.connects(last, first) { result = count }
            fixes += kept[place].count
            if fixes > reach.rules.maxOutliers { break }
        }
        return result
    }

    /// What is impossible about each fix of the parts taken out: the step into its part, or the one out of it.
    private static func findings(
        _ removed: [[Int]], _ order: [Int], _ reach: Reach
    ) -> [(index: Int, finding: Finding)] {
        let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        let findings = removed.flatMap { part -> [(index: Int, finding: Finding)] in
            guard let first = part.first, let last = part.last, let start = rank[first], let end = rank[last]
            else { return [] }
            let into = start > 0 ? reach.speed(order[start - 1], first) : 0
            let out = end + 1 < order.count ? reach.speed(last, order[end + 1]) : 0
            let finding = Finding(
                .positionImpossibleSpeed, value: max(into, out), limit: reach.rules.maxSpeed, unit: "mm/s")
            return part.map { ($0, finding) }
        }
        return findings.sorted { $0.index < $1.index }
    }
}

/// How fast the car would have had to go between two fixes.
private struct Reach {
    let fixes: [Fix]
    let rules: VerifyRules

    func connects(_ from: Int, _ to: Int) -> Bool {
        rules.reaches(
            fixes[from].position, fixes[to].position, in: fixes[from].time.milliseconds(until: fixes[to].time)
        )
    }

    func speed(_ from: Int, _ to: Int) -> Int64 { fixes[from].speed(to: fixes[to]) }
}

extension Fix {
    /// Millimetres per second from here to a later fix; equal times count as one millisecond.
    func speed(to later: Fix) -> Int64 {
        let elapsed = max(1, time.milliseconds(until: later.time))
        let distance = Geodesy.distanceMillimetres(position, later.position)
        return Int64(clamping: Int128(distance) * 1000 / Int128(elapsed))
    }

    /// All that a fix says, in an order of its own: time first.
    fileprivate var key: Key {
        Key(
            time: time, latitude: position.latitudeE7, longitude: position.longitudeE7,
            heading: heading ?? -1,
            horizontalError: horizontalError ?? -1)
    }

    fileprivate struct Key: Comparable {
        let time: UTCTime
        let latitude: Int32
        let longitude: Int32
        let heading: Int
        let horizontalError: Int64

        static func < (left: Key, right: Key) -> Bool {
            (left.time, left.latitude, left.longitude, left.heading, left.horizontalError)
                < (right.time, right.latitude, right.longitude, right.heading, right.horizontalError)
        }
    }
}
