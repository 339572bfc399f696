/// Saber's `merkle-distributor` of Solana: Uniswap's tree with leaves Keccak-256(index || key || amount) of 48 bytes.
///
/// The index is the claim's number in ascending order of the keys' texts; index and amount have 8 bytes, least
/// significant first. Source: saber-hq/merkle-distributor, `src/utils/balance-tree.ts`, `merkle-tree.ts`,
/// `parse-balance-map.ts`, `programs/merkle-distributor/src/merkle_proof.rs`. The program pays an index once: it suits
/// a single distribution, not totals that grow.
public struct SaberScheme: SolanaScheme {
    /// Its file and its bindings go by this name.
    public static let name = "saber"
    /// The most leaves.
    public static let maxClaims = 1 << 31
    /// Whether a leaf holds the number of its claim.
    public static let isNumbered = true

    /// The scheme for the token of `options`.
    public init(_ options: ClaimOptions) throws(ClaimError) {
        try options.requireNoRewardToken(for: Self.name)
    }

    /// The hash of the leaf of `claim`.
    public func leaf(of claim: Claim, at index: Int) -> ClaimHash {
        var packed: [UInt8] = []
        packed.reserveCapacity(48)
        SolanaEncoding.append(u64: UInt64(index.magnitude), to: &packed)
        packed.append(contentsOf: claim.address.bytes)
        SolanaEncoding.append(u64: UInt64(truncatingIfNeeded: claim.amount), to: &packed)
        return Keccak256.hash(packed)
    }

    /// The hash over two nodes, the lesser first.
    public func node(_ left: ClaimHash, _ right: ClaimHash) -> ClaimHash { StandardLeaf.node(left, right) }

    /// The tree over `leaves`.
    public func tree(over leaves: [ClaimHash]) -> any ClaimTree { SortedLayerTree(leaves) }
}
