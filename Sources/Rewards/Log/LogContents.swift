import Canonical

/// All of a log: its entries, and the tree over them, made from the entries alone.
public struct LogContents: Sendable {
    /// The entries.
    public let entries: [LogEntry]
    /// The tree over them.
    public let tree: HashLevels

    /// The log without entries.
    public static let empty = LogContents(entries: [], tree: HashLevels())

    private init(entries: [LogEntry], tree: HashLevels) {
        (self.entries, self.tree) = (entries, tree)
    }

    /// The first `size` entries of the log whose tiles `read` gives. Its hash tiles are not looked at.
    ///
    /// - Throws: ``LogError`` where a bundle or an entry is damaged, and what reading throws.
    public init(size: UInt64, read: (LogTile) throws -> [UInt8]) throws {
        var entries: [LogEntry] = []
        var tree = HashLevels()
        for tile in LogTile.tiles(.entries, from: 0, to: size) {
            for bytes in try TileBytes.entries(try read(tile), of: tile) {
                do throws(LogError) { entries.append(try LogEntry(parsing: bytes)) } catch {
                    throw LogError(error.code, error.reason, at: "entry \(entries.count)")
                }
                tree.append(leafHash: MerkleTree.leafHash(of: bytes))
            }
        }
        self.init(entries: entries, tree: tree)
    }

    /// How many entries there are.
    public var size: UInt64 { tree.size }

    /// What it has at the end.
    public func head() throws -> LogHead { LogHead(size: size, root: try tree.root(of: size)) }

    /// Whether the log begins with `size` entries that have `root`.
    ///
    /// - Throws: ``LogError`` with ``LogError/Code/logInconsistent`` where it does not.
    public func check(_ size: UInt64, _ root: ContentHash, named name: String) throws {
        guard size <= self.size else {
            throw LogError(.logInconsistent, "says \(size) entries, and there are \(self.size)", at: name)
        }
        guard try tree.root(of: size) == root else {
            throw LogError(.logInconsistent, "its root is not that of the first \(size) entries", at: name)
        }
    }

    /// Whether `bytes` are what `tile`, one of a log of at most ``size`` entries, must be.
    public func isRight(_ bytes: [UInt8], _ tile: LogTile) throws -> Bool {
        let start = tile.index * 256
        switch tile.contents {
        case .hashes(let level):
            let hashes = try (0..<UInt64(tile.width)).map {
                try tree.root(level: 8 * level, index: start + $0)
            }
            return TileBytes.bytes(hashes: hashes) == bytes
        case .entries:
            let own = entries.dropFirst(Int(clamping: start)).prefix(tile.width)
            return TileBytes.bytes(entries: own.map(\.bytes)) == bytes
        }
    }

    /// The place of the entry with these bytes; nil where there is none.
    public func index(of entry: LogEntry) -> Int? {
        let bytes = entry.bytes
        return entries.firstIndex { $0.kind == entry.kind && $0.bytes == bytes }
    }

    /// The rotations of keys, in their order.
    public var rotations: [KeyRotation] {
        entries.compactMap { if case .keyRotation(let rotation) = $0 { rotation } else { nil } }
    }
}
