/// Values as Ethereum's contracts take them (Solidity, "Contract ABI Specification"): each in a word of 32 bytes.
enum ABIEncoding {
    /// Appends an `address`: 12 zero bytes before it.
    static func append(address: PayoutAddress, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: repeatElement(0, count: 32 - address.bytes.count))
        bytes.append(contentsOf: address.bytes)
    }

    /// Appends a `uint256`, most significant byte first.
    static func append(uint256 value: UInt128, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: repeatElement(0, count: 16))
        for shift in stride(from: UInt128(120), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
