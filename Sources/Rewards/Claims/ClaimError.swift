/// Why no claims can be made of what is given.
public enum ClaimError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text is no payout address of the scheme.
    case badAddress(String, reason: String)
    /// The text is no account: 1 to 200 bytes.
    case badAccount(String)
    /// An account is given twice.
    case duplicateAccount(String)
    /// A token of so many decimals cannot carry micro-points exactly, or amounts would not fit 128 bits.
    case badDecimals(Int)
    /// The amount of an address exceeds what the scheme's contract can hold.
    case amountTooLarge(address: String, amount: UInt128, limit: UInt128)
    /// The sum of all amounts exceeds what the scheme's contract can hold, or the sum of all points 64 bits.
    case totalTooLarge(limit: UInt128)
    /// More claims than the scheme's tree can have.
    case tooManyClaims(Int, limit: Int)
    /// The scheme's leaf names the reward token, and none is given.
    case noRewardToken(scheme: String)
    /// A reward token is given, and the scheme's leaf has no place for it.
    case needlessRewardToken(scheme: String)
    /// There is no scheme of this name.
    case unknownScheme(String)

    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .badAddress(let text, let reason): "'\(text)' is no payout address: \(reason)"
        case .badAccount(let text): "'\(text)' is no account: 1 to 200 bytes are needed"
        case .duplicateAccount(let account): "account \(account) is given twice"
        case .badDecimals(let decimals):
            "a token of \(decimals) decimals: \(ClaimScale.decimals.lowerBound) to \(ClaimScale.decimals.upperBound) "
                + "can carry micro-points exactly"
        case .amountTooLarge(let address, let amount, let limit):
            "\(amount) base units for \(address) are more than \(limit), the most the contract can hold"
        case .totalTooLarge(let limit): "the sum of all amounts is more than \(limit)"
        case .tooManyClaims(let count, let limit): "\(count) claims, limit \(limit)"
        case .noRewardToken(let scheme): "scheme \(scheme) needs the address of the reward token"
        case .needlessRewardToken(let scheme): "leaves of scheme \(scheme) name no reward token"
        case .unknownScheme(let name):
            "there is no scheme '\(name)'; there are \(ClaimSchemes.names.joined(separator: ", "))"
        }
    }
}
