import Canonical

/// The Merkle tree of RFC 6962, section 2.1, over leaves in a fixed order.
///
/// A leaf is hashed behind a byte 0, two nodes behind a byte 1, so that no node can pass for a leaf. Leaves
/// are appended one by one and not kept: the tree holds one hash for each complete subtree.
public struct MerkleTree: Sendable {
    /// How many leaves were appended.
    public private(set) var count: UInt64 = 0
    /// Roots of complete subtrees of falling size, one for each bit set in `count`.
    private var subtrees: [ContentHash] = []

    /// The tree without leaves.
    public init() {}

    /// The root of the tree whose leaves are `leaves`, in this order.
    public static func root(of leaves: some Sequence<[UInt8]>) -> ContentHash {
        var tree = MerkleTree()
        for leaf in leaves { tree.append(leaf) }
        return tree.root
    }

    /// Appends `leaf` behind the others.
    public mutating func append(_ leaf: [UInt8]) {
        append(leafHash: Self.leafHash(of: leaf))
    }

    /// Appends the leaf whose ``leafHash(of:)`` is `leafHash` behind the others.
    public mutating func append(leafHash: ContentHash) {
        var node = leafHash
        // Every trailing bit set is a subtree as large as the one just made.
        for _ in 0..<(~count).trailingZeroBitCount {
            guard let left = subtrees.popLast() else { break }
            node = Self.node(left, node)
        }
        subtrees.append(node)
        count += 1
    }

    /// The root; of no leaves it is the SHA-256 of nothing.
    public var root: ContentHash {
        guard var root = subtrees.last else { return .of([]) }
        for left in subtrees.dropLast().reversed() { root = Self.node(left, root) }
        return root
    }

    /// The hash of a leaf of these bytes.
    public static func leafHash(of leaf: [UInt8]) -> ContentHash {
        var hasher = ContentHasher()
        hasher.update(0)
        hasher.update(leaf)
        return hasher.finish()
    }

    /// The hash of the node above two others.
    static func node(_ left: ContentHash, _ right: ContentHash) -> ContentHash {
        var hasher = ContentHasher()
        hasher.update(1)
        hasher.update(left)
        hasher.update(right)
        return hasher.finish()
    }
}
