import Geo

/// A part of a ``CellGrid``.
public struct CellWindow: Sendable {
    /// The grid.
    public let grid: CellGrid
    /// Columns of cells.
    let columns: ClosedRange<UInt32>
    /// Rows of cells.
    let rows: ClosedRange<UInt32>

    /// The cells that touch `tile`.
    public init(_ grid: CellGrid, touching tile: TileID) {
        self.grid = grid
        let shift = 32 - UInt64(tile.zoom)
        let west = UInt64(tile.column) << shift
        let east = (UInt64(tile.column) + 1) << shift - 1
        let drop = 32 - UInt64(grid.columnBits)
        columns = UInt32(truncatingIfNeeded: west >> drop)...UInt32(truncatingIfNeeded: east >> drop)
        rows = grid.rows(from: UInt64(tile.row) << shift, to: (UInt64(tile.row) + 1) << shift)
    }

    /// The cells inside `block`, a cell of fewer characters than those of `grid`.
    public init(_ grid: CellGrid, inside block: Geohash) {
        self.grid = grid
        let outer = CellGrid(precision: block.precision)
        let (column, row) = block.columnAndRow
        let (wide, high) = (grid.columnBits - outer.columnBits, grid.rowBits - outer.rowBits)
        columns = column << wide...(column + 1) << wide - 1
        rows = row << high...(row + 1) << high - 1
    }

    /// The cells of these columns and rows.
    init(_ grid: CellGrid, columns: ClosedRange<UInt32>, rows: ClosedRange<UInt32>) {
        self.grid = grid
        self.columns = columns
        self.rows = rows
    }

    /// The leaf tiles that may hold frames of these cells.
    public var leaves: [TileID] {
        var tiles: [TileID] = []
        for row in grid.leafRows(rows) {
            for column in grid.leafColumns(columns) {
                if let tile = TileID(zoom: Int(SquareAddress.leafZoom), column: Int(column), row: Int(row)) {
                    tiles.append(tile)
                }
            }
        }
        return tiles
    }

    /// The leaf tiles that may hold frames of some cells of `grid`, given by their bits.
    static func leaves(of cells: Set<UInt64>, _ grid: CellGrid) -> Set<TileID> {
        var leaves: Set<TileID> = []
        // Where a row of cells lies among those of tiles is worked out once.
        var leafRows: [UInt32: ClosedRange<UInt64>] = [:]
        for bits in cells {
            guard let cell = Geohash(bits: bits, precision: grid.precision) else { continue }
            let (column, row) = cell.columnAndRow
            let rows = leafRows[row] ?? grid.leafRows(row...row)
            leafRows[row] = rows
            for leafRow in rows {
                for leafColumn in grid.leafColumns(column...column) {
                    if let tile = TileID(
                        zoom: Int(SquareAddress.leafZoom), column: Int(leafColumn), row: Int(leafRow))
                    {
                        leaves.insert(tile)
                    }
                }
            }
        }
        return leaves
    }

    /// The blocks of `precision` characters, of fewer than the cells have or as many, that these cells are in, by
    /// ascending geohash.
    public func blocks(precision: Int) -> [Geohash] {
        let outer = CellGrid(precision: precision)
        let (wide, high) = (grid.columnBits - outer.columnBits, grid.rowBits - outer.rowBits)
        var blocks: [Geohash] = []
        for row in rows.lowerBound >> high...rows.upperBound >> high {
            for column in columns.lowerBound >> wide...columns.upperBound >> wide {
                if let block = Geohash(column: column, row: row, precision: precision) {
                    blocks.append(block)
                }
            }
        }
        return blocks.sorted()
    }
}

extension CellGrid {
    /// The columns of leaf tiles that `columns` of cells lie in.
    fileprivate func leafColumns(_ columns: ClosedRange<UInt32>) -> ClosedRange<UInt64> {
        let drop = 32 - UInt64(columnBits)
        let shift = UInt64(MapFrame.placeBits)
        return (UInt64(columns.lowerBound) << drop) >> shift...((UInt64(columns.upperBound) + 1) << drop - 1)
            >> shift
    }

    /// The rows of leaf tiles that may hold frames of `rows` of cells.
    fileprivate func leafRows(_ rows: ClosedRange<UInt32>) -> ClosedRange<UInt64> {
        let shift = UInt64(MapFrame.placeBits)
        let last = UInt64(1) << UInt64(SquareAddress.leafZoom) - 1
        // A frame exactly on an edge, which is rounded, may lie one row beyond it.
        let north = min((max(edges(ofRow: rows.upperBound).north, 1) - 1) >> shift, last)
        let south = min((edges(ofRow: rows.lowerBound).south + 1) >> shift, last)
        return north...max(north, south)
    }
}
