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
/// Every tile is a function of its own frames alone, so a build of what changed gives the bytes that a build of
/// everything gives.
public struct MapBuild {
    private let workspace: Workspace
    private let zooms: ClosedRange<UInt8> = 0...SquareAddress.leafZoom

    /// A build of the map of `workspace`.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    /// Builds and publishes; `full` makes every tile anew.
    public func run(full: Bool) throws -> MapBuildReport {
        // A run killed while it compared frames left some unjudged.
        try Deduplication(workspace).run()
        // A full build needs nothing of what is there, so it also mends what is damaged.
        let before =
            full
            ? try? PublishedGeneration(current: workspace.layout)
            : try PublishedGeneration(current: workspace.layout)
        // Another compressor compresses to other bytes, so nothing can be copied from what it made.
        let base = full || before?.record.compressor != .current ? nil : before
        let marked = try workspace.catalog.dirtyTiles()
        let leaves = base == nil ? try workspace.catalog.allLeafTiles() : marked
        let frames = try workspace.catalog.acceptedFrames()
        if let base, leaves.isEmpty, base.record.content.framesBeyondEdge == UInt64(frames.beyondMap) {
            return report(base.record, dirty: 0, before: base.record)
        }
        let dirty = try summarize(leaves, replacingAll: base == nil)
        var generation = GenerationBuild(base: base, dirty: dirty, zooms: zooms)
        try workspace.catalog.forEachSummary { try generation.add($0, $1) }
        let finished = try generation.finish(framesBeyondEdge: frames.beyondMap)
        try publish(finished, replacing: before)
        try workspace.catalog.markClean(marked)
        return report(finished.record, dirty: dirty.count, before: before?.record)
    }

    /// Sums up the leaf tiles and everything above them, and stores the sums. Returns the tiles that may differ.
    private func summarize(_ leaves: [TileID], replacingAll: Bool) throws -> Set<TileID> {
        var summaries: [TileID: TileSummary] = [:]
        for leaf in leaves { summaries[leaf] = try workspace.catalog.leafSummary(of: leaf) }
        let catalog = workspace.catalog
        let ancestors = try TilePyramid.ancestors(of: summaries) { (tile: TileID) throws(any Error) in
            replacingAll ? nil : try catalog.summary(of: tile)
        }
        let entries =
            leaves.compactMap { leaf in summaries[leaf].map { (tile: leaf, summary: $0) } } + ancestors
        try catalog.store(entries, replacingAll: replacingAll)
        return Set(entries.map(\.tile))
    }

    private func publish(_ generation: GenerationBuild.Finished, replacing before: PublishedGeneration?)
        throws
    {
        let layout = workspace.layout
        let id = generation.record.id
        let path = "\(layout.generations)/\(id)"
        // The id tells of contents alone: the same ones packed by another compressor, or damaged, are written anew.
        let isThere = generation.files.allSatisfy { name, bytes in
            (try? StoredFile.read("\(path)/\(name)", maxBytes: bytes.count)) == bytes
        }
        if !isThere {
            let temporary = DurableWrite.temporaryDirectory(for: path)
            if DirectoryListing.exists(temporary) { try DirectoryListing.removeTree(temporary) }
            try DurableWrite.directory(temporary)
            for (name, bytes) in generation.files { try DurableWrite.file(bytes, at: "\(temporary)/\(name)") }
            if DirectoryListing.exists(path) {
                try DurableWrite.replace(directory: path, with: temporary)
            } else {
                try DurableWrite.rename(directory: temporary, to: path)
            }
        }
        let target = "generations/\(id)"
        if StoredFile.target(ofLink: layout.current) != target {
            try DurableWrite.link(layout.current, to: target)
        }
        // The generation before stays for readers that have it open; older ones go.
        for old in try DirectoryListing.names(in: layout.generations)
        where old != id && old != before?.record.id && !old.hasPrefix(".") {
            try DirectoryListing.removeTree("\(layout.generations)/\(old)")
        }
    }

    private func report(_ record: GenerationRecord, dirty: Int, before: GenerationRecord?) -> MapBuildReport {
        let tiles = record.content.archives.first { $0.name == ArchiveNames.coverage }?.tiles ?? []
        let old = before?.content.archives.first { $0.name == ArchiveNames.coverage }?.tiles ?? []
        let hashes = Dictionary(uniqueKeysWithValues: old.map { ($0.tile, $0.contentHash) })
        let kept = tiles.count { hashes[$0.tile] == $0.contentHash }
        let vanished = old.count - tiles.count { hashes[$0.tile] != nil }
        return MapBuildReport(
            generation: record.id, tiles: tiles.count, dirty: dirty, changed: tiles.count - kept + vanished,
            isNew: before?.id != record.id, framesBeyondEdge: Int(clamping: record.content.framesBeyondEdge))
    }
}
