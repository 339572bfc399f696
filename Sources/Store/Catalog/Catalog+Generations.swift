import Canonical
import FoundationEssentials
import GRDB
import Geo
import Tiles

/// A generation as the catalog remembers it.
public struct PublishedName: Sendable, Equatable {
    /// Its id.
    public let id: String
    /// Accepted frames that no tile of it can show.
    public let framesBeyondEdge: Int
    /// What packed it; empty where a build was begun that makes everything anew.
    public let compressor: String

    /// A generation.
    public init(id: String, framesBeyondEdge: Int, compressor: String) {
        self.id = id
        self.framesBeyondEdge = framesBeyondEdge
        self.compressor = compressor
    }
}

/// A file of cells of a generation.
public struct CellFile: Sendable, Equatable {
    /// The geohash that names it.
    public let block: Geohash
    /// The hash of its bytes.
    public let hash: ContentHash
    /// Its length.
    public let bytes: UInt64

    /// A file.
    public init(block: Geohash, hash: ContentHash, bytes: UInt64) {
        self.block = block
        self.hash = hash
        self.bytes = bytes
    }
}

/// What changes from one generation to the next.
public struct GenerationChange: Sendable {
    /// Whether nothing of the generation before is kept.
    public var replacesAll = false
    /// Contents by tile and archive: new ones, or nil where the archive holds the tile no more.
    public var contents: [TileID: [String: TileContent?]] = [:]
    /// Files of cells: new ones, or nil where the file is gone.
    public var cells: [(block: Geohash, file: CellFile?)] = []

    /// Nothing changes.
    public init() {}
}

extension Catalog {
    /// The generations published, the one in use last.
    public func generations() throws -> [PublishedName] {
        try pool.read { database in
            try Row.fetchAll(
                database, sql: "SELECT id, frames_beyond_edge, compressor FROM generations ORDER BY number"
            ).map { PublishedName(id: $0[0], framesBeyondEdge: $0[1], compressor: $0[2]) }
        }
    }

    /// What the generation in use holds in each of `archives`, in their order, by tile id.
    public func contents(of archives: [String]) throws -> [[TileContent]] {
        let names = archives.map { Array($0.utf8) }
        return try pool.read { database in
            var contents: [[TileContent]] = archives.map { _ in [] }
            let rows = try Row.fetchCursor(database, sql: "SELECT tile, archives FROM contents ORDER BY tile")
            while let row = try rows.next() {
                let tile = try Self.tile(row[0])
                let id = UInt64(bitPattern: row[0] as Int64)
                try PackedContents.forEach(try Self.bytes(row, 1)) { name, hash, bytes, stored in
                    guard let place = names.firstIndex(where: { $0.elementsEqual(name) }) else { return }
                    contents[place].append(TileContent(tile, id, hash, bytes, stored))
                }
            }
            return contents
        }
    }

    /// What the generation in use holds in `archive`, by tile id.
    public func contents(of archive: String) throws -> [TileContent] { try contents(of: [archive])[0] }

    /// What the generation in use holds of `tile`, by archive.
    public func contents(of tile: TileID) throws -> [String: TileContent] {
        try pool.read { try Self.contents(of: tile, $0) }
    }

    private static func contents(of tile: TileID, _ database: Database) throws -> [String: TileContent] {
        let id = tile.id
        let statement = try database.cachedStatement(sql: "SELECT archives FROM contents WHERE tile = ?")
        var contents: [String: TileContent] = [:]
        if let row = try Row.fetchOne(statement, arguments: [Int64(bitPattern: id)]) {
            try PackedContents.forEach(try bytes(row, 0)) { name, hash, bytes, stored in
                contents[String(decoding: name, as: UTF8.self)] = TileContent(tile, id, hash, bytes, stored)
            }
        }
        return contents
    }

    /// The files of cells of the generation in use, by geohash.
    public func cellFiles() throws -> [CellFile] {
        try pool.read { database in
            try Row.fetchAll(database, sql: "SELECT block, sha256, bytes FROM cell_files ORDER BY block").map
            {
                guard let hash = ContentHash(bytes: $0[1] as Data),
                    let bytes = UInt64(exactly: $0[2] as Int64)
                else { throw CatalogDamage("a file of cells") }
                return CellFile(block: try Self.block($0[0]), hash: hash, bytes: bytes)
            }
        }
    }

    /// Notes in one transaction that `generation` is in use, what is new in it, and that nothing is stale any more.
    public func markPublished(_ generation: PublishedName, _ change: GenerationChange) throws {
        try pool.write { database in
            if change.replacesAll {
                try database.execute(sql: "DELETE FROM contents; DELETE FROM cell_files")
            }
            let put = try database.makeStatement(
                sql: "INSERT OR REPLACE INTO contents (tile, archives) VALUES (?, ?)")
            let remove = try database.makeStatement(sql: "DELETE FROM contents WHERE tile = ?")
            for (tile, change) in change.contents {
                var contents = try Self.contents(of: tile, database)
                for (archive, content) in change { contents[archive] = content }
                let id = Int64(bitPattern: tile.id)
                if contents.isEmpty {
                    try remove.execute(arguments: [id])
                } else {
                    try put.execute(arguments: [id, Data(try PackedContents.bytes(contents))])
                }
            }
            for (block, file) in change.cells {
                let bits = Int64(bitPattern: block.bits)
                if let file {
                    try database.execute(
                        sql: "INSERT OR REPLACE INTO cell_files (block, sha256, bytes) VALUES (?, ?, ?)",
                        arguments: [bits, Data(file.hash.bytes), Int64(clamping: file.bytes)])
                } else {
                    try database.execute(sql: "DELETE FROM cell_files WHERE block = ?", arguments: [bits])
                }
            }
            try database.execute(sql: "DELETE FROM dirty_tiles; DELETE FROM dirty_blocks")
            // A map that is again what it was is in use again, and as young as the newest.
            try database.execute(sql: "DELETE FROM generations WHERE id = ?", arguments: [generation.id])
            try database.execute(
                sql: "INSERT INTO generations (id, frames_beyond_edge, compressor) VALUES (?, ?, ?)",
                arguments: [generation.id, generation.framesBeyondEdge, generation.compressor])
        }
    }

    /// Forgets generations that are there no more.
    public func forget(generations ids: [String]) throws {
        try pool.write { database in
            for id in ids {
                try database.execute(sql: "DELETE FROM generations WHERE id = ?", arguments: [id])
            }
        }
    }
}
