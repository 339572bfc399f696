import GRDB

/// Makes of frames what the recorded takedowns demand: which are withdrawn, the verdicts that follow from it, the drives
/// to be laid anew, and the copies to be removed.
///
/// A frame is withdrawn by the first takedown, by time and id, that matches it itself; where none does, by that of the
/// frame it is a duplicate of. So the outcome is a function of frames and takedowns, in whatever order they came. It
/// is called within the transaction that changes either, so nobody ever sees one without the other.
struct Withdrawal {
    /// What has changed.
    struct Change {
        /// Frames withdrawn that were not before.
        var frames = 0
        /// Drives on the map that lose some of them.
        var drives = 0
    }

    private let database: Database

    /// Looks anew at the frames whose row numbers the query `seeds` gives, and at all that are called their
    /// duplicates, one through another.
    @discardableResult
    static func refresh(
        _ seeds: String, _ arguments: StatementArguments = [], _ database: Database
    ) throws -> Change {
        guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM takedowns)") == true else {
            return Change()
        }
        let withdrawal = Withdrawal(database: database)
        try withdrawal.touch(seeds, arguments)
        try withdrawal.match()
        try withdrawal.inherit()
        let change = try withdrawal.change()
        try withdrawal.apply()
        try withdrawal.noteCopies()
        return change
    }

    /// Notes which frames are looked at.
    private func touch(_ seeds: String, _ arguments: StatementArguments) throws {
        try database.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS touched (
                    id INTEGER PRIMARY KEY,
                    takedown INTEGER            -- by which the frame is to be withdrawn
                ) STRICT;
                DELETE FROM temp.touched
                """)
        try database.execute(
            sql: """
                WITH RECURSIVE reached (id) AS (
                    SELECT id FROM (\(seeds))
                    UNION SELECT f.id FROM reached r JOIN frames f ON f.original = r.id
                )
                INSERT INTO temp.touched (id) SELECT id FROM reached
                """, arguments: arguments)
    }

    /// Finds the first takedown that matches each frame itself; `Takedown.matches` says the same of one frame.
    private func match() throws {
        try database.execute(
            sql: """
                UPDATE temp.touched SET takedown = (
                    SELECT t.id
                    FROM frames f JOIN drives d ON d.id = f.drive JOIN uploads u ON u.id = d.upload
                        CROSS JOIN takedowns t
                    WHERE f.id = touched.id AND (
                        t.kind = 'frame' AND t.target = f.name
                        OR t.kind = 'drive' AND t.target = d.name
                        OR t.kind = 'contributor' AND t.target = u.contributor AND f.received_at <= t.at
                        OR t.kind = 'zone' AND \(Self.isInZone))
                    ORDER BY t.at, t.name LIMIT 1)
                """)
    }

    /// Whether frame `f` lies in the zone of takedown `t`.
    static let isInZone = """
        f.latitude_e7 >= t.south AND f.latitude_e7 < t.north AND CASE WHEN t.west < t.east
            THEN f.longitude_e7 >= t.west AND f.longitude_e7 < t.east
            ELSE f.longitude_e7 >= t.west OR f.longitude_e7 < t.east END
        """

    /// Lets duplicates that no takedown matches follow their originals. A frame has one original, so none is reached
    /// on two ways, and one that is matched ends the way: circles of duplicates do no harm.
    private func inherit() throws {
        try database.execute(
            sql: """
                WITH RECURSIVE followers (id, takedown) AS (
                    SELECT t.id, CASE WHEN o.id IS NULL THEN original.withdrawn ELSE o.takedown END AS takedown
                    FROM temp.touched t JOIN frames f ON f.id = t.id
                        JOIN frames original ON original.id = f.original
                        LEFT JOIN temp.touched o ON o.id = original.id
                    WHERE t.takedown IS NULL
                        AND CASE WHEN o.id IS NULL THEN original.withdrawn ELSE o.takedown END IS NOT NULL
                    UNION
                    SELECT t.id, followers.takedown
                    FROM followers JOIN frames f ON f.original = followers.id
                        JOIN temp.touched t ON t.id = f.id
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
                FROM temp.touched t JOIN frames f ON f.id = t.id
                WHERE t.takedown IS NOT NULL AND f.withdrawn IS NULL
                """)
        return Change(frames: row?[0] ?? 0, drives: row?[1] ?? 0)
    }

    private func apply() throws {
        // Frames that are being compared for the first time were in no generation yet.
        try database.execute(
            sql: """
                UPDATE takedowns SET shown = 1 WHERE id IN (
                    SELECT t.takedown FROM temp.touched t JOIN frames f ON f.id = t.id
                    WHERE f.withdrawn IS NULL AND f.verdict <> 'rejected' AND f.pending = 0)
                """)
        let leaving = try frames("t.takedown IS NOT NULL AND \(FrameColumns.isOnMap)")
        let returning = try frames("t.takedown IS NULL AND f.withdrawn IS NOT NULL")
        for frame in leaving { try Catalog.markDirty(frame: frame, database) }
        try database.execute(
            sql: """
                UPDATE frames SET withdrawn = t.takedown
                FROM temp.touched t WHERE t.id = frames.id AND frames.withdrawn IS NOT t.takedown
                """)
        try database.execute(
            sql: """
                UPDATE frames SET verdict = 'rejected', rule = 'takedown', value = NULL, bound = NULL, unit = NULL,
                    message = (SELECT name || ' ' || reason FROM takedowns WHERE id = frames.withdrawn)
                WHERE id IN (SELECT id FROM temp.touched) AND epoch IS NULL AND withdrawn IS NOT NULL
                    AND (verdict = 'accepted' OR rule = 'takedown')
                """)
        for frame in returning { try Catalog.markDirty(frame: frame, database) }
    }

    private func frames(_ condition: String) throws -> [Int64] {
        try Int64.fetchAll(
            database,
            sql: "SELECT f.id FROM temp.touched t JOIN frames f ON f.id = t.id WHERE \(condition)")
    }

    /// Notes which copies are needed no more, also those of frames that another one has stood for so far.
    private func noteCopies() throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO withdrawn_copies (sha256, removed)
                SELECT DISTINCT c.sha256, 0 FROM temp.touched t JOIN frames c ON c.id = t.id
                WHERE c.sha256 IN (SELECT sha256 FROM frames WHERE withdrawn IS NOT NULL)
                    AND NOT \(Catalog.isCopyNeeded(of: "c.sha256"))
                """)
    }
}
