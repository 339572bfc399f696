import Canonical
import SeededNumbers
import Testing

@testable import Rewards

/// What holds of every set of claims, whatever the scheme.
@Suite("Claim trees: laws")
struct ClaimLawTests {
    static let names = ClaimSchemes.names
    private static let token = "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"

    /// A set of `count` accounts with chance points and addresses.
    static func set(_ name: String, _ count: Int, _ numbers: inout SplitMix64) throws -> ClaimSet {
        try ClaimSet(
            name, decimals: 9, rewardToken: name == "morpho" ? token : nil,
            try entries(name, count, &numbers))
    }

    /// Whether the scheme's addresses are keys of Solana.
    static func isOfSolana(_ name: String) -> Bool { ["jito", "saber"].contains(name) }

    static func entries(
        _ name: String, _ count: Int, _ numbers: inout SplitMix64
    ) throws -> [(account: String, points: UInt64, address: String)] {
        let scheme = try ClaimSchemes.named(name)
        return try (0..<count).map { index in
            let bytes = (0..<(isOfSolana(name) ? 32 : 20)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            let points = UInt64.random(in: 1...1_000_000_000, using: &numbers)
            return ("account-\(index)", points, try scheme.address(of: bytes).text)
        }
    }

    @Test("every leaf has a proof, and it is no proof of anything else", arguments: names)
    func proofs(name: String) throws {
        var numbers = SplitMix64(seed: 11)
        var cases = 0
        while cases < 10_000 {
            let set = try Self.set(name, Int.random(in: 1...70, using: &numbers), &numbers)
            let root = try #require(set.root)
            for (index, claim) in set.claims.enumerated() {
                let proof = set.tree.proof(of: index)
                try #require(set.scheme.verifies(claim, at: index, proof: proof, root: root), "case \(cases)")
                try Self.refuseOthers(set, index, proof, root, &numbers)
                cases += 6
            }
        }
    }

    private static func refuseOthers(
        _ set: ClaimSet, _ index: Int, _ proof: [ClaimHash], _ root: ClaimHash, _ numbers: inout SplitMix64
    ) throws {
        let (scheme, claim) = (set.scheme, set.claims[index])
        func isProof(_ claim: Claim, _ proof: [ClaimHash], _ root: ClaimHash) -> Bool {
            scheme.verifies(claim, at: index, proof: proof, root: root)
        }
        let bit = Int.random(in: 0..<64, using: &numbers)
        let richer = Claim(
            address: claim.address, amount: claim.amount ^ 1 << UInt128(bit), shares: claim.shares)
        try #require(!isProof(richer, proof, root))
        var bytes = claim.address.bytes
        bytes[bit % bytes.count] ^= 1 << UInt8(bit % 8)
        let other = Claim(
            address: try type(of: scheme).address(of: bytes), amount: claim.amount, shares: claim.shares)
        try #require(!isProof(other, proof, root))
        try #require(!isProof(claim, proof, root.flipped(bit * 4)))
        try #require(!isProof(claim, proof + [root], root))
        try #require(!isProof(claim, [ClaimHash](repeating: root, count: 65), root))
        guard !proof.isEmpty else { return }
        try #require(!isProof(claim, Array(proof.dropLast()), root))
        let place = Int.random(in: 0..<proof.count, using: &numbers)
        var flipped = proof
        flipped[place] = proof[place].flipped(bit * 4)
        try #require(!isProof(claim, flipped, root))
        let neighbour = (index + 1) % set.claims.count
        try #require(
            !scheme.verifies(set.claims[neighbour], at: neighbour, proof: proof, root: root)
                || set.tree.proof(of: neighbour) == proof)
    }

    @Test("neither the order of accounts nor those without points change a byte", arguments: names)
    func order(name: String) throws {
        var numbers = SplitMix64(seed: 12)
        for round in 0..<60 {
            let entries = try Self.entries(name, Int.random(in: 1...40, using: &numbers), &numbers)
            let token = name == "morpho" ? Self.token : nil
            let file = ClaimFile.bytes(try ClaimSet(name, decimals: 9, rewardToken: token, entries))
            var others = entries.shuffled(using: &numbers)
            let idle = try Self.entries(name, 3, &numbers).map {
                ("idle-" + $0.account, UInt64(0), $0.address)
            }
            others.insert(contentsOf: idle, at: Int.random(in: 0...others.count, using: &numbers))
            let same = ClaimFile.bytes(try ClaimSet(name, decimals: 9, rewardToken: token, others))
            try #require(same == file, "round \(round)")
        }
    }

    /// With a leaf hashed once, two nodes (64 bytes) would be the leaf of an address and an amount.
    @Test("two nodes are no leaf", arguments: names)
    func secondPreimage(name: String) throws {
        var numbers = SplitMix64(seed: 13)
        let set = try Self.set(name, 50, &numbers)
        for (index, claim) in set.claims.enumerated() {
            let leaf = set.scheme.leaf(of: claim, at: index)
            guard let sibling = set.tree.proof(of: index).first else { continue }
            let node = set.scheme.node(leaf, sibling)
            let content = min(leaf, sibling).bytes + max(leaf, sibling).bytes
            #expect(StandardLeaf.hash(content) != node)
            #expect(JitoScheme.leaf(content) != node)
            #expect(set.scheme.node(sibling, leaf) == node)
        }
    }

    @Test("one account more is another root, also where the odd node is joined with itself")
    func oddNodes() throws {
        var numbers = SplitMix64(seed: 14)
        for name in Self.names {
            var roots: Set<ClaimHash> = []
            let entries = try Self.entries(name, 70, &numbers)
            for count in 1...70 {
                let token = name == "morpho" ? Self.token : nil
                let set = try ClaimSet(name, decimals: 9, rewardToken: token, Array(entries.prefix(count)))
                roots.insert(try #require(set.root))
            }
            #expect(roots.count == 70)
        }
    }
}

extension ClaimHash {
    /// The hash with bit number `bit` turned.
    func flipped(_ bit: Int) -> ClaimHash {
        var (a, b, c, d) = littleEndianLanes
        let mask: UInt64 = 1 << UInt64(bit % 64)
        switch bit / 64 % 4 {
        case 0: a ^= mask
        case 1: b ^= mask
        case 2: c ^= mask
        default: d ^= mask
        }
        return ClaimHash(littleEndianLanes: (a, b, c, d))
    }
}
