import Canonical
import Geo

/// What a trace is like, in figures by which a made one differs from a driven one.
struct TraceSignals {
    /// Steps no car can have made: jumps by which the trace was cut, and fixes that were taken out.
    let teleports: Int64
    /// The greatest change of speed between two stretches, millimetres per second squared; nil where there are no two.
    let acceleration: Int64?
    /// The share of the steps of a moving car that are as long as its median speed makes them, permille; nil where there
    /// are too few.
    let constantSpeed: Int64?
    /// The median distance of a fix of a moving car from the line between its neighbours, millimetres; nil where there are
    /// too few.
    let deviation: Int64?

    init(_ trace: Trace, rules: PlausibilityRules) {
        teleports = Int64(max(0, trace.parts.count - 1) + trace.outliers)
        let parts = trace.parts.map { Self.thinned($0, apart: rules.minStepTime) }
        acceleration = parts.compactMap { Self.acceleration($0, rules) }.max()
        let steps = parts.map { part in zip(part, part.dropFirst()).map(Step.init) }
        let moving = steps.flatMap { $0 }.filter { $0.speed >= rules.movingSpeed }
        constantSpeed =
            Int64(moving.count) < max(1, rules.minMovingSteps) ? nil : Self.constantSpeed(moving, rules)
        var deviations: [Int64] = []
        for (part, steps) in zip(parts, steps) {
            for index in steps.indices.dropFirst()
            where steps[index - 1].speed >= rules.movingSpeed && steps[index].speed >= rules.movingSpeed {
                deviations.append(
                    Track.deviation(of: part[index], between: part[index - 1], and: part[index + 1]))
            }
        }
        deviation =
            Int64(deviations.count) < max(1, rules.minMovingSteps)
            ? nil : deviations.sorted()[deviations.count / 2]
    }

    /// From one fix to the next.
    private struct Step {
        /// Milliseconds, at least 1.
        let elapsed: Int64
        /// Millimetres.
        let distance: Int64
        /// Millimetres per second.
        let speed: Int64

        init(_ from: Fix, _ to: Fix) {
            elapsed = max(1, from.time.milliseconds(until: to.time))
            distance = Geodesy.distanceMillimetres(from.position, to.position)
            speed = from.speed(to: to)
        }
    }

    /// The fixes at least `time` apart.
    private static func thinned(_ fixes: [Fix], apart time: Int64) -> [Fix] {
        var result: [Fix] = []
        for fix in fixes where result.last.map({ $0.time.milliseconds(until: fix.time) >= time }) ?? true {
            result.append(fix)
        }
        return result
    }

    private static func constantSpeed(_ moving: [Step], _ rules: PlausibilityRules) -> Int64 {
        let speed = moving.map(\.speed).sorted()[moving.count / 2]
        let alike = moving.count { step in
            let expected = Int128(speed) * Int128(step.elapsed) / 1000
            return (Int128(step.distance) - expected).magnitude
                <= UInt128(rules.constantSpeedTolerance.magnitude)
        }
        return Int64(alike) * 1000 / Int64(moving.count)
    }

    /// The greatest change of speed from one stretch of at least `time` to the next, over the time between their middles.
    /// Stretches with holes in them tell nothing.
    private static func acceleration(_ fixes: [Fix], _ rules: PlausibilityRules) -> Int64? {
        let time = max(1, rules.accelerationTime)
        var greatest: Int64?
        var (middle, end) = (0, 0)
        for start in fixes.indices {
            middle = max(middle, start)
            while middle < fixes.count, fixes[start].time.milliseconds(until: fixes[middle].time) < time {
                middle += 1
            }
            end = max(end, middle)
            while end < fixes.count, middle < fixes.count,
                fixes[middle].time.milliseconds(until: fixes[end].time) < time
            {
                end += 1
            }
            guard middle < fixes.count, end < fixes.count else { break }
            let whole = fixes[start].time.milliseconds(until: fixes[end].time)
            guard whole / max(1, rules.maxAccelerationStretches) <= time else { continue }
            let change =
                Int128(fixes[middle].speed(to: fixes[end])) - Int128(fixes[start].speed(to: fixes[middle]))
            let acceleration = Int64(clamping: change.magnitude * 2000 / UInt128(whole.magnitude))
            greatest = max(greatest ?? 0, acceleration)
        }
        return greatest
    }
}
