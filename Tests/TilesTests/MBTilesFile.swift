import GRDBSQLite
import Geo
import TestSupport
import Testing

@testable import Tiles

/// A MBTiles file that a test makes by SQL of its own.
final class MBTilesFile {
    let folder: TemporaryFolder
    var path: String { "\(folder.path)/file.mbtiles" }

    /// The two tables as the specification writes them.
    static let tables = """
        CREATE TABLE metadata (name text, value text);
        INSERT INTO metadata VALUES ('name', 'test'), ('format', 'png');
        CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
        """

    /// A file made by `sql`.
    init(_ sql: String = MBTilesFile.tables) throws {
        folder = try TemporaryFolder()
        try run(sql)
    }

    func run(_ sql: String) throws {
        var connection: OpaquePointer?
        defer { sqlite3_close_v2(connection) }
        try #require(sqlite3_open(path, &connection) == SQLITE_OK)
        let status = sqlite3_exec(connection, sql, nil, nil, nil)
        let words = String(cString: sqlite3_errmsg(connection))
        try #require(status == SQLITE_OK, "\(words)")
    }

    /// The rows that `sql` selects, each as its columns' texts joined by `|`.
    static func rows(_ path: String, _ sql: String) throws -> [String] {
        var connection: OpaquePointer?
        var statement: OpaquePointer?
        defer {
            sqlite3_finalize(statement)
            sqlite3_close_v2(connection)
        }
        try #require(sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
        try #require(sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK)
        var rows: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            let columns = (0..<sqlite3_column_count(statement)).map { column in
                sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
            }
            rows.append(columns.joined(separator: "|"))
        }
        return rows
    }

    func open(limits: MBTilesReader.Limits = MBTilesReader.Limits()) throws -> MBTilesReader {
        try MBTilesReader(path: path, ByteArray(try Files.bytes(path)), limits: limits)
    }

    /// Reads all that can be read; the first refusal.
    func readAll(limits: MBTilesReader.Limits = MBTilesReader.Limits()) throws -> TileError? {
        try Self.readAll(path, limits: limits)
    }

    static func readAll(
        _ path: String, limits: MBTilesReader.Limits = MBTilesReader.Limits()
    ) throws -> TileError? {
        let bytes = ByteArray(try Files.bytes(path))
        return refusal { () throws(TileError) in
            let reader = try MBTilesReader(path: path, bytes, limits: limits)
            if let world = TileID(zoom: 0, column: 0, row: 0) { _ = try reader.tile(at: world) }
            _ = try reader.metadata()
            _ = reader.claimedBounds
            try reader.forEachTile { (_, stored) throws(TileError) in _ = try reader.uncompressed(stored) }
            _ = try TileStatistics(of: reader)
        }
    }
}
