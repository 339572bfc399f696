import GRDB
import GRDBSQLite
import Imaging

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
}

extension Catalog {
    /// Observations whose hashes are in memory at a time: 4 MB of them.
    private static let hashesAtOnce = 32_768

    /// Gives the hashes of every observation to `body`, some at a time. `body` may use the catalog.
    public func forEachHashes(_ body: (CatalogHashes) throws -> Void) throws {
        var last = Int64.min
        while true {
            let some = try pool.read { try Self.hashes($0, after: last) }
            guard let end = some.ids.last else { return }
            try body(some)
            last = end
        }
    }

    /// Straight from the index, which holds all three columns in this order, and without a value of GRDB's for each of them,
    /// which would take most of the time.
    private static func hashes(_ database: Database, after last: Int64) throws -> CatalogHashes {
        let statement = try database.makeStatement(
            sql: """
                SELECT id, pdq, pdq_variants FROM frames INDEXED BY frames_pdq
                WHERE pdq IS NOT NULL AND id > ? ORDER BY id LIMIT ?
                """)
        try statement.setArguments([last, hashesAtOnce])
        let rows = statement.sqliteStatement
        defer { sqlite3_reset(rows) }
        var result = CatalogHashes(room: hashesAtOnce)
        while true {
            let code = sqlite3_step(rows)
            if code == SQLITE_DONE { return result }
            guard code == SQLITE_ROW else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
            }
            let id = sqlite3_column_int64(rows, 0)
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
