import Canonical
import FoundationEssentials
import GRDB
import Geo
import Tiles

/// A frame of a drive that is on the map, and where.
public struct FrameOnMap: Sendable {
    /// Its number in the drive.
    public let number: Int64
    /// When it was captured.
    public let capturedAt: UTCTime
    /// Where on the map of 2^32 x 2^32 (`Mercator`).
    public let column, row: UInt32
    /// Its latitude in units of 10^-7 degree.
    public let latitudeE7: Int32
    /// Hundredths of a degree; nil where unknown.
    public let heading: Int64?
    /// Permille.
    public let quality: Int64
}

/// What a drive has in a leaf tile, as it is stored.
public struct StoredPiece: Sendable, Equatable {
    /// The tile.
    public let tile: TileID
    /// The day of the drive's first frame on the map, days since 1970-01-01 UTC.
    public let day: Int32
    /// Its frames, packed.
    public let frames: [UInt8]
    /// Its line, packed.
    public let line: [UInt8]

    /// A piece.
    public init(tile: TileID, day: Int32, frames: [UInt8], line: [UInt8]) {
        self.tile = tile
        self.day = day
        self.frames = frames
        self.line = line
    }
}

/// A drive as the map knows it.
public struct DriveOnMap: Sendable, Hashable {
    /// Row number; never leaves the process.
    public let id: Int64
    /// Its name.
    public let name: String
    /// Who delivered it.
    public let contributor: String
}

/// What a change of pieces makes stale.
public struct StaleParts: Sendable {
    /// Tiles to be made anew, whose ancestors follow.
    public var tiles: Set<TileID> = []
    /// Files of cells to be made anew, by their geohash, with the cells in them that have changed.
    public var blocks: [Geohash: StaleCells] = [:]

    /// Nothing.
    public init() {}

    /// Notes cells of `block`.
    public mutating func insert(_ cells: StaleCells, of block: Geohash) {
        blocks[block, default: .some([])].formUnion(cells)
    }
}

extension Catalog {
    /// The drives whose frames on the map have changed since they were laid on it.
    public func dirtyDrives() throws -> [DriveOnMap] {
        try pool.read { try Self.drives($0, "WHERE d.id IN (SELECT id FROM dirty_drives)") }
    }

    /// Every drive.
    public func drivesOnMap() throws -> [DriveOnMap] { try pool.read { try Self.drives($0, "") } }

