import Canonical

/// Holds proofs of Merkle trees against roots, as RFC 9162, sections 2.1.3.2 and 2.1.4.2, says.
public enum MerkleProof {
    /// Whether the leaf with `leafHash` is number `index` of the tree of `size` leaves that has `root`.
    ///
    /// - Throws: ``LogError`` where `proof` does not show it: one of wrong length, of another leaf or of another tree.
    public static func checkInclusion(
        of leafHash: ContentHash, at index: UInt64, in size: UInt64, root: ContentHash, proof: [ContentHash]
    ) throws(LogError) {
        guard index < size else {
            throw LogError(.proofMismatch, "there is no leaf \(index) in a tree of \(size)")
        }
        var (place, last) = (index, size - 1)
        var hash = leafHash
        for sibling in proof {
            guard last > 0 else { throw LogError(.proofMismatch, "the proof is too long") }
            if place & 1 == 1 || place == last {
                hash = MerkleTree.node(sibling, hash)
                let skipped = place & 1 == 1 ? 0 : min(place.trailingZeroBitCount, 63)
                // A node without a right sibling is its own parent.
                (place, last) = (place >> UInt64(skipped), last >> UInt64(skipped))
            } else {
                hash = MerkleTree.node(hash, sibling)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        guard last == 0 else { throw LogError(.proofMismatch, "the proof is too short") }
        guard hash == root else {
            throw LogError(.proofMismatch, "the proof of leaf \(index) leads to another root")
        }
    }

    /// Whether the tree of `size` leaves that has `root` begins with the tree of `first` leaves that has `firstRoot`.
    ///
    /// - Throws: ``LogError`` where `proof` does not show it.
    public static func checkConsistency(
        from first: UInt64, _ firstRoot: ContentHash, to size: UInt64, _ root: ContentHash,
        proof: [ContentHash]
    ) throws(LogError) {
        guard first <= size else {
            throw LogError(.logInconsistent, "the tree shrank from \(first) leaves to \(size)")
        }
        if first == 0 || first == size {
            guard proof.isEmpty else { throw LogError(.proofMismatch, "the proof is too long") }
            guard first == size ? firstRoot == root : firstRoot == .of([]) else {
                throw LogError(.logInconsistent, "two roots of \(first) leaves differ")
            }
            if size == 0, root != .of([]) {
                throw LogError(.logInconsistent, "the root of no leaves is another one")
            }
            return
        }
        var rest = proof[...]
        // Of a complete first tree the proof leaves out the root, which is known.
        let start = first & (first - 1) == 0 ? firstRoot : rest.popFirst()
        guard let start else { throw LogError(.proofMismatch, "the proof is too short") }
        let skipped = UInt64((~(first - 1)).trailingZeroBitCount)
        var (place, last) = ((first - 1) >> skipped, (size - 1) >> skipped)
        var (before, after) = (start, start)
        for sibling in rest {
            guard last > 0 else { throw LogError(.proofMismatch, "the proof is too long") }
            if place & 1 == 1 || place == last {
                (before, after) = (MerkleTree.node(sibling, before), MerkleTree.node(sibling, after))
                if place & 1 == 0 {
                    let zeros = UInt64(min(place.trailingZeroBitCount, 63))
                    (place, last) = (place >> zeros, last >> zeros)
                }
            } else {
                after = MerkleTree.node(after, sibling)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        guard last == 0 else { throw LogError(.proofMismatch, "the proof is too short") }
        guard before == firstRoot, after == root else {
            throw LogError(
                .logInconsistent, "the tree of \(size) leaves does not begin with the one of \(first)")
        }
    }
}
