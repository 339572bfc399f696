import Canonical

/// The jito distributor of Solana. All of an amount is unlocked.
///
/// A leaf is SHA-256(0 || SHA-256(key || unlocked || locked)) with amounts of 8 bytes, least significant first; a node
/// SHA-256(1 || lesser || greater); the last node of an odd layer is joined with itself. Source:
/// jito-foundation/distributor, `merkle-tree/src/merkle_tree.rs`, `tree_node.rs`, `airdrop_merkle_tree.rs`.
public struct JitoScheme: SolanaScheme {
    /// Its file and its bindings go by this name.
    public static let name = "jito"
    /// A tree has at most height 32.
    public static let maxClaims = 1 << 32 - 1

    /// The scheme for the token of `options`.
    public init(_ options: ClaimOptions) throws(ClaimError) {
        try options.requireNoRewardToken(for: Self.name)
    }

    /// The hash of the leaf of `claim`.
    public func leaf(of claim: Claim, at index: Int) -> ClaimHash {
        Self.leaf(key: claim.address.bytes, unlocked: UInt64(truncatingIfNeeded: claim.amount), locked: 0)
    }

    /// The leaf of a key and two amounts.
    static func leaf(key: [UInt8], unlocked: UInt64, locked: UInt64) -> ClaimHash {
        var content = key
        SolanaEncoding.append(u64: unlocked, to: &content)
        SolanaEncoding.append(u64: locked, to: &content)
        return leaf(ClaimHash(.of(content)).bytes)
    }

    /// The leaf of any bytes.
    static func leaf(_ content: [UInt8]) -> ClaimHash { ClaimHash(.of([0] + content)) }

    /// The hash over two nodes, the lesser first.
    public func node(_ left: ClaimHash, _ right: ClaimHash) -> ClaimHash { Self.node(left, right) }

    private static func node(_ left: ClaimHash, _ right: ClaimHash) -> ClaimHash {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(65)
        bytes.append(1)
        min(left, right).append(to: &bytes)
        max(left, right).append(to: &bytes)
        return ClaimHash(.of(bytes))
    }

    /// The tree over `leaves`.
    public func tree(over leaves: [ClaimHash]) -> any ClaimTree {
        LayerTree(leaves, oddNode: .joinedWithItself, node: Self.node)
    }
}
