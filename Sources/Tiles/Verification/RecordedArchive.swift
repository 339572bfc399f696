import Canonical
import Geo

/// What an archive should hold, as the record of its generation has it.
public struct RecordedArchive: Sendable {
    /// Its tiles by ascending identifier.
    public var tiles: [GenerationRecord.Tile]
    /// Its hashes as it is packed; nil where the record has none.
    public var packed: PackedDigest?

    /// An archive.
    ///
    /// - Parameter tiles: by ascending identifier.
    public init(tiles: [GenerationRecord.Tile], packed: PackedDigest?) {
        self.tiles = tiles
        self.packed = packed
    }

    /// The archive `name` of `record`; nil where the record does not name it.
    public init?(_ record: GenerationRecord, name: String) {
        guard let archive = record.content.archives.first(where: { $0.name == name }) else { return nil }
        // A directory without entries breaks the specification: an archive of no tiles holds one with nothing in it.
        let empty = TileID(id: 0).map {
            GenerationRecord.Tile(tile: $0, contentHash: .of([UInt8]()), bytes: 0)
        }
        self.init(
            tiles: archive.tiles.isEmpty ? empty.map { [$0] } ?? [] : archive.tiles,
            packed: record.packed[name])
    }
}

/// Holds the tiles of an archive against the recorded ones, both by ascending identifier.
struct RecordedTiles {
    private let tiles: [GenerationRecord.Tile]
    private let ledger: FindingLedger
    private var next = 0

    init(_ tiles: [GenerationRecord.Tile], _ ledger: FindingLedger) {
        self.tiles = tiles
        self.ledger = ledger
    }

    /// The archive has `count` tiles from the identifier `first` on.
    mutating func match(_ first: UInt64, count: UInt64) {
        skip(before: first)
        let start = next
        while next < tiles.count, tiles[next].tile.id - first < count { next += 1 }
        let unknown = count - UInt64(next - start)
        if unknown > 0 {
            ledger.add(
                .recordUnknown, tile: TileID(id: first),
                "the record lacks \(unknown) of \(count) tiles that begin here")
        }
    }

    /// The archive has no more tiles.
    mutating func finish() { skip(before: UInt64.max) }

    private mutating func skip(before id: UInt64) {
        while next < tiles.count, tiles[next].tile.id < id {
            ledger.add(.recordMissing, tile: tiles[next].tile, "the record names the tile")
            next += 1
        }
    }
}

/// Holds the hashes of contents against the recorded ones.
struct RecordedHashes {
    private let tiles: [GenerationRecord.Tile]
    private let ledger: FindingLedger

    init(_ tiles: [GenerationRecord.Tile], _ ledger: FindingLedger) {
        self.tiles = tiles
        self.ledger = ledger
    }

    /// All tiles of `run` have a content of `bytes` bytes, uncompressed, with the hash `hash`.
    func match(_ run: TileRun, _ hash: ContentHash, _ bytes: UInt64) {
        var (low, high) = (0, tiles.count)
        while low < high {
            let middle = (low + high) / 2
            if tiles[middle].tile.id < run.firstID { low = middle + 1 } else { high = middle }
        }
        for tile in tiles[low...].prefix(while: { $0.tile.id - run.firstID < run.count })
        where tile.contentHash != hash || tile.bytes != bytes {
            ledger.add(
                .recordTile, tile: tile.tile,
                "\(bytes) bytes with the hash \(hash), recorded are \(tile.bytes) with \(tile.contentHash)")
        }
    }
}