    private static func drives(_ database: Database, _ condition: String) throws -> [DriveOnMap] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT d.id, d.name, u.contributor FROM drives d JOIN uploads u ON u.id = d.upload
                \(condition) ORDER BY d.id
                """
        ).map { DriveOnMap(id: $0[0], name: $0[1], contributor: $0[2]) }
    }

    /// The frames of `drive` that are on the map, by time, then by number.
    public func framesOnMap(of drive: DriveOnMap) throws -> [FrameOnMap] {
        try pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT number, captured_at, map_column, map_row, latitude_e7, heading, quality FROM frames
                    WHERE drive = ? AND \(FrameColumns.isOnMap) AND map_row IS NOT NULL
                    """, arguments: [drive.id])
            var frames: [FrameOnMap] = []
            var isOrdered = true
            while let row = try rows.next() {
                guard let column = UInt32(exactly: row[2] as Int64),
                    let mapRow = UInt32(exactly: row[3] as Int64),
                    let latitude = Int32(exactly: row[4] as Int64)
                else { throw CatalogDamage("a frame of drive \(drive.name) has an impossible position") }
                let frame = FrameOnMap(
                    number: row[0], capturedAt: UTCTime(milliseconds: row[1]), column: column, row: mapRow,
                    latitudeE7: latitude, heading: row[5], quality: row[6])
                if let last = frames.last, !Self.precedes(last, frame) { isOrdered = false }
                frames.append(frame)
            }
            return isOrdered ? frames : frames.sorted { Self.precedes($0, $1) }
        }
    }

    private static func precedes(_ left: FrameOnMap, _ right: FrameOnMap) -> Bool {
        (left.capturedAt.milliseconds, left.number) < (right.capturedAt.milliseconds, right.number)
    }

    /// The stored pieces of `drive`, by tile id.
    public func pieces(of drive: DriveOnMap) throws -> [StoredPiece] {
        try pool.read { database in
            try Row.fetchAll(
                database, sql: "SELECT tile, day, frames, line FROM pieces WHERE drive = ? ORDER BY tile",
                arguments: [drive.id]
            ).map { row in
                StoredPiece(
                    tile: try Self.tile(row[0]), day: row[1], frames: Array(row[2] as Data),
                    line: Array(row[3] as Data))
            }
        }
    }

    /// The stored pieces in the leaf tile `tile`, by row number of their drives.
    public func pieces(in tile: TileID) throws -> [(drive: DriveOnMap, piece: StoredPiece)] {
        try pieces(first: tile.id, last: tile.id)
    }

    /// The stored pieces in all leaf tiles that `tile` covers, by tile id, then by row number of their drives.
    public func pieces(below tile: TileID) throws -> [(drive: DriveOnMap, piece: StoredPiece)] {
        guard tile.zoom <= SquareAddress.leafZoom else { return [] }
        // All descendants of one tile at one zoom are one stretch of the Hilbert curve.
        let shift = 2 * UInt64(SquareAddress.leafZoom - tile.zoom)
        let first =
            TileID.firstID(zoom: SquareAddress.leafZoom) + (tile.id - TileID.firstID(zoom: tile.zoom))
            << shift
        return try pieces(first: first, last: first + 1 << shift - 1)
    }

    private func pieces(first: UInt64, last: UInt64) throws -> [(drive: DriveOnMap, piece: StoredPiece)] {
        try pool.read { database in
            // Asked once a tile, so it is parsed once.
            let statement = try database.cachedStatement(
                sql: """
                    SELECT d.id, d.name, u.contributor, p.tile, p.day, p.frames, p.line
                    FROM pieces p JOIN drives d ON d.id = p.drive JOIN uploads u ON u.id = d.upload
                    WHERE p.tile BETWEEN ? AND ? ORDER BY p.tile, p.drive
                    """)
            let rows = try Row.fetchCursor(
                statement, arguments: [Int64(bitPattern: first), Int64(bitPattern: last)])
            var result: [(drive: DriveOnMap, piece: StoredPiece)] = []
            while let row = try rows.next() {
                result.append(
                    (
                        DriveOnMap(id: row[0], name: row[1], contributor: row[2]),
                        StoredPiece(
                            tile: try Self.tile(row[3]), day: row[4], frames: try Self.bytes(row, 5),
                            line: try Self.bytes(row, 6))
                    ))
            }
            return result
        }
    }

    /// The bytes of a column, copied once.
    static func bytes(_ row: Row, _ column: Int) throws -> [UInt8] {
        try row.withUnsafeData(atIndex: column) { data in data.map { Array($0) } ?? [] }
    }

    /// Every leaf tile that has pieces, by tile id.
    public func tilesWithPieces() throws -> [TileID] {
        try pool.read { database in
            try Int64.fetchAll(database, sql: "SELECT DISTINCT tile FROM pieces ORDER BY tile")
                .map { try Self.tile($0) }
        }
    }

    /// Gives drives their new pieces in one transaction, in the place of all they had, and notes what that makes
    /// stale. The drives are clean afterwards.
    public func replacePieces(_ changes: [(drive: DriveOnMap, pieces: [StoredPiece])], stale: StaleParts)
        throws
    {
        try pool.write { database in
            let remove = try database.makeStatement(sql: "DELETE FROM pieces WHERE drive = ?")
            let insert = try database.makeStatement(
                sql: "INSERT INTO pieces (tile, drive, day, frames, line) VALUES (?, ?, ?, ?, ?)")
            let clean = try database.makeStatement(sql: "DELETE FROM dirty_drives WHERE id = ?")
            for (drive, pieces) in changes {
                try remove.execute(arguments: [drive.id])
                for piece in pieces {
                    try insert.execute(arguments: [
                        Int64(bitPattern: piece.tile.id), drive.id, piece.day, Data(piece.frames),
                        Data(piece.line),
                    ])
                }
                try clean.execute(arguments: [drive.id])
            }
            try Self.note(stale, database)
        }
    }

    /// Forgets all pieces in one transaction: every drive is dirty afterwards, and so is every tile there was.
    public func forgetPieces() throws {
        try pool.write { database in
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO dirty_tiles (id) SELECT tile FROM pieces;
                    DELETE FROM pieces;
                    INSERT OR IGNORE INTO dirty_drives (id) SELECT id FROM drives;
                    INSERT OR REPLACE INTO dirty_blocks (id, cells) SELECT block, NULL FROM cell_files;
                    UPDATE generations SET compressor = '';
                    """)
        }
    }

    private static func note(_ stale: StaleParts, _ database: Database) throws {
        let tile = try database.makeStatement(sql: "INSERT OR IGNORE INTO dirty_tiles (id) VALUES (?)")
        for id in stale.tiles.map(\.id).sorted() { try tile.execute(arguments: [Int64(bitPattern: id)]) }
        let known = try database.makeStatement(sql: "SELECT cells FROM dirty_blocks WHERE id = ?")
        let block = try database.makeStatement(
            sql: "INSERT OR REPLACE INTO dirty_blocks (id, cells) VALUES (?, ?)")
        for (hash, found) in stale.blocks.sorted(by: { $0.key < $1.key }) {
            let id = Int64(bitPattern: hash.bits)
            var cells = found
            if let row = try Row.fetchOne(known, arguments: [id]) {
                cells.formUnion(try StaleCells(packed: (row[0] as Data?).map { Array($0) }))
            }
            try block.execute(arguments: [id, cells.packed.map { Data($0) }])
        }
    }

    static func markDirty(drive: Int64, _ database: Database) throws {
        try database.execute(sql: "INSERT OR IGNORE INTO dirty_drives (id) VALUES (?)", arguments: [drive])
    }

    /// Notes the drive of an accepted frame that is about to change its verdict.
    static func markDirty(frame: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO dirty_drives (id)
                SELECT drive FROM frames WHERE id = ? AND verdict = 'accepted' AND map_row IS NOT NULL
                """, arguments: [frame])
    }

    static func tile(_ id: Int64) throws -> TileID {
        guard let tile = TileID(id: UInt64(bitPattern: id)) else {
            throw CatalogDamage("\(id) is no tile id")
        }
        return tile
    }
}
