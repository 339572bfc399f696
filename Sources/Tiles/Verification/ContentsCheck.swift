import Canonical
import Geo

/// Reads every content of a PMTiles archive once, in the order of the tiles, and counts frames zoom by zoom.
struct ContentsCheck: DirectoryVisitor {
    /// What became of a content.
    private enum State: UInt8 {
        case notRead
        case isRead
        /// It shares bytes with one before it. Few bytes could be read without end if such contents were.
        case overlaps
    }

    private let source: any ByteReader
    private let header: PMTilesHeader
    private let places: ContentPlaces
    private let ledger: FindingLedger
    private let hashes: RecordedHashes?
    private var states: [State]
    /// What is remembered of contents that were read, where later tiles may ask for it.
    private var results: [Int: ContentCheck.Result] = [:]
    private(set) var check: ContentCheck
    private(set) var frames = ZoomFrames()

    /// - Parameters:
    ///   - places: where the contents lie.
    ///   - record: what the tiles should hold, nil where that is not known.
    init(
        _ source: any ByteReader, _ header: PMTilesHeader, _ places: ContentPlaces, record: RecordedArchive?,
        isOurs: Bool, _ ledger: FindingLedger
    ) {
        self.source = source
        self.header = header
        self.places = places
        self.ledger = ledger
        // A picture is recorded by the hash of its colours, which no content is compared with.
        hashes = header.tileType == .mvt ? record.map { RecordedHashes($0.tiles, ledger) } : nil
        var end: UInt64 = 0
        states = places.places.map { place in
            defer { end = max(end, place.end) }
            return place.offset < end ? .overlaps : .notRead
        }
        check = ContentCheck(
            header.tileType, size: header.data.length, hashes: hashes != nil, isOurs: isOurs, ledger
        ) { (stored) throws(TileError) in
            try PMTilesReader.uncompressed(stored, header.tileCompression, limit: ContentCheck.maxTileBytes)
        }
    }

    mutating func entry(_ entry: PMTilesEntry) {
        guard let tile = TileID(id: entry.id), let index = places.index(of: ContentPlaces.Place(entry)),
            let content = content(index, entry, tile)
        else { return }
        frames.add(content.frames, of: TileRun(entry))
        if let hash = content.hash { hashes?.match(TileRun(entry), hash, content.bytes) }
    }

    mutating func leaf(bytes: UInt64, depth: Int) {}

    mutating func fault(_ code: TileFinding.Code, at byte: UInt64, _ reason: String) {
        // Found before, when the structure was looked at.
    }

    /// What the content `index` of `entry` holds; nil where it is not read, or nothing of it matters to others.
    private mutating func content(_ index: Int, _ entry: PMTilesEntry, _ tile: TileID) -> ContentCheck.Result?
    {
        if check.isSpent || states[index] != .notRead { return results[index] }
        states[index] = .isRead
        do throws(TileError) {
            guard Int(entry.length) <= ContentCheck.maxTileBytes else {
                throw TileError(
                    .overLimit, at: 0,
                    "a content of \(entry.length) bytes, limit \(ContentCheck.maxTileBytes)")
            }
            let stored = try source.bytes(at: header.data.offset &+ entry.offset, count: Int(entry.length))
            let result = check.run(stored, of: tile)
            if result.frames != nil || result.hash != nil { results[index] = result }
        } catch {
            check.skip(tile, error)
        }
        return results[index]
    }
}
