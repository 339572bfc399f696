import Canonical
import Stages

/// Which ruleset holds when: one from the beginning, and others for whole weeks from one on, each adopted before it holds.
public struct RulesetSchedule: Sendable, Equatable {
    /// A ruleset that holds from a week on.
    public struct Change: Sendable, Equatable {
        /// The first week.
        public let from: Epoch
        /// When it was adopted.
        public let adoptedAt: UTCTime
        /// What holds then.
        public let ruleset: Ruleset
    }

    /// What holds from the beginning.
    public let first: Ruleset
    /// The others, by the weeks they hold from.
    public private(set) var changes: [Change] = []
    /// The schedule as manifests publish it. Kept, because naming a ruleset takes hashing it.
    public private(set) var published: [RulesetAdoption]

    /// A schedule with one ruleset, for all times.
    public init(_ first: Ruleset) {
        self.first = first
        published = [RulesetAdoption(from: nil, adoptedAt: nil, ruleset: first.contentHash)]
    }

    /// Adds `ruleset`, which holds from the week `from` on and was adopted at `time`.
    ///
    /// - Throws: ``ScheduleError`` where it cannot follow the last one.
    public mutating func adopt(_ ruleset: Ruleset, from: Epoch, at time: UTCTime) throws(ScheduleError) {
        let last = changes.last
        if let last, from <= last.from { throw .notLater(from, than: last.from) }
        if time >= from.start { throw .begun(from, at: time) }
        if let last, time < last.adoptedAt { throw .earlierAdopted(time, than: last.adoptedAt) }
        let before = last?.ruleset ?? first
        if ruleset == before { throw .noChange(from) }
        if let path = Self.fixed(in: ruleset, and: before) { throw .fixed(path) }
        add(Change(from: from, adoptedAt: time, ruleset: ruleset))
    }

    private mutating func add(_ change: Change) {
        changes.append(change)
        published.append(
            RulesetAdoption(
                from: change.from, adoptedAt: change.adoptedAt, ruleset: change.ruleset.contentHash))
    }

    /// The path of a number that must be the same in both rulesets and is not. That there is none is seen without naming one, which
    /// takes writing both as JSON.
    private static func fixed(in one: Ruleset, and other: Ruleset) -> String? {
        guard
            one.deduplicate != other.deduplicate || one.collisions != other.collisions
                || one.score.cellPrecision != other.score.cellPrecision
        else { return nil }
        return Ruleset.fields.first { isFixed($0.path) && one.value(of: $0) != other.value(of: $0) }?.path
    }

    /// Whether the number of this path must be the same in all rulesets: where frames and drives of different times are
    /// compared with each other, or cells counted together, there is no telling whose number would be meant.
    static func isFixed(_ path: String) -> Bool {
        path == "score.cell_precision_characters" || path.hasPrefix("deduplicate.")
            || path.hasPrefix("collisions.")
    }

    /// All rulesets, the first one first.
    public var all: [Ruleset] { [first] + changes.map(\.ruleset) }

    /// What holds in `epoch`.
    public func ruleset(in epoch: Epoch) -> Ruleset {
        changes.last { $0.from <= epoch }?.ruleset ?? first
    }

    /// The name of what holds in `epoch`.
    public func name(in epoch: Epoch) -> ContentHash {
        published[changes.lastIndex { $0.from <= epoch }.map { $0 + 1 } ?? 0].ruleset
    }

    /// What holds at `time`.
    public func ruleset(at time: UTCTime) -> Ruleset { ruleset(in: Epoch(containing: time)) }

    /// How passes earn points, by when they were driven.
    public var score: ScoreSchedule {
        ScoreSchedule(
            first.score, changes: changes.map { .init(from: $0.from.start, rules: $0.ruleset.score) })
    }

    /// What was adopted before `time`.
    public func adopted(before time: UTCTime) -> RulesetSchedule {
        var schedule = self
        // Adopted one after the other: what is later is at the end.
        while let last = schedule.changes.last, last.adoptedAt >= time {
            schedule.changes.removeLast()
            schedule.published.removeLast()
        }
        return schedule
    }

    /// The same, but that `other` holds in the weeks of `range`; in all of them where there is none.
    func replaced(by other: Ruleset, in range: ClosedRange<Epoch>?) -> RulesetSchedule {
        guard let range else { return RulesetSchedule(other) }
        var schedule = RulesetSchedule(first)
        for change in changes where change.from < range.lowerBound { schedule.add(change) }
        schedule.add(Change(from: range.lowerBound, adoptedAt: range.lowerBound.start, ruleset: other))
        let next = range.upperBound.next
        if next > range.upperBound {
            schedule.add(Change(from: next, adoptedAt: next.start, ruleset: ruleset(in: next)))
        }
        for change in changes where change.from > next { schedule.add(change) }
        return schedule
    }
}

extension RulesetSchedule {
    /// What is the same in all rulesets: what counts as the same picture or stop.
    public var deduplicate: DeduplicateRules { first.deduplicate }
    /// When two drives say something about each other.
    public var collisions: CollisionRules { first.collisions }
}

/// Why a ruleset cannot follow those before it.
public enum ScheduleError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It would hold from this week, and the one before it holds from a later or the same one.
    case notLater(Epoch, than: Epoch)
    /// The week had begun at this time.
    case begun(Epoch, at: UTCTime)
    /// It was adopted before the one it follows.
    case earlierAdopted(UTCTime, than: UTCTime)
    /// It is what holds then anyway.
    case noChange(Epoch)
    /// It has another value of a number that must stay the same.
    case fixed(String)
    /// A schedule begins with a ruleset that holds from the beginning; this one does not, or another one does too.
    case malformed

    /// The error in a sentence.
    public var description: String {
        switch self {
        case .notLater(let from, let other):
            "a ruleset from \(from) on cannot follow one that holds from \(other) on"
        case .begun(let from, let time):
            "a ruleset adopted at \(time) cannot hold from \(from) on, which has begun by then: rules never change for a "
                + "week that has begun"
        case .earlierAdopted(let time, let other):
            "a ruleset adopted at \(time) cannot follow one adopted at \(other)"
        case .noChange(let from): "the ruleset is the one that holds in \(from) anyway"
        case .fixed(let path):
            "\(path) must stay as it is: it compares or counts together what belongs to different weeks"
        case .malformed:
            "the first ruleset of a schedule holds from the beginning, all others from a week on"
        }
    }
}
