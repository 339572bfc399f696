import Geo

/// The cells a tile shows.
public struct CellsInTile: Sendable {
    let tile: TileID
    let grid: CellGrid
    /// The tallies, by ascending cell.
    public let tallies: [CellTally]

    /// `tallies` of cells of `grid`, some of which `tile` shows.
    public init(tile: TileID, grid: CellGrid, tallies: [CellTally]) {
        self.tile = tile
        self.grid = grid
        self.tallies = tallies
    }
}

/// Everything one vector tile of the map shows; its bytes are a function of this.
public struct MapTile: Sendable {
    let squares: TileSummary
    let lines: TileLines
    let leaf: LeafTile?
    let cells: CellsInTile?

    /// A tile.
    ///
    /// - Parameters:
    ///   - squares: For the layer `coverage`.
    ///   - lines: For the layer `drives`; empty at zooms without it.
    ///   - leaf: For the layer `frames`; nil at zooms without it.
    ///   - cells: For the layer `cells`; nil at zooms without it.
    public init(squares: TileSummary, lines: TileLines, leaf: LeafTile?, cells: CellsInTile?) {
        self.squares = squares
        self.lines = lines
        self.leaf = leaf
        self.cells = cells
    }
}

extension MVTEncoder {
    /// The bytes of the map's tile `tile`, uncompressed; none where it shows nothing.
    public static func encode(_ tile: MapTile) -> [UInt8] {
        var layers = [CoverageEncoder(tile.squares).layer, DrivesLayer.encoder(for: tile.lines)]
        if let leaf = tile.leaf { layers.append(FramesLayer.encoder(for: leaf, LeafDetail(tile.squares))) }
        if let cells = tile.cells {
            layers.append(CellsLayer.encoder(for: cells.tallies, in: cells.tile, grid: cells.grid))
        }
        return encode(layers)
    }
}
