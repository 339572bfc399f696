import Canonical

/// The bytes of tiles: hashes one behind the other, entries each behind its length.
public enum TileBytes {
    /// The most bytes a tile can have: 256 entries of 65,535 bytes.
    public static let max = 256 * (2 + LogEntry.maxBytes)

    /// The bytes of `hashes`.
    public static func bytes(hashes: [ContentHash]) -> [UInt8] { hashes.flatMap(\.bytes) }

    /// The hashes of `tile`, whose bytes are `bytes`.
    public static func hashes(_ bytes: [UInt8], of tile: LogTile) throws(LogError) -> [ContentHash] {
        guard bytes.count == 32 * tile.width else {
            throw LogError(
                .tileDamaged, "\(bytes.count) bytes where \(tile.width) hashes of 32 are needed",
                at: tile.path)
        }
        return (0..<tile.width).compactMap { ContentHash(bytes: bytes[(32 * $0)..<(32 * $0 + 32)]) }
    }

    /// The bytes of `entries`, none of which has more than ``LogEntry/maxBytes`` bytes.
    public static func bytes(entries: [[UInt8]]) -> [UInt8] {
        entries.flatMap { [UInt8($0.count >> 8 & 0xFF), UInt8($0.count & 0xFF)] + $0 }
    }

    /// The entries of `tile`, whose bytes are `bytes`.
    public static func entries(_ bytes: [UInt8], of tile: LogTile) throws(LogError) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty, entries.count < tile.width {
            guard rest.count >= 2 else { break }
            let count = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            guard rest.count >= 2 + count else { break }
            entries.append(Array(rest.dropFirst(2).prefix(count)))
            rest = rest.dropFirst(2 + count)
        }
        guard rest.isEmpty, entries.count == tile.width else {
            throw LogError(
                .tileDamaged, "no bundle of \(tile.width) entries behind their lengths", at: tile.path)
        }
        return entries
    }

    /// The bytes of `tile`, made of those of the full tile in its place.
    public static func bytes(of tile: LogTile, inFull bytes: [UInt8]) throws(LogError) -> [UInt8] {
        switch tile.contents {
        case .hashes: Self.bytes(hashes: Array(try hashes(bytes, of: tile.full).prefix(tile.width)))
        case .entries: Self.bytes(entries: Array(try entries(bytes, of: tile.full).prefix(tile.width)))
        }
    }
}
