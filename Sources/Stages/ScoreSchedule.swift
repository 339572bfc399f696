import Canonical

/// How passes earn points by when they were driven: rules may change from one week to the next, and what a drive is worth is
/// known when it is driven.
public struct ScoreSchedule: Sendable, Equatable {
    /// Rules that hold from a moment on.
    public struct Change: Sendable, Equatable {
        /// The first moment.
        public let from: UTCTime
        /// What holds then.
        public let rules: ScoreRules

        /// A change to `rules` at `from`.
        public init(from: UTCTime, rules: ScoreRules) {
            self.from = from
            self.rules = rules
        }
    }

    /// Before the first change, then from each change on; never empty.
    private let rules: [ScoreRules]
    /// The moments of the changes, ascending.
    private let moments: [UTCTime]

    /// `first` until the first of `changes`, whatever their order; of two at one moment the latter holds.
    public init(_ first: ScoreRules, changes: [Change] = []) {
        let ordered = changes.enumerated().sorted {
            ($0.element.from, $0.offset) < ($1.element.from, $1.offset)
        }
        rules = [first] + ordered.map(\.element.rules)
        moments = ordered.map(\.element.from)
    }

    /// What decides about a pass that was driven at `time`.
    public subscript(time: UTCTime) -> ScoreRules {
        // Few passes are late, and few schedules are long: the last rules are the ones looked for.
        rules[moments.lastIndex { $0 <= time }.map { $0 + 1 } ?? 0]
    }
}
