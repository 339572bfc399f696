/// Uniswap's `MerkleDistributor`: leaves Keccak-256(index || address || amount) of 84 bytes.
///
/// The index is the claim's number in ascending order of the addresses' checksummed texts; the tree is over the sorted
/// leaves, and the last node of an odd layer goes up as it is. Source: Uniswap/merkle-distributor,
/// `src/balance-tree.ts`, `merkle-tree.ts`, `parse-balance-map.ts`. The contract pays an index once: it suits a single
/// distribution, not totals that grow.
public struct UniswapScheme: ClaimScheme {
    public static let name = "uniswap"
    public static let maxAmount = UInt128.max
    public static let maxClaims = 1 << 31
    public static let isNumbered = true

    public init(_ options: ClaimOptions) throws(ClaimError) {
        try options.requireNoRewardToken(for: Self.name)
    }

    public static func address(_ text: String) throws(ClaimError) -> PayoutAddress {
        try EVMAddress.read(text)
    }
    public static func address(of bytes: [UInt8]) throws(ClaimError) -> PayoutAddress {
        try EVMAddress.address(bytes)
    }

    public func leaf(of claim: Claim, at index: Int) -> ClaimHash {
        var packed: [UInt8] = []
        packed.reserveCapacity(84)
        ABIEncoding.append(uint256: UInt128(index.magnitude), to: &packed)
        packed.append(contentsOf: claim.address.bytes)
        ABIEncoding.append(uint256: claim.amount, to: &packed)
        return Keccak256.hash(packed)
    }

    public func node(_ left: ClaimHash, _ right: ClaimHash) -> ClaimHash { StandardLeaf.node(left, right) }

    public func tree(over leaves: [ClaimHash]) -> any ClaimTree { SortedLayerTree(leaves) }
}

/// A ``LayerTree`` over sorted leaves that still answers by the order they were given in.
private struct SortedLayerTree: ClaimTree {
    private let tree: LayerTree
    private let places: [Int]

    init(_ leaves: [ClaimHash]) {
        let order = leaves.indices.sorted { leaves[$0] < leaves[$1] }
        var places = [Int](repeating: 0, count: leaves.count)
        for (place, leaf) in order.enumerated() { places[leaf] = place }
        self.places = places
        tree = LayerTree(order.map { leaves[$0] }, oddNode: .promoted, node: StandardLeaf.node)
    }

    var root: ClaimHash? { tree.root }

    func proof(of index: Int) -> [ClaimHash] { tree.proof(of: places[index]) }
}
