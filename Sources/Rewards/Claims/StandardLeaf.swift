/// What OpenZeppelin's `StandardMerkleTree` and the contracts that follow it share.
enum StandardLeaf {
    /// The hash of the ABI-encoded leaf, hashed twice, so that no two nodes (64 bytes) can pass for a leaf.
    static func hash(_ encoded: [UInt8]) -> ClaimHash {
        Keccak256.hash(of: Keccak256.hash(encoded))
    }

    /// The hash over two nodes, the lesser first.
    static func node(_ left: ClaimHash, _ right: ClaimHash) -> ClaimHash {
        left < right ? Keccak256.hash(of: left, right) : Keccak256.hash(of: right, left)
    }
}

/// A scheme whose tree OpenZeppelin's library can load.
protocol StandardMerkleScheme: ClaimScheme {
    /// The ABI types of a leaf.
    static var leafEncoding: [String] { get }
    /// The values of the leaf of `claim`, as the library writes them.
    func values(of claim: Claim) -> [String]
}

extension StandardMerkleScheme {
    /// The address written as `text`.
    public static func address(_ text: String) throws(ClaimError) -> PayoutAddress {
        try EVMAddress.read(text)
    }
    /// The address of `bytes`.
    public static func address(of bytes: [UInt8]) throws(ClaimError) -> PayoutAddress {
        try EVMAddress.address(bytes)
    }
    /// A `uint256` holds every amount there is.
    public static var maxAmount: UInt128 { .max }
    /// The place of a leaf must fit the numbers of JavaScript and of this file; no network has as many accounts.
    public static var maxClaims: Int { 1 << 31 }
    /// The hash over two nodes, the lesser first.
    public func node(_ left: ClaimHash, _ right: ClaimHash) -> ClaimHash { StandardLeaf.node(left, right) }
    /// The tree over `leaves`.
    public func tree(over leaves: [ClaimHash]) -> any ClaimTree { HeapTree(leaves, node: StandardLeaf.node) }
}
