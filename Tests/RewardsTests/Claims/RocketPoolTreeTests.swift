import Canonical
import Testing

@testable import Rewards

/// Rocket Pool's rewards tree (RPIP-51). Waggle makes none: its leaves hold amounts of two tokens for one contract, which
/// pays nobody else. Its hash, leaves and layers are those that claim trees are made of.
@Suite("Claim trees: Rocket Pool's published vectors")
struct RocketPoolTreeTests {
    /// rocket-pool/RPIPs, `assets/rpip-tree/merkle-tree-spec.md`, "Complete Example": node, RPL, ETH.
    private static let rewards: [(String, UInt128, UInt128)] = [
        ("0x14cb2253a2F9898EFA43b9ca15bCFDE401CCFbe7", 2_000_000_000_000_000_000, 0),
        (
            "0x18A58E43c37DdC9ccCf3AC642c6f430ad663E400", 1_333_000_000_000_000_000,
            300_000_000_000_000_000
        ),
        (
            "0x24fBeD7Ecd625D3f0FD19a6c9113DEd436172294", 2_000_000_000_000_000_000,
            1_000_000_000_000_000_000
        ),
        ("0x6f10Fd508321D27D8F19CBCC2F2f3d5527B637eC", 100_000_000_000_000_000, 300_000_000_000_000_000),
        ("0x7e9eA400443957BE3918acfbd1f57cF6D3f5126A", 1_000_000_000_000_000_000, 0),
        ("0x822Eaeebb9e106C8CB263bDa6455430fEC652653", 0, 2_000_000_000_000_000_000),
        (
            "0x8B0EF9f1932A2e44c3D27bE4C70C3BC07A6A27B3", 1_500_000_000_000_000_000,
            2_500_000_000_000_000_000
        ),
        ("0xD57D9c08926E28fC9F1f3dd65Db02e6a7958380c", 100_000_000_000_000_000, 300_000_000_000_000_000),
        (
            "0xe6ED92D26573c67AF5eca7fB2a49A807FB8f88dB", 1_333_000_000_000_000_000,
            300_000_000_000_000_000
        ),
    ]

    /// The leaf's bytes: address, network 0, RPL, ETH.
    private static func metadata(_ entry: (String, UInt128, UInt128)) throws -> [UInt8] {
        var bytes = try EVMAddress.read(entry.0).bytes
        for number in [0, entry.1, entry.2] { ABIEncoding.append(uint256: number, to: &bytes) }
        return bytes
    }

    /// The same document, "Leaf Node Values".
    @Test("a leaf's 116 bytes")
    func leaf() throws {
        let expected =
            "8b0ef9f1932a2e44c3d27be4c70c3bc07a6a27b3" + String(repeating: "0", count: 64)
            + String(repeating: "0", count: 48) + "14d1120d7b160000"
            + String(repeating: "0", count: 48) + "22b1c8c1227a0000"
        let entry = try #require(Self.rewards.first { $0.0.hasPrefix("0x8B0E") })
        #expect(Hexadecimal.text(try Self.metadata(entry)) == expected)
    }

    /// The starts of the sorted leaves and one branch are in the same document; the root, which it has in a picture, was
    /// made with pycryptodome.
    @Test("the tree of nine nodes, filled up with zeros to sixteen leaves")
    func completeExample() throws {
        let leaves = try Self.rewards.map { Keccak256.hash(try Self.metadata($0)) }.sorted()
        #expect(
            leaves.map { String($0.description.prefix(6)) } == [
                "0x213f", "0x2bc1", "0x2c23", "0x5efe", "0x91b2", "0xb000", "0xb50d", "0xe5ed", "0xf4d7",
            ])
        let zero = try #require(ClaimHash("0x" + String(repeating: "0", count: 64)))
        let tree = LayerTree(
            leaves + [ClaimHash](repeating: zero, count: 7), oddNode: .promoted, node: StandardLeaf.node)
        #expect(tree.nodes.count == 31)
        // Layers of 16, 8, 4, 2 and 1 nodes.
        let branch = tree.nodes[16 + 8 + 1]
        #expect(
            tree.nodes[16 + 2].description
                == "0xad1d32ebc492ff5ad2ab148049de34db5b6d45b9d467823470dffb4c18a4a337")
        #expect(
            tree.nodes[16 + 3].description
                == "0xfdbbe597834a953e4c4e50fd8ae8859fd4ae6bf808eb72139ee5a4c224e695f9")
        #expect(
            branch.description == "0xb079b0168e5beba73f17c52b76a614539b242d8efcf6bb99e0dd66a2e251e9e7")
        #expect(StandardLeaf.node(tree.nodes[16 + 3], tree.nodes[16 + 2]) == branch)
        #expect(
            tree.root?.description == "0x56763deebe54e6c0fb6fec39f0c15a1acd7e641ef4857054ebd30ecab049ba6c")
        for (place, leaf) in leaves.enumerated() {
            #expect(tree.proof(of: place).reduce(leaf, StandardLeaf.node) == tree.root)
        }
    }
}
