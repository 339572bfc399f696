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

        var range: Range<UInt64> {
            switch self {
            case .spool(let range), .base(let range): range
            }
        }
    }

    private let archive: MapArchive
    /// What the archive holds by ascending identifier, and where it comes from.
    private var tiles: [(content: TileContent, source: Source)] = []
    private let spool: SpoolFile
    private let base: PassingFile?

    /// The archive after a change: `made` takes the place of what `before` says of the same tiles.
    ///
    /// - Parameters:
    ///   - before: What the generation in use holds, by tile id.
    ///   - base: The archive of that generation; nil where everything is made anew.
    init(
        _ archive: MapArchive, made: [TileID: ContentSpool.Made?], spool: SpoolFile, before: [TileContent],
        base path: String?
    ) throws {
        self.archive = archive
        self.spool = spool
        base = try path.map { try PassingFile($0) }
        var places = try Self.places(in: path)[...]
        tiles.reserveCapacity(before.count + made.count)
        // All three ascend, so that each is gone through once.
        var new = made.map { (id: $0.key.id, made: $0.value) }.sorted { $0.id < $1.id }[...]
        for content in before {
            while let next = new.first, next.id < content.id { append(next.made, &new) }
            if let next = new.first, next.id == content.id {
                append(next.made, &new)
                continue
            }
            while let place = places.first, place.id + UInt64(place.run) <= content.id {
                places.removeFirst()
            }
            guard let place = places.first, place.id <= content.id else {
                throw WorkspaceError.publishedDamage(
                    "\(path ?? archive.name) lacks tiles it should hold; 'waggle build --full' makes it anew")
            }
            tiles.append((content, .base(place.offset..<place.offset + UInt64(place.length))))
        }
        while let next = new.first { append(next.made, &new) }
    }

    private mutating func append(
        _ made: ContentSpool.Made?, _ rest: inout ArraySlice<(id: UInt64, made: ContentSpool.Made?)>
    ) {
        rest.removeFirst()
        if let made { tiles.append((made.content, .spool(made.range))) }
    }

    /// Where an archive keeps the contents of its tiles: entries whose offsets are those in the file.
    private static func places(in path: String?) throws -> [PMTilesEntry] {
        guard let path else { return [] }
        let file = try ArchiveFile(path)
        do throws(TileError) {
            let reader = try PMTilesReader(file)
            var entries = try reader.entries()
            for index in entries.indices { entries[index].offset += reader.header.data.offset }
            return entries
        } catch {
            throw WorkspaceError.publishedDamage(
                "\(path): \(error); 'waggle build --full' makes it anew")
        }
    }

    /// What the archive holds, by tile id.
    var record: GenerationRecord.Archive {
        GenerationRecord.Archive(
            name: archive.name,
            ordered: tiles.map {
                GenerationRecord.Tile(
                    tile: $0.content.tile, contentHash: $0.content.hash, bytes: $0.content.bytes)
            })
    }

    /// Header and directories of the archive, and which of ``tiles`` have its contents, in order.
    func layout(_ bounds: MapBounds) throws -> (layout: PMTilesLayout, contents: [Int]) {
        var numbers: [ContentHash: Int] = [:]
        numbers.reserveCapacity(tiles.count)
        var contents: [Int] = []
        var lengths: [Int] = []
        var placements: [PMTilesLayout.Placement] = []
        placements.reserveCapacity(tiles.count)
        for (index, tile) in tiles.enumerated() {
            // Equal hashes of 256 bits are equal bytes.
            let number = numbers[tile.content.storedHash] ?? contents.count
            if number == contents.count {
                numbers[tile.content.storedHash] = number
                contents.append(index)
                lengths.append(tile.source.range.count)
            }
            placements.append((tile.content.id, number))
        }
        let description = ArchiveDescription(
            tileType: archive.tileType, bounds: bounds, metadata: archive.metadata)
        return (try PMTilesLayout(tiles: placements, lengths: lengths, description: description), contents)
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
            let next = tiles[contents[number]].source
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
            head: layout.head, contents: layout.contents.map { tiles[contents[$0]].content.storedHash },
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
