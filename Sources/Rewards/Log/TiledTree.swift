import Canonical

/// The complete subtrees of a log, read from its tiles.
public struct TiledTree: CompleteSubtrees {
    /// How many entries the tiles hold.
    public let size: UInt64
    private let read: (LogTile) throws -> [UInt8]

    /// The tree of `size` entries whose tiles `read` gives.
    public init(size: UInt64, read: @escaping (LogTile) throws -> [UInt8]) {
        self.size = size
        self.read = read
    }

    /// The root over the 2^`level` entries from `index` x 2^`level` on.
    ///
    /// - Throws: ``LogError`` where the tree has no such subtree or its tile is damaged, and what reading throws.
    public func root(level: Int, index: UInt64) throws -> ContentHash {
        guard level >= 0, level < 64, index < size >> UInt64(level) else {
            throw LogError(.proofForm, "there is no complete subtree \(index) of level \(level)")
        }
        let height = UInt64(level % 8)
        let contents = LogTile.Contents.hashes(level: level / 8)
        let first = index << height
        let tile = LogTile.containing(first, contents, in: size)
        let hashes = try TileBytes.hashes(try read(tile), of: tile)
        let start = Int(first % 256)
        guard start + 1 << Int(height) <= hashes.count else {
            throw LogError(.tileDamaged, "too few hashes", at: tile.path)
        }
        return Self.root(over: hashes[start..<(start + 1 << Int(height))])
    }

    /// The root over `hashes`, a power of two of them.
    static func root(over hashes: ArraySlice<ContentHash>) -> ContentHash {
        var row = Array(hashes)
        while row.count > 1 {
            row = stride(from: 0, to: row.count - 1, by: 2).map { MerkleTree.node(row[$0], row[$0 + 1]) }
        }
        return row.first ?? .of([])
    }
}
