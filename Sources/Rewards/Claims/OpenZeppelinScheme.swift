/// OpenZeppelin's `StandardMerkleTree` with leaves `["address", "uint256"]`: account, amount.
///
/// Source: OpenZeppelin/merkle-tree, `src/standard.ts` and `src/core.ts`. Contracts verify with OpenZeppelin's
/// `MerkleProof`.
public struct OpenZeppelinScheme: StandardMerkleScheme {
    /// Its file and its bindings go by this name.
    public static let name = "oz"
    static let leafEncoding = ["address", "uint256"]

    /// The scheme for the token of `options`.
    public init(_ options: ClaimOptions) throws(ClaimError) {
        try options.requireNoRewardToken(for: Self.name)
    }

    /// The hash of the leaf of `claim`.
    public func leaf(of claim: Claim, at index: Int) -> ClaimHash {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(64)
        ABIEncoding.append(address: claim.address, to: &encoded)
        ABIEncoding.append(uint256: claim.amount, to: &encoded)
        return StandardLeaf.hash(encoded)
    }

    func values(of claim: Claim) -> [String] { [claim.address.text, String(claim.amount)] }
}
