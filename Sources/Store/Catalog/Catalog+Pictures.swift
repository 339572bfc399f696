import GRDB
import GRDBSQLite
import Imaging
import Stages

/// The hashes of some observations.
public struct CatalogHashes: Sendable {
    /// Their row numbers, which never leave the process.
    public fileprivate(set) var ids: [Int64] = []
    /// The PDQ hash of each.
    public fileprivate(set) var pdq: [PDQHash] = []
    /// The three variants of each, one observation after the other.
    public fileprivate(set) var variants: [PDQHash] = []

    fileprivate init(room: Int) {
        ids.reserveCapacity(room)
        pdq.reserveCapacity(room)
        variants.reserveCapacity(3 * room)
    }

    fileprivate mutating func append(_ others: CatalogHashes) {
        ids += others.ids
        pdq += others.pdq
        variants += others.variants
    }
}

extension Catalog {
    /// The files that the pictures of frames are indexed in, the oldest first.
    public func pictureRuns() throws -> [PictureRunRecord] {
        try pool.read { database in
            try Row.fetchAll(
                database, sql: "SELECT number, pictures, frames, digest FROM picture_runs ORDER BY number"
            ).map {
                PictureRunRecord(
                    number: $0[0], pictures: $0[1], frames: $0[2], digest: UInt64(bitPattern: $0[3] as Int64))
            }
        }
    }

    /// The number that the next file is to have.
    public func nextPictureRun() throws -> Int64 {
        try pool.read { database in
            // What AUTOINCREMENT has given out is never given out again.
            try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'picture_runs'")
                ?? 0
        } + 1
    }

    /// Records in one transaction that `run` holds what `merged` held, or the frames with row numbers `indexed`.
    public func add(
        _ run: PictureRunRecord, merged: [PictureRunRecord] = [], indexed: ClosedRange<Int64>? = nil
    ) throws {
        try pool.write { database in
            try database.execute(
                sql: "INSERT INTO picture_runs (number, pictures, frames, digest) VALUES (?, ?, ?, ?)",
                arguments: [run.number, run.pictures, run.frames, Int64(bitPattern: run.digest)])
            for old in merged {
                try database.execute(
                    sql: "DELETE FROM picture_runs WHERE number = ?", arguments: [old.number])
            }
            if let indexed {
                try database.execute(
                    sql: "DELETE FROM unindexed_pictures WHERE id BETWEEN ? AND ?",
                    arguments: [indexed.lowerBound, indexed.upperBound])
            }
        }
    }

    /// Says of all frames that no file has their pictures.
    public func forgetPictureRuns() throws {
        try pool.write { database in
            try database.execute(
                sql: """
                    DELETE FROM picture_runs;
                    INSERT OR IGNORE INTO unindexed_pictures (id) SELECT id FROM frames WHERE pdq IS NOT NULL
                    """)
        }
    }

    /// Whether at least `count` frames are in no file.
    public func hasUnindexedPictures(atLeast count: Int) throws -> Bool {
        try pool.read { database in
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM (SELECT 1 FROM unindexed_pictures LIMIT ?)", arguments: [count])
                == count
        }
    }

    /// The hashes of those of the frames `ids` that have any, in the order of their row numbers.
    public func hashes(of ids: [Int64]) throws -> CatalogHashes {
        try pool.read { database in
            var all = CatalogHashes(room: ids.count)
            for start in stride(from: 0, to: ids.count, by: 500) {
                let some = ids[start..<min(start + 500, ids.count)]
                let marks = some.map { _ in "?" }.joined(separator: ",")
                let statement = try database.makeStatement(
                    sql: "SELECT id, pdq, pdq_variants FROM frames WHERE id IN (\(marks)) ORDER BY id")
                try statement.setArguments(StatementArguments(Array(some)))
                all.append(try Self.hashes(statement, room: some.count, database).hashes)
            }
            return all
        }
    }

    /// Calls `body` for every frame that has hashes and must be in a file.
    public func forEachIndexedFrame(_ body: (_ id: Int64, _ name: String) throws -> Void) throws {
        try pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT f.id, f.name FROM frames f
                    WHERE f.pdq IS NOT NULL AND f.id NOT IN (SELECT id FROM unindexed_pictures) ORDER BY f.id
                    """)
            while let row = try rows.next() { try body(row[0], row[1]) }
        }
    }

    /// The hashes of at most `limit` frames that no file has, in the order of their row numbers and after `last`; with the
    /// greatest row number there was among them, hashes or not, nil at the end.
    public func unindexedPictures(after last: Int64, limit: Int) throws -> (
        hashes: CatalogHashes, end: Int64?
    ) {
        try pool.read { database in
            // A frame that is judged anew and refused keeps no hashes.
            let statement = try database.makeStatement(
                sql: """
                    SELECT u.id, f.pdq, f.pdq_variants
                    FROM unindexed_pictures u LEFT JOIN frames f ON f.id = u.id
                    WHERE u.id > ? ORDER BY u.id LIMIT ?
                    """)
            try statement.setArguments([last, limit])
            return try Self.hashes(statement, room: limit, database)
        }
    }

    /// Without a value of GRDB's for each of them, which would take most of the time.
    private static func hashes(
        _ statement: Statement, room: Int, _ database: Database
    ) throws -> (hashes: CatalogHashes, end: Int64?) {
        let rows = statement.sqliteStatement
        defer { sqlite3_reset(rows) }
        var result = CatalogHashes(room: 0)
        var end: Int64?
        while true {
            let code = sqlite3_step(rows)
            if code == SQLITE_DONE { return (result, end) }
            guard code == SQLITE_ROW else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
            }
            if end == nil { result = CatalogHashes(room: room) }
            let id = sqlite3_column_int64(rows, 0)
            end = id
            if sqlite3_column_type(rows, 1) == SQLITE_NULL { continue }
            guard PackedHash.append(blob(rows, 1), count: 1, to: &result.pdq),
                PackedHash.append(blob(rows, 2), count: 3, to: &result.variants)
            else {
                throw CatalogDamage("frame \(id) has no valid hashes")
            }
            result.ids.append(id)
        }
    }

    /// The bytes of a column of the row that `rows` is at, until it goes on.
    private static func blob(_ rows: SQLiteStatement, _ column: Int32) -> UnsafeRawBufferPointer {
        let bytes = sqlite3_column_blob(rows, column)
        return UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(rows, column)))
    }
}
