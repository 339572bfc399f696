import FoundationEssentials
import GRDB
import Geo
import Tiles

/// What a tile sums up, whatever its zoom.
public struct TileSums: Sendable, Equatable {
    /// Its squares.
    public var squares: TileSummary
    /// Its lines; empty at zooms without them.
    public var lines: TileLines

    /// Sums of a tile.
    public init(squares: TileSummary, lines: TileLines) {
        self.squares = squares
        self.lines = lines
    }

    /// Whether nothing is in the tile.
    public var isEmpty: Bool { squares.isEmpty && lines.isEmpty }
}

extension Catalog {
    /// The tiles noted as stale, whose ancestors are so too, by tile id.
    public func dirtyTiles() throws -> [TileID] {
        try pool.read { database in
            try Int64.fetchAll(database, sql: "SELECT id FROM dirty_tiles ORDER BY id").map {
                try Self.tile($0)
            }
        }
    }

    /// What `tile` was last found to sum up to; nil where there is nothing in it.
    public func sums(of tile: TileID) throws -> TileSums? {
        try pool.read { database in
            let statement = try database.cachedStatement(sql: "SELECT squares, lines FROM tiles WHERE id = ?")
            return try Row.fetchOne(statement, arguments: [Int64(bitPattern: tile.id)]).map { row in
                TileSums(
                    squares: try TileSummary(packed: try Self.bytes(row, 0)),
                    lines: try TileLines(packed: try Self.bytes(row, 1)))
            }
        }
    }

    /// Gives the squares of every tile of `zoom` to `body`, by tile id.
    public func forEachSummary(zoom: UInt8, _ body: (TileID, TileSummary) throws -> Void) throws {
        try pool.read { database in
            let rows = try Row.fetchCursor(
                database, sql: "SELECT id, squares FROM tiles WHERE id >= ? AND id < ? ORDER BY id",
                arguments: [
                    Int64(bitPattern: TileID.firstID(zoom: zoom)),
                    Int64(bitPattern: TileID.firstID(zoom: zoom + 1)),
                ])
            while let row = try rows.next() {
                try body(try Self.tile(row[0]), try TileSummary(packed: Array(row[1] as Data)))
            }
        }
    }

    /// Frames of all tiles of each of `zooms`, lowest first.
    public func frames(zooms: ClosedRange<UInt8>) throws -> [UInt64] {
        try pool.read { database in
            let statement = try database.makeStatement(
                sql: "SELECT ifnull(sum(frames), 0) FROM tiles WHERE id >= ? AND id < ?")
            return try zooms.map { zoom in
                let sum = try Int64.fetchOne(
                    statement,
                    arguments: [
                        Int64(bitPattern: TileID.firstID(zoom: zoom)),
                        Int64(bitPattern: TileID.firstID(zoom: zoom + 1)),
                    ])
                return UInt64(clamping: sum ?? 0)
            }
        }
    }

    /// Forgets what all tiles and cells sum up to.
    public func forgetSums() throws {
        try pool.write {
            try $0.execute(
                sql: "DELETE FROM tiles; DELETE FROM cell_blocks; UPDATE generations SET compressor = ''")
        }
    }

    /// Stores what tiles sum up to; a tile with nothing in it is removed.
    public func store(_ sums: [(tile: TileID, sums: TileSums)]) throws {
        try pool.write { database in
            let put = try database.makeStatement(
                sql: "INSERT OR REPLACE INTO tiles (id, frames, squares, lines) VALUES (?, ?, ?, ?)")
            let remove = try database.makeStatement(sql: "DELETE FROM tiles WHERE id = ?")
            for (tile, sums) in sums {
                let id = Int64(bitPattern: tile.id)
                if sums.isEmpty {
                    try remove.execute(arguments: [id])
                } else {
                    try put.execute(arguments: [
                        id, Int64(clamping: sums.squares.totalFrames), Data(sums.squares.packed()),
                        Data(sums.lines.packed()),
                    ])
                }
            }
        }
    }

    /// Accepted frames that are not withdrawn: on the map, and beyond its edge.
    public func acceptedFrames() throws -> (onMap: Int, beyondMap: Int) {
        try pool.read { database in
            let row = try Row.fetchOne(
                database,
                sql:
                    "SELECT count(map_row), count(*) - count(map_row) FROM frames WHERE \(FrameColumns.isOnMap)"
            )
            return (row?[0] ?? 0, row?[1] ?? 0)
        }
    }

    /// Accepted frames beyond the map's edge.
    public func framesBeyondEdge() throws -> Int {
        try pool.read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM frames WHERE map_row IS NULL AND \(FrameColumns.isOnMap)"
            ) ?? 0
        }
    }
}
