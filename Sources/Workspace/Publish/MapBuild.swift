import Canonical
import Geo
import Store
import Tiles

/// What a build did.
public struct MapBuildReport: Sendable {
    /// The id of the published generation.
    public let generation: String
    /// Tiles of the vector archive.
    public let tiles: Int
    /// Tiles made anew: those whose frames changed, and all above them.
    public let dirty: Int
    /// Tiles whose contents are not those of the generation before, those that vanished included.
    public let changed: Int
    /// Whether another generation was in use before.
    public let isNew: Bool
    /// Accepted frames that no tile can show, as they lie beyond 85.0511 degrees.
    public let framesBeyondEdge: Int
}

/// Rebuilds the tiles whose frames have changed and publishes the set as a new generation.
///
/// Every tile is a function of its own contents alone, so a build of what changed gives the bytes that a build of
/// everything gives.
public struct MapBuild {
    private let workspace: Workspace
    private let catalog: Catalog
    private let layout: WorkspaceLayout

    /// A build of the map of `workspace`.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
        catalog = workspace.catalog
        layout = workspace.layout
    }

    /// Builds and publishes.
    ///
    /// - Parameters:
    ///   - full: Makes every tile anew, from the frames; that also mends what is damaged.
    ///   - retain: How many generations that were in use before to keep.
    public func run(full: Bool, retain: Int = 1) throws -> MapBuildReport {
        // A run killed while it compared frames left some unjudged.
        try Deduplication(workspace).run()
        if full {
            try catalog.forgetPieces()
            try catalog.forgetSums()
        }
        let published = try catalog.generations().last
        let base = try usable(published)
        var pieces = PieceBuild(workspace, namesCells: base != nil)
        try pieces.run()
        let stale = try StaleMap(catalog, isAll: base == nil)
        let beyondEdge = try catalog.framesBeyondEdge()
        if let base, stale.isEmpty, base.framesBeyondEdge == beyondEdge {
            try point(to: base.id)
            try removeGenerations(retain: retain)
            return MapBuildReport(
                generation: base.id, tiles: try catalog.contents(of: MapArchive.vector.name).count, dirty: 0,
                changed: 0, isNew: false, framesBeyondEdge: beyondEdge)
        }
        let build = GenerationBuild(workspace, stale: stale, base: base?.id)
        let made = try build.run(framesBeyondEdge: beyondEdge)
        try point(to: made.id)
        try catalog.markPublished(
            PublishedName(
                id: made.id, framesBeyondEdge: beyondEdge, compressor: GenerationBuild.compressor),
            made.change)
        try removeGenerations(retain: retain)
        return MapBuildReport(
            generation: made.id, tiles: made.tiles, dirty: stale.tiles.count, changed: made.changed,
            isNew: published?.id != made.id, framesBeyondEdge: beyondEdge)
    }

    /// The generation to copy from: the one the catalog knows the contents of, where it is still there.
    private func usable(_ published: PublishedName?) throws -> PublishedName? {
        guard let published, DirectoryListing.isDirectory("\(layout.generations)/\(published.id)"),
            // Another library compresses to other bytes, so nothing can be copied from what it made.
            published.compressor == GenerationBuild.compressor
        else { return nil }
        return published
    }

    private func point(to id: String) throws {
        let target = "generations/\(id)"
        if StoredFile.target(ofLink: layout.current) != target {
            try DurableWrite.link(layout.current, to: target)
        }
    }

    /// Removes all generations but the one in use and the `retain` before it, which is done after every build: a killed
    /// one may have left it undone.
    private func removeGenerations(retain: Int) throws {
        let known = try catalog.generations().map(\.id)
        // What was taken down is to be seen nowhere, not even by those who have it open.
        let showsWithdrawn = try catalog.hasUnpublishedTakedown()
        let kept = Set(known.suffix(showsWithdrawn ? 1 : max(0, retain) + 1))
        for old in try DirectoryListing.names(in: layout.generations) where !kept.contains(old) {
            try DirectoryListing.removeTree("\(layout.generations)/\(old)")
        }
        let gone = known.filter { !kept.contains($0) }
        if !gone.isEmpty { try catalog.forget(generations: gone) }
        if showsWithdrawn { try catalog.markTakedownsPublished() }
    }
}

/// What has to be made anew.
struct StaleMap {
    /// Tiles, closed under parents.
    let tiles: Set<TileID>
    /// Files of cells, with the cells in them that have changed.
    let blocks: [Geohash: StaleCells]

    /// Whether nothing has changed.
    var isEmpty: Bool { tiles.isEmpty && blocks.isEmpty }

    /// What the catalog notes as stale, or everything.
    init(_ catalog: Catalog, isAll: Bool) throws {
        var tiles = Set(try catalog.dirtyTiles())
        var blocks = try catalog.dirtyBlocks()
        if isAll {
            tiles.formUnion(try catalog.contents(of: MapArchive.vector.name).map(\.tile))
            tiles.formUnion(try catalog.tilesWithPieces())
            for block in Array(blocks.keys) + (try catalog.cellFiles().map(\.block)) { blocks[block] = .all }
        }
        self.init(tiles: tiles, blocks: blocks)
    }

    init(tiles: Set<TileID>, blocks: [Geohash: StaleCells]) {
        self.tiles = Self.closed(tiles)
        self.blocks = blocks
    }

    private static func closed(_ tiles: Set<TileID>) -> Set<TileID> {
        var closed = tiles
        for tile in tiles {
            var parent = tile.parent
            while let ancestor = parent, closed.insert(ancestor).inserted { parent = ancestor.parent }
        }
        return closed
    }
}
