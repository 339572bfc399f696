import Canonical
import Testing

@testable import Rewards

/// The roots, leaves and proofs that the contracts' own repositories publish.
@Suite("Claim trees: published vectors")
struct PublishedTreeTests {
    /// OpenZeppelin/merkle-tree, `test/dumps/standard-v1.sorted.1_0_6.json`: leaves `["string"]` of "a" to "f".
    static let dumpTree = [
        "0x6deb52b5da8fd108f79fab00341f38d2587896634c646ee52e49f845680a70c8",
        "0x52426e0f1f65ff7e209a13b8c29cffe82e3acaf3dad0a9b9088f3b9a61a929c3",
        "0xfd3cf45654e88d1cc5d663578c82c76f4b5e3826bacaa1216441443504538f51",
        "0x8076923e76cf01a7c048400a2304c9a9c23bbbdac3a98ea3946340fdafbba34f",
        "0x965b92c6cf08303cc4feb7f3e0819c436c2cec17c6f0688a6af139c9a368707c",
        "0xeba909cf4bb90c6922771d7f126ad0fd11dfde93f3937a196274e1ac20fd2f5b",
        "0xc62a8cfa41edc0ef6f6ae27a2985b7d39c7fea770787d7e104696c6e81f64848",
        "0x9cf5a63718145ba968a01c1d557020181c5b252f665cf7386d370eddb176517b",
        "0x9c15a6a0eaeed500fd9eed4cbeab71f797cefcc67bfd46683e4d2e6ff7f06d1c",
        "0x9a4f64e953595df82d1b4f570d34c4f4f0cfaf729a61e9d60e83e579e1aa283e",
        "0x19ba6c6333e0e9a15bf67523e0676e2f23eb8e574092552d5e888c64a4bb3681",
    ]

    /// The ABI encoding of one string below 32 bytes: where it begins, its length, its bytes.
    private static func encoded(_ text: String) -> [UInt8] {
        let word = [UInt8](repeating: 0, count: 31)
        let bytes = Array(text.utf8)
        return word + [32] + word + [UInt8(bytes.count)] + bytes
            + [UInt8](repeating: 0, count: 32 - bytes.count)
    }

    @Test("OpenZeppelin's dump, whole")
    func openZeppelinDump() {
        let leaves = ["a", "b", "c", "d", "e", "f"].map { StandardLeaf.hash(Self.encoded($0)) }
        let tree = HeapTree(leaves, node: StandardLeaf.node)
        #expect(tree.nodes.map(\.description) == Self.dumpTree)
        #expect(tree.places == [8, 10, 7, 5, 9, 6])
        for (index, leaf) in leaves.enumerated() {
            #expect(tree.proof(of: index).reduce(leaf, StandardLeaf.node) == tree.root)
        }
    }

    /// OpenZeppelin/merkle-tree, `test/dumps/standard-v1.unsorted.1_0_6.json`: the same leaves with `sortLeaves: false`.
    static let unsortedTree = [
        "0x23be0977360f08bb0bd7f709a7d543d2cd779c79c66d74e0441919871647de2b",
        "0x8f7234e8cfe39c08ca84a3a3e3274f574af26fd15165fe29e09cbab742daccd9",
        "0x7b0c6cd04b82bfc0e250030a5d2690c52585e0cc6a4f3bc7909d7723b0236ece",
        "0x03707d7802a71ca56a8ad8028da98c4f1dbec55b31b4a25d536b5309cc20eda9",
        "0xfa914d99a18dc32d9725b3ef1c50426deb40ec8d0885dac8edcc5bfd6d030016",
        "0xc62a8cfa41edc0ef6f6ae27a2985b7d39c7fea770787d7e104696c6e81f64848",
        "0x9a4f64e953595df82d1b4f570d34c4f4f0cfaf729a61e9d60e83e579e1aa283e",
        "0xeba909cf4bb90c6922771d7f126ad0fd11dfde93f3937a196274e1ac20fd2f5b",
        "0x9cf5a63718145ba968a01c1d557020181c5b252f665cf7386d370eddb176517b",
        "0x19ba6c6333e0e9a15bf67523e0676e2f23eb8e574092552d5e888c64a4bb3681",
        "0x9c15a6a0eaeed500fd9eed4cbeab71f797cefcc67bfd46683e4d2e6ff7f06d1c",
    ]

    @Test("OpenZeppelin's dump of leaves in the order they were given, whole")
    func openZeppelinUnsortedDump() {
        let leaves = ["a", "b", "c", "d", "e", "f"].map { StandardLeaf.hash(Self.encoded($0)) }
        let tree = HeapTree(leaves, order: Array(leaves.indices), node: StandardLeaf.node)
        #expect(tree.nodes.map(\.description) == Self.unsortedTree)
        #expect(tree.places == [10, 9, 8, 7, 6, 5])
        for (index, leaf) in leaves.enumerated() {
            #expect(tree.proof(of: index).reduce(leaf, StandardLeaf.node) == tree.root)
        }
    }

