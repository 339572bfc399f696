import Canonical
import Testing

@testable import Rewards

@Suite("Merkle tree")
struct MerkleTreeTests {
    /// The leaves of Certificate Transparency's reference tests.
    static let leaves: [[UInt8]] = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].compactMap(Hexadecimal.bytes)

    /// The roots over the first 0...8 of them (google/certificate-transparency,
    /// merkletree/merkle_tree_test.cc).
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test("has the published roots", arguments: 0...8)
    func publishedRoots(count: Int) {
        #expect(MerkleTree.root(of: Self.leaves.prefix(count)).hex == Self.roots[count])
    }

    @Test("is the recursion of RFC 6962 for every count up to 130")
    func recursion() {
        var tree = MerkleTree()
        var leaves: [[UInt8]] = []
        for count in 0...130 {
            #expect(tree.count == UInt64(count))
            #expect(tree.root == Self.recursiveRoot(leaves[...]))
            leaves.append(Array(String(count).utf8))
            tree.append(Array(String(count).utf8))
        }
    }

    @Test("does not take a node for a leaf")
    func nodeIsNoLeaf() {
        let (left, right) = (MerkleTree.root(of: [[1]]), MerkleTree.root(of: [[2]]))
        #expect(MerkleTree.root(of: [left.bytes + right.bytes]) != MerkleTree.root(of: [[1], [2]]))
    }

    private static func recursiveRoot(_ leaves: ArraySlice<[UInt8]>) -> ContentHash {
        guard let first = leaves.first else { return .of([]) }
        guard leaves.count > 1 else { return .of([0] + first) }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return .of([1] + recursiveRoot(leaves[..<middle]).bytes + recursiveRoot(leaves[middle...]).bytes)
    }
}
