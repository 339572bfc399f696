import GRDBSQLite

/// A SQLite database of unknown origin, opened for reading and nothing else
/// (https://sqlite.org/security.html, "Untrusted SQLite Database Files").
///
/// The file is taken as it lies there: no journal is replayed and no lock taken, so nothing beside it is made or
/// changed. Views run, since layouts of MBTiles use them, but no function, no recursion and no virtual table
/// does, and all queries together end after a bounded number of steps. Not Sendable: one thread uses it.
final class SQLiteFile {
    let connection: OpaquePointer
    private let work: SQLiteWork

    /// - Parameters:
    ///   - maxLength: the most bytes of a value.
    ///   - work: what all queries together may cost.
    init(path: String, maxLength: Int, work: SQLiteWork) throws(TileError) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
        let status = sqlite3_open_v2(Self.address(of: path), &opened, flags, nil)
        guard let opened else { throw TileError(.overLimit, at: 0, "SQLite has no memory") }
        connection = opened
        self.work = work
        guard status == SQLITE_OK else { throw error(status) }
        try restrict(maxLength: maxLength)
    }

    deinit { sqlite3_close_v2(connection) }

    /// The path as a SQLite URI (https://sqlite.org/uri.html); `immutable` keeps SQLite from journals and locks.
    private static func address(of path: String) -> String {
        var address = Array("file:".utf8)
        // Two slashes at the start would announce a host.
        if path.utf8.first == UInt8(ascii: "/") { address.append(UInt8(ascii: "/")) }
        for byte in path.utf8.drop(while: { $0 == UInt8(ascii: "/") }) {
            switch byte {
            case UInt8(ascii: "?"): address += "%3f".utf8
            case UInt8(ascii: "#"): address += "%23".utf8
            case UInt8(ascii: "%"): address += "%25".utf8
            default: address.append(byte)
            }
        }
        return String(decoding: address + Array("?immutable=1".utf8), as: UTF8.self)
    }

    private func restrict(maxLength: Int) throws(TileError) {
        // In the order of the page on security; a view that joins two tables needs far less than any of these.
        for (limit, value) in [
            (SQLITE_LIMIT_LENGTH, Int32(clamping: maxLength)), (SQLITE_LIMIT_SQL_LENGTH, 100_000),
            (SQLITE_LIMIT_COLUMN, 200), (SQLITE_LIMIT_EXPR_DEPTH, 10), (SQLITE_LIMIT_COMPOUND_SELECT, 3),
            (SQLITE_LIMIT_VDBE_OP, 5000), (SQLITE_LIMIT_FUNCTION_ARG, 8), (SQLITE_LIMIT_ATTACHED, 0),
            (SQLITE_LIMIT_VARIABLE_NUMBER, 10), (SQLITE_LIMIT_TRIGGER_DEPTH, 1),
            (SQLITE_LIMIT_WORKER_THREADS, 0),
        ] {
            sqlite3_limit(connection, limit, value)
        }
        sqlite3_drop_modules(connection, nil)
        for pragma in [
            "trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "mmap_size = 0",
            "automatic_index = OFF", "cache_size = -4096",
        ] {
            let status = sqlite3_exec(connection, "PRAGMA \(pragma)", nil, nil, nil)
            guard status == SQLITE_OK else { throw error(status) }
        }
        sqlite3_set_authorizer(
            connection,
            { _, action, _, name, _, _ in
                switch action {
                case SQLITE_SELECT, SQLITE_READ: SQLITE_OK
                // These two are ours.
                case SQLITE_FUNCTION
                where name.map { ["length", "typeof"].contains(String(cString: $0)) } == true:
                    SQLITE_OK
                default: SQLITE_DENY
                }
            }, nil)
        sqlite3_progress_handler(
            connection, SQLiteWork.stepsAtOnce,
            { work in
                guard let work else { return 1 }
                return Unmanaged<SQLiteWork>.fromOpaque(work).takeUnretainedValue().goesOn() ? 0 : 1
            }, Unmanaged.passUnretained(work).toOpaque())
    }

    /// What SQLite says about the last call, which returned `status`.
    func error(_ status: Int32) -> TileError {
        let words = String(cString: sqlite3_errmsg(connection))
        switch status & 0xFF {
        case SQLITE_INTERRUPT:
            return TileError(
                .overLimit, row: 0,
                "a query takes more steps than a file of this size may need; where its tables have no index, make "
                    + "one, as CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)")
        // A function that is not allowed is an error like any other, but for its words.
        case SQLITE_AUTH,
            SQLITE_ERROR where words.hasPrefix("not authorized"):
            return TileError(
                .unsupported, row: 0, "a view does more than name columns of tables (SQLite: \(words))")
        case SQLITE_TOOBIG, SQLITE_NOMEM: return TileError(.overLimit, row: 0, "SQLite: \(words)")
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PERM:
            return TileError(.unreadable, row: 0, "SQLite: \(words)")
        default: return TileError(.malformed, row: 0, "SQLite: \(words)")
        }
    }
}
