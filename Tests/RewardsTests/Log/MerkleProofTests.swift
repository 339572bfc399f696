import Canonical
import Testing

@testable import Rewards

@Suite("Proofs of Merkle trees")
struct MerkleProofTests {
    /// The definitions of RFC 6962, section 2.1, word for word: slow, and written without a look at the other code.
    private enum Plain {
        static func split(_ n: Int) -> Int {
            var k = 1
            while k * 2 < n { k *= 2 }
            return k
        }

        static func root(_ d: ArraySlice<[UInt8]>) -> ContentHash {
            guard let only = d.first else { return .of([]) }
            if d.count == 1 { return .of([0] + only) }
            let k = d.startIndex + split(d.count)
            return .of([1] + root(d[..<k]).bytes + root(d[k...]).bytes)
        }

        static func path(_ m: Int, _ d: ArraySlice<[UInt8]>) -> [ContentHash] {
            if d.count == 1 { return [] }
            let k = split(d.count)
            let (left, right) = (d.prefix(k), d.dropFirst(k))
            return m < k ? path(m, left) + [root(right)] : path(m - k, right) + [root(left)]
        }

        static func subproof(_ m: Int, _ d: ArraySlice<[UInt8]>, _ known: Bool) -> [ContentHash] {
            if m == d.count { return known ? [] : [root(d)] }
            let k = split(d.count)
            let (left, right) = (d.prefix(k), d.dropFirst(k))
            return m <= k
                ? subproof(m, left, known) + [root(right)] : subproof(m - k, right, false) + [root(left)]
        }
    }

    @Test("of the vector are its proofs")
    func vector() throws {
        let tree = HashLevels(leaves: LogFixtures.leaves)
        let hashes = try [
            "dRjikG4BKe5ZRc19DqAVoXtI9L1C9MKIgCyC6Mmb1AE=", "nrbnfLr/fvkdeLotJ70AWmWPoghMAQ/mh+WcZhq96PE=",
        ].map(LogFixtures.hash)
        #expect(try tree.inclusionProof(of: 1, in: 3) == hashes)
        let second = try LogFixtures.hash(base64: "uBGYxKa8QWK4+InLj8/ibcesAyB5tFp96R7mUclPNfw=")
        #expect(try tree.root(of: 2) == second)
        #expect(try tree.consistencyProof(from: 2, to: 3) == [hashes[1]])
        try MerkleProof.checkConsistency(
            from: 2, second, to: 3, LogFixtures.hash(base64: LogFixtures.root), proof: [hashes[1]])
    }

    @Test("lead to the roots of RFC 6962's reference tests", arguments: 1...8)
    func published(size: Int) throws {
        let tree = HashLevels(leaves: MerkleTreeTests.leaves.prefix(size))
        let root = try #require(ContentHash(hex: MerkleTreeTests.roots[size]))
        #expect(try tree.root(of: UInt64(size)) == root)
        for index in 0..<size {
            try MerkleProof.checkInclusion(
                of: MerkleTree.leafHash(of: MerkleTreeTests.leaves[index]), at: UInt64(index),
                in: UInt64(size),
                root: root, proof: try tree.inclusionProof(of: UInt64(index), in: UInt64(size)))
        }
        for first in 0...size {
            try MerkleProof.checkConsistency(
                from: UInt64(first), try #require(ContentHash(hex: MerkleTreeTests.roots[first])),
                to: UInt64(size), root,
                proof: try tree.consistencyProof(from: UInt64(first), to: UInt64(size)))
        }
    }

