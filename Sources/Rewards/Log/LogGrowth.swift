import Canonical

/// What appending entries to a log makes: the tiles to write, and the size and root it has then.
public struct LogGrowth: Sendable {
    /// The tiles that are new, or wider than before, in the order to write them: entries first, then hashes.
    public let tiles: [(tile: LogTile, bytes: [UInt8])]
    /// How many entries there are then.
    public let size: UInt64
    /// The root over them.
    public let root: ContentHash

    /// The log of `size` entries whose tiles `read` gives, with `entries` behind the others.
    ///
    /// - Throws: ``LogError`` where an entry has too many bytes or a tile is damaged, and what reading throws.
    public init(
        of size: UInt64, appending entries: [[UInt8]], read: @escaping (LogTile) throws -> [UInt8]
    ) throws {
        if let long = entries.firstIndex(where: { $0.count > LogEntry.maxBytes }) {
            throw LogError(
                .entryForm, "\(entries[long].count) bytes, limit \(LogEntry.maxBytes)", at: "entry \(long)")
        }
        let (grown, overflow) = size.addingReportingOverflow(UInt64(entries.count))
        guard !overflow else { throw LogError(.logInconsistent, "the log is full") }
        var tiles = try Self.widened(.entries, from: size, by: entries) { tile in
            try TileBytes.entries(try read(tile), of: tile)
        }.map { (tile: $0.tile, bytes: TileBytes.bytes(entries: $0.contents)) }
        var new = entries.map { MerkleTree.leafHash(of: $0) }
        var written: [LogTile: [UInt8]] = [:]
        for level in LogTile.levels where !new.isEmpty {
            let contents = LogTile.Contents.hashes(level: level)
            let widened = try Self.widened(
                contents, from: LogTile.count(of: contents, in: size), by: new
            ) { tile in try TileBytes.hashes(try read(tile), of: tile) }
            for (tile, hashes) in widened {
                let bytes = TileBytes.bytes(hashes: hashes)
                tiles.append((tile, bytes))
                written[tile] = bytes
            }
            new = widened.filter(\.tile.isFull).map { TiledTree.root(over: $0.contents[...]) }
        }
        self.tiles = tiles
        self.size = grown
        let overlay = written
        root = try TiledTree(size: grown) { tile in
            if let bytes = overlay[tile] { return bytes }
            return try read(tile)
        }.root(of: grown)
    }

    /// The tiles of one kind that change where `new` is appended to `count` that are there.
    private static func widened<Element>(
        _ contents: LogTile.Contents, from count: UInt64, by new: [Element],
        reading old: (LogTile) throws -> [Element]
    ) throws -> [(tile: LogTile, contents: [Element])] {
        let begun = Int(count % 256)
        let last = LogTile(contents, index: count / 256, width: begun)
        let all = (begun == 0 || new.isEmpty ? [] : try old(last)) + new
        return LogTile.tiles(contents, from: count, to: count + UInt64(new.count)).map { tile in
            let start = Int((tile.index - count / 256) * 256)
            return (tile, Array(all[start..<(start + tile.width)]))
        }
    }
}
