import Canonical
import Geo

/// What a generation holds of a tile in one of its archives.
public struct TileContent: Sendable, Equatable {
    /// The tile.
    public let tile: TileID
    /// Its PMTiles identifier.
    public let id: UInt64
    /// The hash of the content uncompressed.
    public let hash: ContentHash
    /// Bytes of the content uncompressed.
    public let bytes: UInt64
    /// The hash of the content as it is stored.
    public let storedHash: ContentHash

    /// A content.
    public init(tile: TileID, hash: ContentHash, bytes: UInt64, storedHash: ContentHash) {
        self.init(tile, tile.id, hash, bytes, storedHash)
    }

    init(_ tile: TileID, _ id: UInt64, _ hash: ContentHash, _ bytes: UInt64, _ storedHash: ContentHash) {
        self.tile = tile
        self.id = id
        self.hash = hash
        self.bytes = bytes
        self.storedHash = storedHash
    }
}

/// The stored form of what the archives of a generation hold of one tile: for every archive the length of its name and the
/// name, the hash of the content, that of the content as it is stored, and the count of bytes, least significant first.
enum PackedContents {
    private static let countBytes = 4

    static func bytes(_ contents: [String: TileContent]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, content) in contents.sorted(by: { $0.key < $1.key }) {
            guard let length = UInt8(exactly: name.utf8.count), let count = UInt32(exactly: content.bytes)
            else {
                throw CatalogDamage("a content of \(content.bytes) bytes in \(name)")
            }
            bytes.append(length)
            bytes += name.utf8
            bytes += content.hash.bytes
            bytes += content.storedHash.bytes
            for place in 0..<countBytes {
                bytes.append(UInt8(truncatingIfNeeded: count >> (8 * UInt32(place))))
            }
        }
        return bytes
    }

    /// Gives what every archive holds of the tile to `body`, with the archive's name as bytes.
    static func forEach(
        _ packed: [UInt8],
        _ body: (ArraySlice<UInt8>, _ hash: ContentHash, _ bytes: UInt64, _ stored: ContentHash) throws ->
            Void
    ) throws {
        var next = 0
        while next < packed.count {
            let name = next + 1..<next + 1 + Int(packed[next])
            let (hashEnd, storedEnd) = (name.upperBound + 32, name.upperBound + 64)
            let end = storedEnd + countBytes
            guard end <= packed.count, let hash = ContentHash(bytes: packed[name.upperBound..<hashEnd]),
                let stored = ContentHash(bytes: packed[hashEnd..<storedEnd])
            else { throw CatalogDamage("contents of a tile that end too soon") }
            var count: UInt64 = 0
            for byte in packed[storedEnd..<end].reversed() { count = count << 8 | UInt64(byte) }
            try body(packed[name], hash, count, stored)
            next = end
        }
    }
}
