import Canonical

/// Addresses of Ethereum and chains like it: 20 bytes, written as `0x` and 40 hexadecimal digits whose case is a
/// checksum (EIP-55).
enum EVMAddress {
    /// Bytes of an address.
    static let count = 20

    /// The address written as `text`.
    ///
    /// A letter in the wrong case is refused, and so is a text in lower or upper case alone: it carries no checksum, and
    /// a slip of the hand would send tokens where nobody can get them. So is the zero address, to which tokens cannot be
    /// sent.
    static func read(_ text: String) throws(ClaimError) -> PayoutAddress {
        let characters = Array(text.utf8)
        guard characters.count == 2 + 2 * count, characters.starts(with: "0x".utf8),
            let bytes = Hexadecimal.bytes(text.dropFirst(2).lowercased())
        else { throw .badAddress(text, reason: "not 0x and 40 hexadecimal digits") }
        let address = try address(bytes)
        guard address.text.utf8.elementsEqual(characters) else {
            let letters = characters.dropFirst(2).filter { $0 > UInt8(ascii: "9") }
            let isUpper = letters.allSatisfy { $0 < UInt8(ascii: "a") }
            let isLower = letters.allSatisfy { $0 >= UInt8(ascii: "a") }
            throw .badAddress(
                text,
                reason: isUpper || isLower
                    ? "it carries no checksum: write its letters as EIP-55 says"
                    : "the case of its letters is not that of EIP-55; look for a slip in it")
        }
        return address
    }

    /// The address of these 20 bytes.
    static func address(_ bytes: [UInt8]) throws(ClaimError) -> PayoutAddress {
        let text = text(bytes)
        guard bytes.count == count else { throw .badAddress(text, reason: "not 20 bytes") }
        guard bytes.contains(where: { $0 != 0 }) else {
            throw .badAddress(text, reason: "the zero address, to which nothing can be paid")
        }
        return PayoutAddress(bytes: bytes, text: text)
    }

    /// The text of the address `bytes`: a letter is a capital where the digit at its place in the Keccak-256 of the
    /// lower-case digits is 8 or greater.
    private static func text(_ bytes: [UInt8]) -> String {
        var digits = Array(Hexadecimal.text(bytes).utf8)
        let hash = Keccak256.hash(digits).bytes
        for (place, digit) in digits.enumerated() where digit > UInt8(ascii: "9") {
            let nibble = place % 2 == 0 ? hash[place / 2] >> 4 : hash[place / 2] & 15
            if nibble >= 8 { digits[place] = digit - 0x20 }
        }
        return "0x" + String(decoding: digits, as: UTF8.self)
    }
}
