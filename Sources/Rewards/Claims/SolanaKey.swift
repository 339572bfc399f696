/// Public keys of Solana: 32 bytes, written in base58 with Bitcoin's alphabet.
enum SolanaKey {
    /// Bytes of a key.
    static let count = 32
    /// Most characters of a key: 44 digits of base 58 hold 257 bits.
    private static let maxCharacters = 44

    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

    /// The value of each character, 255 for those that are no digit.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// The key written as `text`.
    ///
    /// A key has one text: every leading zero byte is one `1`, and there is no other `1` before the first other digit.
    /// The zero key is refused: it is the system program's and signs nothing.
    static func read(_ text: String) throws(ClaimError) -> PayoutAddress {
        let characters = Array(text.utf8)
        guard (count...maxCharacters).contains(characters.count) else {
            throw .badAddress(text, reason: "not 32 to 44 digits of base 58")
        }
        // The number in words of 32 bits, most significant first.
        var words = [UInt32](repeating: 0, count: count / 4)
        for character in characters {
            let value = values[Int(character)]
            guard value < 58 else {
                throw .badAddress(text, reason: "a character that is no digit of base 58")
            }
            var carry = UInt64(value)
            for place in words.indices.reversed() {
                carry += UInt64(words[place]) * 58
                words[place] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            guard carry == 0 else { throw .badAddress(text, reason: "more than 32 bytes") }
        }
        let bytes = words.flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
        }
        let zeroBytes = bytes.prefix { $0 == 0 }.count
        guard zeroBytes == characters.prefix(while: { $0 == alphabet[0] }).count else {
            throw .badAddress(text, reason: "not 32 bytes")
        }
        guard zeroBytes < count else {
            throw .badAddress(text, reason: "the zero key, which nobody can sign for")
        }
        return PayoutAddress(bytes: bytes, text: text)
    }

    /// The key of these 32 bytes.
    static func address(_ bytes: [UInt8]) throws(ClaimError) -> PayoutAddress {
        let text = text(bytes)
        guard bytes.count == count else { throw .badAddress(text, reason: "not 32 bytes") }
        return try read(text)
    }

    /// The text of `bytes`, as many as there are.
    static func text(_ bytes: [UInt8]) -> String {
        var digits: [UInt8] = []
        var number = bytes
        while number.contains(where: { $0 != 0 }) {
            var remainder = 0
            for (place, byte) in number.enumerated() {
                let value = remainder << 8 | Int(byte)
                number[place] = UInt8(truncatingIfNeeded: value / 58)
                remainder = value % 58
            }
            digits.append(alphabet[remainder])
        }
        digits.append(contentsOf: bytes.prefix { $0 == 0 }.map { _ in alphabet[0] })
        return String(decoding: digits.reversed(), as: UTF8.self)
    }
}
