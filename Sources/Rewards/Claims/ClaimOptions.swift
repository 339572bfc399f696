/// What an operator says of the token that is claimed.
public struct ClaimOptions: Sendable, Hashable {
    /// From micro-points to base units.
    public let scale: ClaimScale
    /// The contract of the reward token, where a scheme's leaf names it.
    public let rewardToken: PayoutAddress?

    /// The token has `decimals`, and is the contract `rewardToken` (an EVM address) where a scheme needs it.
    public init(decimals: Int, rewardToken: String? = nil) throws(ClaimError) {
        scale = try ClaimScale(decimals: decimals)
        if let rewardToken {
            self.rewardToken = try EVMAddress.read(rewardToken)
        } else {
            self.rewardToken = nil
        }
    }

    /// Refuses a reward token that the scheme `name` has no place for.
    func requireNoRewardToken(for name: String) throws(ClaimError) {
        guard rewardToken == nil else { throw .needlessRewardToken(scheme: name) }
    }
}
