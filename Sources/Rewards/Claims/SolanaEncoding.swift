/// Numbers as Solana's programs take them.
enum SolanaEncoding {
    /// Appends a `u64`: 8 bytes, least significant first.
    static func append(u64 value: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
