import Canonical
import Geo
import Stages
import Store

/// What of a drive's trace a frame was judged by.
public struct TraceSurroundings: Sendable, Equatable {
    /// The last kept fix before the frame, or at its very time; nil where the part of the trace begins behind it.
    public let before: TracePoint?
    /// The first kept fix behind it.
    public let after: TracePoint?
    /// The part of the trace, from 0; nil where the frame lies in none.
    public let part: Int?

    /// The surroundings of `time` on the trace `parts`; those of the hole around it where it lies in one.
    public init(of time: UTCTime, on parts: [[TracePoint]]) {
        let next = parts.firstIndex { ($0.first?.time ?? time) > time } ?? parts.count
        guard next > 0 else {
            (before, after, part) = (nil, parts.first?.first, nil)
            return
        }
        let fixes = parts[next - 1]
        let behind = fixes.firstIndex { $0.time > time } ?? fixes.count
        before = fixes[behind - 1]
        if behind < fixes.count {
            (after, part) = (fixes[behind], next - 1)
        } else {
            after = next < parts.count ? parts[next].first : nil
            part = before?.time == time ? next - 1 : nil
        }
    }

    /// Milliseconds between the two fixes.
    public var elapsed: Int64? {
        guard let before, let after else { return nil }
        return before.time.milliseconds(until: after.time)
    }

    /// Millimetres between them.
    public var distance: Int64? {
        guard let before, let after else { return nil }
        return Geodesy.distanceMillimetres(before.position, after.position)
    }

    /// The longest way from the fix `place` to a neighbour on the trace, millimetres, with the longest one that a car is
    /// believed in that time; nil where `place` is no fix of the trace.
    static func step(
        of place: Place, on parts: [[TracePoint]], rules: VerifyRules
    ) -> (way: Int64, reachable: Int64)? {
        let point = TracePoint(time: place.time, position: place.position)
        for part in parts {
            guard let first = part.first, let last = part.last, first.time <= point.time,
                point.time <= last.time, let index = part.firstIndex(of: point)
            else { continue }
            let neighbours = [index - 1, index + 1].filter(part.indices.contains).map { part[$0] }
            let steps = neighbours.map { other -> (way: Int64, reachable: Int64) in
                let elapsed = min(other.time, point.time).milliseconds(until: max(other.time, point.time))
                return (
                    Geodesy.distanceMillimetres(other.position, point.position), rules.reach(in: elapsed)
                )
            }
            return steps.max { $0.way - $0.reachable < $1.way - $1.reachable }
        }
        return nil
    }
}
