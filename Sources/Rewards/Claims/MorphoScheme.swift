/// Morpho's Universal Rewards Distributor: OpenZeppelin's tree with leaves `["address", "address", "uint256"]`: account,
/// reward token, claimable in all.
///
/// Source: morpho-org/universal-rewards-distributor, `src/UniversalRewardsDistributor.sol`, `claim`. The contract pays
/// the difference to what was claimed before.
public struct MorphoScheme: StandardMerkleScheme {
    /// Its file and its bindings go by this name.
    public static let name = "morpho"
    static let leafEncoding = ["address", "address", "uint256"]

    private let rewardToken: PayoutAddress

    /// The scheme for the token of `options`.
    public init(_ options: ClaimOptions) throws(ClaimError) {
        guard let token = options.rewardToken else { throw .noRewardToken(scheme: Self.name) }
        rewardToken = token
    }

    /// What leaves hold besides the claim.
    public var parameters: [String: String] { ["reward_token": rewardToken.text] }

    /// The hash of the leaf of `claim`.
    public func leaf(of claim: Claim, at index: Int) -> ClaimHash {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(96)
        ABIEncoding.append(address: claim.address, to: &encoded)
        ABIEncoding.append(address: rewardToken, to: &encoded)
        ABIEncoding.append(uint256: claim.amount, to: &encoded)
        return StandardLeaf.hash(encoded)
    }

    func values(of claim: Claim) -> [String] {
        [claim.address.text, rewardToken.text, String(claim.amount)]
    }
}
