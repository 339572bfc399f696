import Canonical
import Geo
import Store
import Tiles

/// Puts one archive together: what was made comes from the spool, everything else is copied as the generation before
/// stores it, unread and unpacked.
struct ArchiveAssembly {
    private enum Source {
        case spool(Range<UInt64>)
        case base(Range<UInt64>)
    }

    private let archive: MapArchive
    private var tiles: [TileContent] = []
    private var sources: [TileID: Source] = [:]
    private let spool: GrowingFile
    private let base: ArchiveFile?

    /// The archive after a change: `made` takes the place of what `before` says of the same tiles.
    ///
    /// - Parameters:
    ///   - before: What the generation in use holds, by tile id.
    ///   - base: The archive of that generation; nil where everything is made anew.
    init(
        _ archive: MapArchive, made: [TileID: ContentSpool.Made?], spool: GrowingFile, before: [TileContent],
        base path: String?
    ) throws {
        self.archive = archive
        self.spool = spool
        base = try path.map { try ArchiveFile($0) }
        let kept = before.filter { made[$0.tile] == nil }
        if let base, let path, !kept.isEmpty {
            do throws(TileError) {
                sources = try Self.places(in: try PMTilesReader(base))
            } catch {
                throw WorkspaceError.publishedDamage("\(path): \(error); 'waggle build --full' makes it anew")
            }
            guard kept.allSatisfy({ sources[$0.tile] != nil }) else {
                throw WorkspaceError.publishedDamage(
                    "\(path) lacks tiles it should hold; 'waggle build --full' makes it anew")
            }
        }
        tiles = kept
        for case (let tile, let content?) in made {
            tiles.append(content.content)
            sources[tile] = .spool(content.range)
        }
        tiles = tiles.map { (id: $0.tile.id, content: $0) }.sorted { $0.id < $1.id }.map(\.content)
    }

    /// Where an archive keeps the contents of its tiles, in the file.
    private static func places(in reader: PMTilesReader) throws(TileError) -> [TileID: Source] {
        var places: [TileID: Source] = [:]
        let start = reader.header.data.offset
        try reader.forEachEntry { (entry) throws(TileError) in
            let first = start + entry.offset
            for step in 0..<UInt64(entry.run) {
                guard let tile = TileID(id: entry.id + step) else { continue }
                places[tile] = .base(first..<first + UInt64(entry.length))
            }
        }
        return places
    }

    /// What the archive holds, by tile id.
    var record: GenerationRecord.Archive {
        GenerationRecord.Archive(
            name: archive.name,
            tiles: tiles.map { GenerationRecord.Tile(tile: $0.tile, contentHash: $0.hash, bytes: $0.bytes) })
    }

    /// Header and directories of the archive, and its contents in order.
    func layout(_ bounds: MapBounds) throws -> (layout: PMTilesLayout, contents: [TileContent]) {
        var numbers: [ContentHash: Int] = [:]
        var contents: [TileContent] = []
        var lengths: [Int] = []
        var placements: [PMTilesLayout.Placement] = []
        for tile in tiles {
            // Equal hashes of 256 bits are equal bytes.
            let number = numbers[tile.storedHash] ?? contents.count
            if number == contents.count {
                numbers[tile.storedHash] = number
                contents.append(tile)
                lengths.append(length(of: tile.tile))
            }
            placements.append((tile.tile.id, number))
        }
        let description = ArchiveDescription(
            tileType: archive.tileType, bounds: bounds, metadata: archive.metadata)
        return (try PMTilesLayout(tiles: placements, lengths: lengths, description: description), contents)
    }

    private func length(of tile: TileID) -> Int {
        switch sources[tile] {
        case .spool(let range), .base(let range): range.count
        case nil: 0
        }
    }

    /// Writes the archive into `file` and gives its digest.
    func write(to file: GrowingFile, _ bounds: MapBounds) throws -> PackedDigest {
        // A directory without entries breaks the specification: a map without frames has one tile with nothing in it.
        guard !tiles.isEmpty else {
            let bytes = try PMTilesWriter.archive(
                tiles: [],
                description: ArchiveDescription(
                    tileType: archive.tileType, bounds: bounds, metadata: archive.metadata))
            try file.write(bytes)
            return try PackedDigest.of(archive: ByteArray(bytes))
        }
        let (layout, contents) = try layout(bounds)
        try file.write(layout.head)
        var pending: Source?
        for number in layout.contents {
            guard let next = sources[contents[number].tile] else { continue }
            switch (pending, next) {
            case (.spool(let before)?, .spool(let after)) where before.upperBound == after.lowerBound:
                pending = .spool(before.lowerBound..<after.upperBound)
            case (.base(let before)?, .base(let after)) where before.upperBound == after.lowerBound:
                pending = .base(before.lowerBound..<after.upperBound)
            default:
                try copy(pending, to: file)
                pending = next
            }
        }
        try copy(pending, to: file)
        return PackedDigest(
            head: layout.head, contents: layout.contents.lazy.map { contents[$0].storedHash },
            bytes: file.count)
    }

    private func copy(_ source: Source?, to file: GrowingFile) throws {
        switch (source, base) {
        case (.spool(let range)?, _): try file.copy(range, of: spool)
        case (.base(let range)?, let base?): try file.copy(range, of: base)
        default: break
        }
    }
}
