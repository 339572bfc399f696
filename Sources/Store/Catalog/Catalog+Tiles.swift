import Canonical
import FoundationEssentials
import GRDB
import Geo
import Tiles

extension Catalog {
    /// The leaf tiles whose frames have changed since they were summed up, by tile id.
    public func dirtyTiles() throws -> [TileID] {
        try pool.read { database in
            try Int64.fetchAll(database, sql: "SELECT id FROM dirty_tiles ORDER BY id").map {
                try Self.tile($0)
            }
        }
    }

    /// Every leaf tile that holds accepted frames, or held any when it was last summed up.
    public func allLeafTiles() throws -> [TileID] {
        let first = Int64(bitPattern: TileID.firstID(zoom: SquareAddress.leafZoom))
        return try pool.read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT tile AS id FROM frames WHERE \(FrameColumns.isOnMap) AND tile IS NOT NULL
                    UNION SELECT id FROM tiles WHERE id >= ? ORDER BY 1
                    """, arguments: [first]
            ).map { try Self.tile($0) }
        }
    }

    /// What the accepted frames of the leaf tile `tile` add up to.
    public func leafSummary(of tile: TileID) throws -> TileSummary {
        try pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT square, quality, captured_at FROM frames
                    WHERE \(FrameColumns.isOnMap) AND tile = ? AND tile IS NOT NULL
                    """, arguments: [Int64(bitPattern: tile.id)])
            var frames: [LeafFrame] = []
            while let row = try rows.next() {
                let day = UTCTime(milliseconds: row[2]).day.number
                guard let frame = LeafFrame(square: row[0], quality: row[1], day: Int(day)) else {
                    throw CatalogDamage("a frame of tile \(tile) has an impossible square, quality or day")
                }
                frames.append(frame)
            }
            return TileSummary(frames: frames)
        }
    }

    /// The stored summary of `tile`; nil where it holds no frames.
    public func summary(of tile: TileID) throws -> TileSummary? {
        try pool.read { database in
            try Data.fetchOne(
                database, sql: "SELECT summary FROM tiles WHERE id = ?",
                arguments: [Int64(bitPattern: tile.id)]
            ).map { try TileSummary(packed: Array($0)) }
        }
    }

    /// Gives the stored summary of every tile to `body`, by tile id.
    public func forEachSummary(_ body: (TileID, TileSummary) throws -> Void) throws {
        try pool.read { database in
            let rows = try Row.fetchCursor(database, sql: "SELECT id, summary FROM tiles ORDER BY id")
            while let row = try rows.next() {
                try body(try Self.tile(row[0]), try TileSummary(packed: Array(row[1] as Data)))
            }
        }
    }

    /// Stores new summaries; an empty one removes its tile.
    public func store(_ summaries: [(tile: TileID, summary: TileSummary)], replacingAll: Bool) throws {
        try pool.write { database in
            if replacingAll { try database.execute(sql: "DELETE FROM tiles") }
            let put = try database.makeStatement(
                sql: "INSERT OR REPLACE INTO tiles (id, summary) VALUES (?, ?)")
            let remove = try database.makeStatement(sql: "DELETE FROM tiles WHERE id = ?")
            for (tile, summary) in summaries {
                let id = Int64(bitPattern: tile.id)
                if summary.isEmpty {
                    try remove.execute(arguments: [id])
                } else {
                    try put.execute(arguments: [id, Data(summary.packed())])
                }
            }
        }
    }

    /// Forgets that `tiles` are dirty: what they add up to is published.
    public func markClean(_ tiles: [TileID]) throws {
        try pool.write { database in
            let statement = try database.makeStatement(sql: "DELETE FROM dirty_tiles WHERE id = ?")
            for tile in tiles { try statement.execute(arguments: [Int64(bitPattern: tile.id)]) }
        }
    }

    /// Accepted frames that are not withdrawn: on the map, and beyond its edge.
    public func acceptedFrames() throws -> (onMap: Int, beyondMap: Int) {
        try pool.read { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT count(tile), count(*) - count(tile) FROM frames WHERE \(FrameColumns.isOnMap)")
            return (row?[0] ?? 0, row?[1] ?? 0)
        }
    }

    static func markDirty(tile: Int64, _ database: Database) throws {
        try database.execute(sql: "INSERT OR IGNORE INTO dirty_tiles (id) VALUES (?)", arguments: [tile])
    }

    /// Notes the leaf tile of a frame on the map that is about to change its verdict or to be withdrawn.
    static func markDirty(frame: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO dirty_tiles (id)
                SELECT tile FROM frames WHERE id = ? AND \(FrameColumns.isOnMap) AND tile IS NOT NULL
                """, arguments: [frame])
    }

    private static func tile(_ id: Int64) throws -> TileID {
        guard let tile = TileID(id: UInt64(bitPattern: id)) else {
            throw CatalogDamage("\(id) is no tile id")
        }
        return tile
    }
}
