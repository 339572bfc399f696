import Canonical
import Geo
import Store
import Tiles

/// Makes one generation and gives its directory its final name.
struct GenerationBuild {
    /// A generation that is there, and not in use yet.
    struct Made {
        let id: String
        /// Tiles of the vector archive.
        let tiles: Int
        /// Those of other contents than before, or gone.
        let changed: Int
        let change: GenerationChange
    }

    private let workspace: Workspace
    private let catalog: Catalog
    private let stale: StaleMap
    private let base: String?

    /// What packs the archives of this program.
    static var compressor: String {
        String(decoding: GenerationRecord.Compressor.current.json.bytes, as: UTF8.self)
    }

    /// A build of what is `stale`; everything else comes from the generation `base`.
    init(_ workspace: Workspace, stale: StaleMap, base: String?) {
        self.workspace = workspace
        catalog = workspace.catalog
        self.stale = stale
        self.base = base
    }

    func run(framesBeyondEdge: Int) throws -> Made {
        let directory = try DurableDirectory("\(workspace.layout.generations)/next")
        do {
            return try run(in: directory, framesBeyondEdge)
        } catch {
            directory.abandon()
            throw error
        }
    }

    private func run(in directory: DurableDirectory, _ framesBeyondEdge: Int) throws -> Made {
        let leaves = LeafTiles(workspace)
        if base == nil { try catalog.forgetSums() }
        let catalog = catalog
        let blocks = CellBlocks(workspace, leaves, stale: stale.blocks, store: CatalogCells(workspace))
        var tiles = TileBuild(
            workspace, leaves, stale: stale.tiles,
            into: ContentSpool(catalog, file: try directory.scratch(), hasBase: base != nil),
            cells: { try blocks.cells(of: $0, in: $1) },
            clean: { base == nil ? nil : try catalog.sums(of: $0) })
        try tiles.run()
        var spool = tiles.sink
        try spool.flush()

        var change = GenerationChange()
        change.replacesAll = base == nil
        let bounds = try Self.bounds(catalog)
        var (archives, packed) = ([GenerationRecord.Archive](), [String: PackedDigest]())
        var changed = 0
        let known = try catalog.contents(of: MapArchive.allCases.map(\.name))
        for (archive, before) in zip(MapArchive.allCases, known) {
            let made = spool.made[archive] ?? [:]
            let assembly = try ArchiveAssembly(
                archive, made: made, spool: spool.file, before: base == nil ? [] : before,
                base: base.map { "\(workspace.layout.generations)/\($0)/\(archive.name)" })
            let file = try directory.file(archive.name)
            packed[archive.name] = try assembly.write(to: file, bounds)
            try file.finish()
            archives.append(assembly.record)
            if archive == .vector { changed = Self.changes(from: before, to: made) }
            for (tile, content) in made {
                change.contents[tile, default: [:]].updateValue(content?.content, forKey: archive.name)
            }
        }
        let cells = try writeCells(blocks, directory, &change)
        try blocks.flush()
        let content = GenerationRecord.Content(
            layers: MapArchive.layers.map(\.id), zooms: MapArchive.zooms,
            frames: try catalog.frames(zooms: MapArchive.zooms), framesBeyondEdge: UInt64(framesBeyondEdge),
            archives: archives, cells: cells)
        guard let content else {
            throw WorkspaceError.publishedDamage("the new generation contradicts itself")
        }
        let record = GenerationRecord(content: content, packed: packed)
        let (id, text) = record.document
        try write(text, GenerationFile.record, directory)
        try write(Self.tileJSON(bounds).bytes, GenerationFile.tileJSON, directory)
        try directory.commit(as: "\(workspace.layout.generations)/\(id)")
        return Made(
            id: id, tiles: archives.first { $0.name == MapArchive.vector.name }?.tiles.count ?? 0,
            changed: changed, change: change)
    }

    /// The part of the world a map of `catalog` covers.
    static func bounds(_ catalog: Catalog) throws -> MapBounds {
        guard let root = TileID(zoom: 0, column: 0, row: 0),
            let extent = try catalog.sums(of: root)?.squares.extent
        else { return .world }
        return MapBounds(around: extent)
    }

    /// The description of the vector tiles of a map that covers `bounds`.
    static func tileJSON(_ bounds: MapBounds) -> TileJSON {
        TileJSON(
            tiles: ["coverage/{z}/{x}/{y}.mvt"], layers: MapArchive.layers, bounds: bounds,
            zooms: MapArchive.zooms, name: "Waggle coverage", description: MapArchive.description)
    }

    /// Writes the files of cells that are stale and names the others a second time.
    private func writeCells(
        _ blocks: CellBlocks<CatalogCells>, _ directory: DurableDirectory, _ change: inout GenerationChange
    ) throws -> [GenerationRecord.CellFile] {
        try directory.directory(GenerationFile.cells)
        var record: [CellFile] = []
        if let base {
            for file in try catalog.cellFiles() where stale.blocks[file.block] == nil {
                let name = GenerationFile.cells(file.block)
                try directory.link(name, to: "\(workspace.layout.generations)/\(base)/\(name)")
                record.append(file)
            }
        }
        for block in stale.blocks.keys.sorted() {
            let text = CellDocument.bytes(try blocks.block(block).finest)
            guard !text.isEmpty else {
                change.cells.append((block, nil))
                continue
            }
            try write(text, GenerationFile.cells(block), directory)
            let file = CellFile(block: block, hash: .of(text), bytes: UInt64(text.count))
            change.cells.append((block, file))
            record.append(file)
        }
        return record.map {
            GenerationRecord.CellFile(name: $0.block.description, contentHash: $0.hash, bytes: $0.bytes)
        }
    }

    private func write(_ bytes: [UInt8], _ name: String, _ directory: DurableDirectory) throws {
        let file = try directory.file(name)
        try file.write(bytes)
        try file.finish()
    }

    private static func changes(from before: [TileContent], to made: [TileID: ContentSpool.Made?]) -> Int {
        var unchanged = 0
        for content in before {
            if case .some(let new?) = made[content.tile], new.content.hash == content.hash { unchanged += 1 }
        }
        return made.count - unchanged
    }
}
