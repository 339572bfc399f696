import Canonical
import Geo

@testable import Tiles

/// Archives for verification: sound ones as Waggle writes them, and ones put together piece by piece.
enum SampleArchive {
    /// An archive of coverage tiles with what its record says.
    struct Recorded {
        let bytes: [UInt8]
        let record: RecordedArchive
    }

    /// The coverage of some leaf tiles at zoom 14, at all of `zooms`.
    static func coverage(leaves count: Int, zooms: ClosedRange<UInt8> = 0...14, seed: UInt64) throws
        -> Recorded
    {
        var random = SeededRandom(seed)
        let leaves = random.leaves(count)
        let tiles = TilePyramid.all(leaves: leaves).filter { zooms.contains($0.tile.zoom) }
            .sorted { $0.tile < $1.tile }
        let encoded = tiles.map { ($0.tile, MVTEncoder.encode(coverage: $0.summary)) }
        let bytes = try PMTilesWriter.archive(
            tiles: encoded.map { ($0.0, try Gzip.compress($0.1)) },
            description: PMTilesTests.description(.mvt, MapBounds(around: leaves.keys) ?? .world))
        let record = encoded.map { tile, bytes in
            GenerationRecord.Tile(tile: tile, contentHash: .of(bytes), bytes: UInt64(bytes.count))
        }
        return Recorded(
            bytes: bytes,
            record: RecordedArchive(tiles: record, packed: try PackedDigest.of(archive: ByteArray(bytes))))
    }

    /// An archive whose directories and tiles are stored plain, so that whatever is put into them is read.
    ///
    /// - Parameter edit: changes the header, which fits the other arguments.
    static func plain(
        _ entries: [PMTilesEntry], leaves: [UInt8] = [], data: [UInt8], type: PMTilesHeader.TileType = .other,
        metadata: String = "{}", _ edit: (inout PMTilesHeader) -> Void = { _ in }
    ) -> [UInt8] {
        plain(
            root: PMTilesDirectory.bytes(entries), leaves: leaves, data: data, type: type, metadata: metadata,
            edit)
    }

    static func plain(
        root: [UInt8], leaves: [UInt8] = [], data: [UInt8], type: PMTilesHeader.TileType = .other,
        metadata: String = "{}", _ edit: (inout PMTilesHeader) -> Void = { _ in }
    ) -> [UInt8] {
        var header = PMTilesHeader()
        header.internalCompression = .none
        header.tileCompression = .none
        header.tileType = type
        var end = UInt64(PMTilesHeader.size)
        func next(_ bytes: [UInt8]) -> PMTilesHeader.Section {
            defer { end += UInt64(bytes.count) }
            return .init(offset: end, length: UInt64(bytes.count))
        }
        header.root = next(root)
        header.metadata = next(Array(metadata.utf8))
        header.leaves = next(leaves)
        header.data = next(data)
        header.bounds = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
        edit(&header)
        return header.bytes + root + Array(metadata.utf8) + leaves + data
    }

    /// An archive of the one tile 0/0/0, stored plain.
    static func single(_ tile: [UInt8], _ type: PMTilesHeader.TileType) -> [UInt8] {
        plain(
            [PMTilesEntry(id: 0, offset: 0, length: UInt32(tile.count), run: 1)], data: tile, type: type,
            metadata: #"{"vector_layers":[{"id":"a","fields":{"k":"Number"}}]}"#)
    }
}

/// The codes that verification finds in `archive`, with how often it does.
func findings(
    _ archive: [UInt8], contents: Bool = true, record: RecordedArchive? = nil
) -> [TileFinding.Code: Int] {
    let report = ArchiveVerification.run(ByteArray(archive), readsContents: contents, record: record)
    return Dictionary(report.counts.map { ($0.code, $0.count) }, uniquingKeysWith: +)
}
