import Canonical

/// The bytes of tiles: hashes one behind the other, entries each behind its length.
public enum TileBytes {
    /// The most bytes a tile can have: 256 entries of 65,535 bytes.
    public static let max = 256 * (2 + LogEntry.maxBytes)

    /// The bytes of `hashes`.
    public static func bytes(hashes: [ContentHash]) -> [UInt8] { hashes.flatMap(\.bytes) }

    /// The hashes of `tile` in `bytes`; where these are of a wider tile of the same place, the first ones.
    public static func hashes(_ bytes: [UInt8], of tile: LogTile) throws(LogError) -> [ContentHash] {
        guard bytes.count >= 32 * tile.width, bytes.count <= 32 * 256, bytes.count % 32 == 0 else {
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

    /// The entries of `tile` in `bytes`; where these are of a wider tile of the same place, the first ones.
    public static func entries(_ bytes: [UInt8], of tile: LogTile) throws(LogError) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty, entries.count < 256 {
            guard rest.count >= 2 else { break }
            let count = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            guard rest.count >= 2 + count else { break }
            entries.append(Array(rest.dropFirst(2).prefix(count)))
            rest = rest.dropFirst(2 + count)
        }
        guard rest.isEmpty, entries.count >= tile.width else {
            throw LogError(
                .tileDamaged, "no bundle of \(tile.width) entries behind their lengths", at: tile.path)
        }
        return Array(entries.prefix(tile.width))
    }
}
