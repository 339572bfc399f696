import Geo
import Store
import Tiles

/// Where the counts of cells come from and go to.
protocol CellStore {
    /// What `block` was counted to before; nil where no frame is in it.
    func cells(of block: Geohash) throws -> CellBlock?
    /// `blocks` is what was counted now.
    mutating func put(_ blocks: [CellBlock]) throws
}

/// The counts of cells, block by block: those of a block that has changed are brought up to date when it is first asked
/// for. The last ones stay in memory.
final class CellBlocks<Counts: CellStore> {
    private let leaves: LeafTiles
    private let precision: Int
    private var stale: [Geohash: StaleCells]
    private(set) var store: Counts
    private var kept: [Geohash: CellBlock] = [:]
    private var order: [Geohash] = []
    private var waiting: [CellBlock] = []
    /// Tallies in ``kept``.
    private var tallies = 0
    /// About 70 bytes each.
    private static var maxTallies: Int { 300_000 }
    private static var maxBlocks: Int { 4096 }

    /// Counts in `store`, of which the cells `stale` are counted anew from `leaves`.
    init(_ workspace: Workspace, _ leaves: LeafTiles, stale: [Geohash: StaleCells], store: Counts) {
        self.leaves = leaves
        precision = workspace.cellPrecision
        self.stale = stale
        self.store = store
    }

    /// What is in `block` now.
    func block(_ block: Geohash) throws -> CellBlock {
        if let known = kept[block] { return known }
        var found = try store.cells(of: block) ?? CellBlock(empty: block, precision: precision)
        if let cells = stale[block] {
            found = try found.counted(cells) { try leaves.leaf($0) }
            waiting.append(found)
            stale[block] = nil
        }
        try keep(found)
        return found
    }

    /// The cells of `grid` that touch `tile`.
    func cells(of grid: CellGrid, in tile: TileID) throws -> CellsInTile {
        let window = CellWindow(grid, touching: tile)
        var tallies: [CellTally] = []
        guard CellBlock.lengths(precision).contains(grid.precision) else {
            let around = try window.leaves.map { try leaves.leaf($0) }
            return CellsInTile(tile: tile, grid: grid, tallies: CellTally.tallies(of: around, in: window))
        }
        for block in window.blocks(precision: CellDocument.namePrecision) {
            tallies += try self.block(block).tallies(in: window) ?? []
        }
        return CellsInTile(tile: tile, grid: grid, tallies: tallies)
    }

    /// Hands what was counted to the store.
    func flush() throws {
        if !waiting.isEmpty { try store.put(waiting) }
        waiting.removeAll(keepingCapacity: true)
    }

    private func keep(_ block: CellBlock) throws {
        kept[block.block] = block
        order.append(block.block)
        tallies += block.count
        guard order.count > 1, tallies > Self.maxTallies || order.count > Self.maxBlocks else { return }
        // What is asked for once more is read from the store.
        try flush()
        while order.count > 1, tallies > Self.maxTallies / 2 || order.count > Self.maxBlocks / 2 {
            if let old = kept.removeValue(forKey: order.removeFirst()) { tallies -= old.count }
        }
    }
}

/// The counts that the catalog keeps.
struct CatalogCells: CellStore {
    private let catalog: Catalog
    private let precision: Int

    init(_ workspace: Workspace) {
        catalog = workspace.catalog
        precision = workspace.cellPrecision
    }

    func cells(of block: Geohash) throws -> CellBlock? { try catalog.cells(of: block, precision: precision) }

    mutating func put(_ blocks: [CellBlock]) throws { try catalog.store(blocks) }
}
