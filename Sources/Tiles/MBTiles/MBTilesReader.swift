import Geo
import Glibc

/// Reads MBTiles 1.3 files (https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md), ours and foreign
/// ones, without trusting their numbers or their views.
///
/// `tiles` may be a table or a view that joins others, as `map` and `images`. Rows are those of TMS, which counts
/// from the south; here they are turned to XYZ.
public final class MBTilesReader: TileSource {
    /// How much a file may ask for.
    public struct Limits: Sendable {
        /// Bytes of one tile, as stored and uncompressed.
        public var tileBytes: Int
        /// Tiles; a walk over all of them takes 32 bytes of memory for each.
        public var tiles: Int
        /// Bytes of all rows of the metadata.
        public var metadataBytes: Int

        /// Limits.
        public init(tileBytes: Int = 8 << 20, tiles: Int = 16 << 20, metadataBytes: Int = 4 << 20) {
            self.tileBytes = tileBytes
            self.tiles = tiles
            self.metadataBytes = metadataBytes
        }
    }

    /// Bytes of the file.
    public let size: UInt64
    /// What the row `format` of the metadata says; `other` where there is none or another.
    public let tileType: PMTilesHeader.TileType

    let file: SQLiteFile
    let work: SQLiteWork
    let limits: Limits
    /// Whether rows of `tiles` have numbers: those of views and of tables WITHOUT ROWID have none.
    let hasRowNumbers: Bool
    /// Finds the row of a tile.
    private let search: SQLiteQuery
    /// Reads the content of a row.
    private let content: SQLiteQuery

    /// What every SQLite database begins with (https://sqlite.org/fileformat2.html, section 1.3).
    static let magic = Array("SQLite format 3\0".utf8)

    /// Whether `file` is a SQLite database by its first bytes.
    public static func isDatabase(_ file: any ByteReader) throws(TileError) -> Bool {
        guard file.size >= magic.count else { return false }
        return try file.bytes(at: 0, count: magic.count) == magic
    }

    /// Opens the file `path`.
    ///
    /// - Parameter bytes: the same file, for what is checked before SQLite sees it.
    /// - Throws: ``TileError``; `malformed` for what is no MBTiles file.
    public init(path: String, _ bytes: any ByteReader, limits: Limits = Limits()) throws(TileError) {
        guard try Self.isDatabase(bytes) else {
            throw TileError(
                .malformed, at: 0, "no SQLite database: an MBTiles file begins with 'SQLite format 3'")
        }
        try Self.refuseUnfinished(path)
        size = bytes.size
        self.limits = limits
        // To read every row once takes some 30 steps a row, and no row has less than 12 bytes.
        work = SQLiteWork(
            steps: 50_000_000 + 16 * Int64(min(bytes.size, 1 << 50)),
            bytes: 64 << 20 + 64 * Int64(min(bytes.size, 1 << 50)))
        file = try SQLiteFile(path: path, maxLength: limits.tileBytes + 65_536, work: work)
        do throws(TileError) {
            hasRowNumbers = try Self.hasRowNumbers(file)
            let isTile = "zoom_level = ? AND tile_column = ? AND tile_row = ?"
            search = try SQLiteQuery(
                "SELECT \(Self.columns(hasRowNumbers)) FROM tiles WHERE \(isTile)", of: file)
            content = try SQLiteQuery(
                "SELECT tile_data FROM tiles WHERE \(hasRowNumbers ? "rowid = ?" : isTile)", of: file)
        } catch {
            throw error.about("no MBTiles tile set")
        }
        tileType = try Self.format(file)
    }

    private static func hasRowNumbers(_ file: SQLiteFile) throws(TileError) -> Bool {
        let types = try SQLiteQuery(
            "SELECT type FROM sqlite_master WHERE name = 'tiles' COLLATE NOCASE", of: file)
        // Some builds of SQLite give the rows of a view numbers that are all NULL.
        guard try types.next(), types.text(0) == "table" else { return false }
        do throws(TileError) {
            _ = try SQLiteQuery("SELECT rowid FROM tiles", of: file)
            return true
        } catch {
            return false
        }
    }

    /// What is read of a row, the content itself aside.
    static func columns(_ hasRowNumbers: Bool) -> String {
        "\(hasRowNumbers ? "rowid" : "NULL"), zoom_level, tile_column, tile_row, typeof(tile_data), length(tile_data)"
    }

    /// A journal beside the file says that the file alone is not what was last written.
    private static func refuseUnfinished(_ path: String) throws(TileError) {
        for suffix in ["-wal", "-journal"] {
            var status = stat()
            guard stat(path + suffix, &status) == 0, status.st_size > 0 else { continue }
            throw TileError(
                .unreadable, row: 0,
                "\(path + suffix) holds changes that are not in the file yet: let the program that writes it end, or "
                    + "run sqlite3 on the file once with PRAGMA journal_mode = DELETE")
        }
    }

    private static func format(_ file: SQLiteFile) throws(TileError) -> PMTilesHeader.TileType {
        // A file without metadata can still be looked into.
        guard let query = try? SQLiteQuery("SELECT value FROM metadata WHERE name = 'format'", of: file),
            try query.next()
        else { return .other }
        return MBTilesMetadata.tileType(query.text(0))
    }

    /// The tile's content as stored, nil where the file has none.
    ///
    /// - Throws: `malformed` for a tile of two rows.
    public func storedTile(at tile: TileID) throws(TileError) -> [UInt8]? {
        work.allow(steps: Self.stepsPerRow)
        search.bind(Int64(tile.zoom), Int64(tile.column), MBTilesRow.turned(tile))
        defer { search.bind() }
        guard try search.next() else { return nil }
        let row = try MBTilesRow(search)
        guard try !search.next() else { throw row.error("tile \(tile) has two rows") }
        return try stored(row.run)
    }

    /// The content of `run`, as stored.
    public func stored(_ run: TileRun) throws(TileError) -> [UInt8] {
        guard let tile = run.first else { throw TileError(.malformed, row: run.place ?? 0, "no such tile") }
        guard run.length <= UInt64(limits.tileBytes) else {
            throw TileError(
                .overLimit, row: run.place ?? 0,
                "tile \(tile) has \(run.length) bytes, limit \(limits.tileBytes)")
        }
        guard work.read(Int64(clamping: run.length)) else {
            throw TileError(
                .overLimit, row: run.place ?? 0, "the tiles have more bytes than 64 times those of the file")
        }
        work.allow(steps: Self.stepsPerRow)
        if let row = run.place {
            content.bind(Int64(bitPattern: row))
        } else {
            content.bind(Int64(tile.zoom), Int64(tile.column), MBTilesRow.turned(tile))
        }
        defer { content.bind() }
        let bytes = try content.next() ? content.bytes(0) : nil
        guard let bytes, UInt64(bytes.count) == run.length else {
            throw TileError(.malformed, row: run.place ?? 0, "tile \(tile) is not read as it was found")
        }
        return bytes
    }

    /// A stored content uncompressed: gzip or not is told by its first bytes, as the file does not say.
    public func uncompressed(_ stored: [UInt8]) throws(TileError) -> [UInt8] {
        Gzip.isGzip(stored) ? try Gzip.decompress(stored, limit: limits.tileBytes) : stored
    }

    /// What finding or reading one row may take on average, by an index.
    private static let stepsPerRow: Int64 = 500
}
