import Canonical

/// The hashes that a Merkle tree of RFC 6962 is made of: the roots of its complete subtrees.
///
/// They never change as the tree grows. All roots and proofs of all sizes up to ``size`` are made from them.
public protocol CompleteSubtrees {
    /// How many leaves there are.
    var size: UInt64 { get }
    /// The root over the 2^`level` leaves from `index` x 2^`level` on, all of them below ``size``.
    func root(level: Int, index: UInt64) throws -> ContentHash
}

extension CompleteSubtrees {
    /// The root over the first `size` leaves.
    public func root(of size: UInt64) throws -> ContentHash {
        try check(size)
        return size == 0 ? .of([]) : try root(0..<size)
    }

    /// The inclusion proof of the leaf `index` in the tree of `size` leaves (RFC 6962, section 2.1.1): from the leaf's
    /// sibling up to a child of the root.
    public func inclusionProof(of index: UInt64, in size: UInt64) throws -> [ContentHash] {
        try check(size)
        guard index < size else {
            throw LogError(.proofForm, "there is no leaf \(index) in a tree of \(size)")
        }
        var proof: [ContentHash] = []
        var range = 0..<size
        while range.upperBound - range.lowerBound > 1 {
            let (left, right) = halves(range)
            proof.append(try root(index < right.lowerBound ? right : left))
            range = index < right.lowerBound ? left : right
        }
        return proof.reversed()
    }

    /// The proof that the tree of `size` leaves begins with the tree of `first` leaves (RFC 6962, section 2.1.2).
    /// Empty where `first` is 0 or `size`.
    public func consistencyProof(from first: UInt64, to size: UInt64) throws -> [ContentHash] {
        try check(size)
        guard first <= size else {
            throw LogError(.proofForm, "a tree of \(size) cannot begin with one of \(first)")
        }
        if first == 0 { return [] }
        var proof: [ContentHash] = []
        var range = 0..<size
        while range.upperBound != first {
            let (left, right) = halves(range)
            let goesLeft = first <= right.lowerBound
            proof.append(try root(goesLeft ? right : left))
            range = goesLeft ? left : right
        }
        // Where the way down never turned right, the subtree is the whole first tree, whose root is known.
        if range.lowerBound > 0 { proof.append(try root(range)) }
        return proof.reversed()
    }

    /// The root over the leaves of `range`, which a split of the tree has given.
    private func root(_ range: Range<UInt64>) throws -> ContentHash {
        let count = range.upperBound - range.lowerBound
        if count & (count - 1) == 0 {
            return try root(level: count.trailingZeroBitCount, index: range.lowerBound / count)
        }
        let (left, right) = halves(range)
        return MerkleTree.node(try root(left), try root(right))
    }

    /// `range`, which has at least two leaves, split as RFC 6962 does: the greatest power of two below its count first.
    private func halves(_ range: Range<UInt64>) -> (left: Range<UInt64>, right: Range<UInt64>) {
        let last = range.upperBound - range.lowerBound - 1
        let middle = range.lowerBound + 1 << UInt64(63 - last.leadingZeroBitCount)
        return (range.lowerBound..<middle, middle..<range.upperBound)
    }

    private func check(_ size: UInt64) throws(LogError) {
        if size > self.size {
            throw LogError(.proofForm, "the tree has \(self.size) leaves, and not \(size)")
        }
    }
}

/// The complete subtrees of leaves that are in memory.
public struct HashLevels: CompleteSubtrees, Sendable {
    /// The roots of each level, the hashes of the leaves first.
    private var levels: [[ContentHash]] = [[]]

    /// The tree without leaves.
    public init() {}

    /// The tree whose leaves are `leaves`.
    public init(leaves: some Sequence<[UInt8]>) {
        for leaf in leaves { append(leafHash: MerkleTree.leafHash(of: leaf)) }
    }

    /// How many leaves there are.
    public var size: UInt64 { UInt64(levels[0].count) }

    /// Appends a leaf by its hash.
    public mutating func append(leafHash: ContentHash) {
        levels[0].append(leafHash)
        var level = 0
        while levels[level].count % 2 == 0 {
            let pair = levels[level].suffix(2)
            guard let left = pair.first, let right = pair.last else { return }
            level += 1
            if level == levels.count { levels.append([]) }
            levels[level].append(MerkleTree.node(left, right))
        }
    }

    /// The root over the 2^`level` leaves from `index` x 2^`level` on.
    public func root(level: Int, index: UInt64) throws -> ContentHash {
        guard levels.indices.contains(level), index < UInt64(levels[level].count) else {
            throw LogError(.proofForm, "there is no complete subtree \(index) of level \(level)")
        }
        return levels[level][Int(index)]
    }
}
