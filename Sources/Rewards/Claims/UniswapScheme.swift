/// Uniswap's `MerkleDistributor`: leaves Keccak-256(index || address || amount) of 84 bytes.
///
/// The index is the claim's number in ascending order of the addresses' checksummed texts; the tree is over the sorted
/// leaves, and the last node of an odd layer goes up as it is. Source: Uniswap/merkle-distributor,
/// `src/balance-tree.ts`, `merkle-tree.ts`, `parse-balance-map.ts`. The contract pays an index once: it suits a single
/// distribution, not totals that grow.
public struct UniswapScheme: ClaimScheme {
    /// Its file and its bindings go by this name.
    public static let name = "uniswap"
    /// The greatest amount and sum of amounts.
    public static let maxAmount = UInt128.max
    /// The most leaves.
    public static let maxClaims = 1 << 31
    /// Whether a leaf holds the number of its claim.
    public static let isNumbered = true

    /// The scheme for the token of `options`.
    public init(_ options: ClaimOptions) throws(ClaimError) {
        try options.requireNoRewardToken(for: Self.name)
    }

    /// The address written as `text`.
    public static func address(_ text: String) throws(ClaimError) -> PayoutAddress {
        try EVMAddress.read(text)
    }
    /// The address of `bytes`.
    public static func address(of bytes: [UInt8]) throws(ClaimError) -> PayoutAddress {
        try EVMAddress.address(bytes)
    }

    /// The hash of the leaf of `claim`.
    public func leaf(of claim: Claim, at index: Int) -> ClaimHash {
        var packed: [UInt8] = []
        packed.reserveCapacity(84)
        ABIEncoding.append(uint256: UInt128(index.magnitude), to: &packed)
        packed.append(contentsOf: claim.address.bytes)
        ABIEncoding.append(uint256: claim.amount, to: &packed)
        return Keccak256.hash(packed)
    }

    /// The hash over two nodes, the lesser first.
    public func node(_ left: ClaimHash, _ right: ClaimHash) -> ClaimHash { StandardLeaf.node(left, right) }

    /// The tree over `leaves`.
    public func tree(over leaves: [ClaimHash]) -> any ClaimTree { SortedLayerTree(leaves) }
}
