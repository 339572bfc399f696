import Canonical
import Testing

@testable import Rewards

/// What the repository of saber's distributor publishes.
@Suite("Claim trees: saber's published vectors")
struct SaberTreeTests {
    /// saber-hq/merkle-distributor, `tests/parse-balance-map.spec.ts`: the keys of the seeds 00, 02 and 01, each 32 times,
    /// get one, two and three million. The root, which that test does not have, was made with pycryptodome; it is what the
    /// published proofs lead to.
    @Test("saber's balance map of three keys")
    func balanceMap() throws {
        let entries = try [0, 2, 1].enumerated().map { place, seed in
            let key = try #require(SigningKey(seed: [UInt8](repeating: UInt8(seed), count: 32)))
            let address = try SolanaKey.address(try key.verifyingKey().bytes)
            return ("seed-\(seed)", UInt64(place + 1) * 1_000_000, address.text)
        }
        let set = try ClaimSet("saber", decimals: 6, entries)
        #expect(set.accounts == ["seed-0", "seed-2", "seed-1"])
        #expect(set.claims.map(\.amount) == [1_000_000, 2_000_000, 3_000_000])
        #expect(set.total == 6_000_000)
        let proofs = set.claims.indices.map { set.tree.proof(of: $0).map(\.description) }
        #expect(
            proofs == [
                ["0x607e67765bcf4177e16fccd6149a4cfcd05d291ab664d24b8f7455d08aa121af"],
                [
                    "0x0e21270c3d6d0301cce89f02f6b1c0728836b240263eb18026a7e8f0888d1cb3",
                    "0x57a5e990a9233980bbf1b2bb45484b8f6d374116fb20de4044f4d57fc0ab512b",
                ],
                [
                    "0x064d3da266f8756627ec7afda54dbfa8ac806030d2092b193840dfc392486468",
                    "0x57a5e990a9233980bbf1b2bb45484b8f6d374116fb20de4044f4d57fc0ab512b",
                ],
            ])
        let root = try #require(set.root)
        #expect(root.description == "0x205c1860c0ec8a04a12fd13a111f6b3880efcbde2bb678322198efd03f17cd15")
        for (index, claim) in set.claims.enumerated() {
            let proof = set.tree.proof(of: index)
            #expect(set.scheme.verifies(claim, at: index, proof: proof, root: root))
            #expect(!set.scheme.verifies(claim, at: index + 1, proof: proof, root: root))
            // Amounts are 64 bits in the leaf; one that is 2^64 greater must not pass for it.
            let wrapped = Claim(address: claim.address, amount: claim.amount + 1 << 64, shares: [])
            #expect(!set.scheme.verifies(wrapped, at: index, proof: proof, root: root))
        }
    }
}
