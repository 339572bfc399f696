import Canonical
import Geo
import Tiles

/// The files of a generation.
public enum ArchiveNames {
    /// Vector tiles.
    public static let coverage = "coverage.pmtiles"
    /// The same as pictures.
    public static let raster = "raster.pmtiles"
    /// The description of the vector tiles.
    public static let tileJSON = "tilejson.json"
    /// What the generation holds.
    public static let record = "generation.json"
}

/// Puts a generation together, tile by tile: what is clean is copied as it is stored, the rest is made.
struct GenerationBuild {
    /// A generation ready to be written.
    struct Finished {
        let record: GenerationRecord
        let files: [(name: String, bytes: [UInt8])]
    }

    private let base: PublishedGeneration?
    private let dirty: Set<TileID>
    private let zooms: ClosedRange<UInt8>
    private var coverage = ArchiveBuild()
    private var raster = ArchiveBuild()
    private var frames: [UInt64]
    private var leafSquares: [TileID] = []

    init(base: PublishedGeneration?, dirty: Set<TileID>, zooms: ClosedRange<UInt8>) {
        self.base = base
        self.dirty = dirty
        self.zooms = zooms
        frames = [UInt64](repeating: 0, count: zooms.count)
    }

    /// Adds a tile; tiles come by ascending identifier.
    mutating func add(_ tile: TileID, _ summary: TileSummary) throws {
        if zooms.contains(tile.zoom) { frames[Int(tile.zoom - zooms.lowerBound)] += summary.totalFrames }
        if tile.zoom == SquareAddress.leafZoom {
            for square in summary.squares {
                if let place = TileID(
                    zoom: Int(SquareAddress.leafZoom) + 6, column: Int(tile.column) << 6 + Int(square.column),
                    row: Int(tile.row) << 6 + Int(square.row))
                {
                    leafSquares.append(place)
                }
            }
        }
        if !dirty.contains(tile), let vector = try base?.stored(tile, in: ArchiveNames.coverage),
            let picture = try base?.stored(tile, in: ArchiveNames.raster)
        {
            coverage.add(tile, vector.content, vector.entry)
            raster.add(tile, picture.content, picture.entry)
            return
        }
        let vector = MVTEncoder.encode(coverage: summary)
        coverage.add(
            tile, try Gzip.compress(vector),
            GenerationRecord.Tile(tile: tile, contentHash: .of(vector), bytes: UInt64(vector.count)))
        let grid = RasterGrid(summary, style: .coverage)
        raster.add(
            tile, try grid.png(side: 256),
            GenerationRecord.Tile(
                tile: tile, contentHash: grid.contentHash, bytes: UInt64(grid.content.count)))
    }

    /// The generation of all tiles added.
    func finish(framesBeyondEdge: Int) throws -> Finished {
        let bounds = MapBounds(around: leafSquares) ?? .world
        let layer = CoverageLayer.description(minZoom: zooms.lowerBound, maxZoom: zooms.upperBound)
        let description = "Street-level coverage: frames, mean quality, first and last day of every square"
        let content = GenerationRecord.Content(
            layers: [CoverageLayer.name], zooms: zooms, frames: frames,
            framesBeyondEdge: UInt64(framesBeyondEdge),
            archives: [
                GenerationRecord.Archive(name: ArchiveNames.coverage, tiles: coverage.entries),
                GenerationRecord.Archive(name: ArchiveNames.raster, tiles: raster.entries),
            ])
        guard let content else {
            throw WorkspaceError.publishedDamage("the new generation contradicts itself")
        }
        let record = GenerationRecord(content: content)
        let tileJSON = TileJSON(
            tiles: ["coverage/{z}/{x}/{y}.mvt"], layers: [layer], bounds: bounds, zooms: zooms,
            name: "Waggle coverage", description: description)
        return Finished(
            record: record,
            files: [
                (
                    ArchiveNames.coverage,
                    try coverage.archive(
                        .mvt, bounds,
                        ArchiveMetadata(name: "Waggle coverage", description: description, layers: [layer]))
                ),
                (
                    ArchiveNames.raster,
                    try raster.archive(
                        .png, bounds,
                        ArchiveMetadata(name: "Waggle coverage (raster)", description: description))
                ),
                (ArchiveNames.tileJSON, tileJSON.bytes), (ArchiveNames.record, record.json.bytes),
            ])
    }
}

/// The tiles of one archive as they come.
private struct ArchiveBuild {
    private var tiles: [(tile: TileID, content: [UInt8])] = []
    private(set) var entries: [GenerationRecord.Tile] = []

    mutating func add(_ tile: TileID, _ content: [UInt8], _ entry: GenerationRecord.Tile) {
        tiles.append((tile, content))
        entries.append(entry)
    }

    func archive(
        _ type: PMTilesHeader.TileType, _ bounds: MapBounds, _ metadata: ArchiveMetadata
    ) throws(TileError) -> [UInt8] {
        try PMTilesWriter.archive(
            tiles: tiles, description: ArchiveDescription(tileType: type, bounds: bounds, metadata: metadata))
    }
}
