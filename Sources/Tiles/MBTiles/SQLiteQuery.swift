import GRDBSQLite

/// One query while its rows are read. Columns are counted from 0.
struct SQLiteQuery: ~Copyable {
    private let file: SQLiteFile
    private let statement: OpaquePointer

    /// Steps that sort, group, index or compute: what reads columns of tables needs none of them, and they are what
    /// costs memory and time beyond the rows of the file.
    private static let refusedSteps: Set<String> = [
        "SorterOpen", "OpenEphemeral", "OpenAutoindex", "OpenDup", "AggStep", "AggStep1", "Concat", "VOpen",
        "Program", "InitCoroutine",
    ]

    /// Prepares `sql`, which may read a view of the file.
    init(_ sql: String, of file: SQLiteFile) throws(TileError) {
        let plan = try SQLiteQuery(unchecked: "EXPLAIN " + sql, of: file)
        while try plan.next() {
            let step = plan.text(1)
            if Self.refusedSteps.contains(step) {
                throw TileError(
                    .unsupported, row: 0, "a view does more than join tables by a key (SQLite's step \(step))"
                )
            }
        }
        try self.init(unchecked: sql, of: file)
    }

    private init(unchecked sql: String, of file: SQLiteFile) throws(TileError) {
        var prepared: OpaquePointer?
        let status = sqlite3_prepare_v2(file.connection, sql, -1, &prepared, nil)
        guard status == SQLITE_OK, let prepared else { throw file.error(status) }
        self.file = file
        statement = prepared
    }

    deinit { sqlite3_finalize(statement) }

    /// Gives the numbers that stand for `?`, in order, and starts over.
    func bind(_ values: Int64...) {
        sqlite3_reset(statement)
        for (index, value) in values.enumerated() { sqlite3_bind_int64(statement, Int32(index + 1), value) }
    }

    /// Goes to the next row; false behind the last one.
    func next() throws(TileError) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let status: throw file.error(status)
        }
    }

    /// The integer in `column`; nil where it holds something else.
    func integer(_ column: Int32) -> Int64? {
        guard sqlite3_column_type(statement, column) == SQLITE_INTEGER else { return nil }
        return sqlite3_column_int64(statement, column)
    }

    /// The text of the value in `column`; what is no UTF-8 is replaced.
    func text(_ column: Int32) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }

    /// Whether `column` holds no value.
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    /// The bytes of the value in `column`.
    func bytes(_ column: Int32) -> [UInt8] {
        // The order of the two calls matters: the first may convert the value.
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        let count = Int(sqlite3_column_bytes(statement, column))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
