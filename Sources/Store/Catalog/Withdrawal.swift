import FoundationEssentials
import GRDB
import Rewards

/// Makes of frames what the recorded takedowns demand: which are withdrawn, the verdicts that follow from it, the drives
/// to be laid anew, and the copies to be removed.
///
/// A frame is withdrawn by the first takedown, by time and id, that matches it itself; where none does, by that of the
/// frame it is a duplicate of. So the outcome is a function of frames and takedowns, in whatever order they came. It
/// is worked out within the transaction that changes either, so nobody ever sees one without the other.
///
/// Its cost is that of the frames looked at: every query begins with these (`CROSS JOIN` keeps SQLite from another
/// order), and none reads all frames.
struct Withdrawal {
    /// What has changed.
    struct Change {
        /// Frames withdrawn that were not before.
        var frames = 0
        /// Drives on the map that lose some of them.
        var drives = 0
    }

    private let database: Database

    /// Looks anew at the frames whose row numbers the query `frames` gives, and at all that are called their
    /// duplicates, one through another.
    @discardableResult
    static func refresh(
        _ frames: String, _ arguments: StatementArguments = [], _ database: Database
    ) throws -> Change {
        try refresh(database) {
            try database.execute(
                sql: "INSERT OR IGNORE INTO temp.touched (id) \(frames)", arguments: arguments)
        }
    }

    /// Looks anew at the frames with these row numbers, and at all that are called their duplicates.
    static func refresh(frames: some Sequence<Int64>, _ database: Database) throws {
        _ = try refresh(database) {
            let touch = try database.makeStatement(sql: "INSERT OR IGNORE INTO temp.touched (id) VALUES (?)")
            for frame in frames { try touch.execute(arguments: [frame]) }
        }
    }

    private static func refresh(_ database: Database, touching touch: () throws -> Void) throws -> Change {
        guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM takedowns)") == true else {
            return Change()
        }
        try database.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS touched (
                    id INTEGER PRIMARY KEY,
                    takedown INTEGER            -- by which the frame is to be withdrawn
                ) STRICT;
                DELETE FROM temp.touched
                """)
        try touch()
        let withdrawal = Withdrawal(database: database)
        try withdrawal.touchDuplicates()
        try WithdrawalMatching.run(database)
        try withdrawal.inherit()
        let change = try withdrawal.change()
        try withdrawal.apply()
        try withdrawal.noteCopies()
        return change
    }

    private func touchDuplicates() throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO temp.touched (id)
                WITH RECURSIVE reached (id) AS (
                    SELECT id FROM temp.touched
                    UNION SELECT f.id FROM reached CROSS JOIN frames f ON f.original = reached.id
                )
                SELECT id FROM reached
                """)
    }

    /// Lets duplicates that no takedown matches follow their originals. A frame has one original, so none is reached
    /// on two ways, and one that is matched ends the way: circles of duplicates do no harm.
    private func inherit() throws {
        let ofOriginal = "CASE WHEN o.id IS NULL THEN original.withdrawn ELSE o.takedown END"
        try database.execute(
            sql: """
                WITH RECURSIVE followers (id, takedown) AS (
                    SELECT t.id, \(ofOriginal)
                    FROM temp.touched t CROSS JOIN frames f ON f.id = t.id
                        CROSS JOIN frames original ON original.id = f.original
                        LEFT JOIN temp.touched o ON o.id = original.id
                    WHERE t.takedown IS NULL AND \(ofOriginal) IS NOT NULL
                    UNION
                    SELECT t.id, followers.takedown
                    FROM followers CROSS JOIN frames f ON f.original = followers.id
                        CROSS JOIN temp.touched t ON t.id = f.id
                    WHERE t.takedown IS NULL
                )
                UPDATE temp.touched SET takedown = followers.takedown
                FROM followers WHERE followers.id = touched.id
                """)
    }

    private func change() throws -> Change {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*), count(DISTINCT CASE WHEN f.verdict = 'accepted' THEN f.drive END)
                FROM \(Self.touchedFrames) WHERE t.takedown IS NOT NULL AND f.withdrawn IS NULL
                """)
        return Change(frames: row?[0] ?? 0, drives: row?[1] ?? 0)
    }

    private func apply() throws {
        // Frames that are being compared for the first time were in no generation yet.
        try database.execute(
            sql: """
                UPDATE takedowns SET shown = 1 WHERE id IN (
                    SELECT t.takedown FROM \(Self.touchedFrames)
                    WHERE f.withdrawn IS NULL AND f.verdict <> 'rejected' AND f.pending = 0)
                """)
        let leaving = try frames("t.takedown IS NOT NULL AND \(FrameColumns.isOnMap)")
        let returning = try frames("t.takedown IS NULL AND f.withdrawn IS NOT NULL")
        for frame in leaving { try Catalog.markDirty(frame: frame, database) }
        try database.execute(
            sql: """
                UPDATE frames SET withdrawn = (SELECT takedown FROM temp.touched WHERE id = frames.id)
                WHERE id IN (SELECT t.id FROM \(Self.touchedFrames) WHERE f.withdrawn IS NOT t.takedown)
                """)
        try database.execute(
            sql: """
                UPDATE frames SET verdict = 'rejected', rule = 'takedown', value = NULL, bound = NULL, unit = NULL,
                    message = (SELECT name || ' ' || reason FROM takedowns WHERE id = frames.withdrawn)
                WHERE id IN (
                    SELECT t.id FROM \(Self.touchedFrames)
                    WHERE f.epoch IS NULL AND f.withdrawn IS NOT NULL
                        AND (f.verdict = 'accepted' OR f.rule = 'takedown'))
                """)
        for frame in returning { try Catalog.markDirty(frame: frame, database) }
    }

    /// Notes which copies are needed no more, also those of frames that another one has stood for so far.
    private func noteCopies() throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO withdrawn_copies (sha256, removed)
                SELECT DISTINCT f.sha256, 0 FROM \(Self.touchedFrames)
                WHERE EXISTS (SELECT 1 FROM frames WHERE sha256 = f.sha256 AND withdrawn IS NOT NULL)
                    AND NOT \(Catalog.isCopyNeeded(of: "f.sha256"))
                """)
    }

    private static let touchedFrames = "temp.touched t CROSS JOIN frames f ON f.id = t.id"

    private func frames(_ condition: String) throws -> [Int64] {
        try Int64.fetchAll(database, sql: "SELECT f.id FROM \(Self.touchedFrames) WHERE \(condition)")
    }
}