    /// Every leaf and every first size of every tree of up to 300 leaves, held against the plain definitions for some of
    /// them and against the roots for all.
    @Test("are right for all trees of up to 300 leaves")
    func exhaustive() throws {
        let leaves = (0..<300).map { Array("leaf \($0)".utf8) }
        let tree = HashLevels(leaves: leaves)
        var roots: [ContentHash] = []
        for size in 0...300 {
            roots.append(try tree.root(of: UInt64(size)))
            if size <= 70 || size % 37 == 0 || (250...258).contains(size) {
                #expect(roots[size] == Plain.root(leaves[..<size]))
            }
        }
        for size in 1...300 {
            for place in 0..<size {
                let (index, count) = (UInt64(place), UInt64(size))
                let proof = try tree.inclusionProof(of: index, in: count)
                try MerkleProof.checkInclusion(
                    of: try tree.root(level: 0, index: index), at: index, in: count, root: roots[size],
                    proof: proof)
                let consistency = try tree.consistencyProof(from: index, to: count)
                try MerkleProof.checkConsistency(
                    from: index, roots[place], to: count, roots[size], proof: consistency)
                if size <= 33 || (size >= 255 && size <= 257 && place % 16 == 0) {
                    #expect(proof == Plain.path(place, leaves[..<size]), "\(place) in \(size)")
                    if place > 0 {
                        #expect(
                            consistency == Plain.subproof(place, leaves[..<size], true), "\(place) to \(size)"
                        )
                    }
                }
            }
        }
    }

    @Test("of another length, leaf, place, size or root are refused")
    func refusals() throws {
        let tree = HashLevels(leaves: (0..<40).map { Array("leaf \($0)".utf8) })
        for size in 1...40 as ClosedRange<UInt64> {
            let root = try tree.root(of: size)
            for index in 0..<size {
                let proof = try tree.inclusionProof(of: index, in: size)
                let leaf = try tree.root(level: 0, index: index)
                func refuses(
                    _ proof: [ContentHash], leaf: ContentHash = leaf, at place: UInt64 = index,
                    in count: UInt64 = size, root: ContentHash = root
                ) -> Bool {
                    (try? MerkleProof.checkInclusion(of: leaf, at: place, in: count, root: root, proof: proof))
                        == nil
                }
                #expect(!refuses(proof))
                #expect(refuses(proof + [root]) && refuses([leaf] + proof))
                if !proof.isEmpty {
                    #expect(refuses(Array(proof.dropLast())) && refuses(Array(proof.dropFirst())))
                }
                #expect(refuses(proof, leaf: .of([1])) && refuses(proof, root: .of([1])))
                #expect(refuses(proof, at: size) && refuses(proof, at: .max) && refuses(proof, in: 0))
                for other in 0..<size where other != index { #expect(refuses(proof, at: other)) }
                for place in proof.indices {
                    var wrong = proof
                    wrong[place] = .of([2])
                    #expect(refuses(wrong))
                }
            }
        }
    }

    /// The hashes of two leaves, hashed as a leaf, are not the node above them.
    @Test("do not take a node for a leaf, or a leaf for a node")
    func confusion() throws {
        let tree = HashLevels(leaves: LogFixtures.leaves)
        let root = try tree.root(of: 3)
        let (first, second) = (try tree.root(level: 0, index: 0), try tree.root(level: 0, index: 1))
        let node = try tree.root(level: 1, index: 0)
        let third = try tree.root(level: 0, index: 2)
        let forged = MerkleTree.leafHash(of: first.bytes + second.bytes)
        #expect(forged != node)
        #expect(throws: LogError.self) {
            try MerkleProof.checkInclusion(of: forged, at: 0, in: 2, root: root, proof: [third])
        }
        // The inner node itself, given out as a leaf of a smaller tree, is only refused by the size: it is signed.
        #expect(throws: LogError.self) {
            try MerkleProof.checkInclusion(of: node, at: 0, in: 3, root: root, proof: [third])
        }
    }

    @Test("of growth are refused for other sizes, roots and lengths")
    func consistencyRefusals() throws {
        let tree = HashLevels(leaves: (0..<40).map { Array("leaf \($0)".utf8) })
        for size in 0...40 as ClosedRange<UInt64> {
            let root = try tree.root(of: size)
            for first in 0...size {
                let start = try tree.root(of: first)
                let proof = try tree.consistencyProof(from: first, to: size)
                func refuses(
                    _ proof: [ContentHash], from: UInt64 = first, _ old: ContentHash = start,
                    to: UInt64 = size,
                    _ new: ContentHash = root
                ) -> Bool {
                    (try? MerkleProof.checkConsistency(from: from, old, to: to, new, proof: proof)) == nil
                }
                #expect(!refuses(proof))
                #expect(refuses(proof + [root]) && refuses(proof, .of([1])))
                if first > 0 { #expect(refuses(proof, first > 0 ? start : root, to: size, .of([1]))) }
                if !proof.isEmpty {
                    #expect(refuses(Array(proof.dropLast())) && refuses(Array(proof.dropFirst())))
                }
                if first > 0, first < size { #expect(refuses(proof, from: size, root, to: first, start)) }
                for place in proof.indices {
                    var wrong = proof
                    wrong[place] = .of([2])
                    #expect(refuses(wrong))
                }
            }
        }
    }

    @Test("are not made for what is not there")
    func outOfRange() throws {
        let tree = HashLevels(leaves: LogFixtures.leaves)
        #expect(throws: LogError.self) { try tree.inclusionProof(of: 3, in: 3) }
        #expect(throws: LogError.self) { try tree.inclusionProof(of: 0, in: 4) }
        #expect(throws: LogError.self) { try tree.inclusionProof(of: 0, in: 0) }
        #expect(throws: LogError.self) { try tree.consistencyProof(from: 3, to: 2) }
        #expect(throws: LogError.self) { try tree.consistencyProof(from: 1, to: 4) }
        #expect(throws: LogError.self) { try tree.root(of: 4) }
        #expect(throws: LogError.self) { try tree.root(level: 63, index: 0) }
        #expect(throws: LogError.self) { try tree.root(level: -1, index: 0) }
    }
}
