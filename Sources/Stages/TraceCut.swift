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
        let order = fixes.indices.sorted { (fixes[$0].time, $0) < (fixes[$1].time, $1) }
        let reach = Reach(fixes: fixes, rules: rules)
        var kept: [[Int]] = []
        var removed: [[Int]] = []
        for run in Self.runs(order, reach) {
            guard let first = run.first else { continue }
            while kept.count > 1, let suspect = kept.last, suspect.count <= rules.maxOutliers,
                let before = kept[kept.count - 2].last, reach.connects(before, first)
            {
                removed.append(suspect)
                kept.removeLast()
            }
            if let before = kept.last?.last, reach.connects(before, first) {
                kept[kept.count - 1] += run
            } else {
                kept.append(run)
            }
        }
        if kept.count > 1 {
            removed += kept.filter { $0.count < rules.minPartFixes }
            kept.removeAll { $0.count < rules.minPartFixes }
        }
        parts = kept.map { $0.map { fixes[$0] } }
        let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        outliers = removed.joined().sorted().map { index in
            // The step into the fix is what is impossible; the first fix of all has only the step out of it.
            let position = rank[index] ?? 0
            let neighbour = order[position > 0 ? position - 1 : min(1, order.count - 1)]
            let speed = max(
                reach.speed(neighbour, index), reach.speed(index, order[min(position + 1, order.count - 1)]))
            return (
                index, Finding(.positionImpossibleSpeed, value: speed, limit: rules.maxSpeed, unit: "mm/s")
            )
        }
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
}

/// How fast the car would have had to go between two fixes.
private struct Reach {
    let fixes: [Fix]
    let rules: VerifyRules

    func connects(_ from: Int, _ to: Int) -> Bool {
        let elapsed = Int128(fixes[to].time.milliseconds - fixes[from].time.milliseconds)
        let reachable = Int128(rules.maxSpeed) * elapsed / 1000 + Int128(rules.positionNoise)
        return Int128(Geodesy.distanceMillimetres(fixes[from].position, fixes[to].position)) <= reachable
    }

    /// Millimetres per second; equal times count as one millisecond.
    func speed(_ from: Int, _ to: Int) -> Int64 {
        let elapsed = max(1, abs(fixes[to].time.milliseconds - fixes[from].time.milliseconds))
        let distance = Geodesy.distanceMillimetres(fixes[from].position, fixes[to].position)
        return Int64(clamping: Int128(distance) * 1000 / Int128(elapsed))
    }
}
