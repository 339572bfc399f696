import FoundationEssentials
import GRDB
import Geo
import Tiles

extension Catalog {
    /// The files of cells noted as stale, and which of their cells.
    public func dirtyBlocks() throws -> [Geohash: StaleCells] {
        try pool.read { database in
            var blocks: [Geohash: StaleCells] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT id, cells FROM dirty_blocks") {
                blocks[try Self.block(row[0])] = try StaleCells(packed: (row[1] as Data?).map { Array($0) })
            }
            return blocks
        }
    }

    /// What the cells of `block` were last counted to, where the ruleset's have `precision` characters; nil where no
    /// frame is in them.
    public func cells(of block: Geohash, precision: Int) throws -> CellBlock? {
        try pool.read { database in
            let statement = try database.cachedStatement(sql: "SELECT cells FROM cell_blocks WHERE block = ?")
            return try Row.fetchOne(statement, arguments: [Int64(bitPattern: block.bits)]).map { row in
                try CellBlock(block, precision: precision, packed: try Self.bytes(row, 0))
            }
        }
    }

    /// The blocks whose cells are counted, by geohash.
    public func countedBlocks() throws -> [Geohash] {
        try pool.read { database in
            try Int64.fetchAll(database, sql: "SELECT block FROM cell_blocks ORDER BY block").map {
                try Self.block($0)
            }
        }
    }

    /// Stores what cells were counted to in one transaction; a block without frames is removed.
    public func store(_ blocks: [CellBlock]) throws {
        try pool.write { database in
            let put = try database.makeStatement(
                sql: "INSERT OR REPLACE INTO cell_blocks (block, cells) VALUES (?, ?)")
            let remove = try database.makeStatement(sql: "DELETE FROM cell_blocks WHERE block = ?")
            for block in blocks {
                let id = Int64(bitPattern: block.block.bits)
                if block.isEmpty {
                    try remove.execute(arguments: [id])
                } else {
                    try put.execute(arguments: [id, Data(block.packed())])
                }
            }
        }
    }

    static func block(_ bits: Int64) throws -> Geohash {
        guard let block = Geohash(bits: UInt64(bitPattern: bits), precision: CellDocument.namePrecision)
        else {
            throw CatalogDamage("\(bits) is no geohash of \(CellDocument.namePrecision) characters")
        }
        return block
    }
}
