import Canonical
import Geo
import Store
import Tiles

/// The geohash-tiled data set of a generation: `cells/<geohash of five characters>.jsonl`.
struct CellFiles {
    private let leaves: LeafTiles
    private let grid: CellGrid

    init(_ workspace: Workspace, _ leaves: LeafTiles) {
        self.leaves = leaves
        grid = CellGrid(precision: workspace.ruleset.cellPrecision)
    }

    /// The text of the cells inside `block`; empty where none holds frames.
    func text(of block: Geohash) throws -> [UInt8] {
        let window = CellWindow(grid, inside: block)
        let around = try window.leaves.map { try leaves.leaf($0) }
        return CellDocument.bytes(CellTally.tallies(of: around, in: window))
    }
}
