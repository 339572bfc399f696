/// What contracts on Solana share: addresses are public keys, amounts are `u64`.
public protocol SolanaScheme: ClaimScheme {}

extension SolanaScheme {
    /// What tokens on Solana have, HONEY among them.
    public static var usualDecimals: Int { 9 }
    /// Amounts and their sum (`max_total_claim`) are `u64`.
    public static var maxAmount: UInt128 { UInt128(UInt64.max) }

    /// The address written as `text`.
    public static func address(_ text: String) throws(ClaimError) -> PayoutAddress {
        try SolanaKey.read(text)
    }
    /// The address of `bytes`.
    public static func address(of bytes: [UInt8]) throws(ClaimError) -> PayoutAddress {
        try SolanaKey.address(bytes)
    }
}
