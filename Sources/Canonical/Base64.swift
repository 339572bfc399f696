/// Bytes as base64 text (RFC 4648, section 4) and back.
public enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The text of `bytes`, padded.
    public static func text(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for digit in 0..<4 {
                let value = Int(word >> UInt32(18 - 6 * digit)) & 63
                result.append(digit <= group.count ? alphabet[value] : padding)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The bytes written as `text`, in the one form ``text(_:)`` gives them; nil for any other text.
    public static func bytes(_ text: [UInt8]) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: 4) {
            let digits = text[start..<start + 4].prefix { $0 != padding }
            guard digits.count >= 2, digits.count == 4 || start + 4 == text.count else { return nil }
            var word: UInt32 = 0
            for digit in digits {
                guard let value = alphabet.firstIndex(of: digit) else { return nil }
                word = word << 6 | UInt32(value)
            }
            word <<= UInt32(6 * (4 - digits.count))
            for place in 0..<digits.count - 1 {
                result.append(UInt8(truncatingIfNeeded: word >> UInt32(16 - 8 * place)))
            }
        }
        // Bits behind the last byte, and characters behind the padding, would make two texts of the same bytes.
        return Base64.text(result).utf8.elementsEqual(text) ? result : nil
    }
}
