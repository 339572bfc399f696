import Canonical
import GRDB

/// What of the catalog an epoch has to do with.
public enum EpochSelection: Sendable {
    /// What the sealed epoch with this id counts and publishes.
    case sealed(String)
    /// What no epoch counts or publishes yet, and one would that ended at `end` and were sealed as of `deadline`.
    case open(end: UTCTime, deadline: UTCTime)
}

/// A condition of SQL with its arguments.
typealias SQLCondition = (sql: String, arguments: StatementArguments)

extension EpochSelection {
    /// Whether frame `f` is one of them.
    var frames: SQLCondition {
        switch self {
        case .sealed(let id): ("f.epoch = ?", [id])
        case .open(let end, let deadline):
            (
                "f.epoch IS NULL AND min(ifnull(f.captured_at, f.received_at), f.received_at) < ? AND f.received_at < ?",
                [end.milliseconds, deadline.milliseconds]
            )
        }
    }

    /// Whether a takedown, bounty or correction is one of them.
    var records: SQLCondition {
        switch self {
        case .sealed(let id): ("epoch = ?", [id])
        case .open(_, let deadline): ("epoch IS NULL AND at < ?", [deadline.milliseconds])
        }
    }

    /// Whether frame `f` is one that only a takedown rejects which is not among the records: the epoch accepts it.
    /// Sealing has said so of those of sealed epochs.
    var frameTakenDownLater: SQLCondition {
        switch self {
        case .sealed: ("0", [])
        case .open(_, let deadline):
            (
                "f.rule = 'takedown' AND f.withdrawn IN (SELECT id FROM takedowns WHERE at >= ?)",
                [deadline.milliseconds]
            )
        }
    }
}
