import Canonical
import Geo

/// Finds the drives that collide among many.
///
/// A function of the set of drives: nothing is stored, so it does not matter which of them came when.
public enum TraceCollisions {
    /// The collisions among `traces`, by kind, then by the names of the drives.
    public static func all(among traces: [ComparedTrace], rules: CollisionRules) -> [TraceCollision] {
        all(among: traces, rules: rules) { _, _ in true }
    }

    /// Those of them in which a drive of `contributor` is one of the two.
    public static func all(
        among traces: [ComparedTrace], of contributor: String, rules: CollisionRules
    ) -> [TraceCollision] {
        func isOwn(_ trace: ComparedTrace) -> Bool { trace.contributor.utf8.elementsEqual(contributor.utf8) }
        return all(among: traces, rules: rules) { isOwn($0) || isOwn($1) }
    }

    private static func all(
        among traces: [ComparedTrace], rules: CollisionRules,
        where isWanted: (ComparedTrace, ComparedTrace) -> Bool
    ) -> [TraceCollision] {
        var found = atOneTime(traces, rules: rules, where: isWanted)
        let simultaneous = Set(found.map { [$0.earlier, $0.later] })
        found += replays(traces, rules: rules, where: isWanted).filter {
            !simultaneous.contains([$0.earlier, $0.later])
        }
        return found.sorted { left, right in
            (left.kind.rawValue, left.later, left.earlier) < (right.kind.rawValue, right.later, right.earlier)
        }
    }

    /// Holds those against each other that were under way at one time.
    private static func atOneTime(
        _ traces: [ComparedTrace], rules: CollisionRules,
        where isWanted: (ComparedTrace, ComparedTrace) -> Bool
    ) -> [TraceCollision] {
        let spans = traces.enumerated().compactMap { index, trace in
            trace.span.map { (index: index, span: $0) }
        }.sorted { ($0.span.lowerBound, $0.index) < ($1.span.lowerBound, $1.index) }
        var open: [(index: Int, end: UTCTime)] = []
        var found: [TraceCollision] = []
        for (index, span) in spans {
            open.removeAll { $0.end < span.lowerBound }
            for other in open where isWanted(traces[other.index], traces[index]) {
                if let collision = TraceCollision.between(traces[other.index], traces[index], rules: rules) {
                    found.append(collision)
                }
            }
            open.append((index, span.upperBound))
        }
        return found
    }

    /// Four cells in a row, and how long the drive stayed in those between the ends: two drives that agree in that agree in
    /// where they were how much later. Times are in the ruleset's steps, and looked for in the neighbouring ones as well.
    private struct Key: Hashable {
        let cells: [UInt64]
        /// In the second and in the third cell.
        var stays: (second: Int64, third: Int64)

        static func == (left: Key, right: Key) -> Bool {
            left.stays == right.stays && left.cells == right.cells
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(cells)
            hasher.combine(stays.second)
            hasher.combine(stays.third)
        }

        /// The keys that noise may have made of this one.
        var near: [Key] {
            (-1...1).flatMap { second in
                (-1...1).map { third in
                    Key(cells: cells, stays: (stays.second &+ second, stays.third &+ third))
                }
            }
        }
    }

    private static func replays(
        _ traces: [ComparedTrace], rules: CollisionRules,
        where isWanted: (ComparedTrace, ComparedTrace) -> Bool
    ) -> [TraceCollision] {
        let step = max(1, rules.replayStep)
        var windows: [Key: [(trace: Int, entered: Int64)]] = [:]
        var found: [TraceCollision] = []
        let order = traces.indices.sorted { traces[$0].precedes(traces[$1]) }
        for later in order {
            // For each earlier drive, how many windows agree on each delay, in steps.
            var votes: [Int: [Int64: [Int64]]] = [:]
            let own = self.windows(of: traces[later], rules: rules)
            for (key, entered) in own {
                for window in key.near.flatMap({ windows[$0] ?? [] }) {
                    let (delay, overflow) = entered.subtractingReportingOverflow(window.entered)
                    if overflow { continue }
                    votes[window.trace, default: [:]][delay / step, default: []].append(delay)
                }
            }
            for earlier in votes.keys.sorted() where isWanted(traces[earlier], traces[later]) {
                guard let delays = best(votes[earlier] ?? [:]),
                    Int64(delays.count)
                        >= max(rules.minReplayWindows, Int64(own.count) / max(1, rules.replayWindowsPart))
                else { continue }
                let delay = delays.sorted()[delays.count / 2]
                guard delay.magnitude > UInt64(step) else { continue }
                if let replay = TraceCollision.replay(
                    of: traces[earlier], by: traces[later], delay: delay, rules: rules)
                {
                    found.append(replay)
                }
            }
            for (key, entered) in own { windows[key, default: []].append((later, entered)) }
        }
        return found
    }

    /// The delays of the step that most windows agree on, with those of the next one.
    private static func best(_ votes: [Int64: [Int64]]) -> [Int64]? {
        func together(_ step: Int64) -> [Int64] { (votes[step] ?? []) + (votes[step + 1] ?? []) }
        return votes.keys.sorted().map(together).max { $0.count < $1.count }
    }

    /// The windows of a trace: four cells in a row, of which the two in the middle were passed whole.
    private static func windows(
        of trace: ComparedTrace, rules: CollisionRules
    ) -> [(key: Key, entered: Int64)] {
        let step = max(1, rules.replayStep)
        let precision = Int(clamping: rules.replayPrecision)
        return trace.parts.flatMap { part -> [(key: Key, entered: Int64)] in
            var visits: [(cell: UInt64, entered: Int64)] = []
            for fix in part {
                guard let cell = Geohash(of: fix.position, precision: precision)?.bits else { continue }
                if visits.last?.cell != cell { visits.append((cell, fix.time.milliseconds)) }
            }
            guard visits.count >= 4 else { return [] }
            return (0...visits.count - 4).map { start in
                let four = visits[start..<start + 4]
                func stay(_ number: Int) -> Int64 {
                    UTCTime(milliseconds: visits[start + number].entered).milliseconds(
                        until: UTCTime(milliseconds: visits[start + number + 1].entered)) / step
                }
                return (Key(cells: four.map(\.cell), stays: (stay(1), stay(2))), visits[start + 1].entered)
            }
        }
    }
}
