import Canonical
import Geo
import Store
import Tiles

/// Where a build puts what it makes.
protocol TileSink {
    /// Whether `archive` has the content that `hash` names of `tile` already, from a build before: it need not be packed
    /// and put again.
    mutating func holds(_ hash: ContentHash, of tile: TileID, in archive: MapArchive) throws -> Bool
    /// `content` is what `archive` is to hold of `tile`, as it is stored and as it is named; nil where the tile shows
    /// nothing.
    mutating func put(
        _ content: (stored: [UInt8], hash: ContentHash, bytes: Int)?, of tile: TileID, in archive: MapArchive
    ) throws
    /// `sums` is what is in `tile`.
    mutating func put(_ sums: TileSums, of tile: TileID) throws
}

/// Makes tiles anew: leaf tiles from the pieces of drives, every other one from its four children.
///
/// Depth first, so that what a parent needs has just been made, and memory does not grow with the map. A child that
/// is not stale is taken as it was summed up before.
struct TileBuild<Sink: TileSink> {
    private let leaves: LeafTiles
    private let precision: Int
    private let stale: Set<TileID>
    private let cells: (CellGrid, TileID) throws -> CellsInTile
    private let clean: (TileID) throws -> TileSums?
    private(set) var sink: Sink

    /// A build of the tiles `stale`, closed under parents, into `sink`; `cells` gives the cells that a tile shows,
    /// `clean` what another tile sums up to.
    init(
        _ workspace: Workspace, _ leaves: LeafTiles, stale: Set<TileID>, into sink: Sink,
        cells: @escaping (CellGrid, TileID) throws -> CellsInTile,
        clean: @escaping (TileID) throws -> TileSums?
    ) {
        self.leaves = leaves
        precision = workspace.cellPrecision
        self.stale = stale
        self.sink = sink
        self.cells = cells
        self.clean = clean
    }

    /// Makes every stale tile.
    mutating func run() throws {
        guard let root = TileID(zoom: 0, column: 0, row: 0), stale.contains(root) else { return }
        _ = try build(root)
    }

    private mutating func build(_ tile: TileID) throws -> TileSums {
        var sums: TileSums
        var leaf: LeafTile?
        if tile.zoom == SquareAddress.leafZoom {
            let found = try leaves.leaf(tile)
            sums = TileSums(squares: found.summary, lines: found.lines)
            leaf = found
        } else {
            sums = try merged(tile)
        }
        try sink.put(sums, of: tile)
        try putVector(tile, sums, leaf)
        try putPictures(tile, sums.squares)
        return sums
    }

    private mutating func merged(_ tile: TileID) throws -> TileSums {
        var squares: [(quadrant: Quadrant, summary: TileSummary)] = []
        var lines: [(quadrant: Quadrant, lines: TileLines)] = []
        for child in tile.children {
            guard let sums = stale.contains(child) ? try build(child) : try clean(child), !sums.isEmpty else {
                continue
            }
            squares.append((Quadrant(of: child), sums.squares))
            if MapArchive.driveZooms.contains(tile.zoom) { lines.append((Quadrant(of: child), sums.lines)) }
        }
        return TileSums(squares: TileSummary(merging: squares), lines: TileLines(merging: lines))
    }

    private mutating func putVector(_ tile: TileID, _ sums: TileSums, _ leaf: LeafTile?) throws {
        var cells: CellsInTile?
        if let grids = CellsLayer.grids(zoom: tile.zoom, precision: precision) {
            var found = try self.cells(grids.fine, tile)
            if found.tallies.count > LeafDetail(sums.squares).maxFeatures {
                found = try self.cells(grids.coarse, tile)
            }
            cells = found
        }
        let vector = MVTEncoder.encode(
            MapTile(squares: sums.squares, lines: sums.lines, leaf: leaf, cells: cells))
        guard !vector.isEmpty else { return try sink.put(nil, of: tile, in: .vector) }
        let hash = ContentHash.of(vector)
        if try sink.holds(hash, of: tile, in: .vector) { return }
        try sink.put((try Gzip.compress(vector), hash, vector.count), of: tile, in: .vector)
    }

    private mutating func putPictures(_ tile: TileID, _ squares: TileSummary) throws {
        for style in RasterStyle.allCases {
            let grid = RasterGrid(squares, style: style)
            guard !grid.isEmpty else {
                try sink.put(nil, of: tile, in: .raster(style))
                try sink.put(nil, of: tile, in: .fineRaster(style))
                continue
            }
            let content = grid.content
            let hash = ContentHash.of(content)
            // A day more changes few pictures of quarters, and a frame more few of bands.
            for (archive, side) in [(MapArchive.raster(style), 256), (.fineRaster(style), 512)]
            where try !sink.holds(hash, of: tile, in: archive) {
                try sink.put((try grid.png(side: side), hash, content.count), of: tile, in: archive)
            }
        }
    }
}
