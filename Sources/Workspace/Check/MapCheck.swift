import Canonical
import Geo
import Store
import Tiles

/// Makes the whole map once more from the frames, in memory, and names what is not what it should be.
struct MapCheck {
    private let workspace: Workspace
    private let catalog: Catalog

    init(_ workspace: Workspace) {
        self.workspace = workspace
        catalog = workspace.catalog
    }

    func run() throws -> [CheckFinding] {
        var findings: [CheckFinding] = []
        for drive in try catalog.drivesOnMap() {
            let pieces = try PieceBuild.pieces(of: try catalog.framesOnMap(of: drive))
            if try catalog.pieces(of: drive) != pieces {
                findings.append(
                    CheckFinding(
                        code: "pieces.differ", place: "drive \(drive.name)",
                        detail: "what the map keeps of it is not what its frames give"))
            }
        }
        let leaves = LeafTiles(workspace)
        // Of archives another library has packed, only the contents can be compared.
        let comparesStored = try catalog.generations().last?.compressor == GenerationBuild.compressor
        var map = try StaleMap(catalog, isAll: true)
        // Those too of which nothing was published.
        let counted = try catalog.countedBlocks()
        map = StaleMap(
            tiles: map.tiles,
            blocks: map.blocks.merging(counted.map { ($0, .all) }, uniquingKeysWith: { $1 }))
        let blocks = CellBlocks(workspace, leaves, stale: map.blocks, store: CellComparison(workspace))
        var build = TileBuild(
            workspace, leaves, stale: map.tiles,
            into: try MapComparison(catalog, comparesStored: comparesStored),
            cells: { try blocks.cells(of: $0, in: $1) }, clean: { _ in nil })
        try build.run()
        findings += build.sink.finish()
        for file in try catalog.cellFiles() {
            let text = CellDocument.bytes(try blocks.block(file.block).finest)
            if ContentHash.of(text) == file.hash { continue }
            findings.append(
                CheckFinding(
                    code: "cells.differ", place: GenerationFile.cells(file.block),
                    detail: "its text is not what the accepted frames give"))
        }
        for block in counted { _ = try blocks.block(block) }
        try blocks.flush()
        return findings + blocks.store.findings
    }
}

/// Compares what a build makes with what the catalog says was published.
private struct MapComparison: TileSink {
    private let catalog: Catalog
    private let comparesStored: Bool
    private var expected: [MapArchive: [TileID: TileContent]] = [:]
    private var findings: [CheckFinding] = []

    init(_ catalog: Catalog, comparesStored: Bool) throws {
        self.catalog = catalog
        self.comparesStored = comparesStored
        for archive in MapArchive.allCases {
            expected[archive] = Dictionary(
                try catalog.contents(of: archive.name).map { ($0.tile, $0) }, uniquingKeysWith: { $1 })
        }
    }

    mutating func holds(_ hash: ContentHash, of tile: TileID, in archive: MapArchive) -> Bool { false }

    mutating func put(
        _ content: (stored: [UInt8], hash: ContentHash, bytes: Int)?, of tile: TileID, in archive: MapArchive
    ) throws {
        let known = expected[archive]?.removeValue(forKey: tile)
        let isSame =
            known?.hash == content?.hash
            && (!comparesStored || known?.storedHash == content.map { ContentHash.of($0.stored) })
        if !isSame {
            findings.append(
                CheckFinding(
                    code: "tile.differs", place: "\(archive.name) \(tile)",
                    detail: "its content is not what the accepted frames give"))
        }
    }

    mutating func put(_ sums: TileSums, of tile: TileID) throws {
        if try catalog.sums(of: tile) != (sums.isEmpty ? nil : sums) {
            findings.append(
                CheckFinding(
                    code: "tile.sums", place: "tile \(tile)",
                    detail: "what it sums up to is not what the accepted frames give"))
        }
    }

    /// All findings; what is left was published and should not have been.
    func finish() -> [CheckFinding] {
        findings
            + MapArchive.allCases.flatMap { archive in
                (expected[archive] ?? [:]).keys.map { (id: $0.id, tile: $0) }.sorted { $0.id < $1.id }.map {
                    CheckFinding(
                        code: "tile.stranger", place: "\(archive.name) \($0.tile)",
                        detail: "published, but no accepted frame is in it")
                }
            }
    }
}

/// Compares what cells are counted to with what the catalog keeps of them.
private struct CellComparison: CellStore {
    private let catalog: Catalog
    private let precision: Int
    private var isCounted: Set<Geohash> = []
    /// The blocks of which the catalog keeps something else.
    private var differing: [Geohash: CellBlock] = [:]
    private(set) var findings: [CheckFinding] = []

    init(_ workspace: Workspace) {
        catalog = workspace.catalog
        precision = workspace.cellPrecision
    }

    func cells(of block: Geohash) throws -> CellBlock? {
        if let own = differing[block] { return own }
        return isCounted.contains(block) ? try catalog.cells(of: block, precision: precision) : nil
    }

    mutating func put(_ blocks: [CellBlock]) throws {
        for block in blocks {
            isCounted.insert(block.block)
            if try catalog.cells(of: block.block, precision: precision) == (block.isEmpty ? nil : block) {
                continue
            }
            differing[block.block] = block
            findings.append(
                CheckFinding(
                    code: "cells.counts", place: "cells in \(block.block)",
                    detail: "what they were counted to is not what the accepted frames give"))
        }
    }
}
