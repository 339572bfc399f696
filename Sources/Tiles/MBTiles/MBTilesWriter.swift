import GRDBSQLite
import Geo
import Glibc

/// Writes MBTiles 1.3 files whose bytes are a function of their tiles and description alone, as long as SQLite
/// lays out its trees alike.
///
/// `tiles` is a plain table: every reader takes it and other programs can change it in place, which a view over
/// `map` and `images` does not allow. Equal tiles are rare on a map of coverage; what has many of them is smaller as
/// PMTiles.
public struct MBTilesWriter: ~Copyable {
    private let path: String
    private let description: ArchiveDescription
    private let connection: OpaquePointer
    private let insertion: OpaquePointer
    private var previous: TileID?
    private var lowest: UInt8 = 0

    /// "MPBX", the number SQLite's list of file types has for MBTiles (its source tree, magic.txt).
    static let applicationID = 0x4D50_4258

    /// Makes the file `path`, which must not be there yet.
    ///
    /// - Throws: `unwritable`.
    public init(path: String, description: ArchiveDescription) throws(TileError) {
        var opened: OpaquePointer?
        let status = sqlite3_open_v2(
            path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil)
        guard let opened else { throw TileError(.overLimit, row: 0, "SQLite has no memory") }
        var prepared: OpaquePointer?
        do throws(TileError) {
            guard status == SQLITE_OK else { throw Self.error(opened) }
            // Nobody else sees the file before it is whole, and who gives it its name makes it durable.
            try Self.execute(
                """
                PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE;
                PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
                PRAGMA temp_store = MEMORY; PRAGMA threads = 0;
                BEGIN;
                PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = 0;
                CREATE TABLE metadata (name TEXT, value TEXT);
                CREATE TABLE tiles (
                    zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
                """, opened)
            let sql = "INSERT INTO tiles VALUES (?, ?, ?, ?)"
            guard sqlite3_prepare_v2(opened, sql, -1, &prepared, nil) == SQLITE_OK else {
                throw Self.error(opened)
            }
        } catch {
            sqlite3_close_v2(opened)
            throw error
        }
        guard let prepared else { throw TileError(.unwritable, row: 0, "SQLite prepares nothing") }
        connection = opened
        insertion = prepared
        self.path = path
        self.description = description
    }

    deinit {
        sqlite3_finalize(insertion)
        sqlite3_close_v2(connection)
    }

    /// Adds a tile. Tiles come by strictly ascending identifier.
    ///
    /// - Parameter content: the content as MBTiles has it: a gzip member for vector tiles, else the image file.
    /// - Throws: `malformed` for a tile out of order, `unwritable`.
    public mutating func add(_ tile: TileID, _ content: [UInt8]) throws(TileError) {
        if let previous, previous >= tile {
            throw TileError(.malformed, row: 0, "tile \(tile) follows \(previous)")
        }
        if previous == nil { lowest = tile.zoom }
        previous = tile
        sqlite3_reset(insertion)
        sqlite3_bind_int64(insertion, 1, Int64(tile.zoom))
        sqlite3_bind_int64(insertion, 2, Int64(tile.column))
        sqlite3_bind_int64(insertion, 3, MBTilesRow.turned(tile))
        let status = content.withUnsafeBytes { bytes in
            // The bytes stay where they are until the step is done: SQLite needs no copy (SQLITE_STATIC).
            sqlite3_bind_blob64(insertion, 4, bytes.baseAddress, UInt64(bytes.count), nil) == SQLITE_OK
                ? sqlite3_step(insertion) : SQLITE_TOOBIG
        }
        guard status == SQLITE_DONE else { throw Self.error(connection) }
    }

    /// Writes the metadata and ends the file.
    public consuming func finish() throws(TileError) {
        for (name, value) in MBTilesMetadata.rows(of: description, zooms: lowest...(previous?.zoom ?? lowest))
        {
            try insert(name, value)
        }
        try Self.execute(
            """
            CREATE UNIQUE INDEX name ON metadata (name);
            CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);
            COMMIT;
            """, connection)
        try Self.forgetVersion(path)
    }

    private func insert(_ name: String, _ value: String) throws(TileError) {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        let sql = "INSERT INTO metadata VALUES (?, ?)"
        guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
            throw Self.error(connection)
        }
        // The texts stay where they are until the step is done: SQLite needs no copy (SQLITE_STATIC).
        let isDone = name.withCString { name in
            value.withCString { value in
                sqlite3_bind_text(statement, 1, name, -1, nil) == SQLITE_OK
                    && sqlite3_bind_text(statement, 2, value, -1, nil) == SQLITE_OK
                    && sqlite3_step(statement) == SQLITE_DONE
            }
        }
        guard isDone else { throw Self.error(connection) }
    }

    /// Takes out of the file's header which version of SQLite wrote it (bytes 96 to 99, which nothing reads:
    /// https://sqlite.org/fileformat2.html, section 1.3.17): 3.0.0, what MBTiles asks for, stands for all.
    private static func forgetVersion(_ path: String) throws(TileError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw TileError(.unwritable, row: 0, "open \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        let version = withUnsafeBytes(of: UInt32(3_000_000).bigEndian) { Array($0) }
        guard pwrite(descriptor, version, version.count, 96) == version.count else {
            throw TileError(.unwritable, row: 0, "write \(path): \(String(cString: strerror(errno)))")
        }
    }

    private static func execute(_ sql: String, _ connection: OpaquePointer) throws(TileError) {
        guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw error(connection) }
    }

    private static func error(_ connection: OpaquePointer) -> TileError {
        TileError(.unwritable, row: 0, "SQLite: \(String(cString: sqlite3_errmsg(connection)))")
    }
}
