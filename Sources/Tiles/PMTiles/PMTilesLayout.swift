import Canonical
import Geo

/// What an archive says about itself besides its tiles.
public struct ArchiveDescription: Sendable {
    /// `mvt` (stored as gzip members) or `png` (stored as they are).
    public var tileType: PMTilesHeader.TileType
    /// The part of the map the tiles cover.
    public var bounds: MapBounds
    /// Names, credits and layers.
    public var metadata: ArchiveMetadata

    /// A description.
    public init(tileType: PMTilesHeader.TileType, bounds: MapBounds, metadata: ArchiveMetadata) {
        self.tileType = tileType
        self.bounds = bounds
        self.metadata = metadata
    }
}

/// Where everything goes in a clustered PMTiles v3 archive, known from identifiers and lengths alone: an
/// archive can be written as ``head`` followed by the contents in the order of ``contents``, whoever keeps
/// them.
public struct PMTilesLayout: Sendable {
    /// A tile and which content it has.
    public typealias Placement = (id: UInt64, content: Int)

    /// Header, root directory, metadata and leaf directories: everything before the tile data.
    public let head: [UInt8]
    /// The header inside ``head``.
    public let header: PMTilesHeader
    /// The contents in the order in which they follow ``head``, each once.
    public let contents: [Int]

    /// The layout of an archive.
    ///
    /// - Parameters:
    ///   - tiles: by strictly ascending identifier, at least one. Tiles of equal content share its number.
    ///   - lengths: bytes of every content as stored, 1..<2^32.
    /// - Throws: `malformed` where the arguments break these rules.
    public init(tiles: [Placement], lengths: [Int], description: ArchiveDescription) throws(TileError) {
        var plan = try EntryPlan(tiles: tiles, lengths: lengths)
        guard let first = tiles.first.flatMap({ TileID(id: $0.id) }),
            let last = tiles.last.flatMap({ TileID(id: $0.id) })
        else { throw TileError(.malformed, at: 0, "an archive without tiles, or with one beyond our zooms") }
        plan.header.tileType = description.tileType
        plan.header.tileCompression = description.tileType == .mvt ? .gzip : .none
        plan.header.internalCompression = .gzip
        plan.header.isClustered = true
        plan.header.minZoom = first.zoom
        plan.header.maxZoom = last.zoom
        let bounds = description.bounds
        plan.header.bounds = (bounds.westE7, bounds.southE7, bounds.eastE7, bounds.northE7)
        plan.header.centerZoom = bounds.centerZoom(in: first.zoom...last.zoom)
        (plan.header.centerLongitudeE7, plan.header.centerLatitudeE7) = bounds.center

        let directories = try DirectoryPlan(plan.entries)
        let metadata = try Gzip.compress(description.metadata.json.bytes)
        var end = UInt64(PMTilesHeader.size)
        func next(_ length: Int) -> PMTilesHeader.Section {
            defer { end += UInt64(length) }
            return PMTilesHeader.Section(offset: end, length: UInt64(length))
        }
        plan.header.root = next(directories.root.count)
        plan.header.metadata = next(metadata.count)
        plan.header.leaves = next(directories.leaves.count)
        plan.header.data = PMTilesHeader.Section(offset: end, length: plan.dataLength)
        header = plan.header
        head = plan.header.bytes + directories.root + metadata + directories.leaves
        contents = plan.contents
    }
}

/// Entries, runs and offsets of an archive's contents in the order of first use.
private struct EntryPlan {
    var header = PMTilesHeader()
    var entries: [PMTilesEntry] = []
    var contents: [Int] = []
    var dataLength: UInt64 = 0

    init(tiles: [PMTilesLayout.Placement], lengths: [Int]) throws(TileError) {
        var offsets = [UInt64?](repeating: nil, count: lengths.count)
        var previous: PMTilesLayout.Placement?
        for tile in tiles {
            guard lengths.indices.contains(tile.content), let length = UInt32(exactly: lengths[tile.content]),
                length > 0
            else {
                throw TileError(
                    .malformed, at: 0, "tile \(tile.id) has no content or one of impossible length")
            }
            if let previous, previous.id >= tile.id {
                throw TileError(.malformed, at: 0, "tile \(tile.id) follows \(previous.id)")
            }
            let offset = offsets[tile.content] ?? dataLength
            if offsets[tile.content] == nil {
                offsets[tile.content] = offset
                contents.append(tile.content)
                dataLength += UInt64(length)
            }
            if let previous, previous.id + 1 == tile.id, previous.content == tile.content,
                let last = entries.indices.last, entries[last].run < UInt32.max
            {
                entries[last].run += 1
            } else {
                entries.append(PMTilesEntry(id: tile.id, offset: offset, length: length, run: 1))
            }
            previous = tile
        }
        header.addressedTiles = UInt64(tiles.count)
        header.tileEntries = UInt64(entries.count)
        header.tileContents = UInt64(contents.count)
    }
}
