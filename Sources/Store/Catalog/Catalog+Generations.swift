import Canonical
import FoundationEssentials
import GRDB
import Geo
import Tiles

/// What a generation holds of a tile in one of its archives.
public struct TileContent: Sendable, Equatable {
    /// The tile.
    public let tile: TileID
    /// The hash of the content uncompressed.
    public let hash: ContentHash
    /// Bytes of the content uncompressed.
    public let bytes: UInt64
    /// The hash of the content as it is stored.
    public let storedHash: ContentHash

    /// A content.
    public init(tile: TileID, hash: ContentHash, bytes: UInt64, storedHash: ContentHash) {
        self.tile = tile
        self.hash = hash
        self.bytes = bytes
        self.storedHash = storedHash
    }
}

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
    /// Contents by archive: new ones, or nil where the tile is gone.
    public var contents: [String: [(tile: TileID, content: TileContent?)]] = [:]
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

    /// What the generation in use holds in `archive`, by tile id.
    public func contents(of archive: String) throws -> [TileContent] {
        try pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql:
                    "SELECT tile, sha256, bytes, stored_sha256 FROM contents WHERE archive = ? ORDER BY tile",
                arguments: [archive])
            var contents: [TileContent] = []
            while let row = try rows.next() {
                guard let hash = ContentHash(bytes: row[1] as Data),
                    let bytes = UInt64(exactly: row[2] as Int64),
                    let stored = ContentHash(bytes: row[3] as Data)
                else { throw CatalogDamage("a content of \(archive)") }
                contents.append(
                    TileContent(tile: try Self.tile(row[0]), hash: hash, bytes: bytes, storedHash: stored))
            }
            return contents
        }
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
                sql: """
                    INSERT OR REPLACE INTO contents (archive, tile, sha256, bytes, stored_sha256)
                    VALUES (?, ?, ?, ?, ?)
                    """)
            let remove = try database.makeStatement(
                sql: "DELETE FROM contents WHERE archive = ? AND tile = ?")
            for archive in change.contents.keys.sorted() {
                for (tile, content) in change.contents[archive] ?? [] {
                    let tile = Int64(bitPattern: tile.id)
                    if let content {
                        try put.execute(arguments: [
                            archive, tile, Data(content.hash.bytes), Int64(clamping: content.bytes),
                            Data(content.storedHash.bytes),
                        ])
                    } else {
                        try remove.execute(arguments: [archive, tile])
                    }
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