    /// OpenZeppelin/merkle-tree, README: the values of its first example. Root as in its `tree.json`.
    @Test("OpenZeppelin's README")
    func openZeppelinReadme() throws {
        let set = try ClaimSet(
            "oz", decimals: 18,
            [
                ("a", 5_000_000, "0x1111111111111111111111111111111111111111"),
                ("b", 2_500_000, "0x2222222222222222222222222222222222222222"),
            ])
        #expect(set.root?.description == "0xd4dee0beab2d53f2cc83e567171bd2820e49898130a22622b10ead383e90bd77")
        let leaves = set.claims.indices.map { set.scheme.leaf(of: set.claims[$0], at: $0).description }
        #expect(
            leaves == [
                "0xeb02c421cfa48976e66dfb29120745909ea3a0f843456c263cf8f1253483e283",
                "0xb92c48e9d7abe27fd8dfd6b5dfdbfb1c9a463f80c712b66f3a5180a090cccafc",
            ])
    }

    /// The hash twice over `abi.encode(account, reward, claimable)`, as the contract's `claim` has it, made with
    /// eth-abi and pycryptodome.
    @Test("a leaf of Morpho's distributor")
    func morphoLeaf() throws {
        let set = try ClaimSet(
            "morpho", decimals: 6, rewardToken: "0x2222222222222222222222222222222222222222",
            [("a", 1_500_000, "0x1111111111111111111111111111111111111111")])
        #expect(set.root?.description == "0xbe9d6e142bdf20f4b62a0156667c3074c2426768bcacd7dbac5b6e87d09ac5cb")
        #expect(set.tree.proof(of: 0).isEmpty)
    }

    /// jito-foundation/distributor, `merkle-tree/src/merkle_tree.rs`, `test_tree_from_many`: eleven words, nodes in
    /// the order they lie. The distributor itself joins them sorted: that root was made with Python's hashlib.
    @Test("jito's tree of eleven words")
    func jitoWords() throws {
        let leaves = [
            "my", "very", "eager", "mother", "just", "served", "us", "nine", "pizzas", "make", "prime",
        ].map { JitoScheme.leaf(Array($0.utf8)) }
        let unsorted = LayerTree(leaves, oddNode: .joinedWithItself) { left, right in
            ClaimHash(.of([1] + left.bytes + right.bytes))
        }
        #expect(
            unsorted.root?.description == "0xb40c847546fdceea166f927fc46c5ca33c3638236a36275c1346d3dffb84e1bc"
        )
        let sorted = try JitoScheme(ClaimOptions(decimals: 9)).tree(over: leaves)
        #expect(
            sorted.root?.description == "0x49ced1f20bd9f7cc74a912fafe07c6586e9bd8f6d1dd9dab74c8b92a8adc504c")
    }

    /// jito-foundation/distributor, `merkle_tree.json`: 21 claimants of 6,000 tokens each, of which these are the first
    /// and the last. The last is the odd one of three layers.
    @Test("jito's published tree: proofs of its first and last claimant")
    func jitoProofs() throws {
        let root = try #require(
            ClaimHash("0x2dbfc7b222376044ae31ccf2a42847202de2a6804d3ec5c4bc23c3af9493b454"))
        let published = [
            "b67b9e97d1e2912d6cc8c7ffa0863d24fff2845f85d36ad462d1414821158820": [
                "0x922b4462df458d36d752dacbd4f46bf2eec8da41db204e42005a2708323bccee",
                "0x05cce4de258f7e25184f462b5aa6b90f9e7f7069a7fcad197a0bdc8390be9f8c",
                "0x4cf545af506bea4c53bcd359fda763c4a62fe955b8d0de95d3ad415b8852916f",
                "0xc4be78d3dc1e6f80b7f02db96ac196ddb55a8d6d9fcb4bb05d99c436bcde07a2",
                "0x61cde98375f5068031e9c42dc8370b2cafa6f38db3487a6227dbe0a6bb3bd1fe",
            ],
            "e439a697d9e3acdd2003a50b91abf1f62a0fc91d8823138c34924d3bddc104ef": [
                "0xeec1d7dd76ce7b9b70f6c7ea1b4deb06bd7b8ae1840ecdd0de02fca7ba51d18b",
                "0x42ef8ef8fd50a9b3a4fee2f666355b95f3ec368ac0bbb311235e569ebbe3e318",
                "0x5e296fd39433583b2c42e0c108d6abdcb89bcc04fa2d0391d537d518633c1940",
                "0x9af3ca1053d6688bc4014f706dcd1fba0d41f78914be71c73df879488b318fa8",
                "0x0f2c1df986822443590efb5102ff7fbbb6970916a9a2bbe6792856660028d6e8",
            ],
        ]
        let scheme = try JitoScheme(ClaimOptions(decimals: 9))
        for (key, proof) in published {
            let address = try SolanaKey.address(try #require(Hexadecimal.bytes(key)))
            let claim = Claim(address: address, amount: 6_000_000_000_000, shares: [])
            let siblings = try proof.map { try #require(ClaimHash($0)) }
            #expect(scheme.verifies(claim, proof: siblings, root: root))
            let more = Claim(address: address, amount: claim.amount + 1, shares: [])
            #expect(!scheme.verifies(more, proof: siblings, root: root))
            // Amounts are 64 bits in the leaf; one that is 2^64 greater must not pass for it.
            let wrapped = Claim(address: address, amount: claim.amount + 1 << 64, shares: [])
            #expect(!scheme.verifies(wrapped, proof: siblings, root: root))
        }
        // The first sibling of the odd claimant is its own leaf.
        let odd = try SolanaKey.address(
            try #require(
                Hexadecimal.bytes("e439a697d9e3acdd2003a50b91abf1f62a0fc91d8823138c34924d3bddc104ef")))
        #expect(
            scheme.leaf(of: Claim(address: odd, amount: 6_000_000_000_000, shares: []), at: 0).description
                == "0xeec1d7dd76ce7b9b70f6c7ea1b4deb06bd7b8ae1840ecdd0de02fca7ba51d18b")
    }

    /// jito-foundation/distributor, `merkle-tree/test_fixtures/test_csv.csv`: whole tokens of 9 decimals, unlocked and
    /// locked. The root was made with Python's hashlib.
    @Test("jito's CSV of three claimants, some of it locked")
    func jitoTable() throws {
        let rows: [(String, UInt64, UInt64)] = [
            ("4SX6nqv5VRLMoNfYM5phvHgcBNcBEwUEES4qPPjf1EqS", 1000, 500),
            ("8G9xE8awr9vA2PZWFTJSHNhS16KLnXYdV6XEaJP1a2Yx", 2000, 1000),
            ("A4mDtfFCkdt9CqGzEkfiSHhJD8d3bUMasVzwajudGtb2", 1500, 750),
        ]
        let token: UInt64 = 1_000_000_000
        let leaves = try rows.map {
            JitoScheme.leaf(key: try SolanaKey.read($0.0).bytes, unlocked: $0.1 * token, locked: $0.2 * token)
        }
        let tree = try JitoScheme(ClaimOptions(decimals: 9)).tree(over: leaves)
        #expect(
            tree.root?.description == "0x11e448d360b914b1b6a0140f815dd47a7af47cdc26dde631babfb2c326400099")
        #expect(tree.proof(of: 2).first == leaves[2])
    }

    /// Uniswap/merkle-distributor, `scripts/example.json` and `result.json`.
    @Test("Uniswap's example of one account")
    func uniswapExample() throws {
        let set = try ClaimSet(
            "uniswap", decimals: 6, [("a", 100, "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f")])
        #expect(set.root?.description == "0xdefa96435aec82d201dbd2e5f050fb4e1fef5edac90ce1e03953f916a5e1132d")
    }

    /// Uniswap/merkle-distributor, `test/MerkleDistributor.test.ts`, `parseBalanceMap`: the first three accounts of
    /// Hardhat get 200, 300 and 250.
    @Test("Uniswap's balance map of three accounts")
    func uniswapMap() throws {
        let set = try ClaimSet(
            "uniswap", decimals: 6,
            [
                ("a", 200, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
                ("b", 300, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"),
                ("c", 250, "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"),
            ])
        #expect(set.root?.description == "0xfa438d67adba59048c48cd14c4cd5ff18d99a4e4e2729b3cf81b51c46223bd22")
        #expect(set.accounts == ["c", "b", "a"])
        #expect(set.total == 750)
        #expect(
            set.claims.indices.map { set.tree.proof(of: $0).map(\.description) } == [
                ["0x0c9bcaca2a1013557ef7f348b514ab8a8cd6c7051b69e46b1681a2aff22f4a88"],
                [
                    "0xc86fd316fa3e7b83c2665b5ccb63771e78abcc0429e0105c91dde37cb9b857a4",
                    "0xf3c5acb53398e1d11dcaa74e37acc33d228f5da944fbdea9a918684074a21cdb",
                ],
                [
                    "0x0782528e118c4350a2465fbeabec5e72fff06991a29f21c08d37a0d275e38ddd",
                    "0xf3c5acb53398e1d11dcaa74e37acc33d228f5da944fbdea9a918684074a21cdb",
                ],
            ])
    }
}

extension ClaimSet {
    /// The set of these accounts with their micro-points and addresses.
    init(
        _ scheme: String, decimals: Int, rewardToken: String? = nil,
        _ entries: [(account: String, points: UInt64, address: String)], unbound: [AccountTotal] = []
    ) throws {
        let scheme = try ClaimSchemes.named(scheme)
        try self.init(
            epoch: "2026-03-02",
            credits: entries.map {
                PayoutCredit(account: $0.account, address: try scheme.address($0.address), points: $0.points)
            },
            unbound: unbound, scheme: scheme,
            options: try ClaimOptions(decimals: decimals, rewardToken: rewardToken))
    }

    /// Whose the claims are, in the order of the claims.
    var accounts: [String] { claims.flatMap { $0.shares.map(\.account) } }
}
