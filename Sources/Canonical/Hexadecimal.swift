/// Bytes as lower-case hexadecimal text and back.
public enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two lower-case digits for every byte.
    public static func text(_ bytes: some Collection<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            result.append(digits[Int(byte >> 4)])
            result.append(digits[Int(byte & 15)])
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The sixteen lower-case digits of `word`, most significant first.
    public static func text(_ word: UInt64) -> String {
        text(stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) })
    }

    /// Appends the sixteen lower-case digits of `word`, most significant first.
    public static func append(_ word: UInt64, to output: inout OutputSpan<UInt8>) {
        for half in [UInt32(truncatingIfNeeded: word >> 32), UInt32(truncatingIfNeeded: word)] {
            // Eight digits in the bytes of one word: each 4 bits in a byte of its own, most significant first.
            var digits = UInt64(half)
            digits = (digits | digits << 16) & 0x0000_FFFF_0000_FFFF
            digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
            digits = (digits | digits << 4) & 0x0F0F_0F0F_0F0F_0F0F
            let text = text(ofDigits: digits)
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                output.append(UInt8(truncatingIfNeeded: text >> shift))
            }
        }
    }

    /// The number whose eight lower-case digits are the bytes of `text`, both most significant first; nil where one of them is
    /// no such digit.
    public static func number(ofDigits text: UInt64) -> UInt32? {
        // Letters, and nothing else that is valid, have this bit.
        let isLetter = text >> 6 & 0x0101_0101_0101_0101
        let digits = ((text & 0x0F0F_0F0F_0F0F_0F0F) &+ isLetter &* 9) & 0x0F0F_0F0F_0F0F_0F0F
        guard Self.text(ofDigits: digits) == text else { return nil }
        var packed = (digits | digits >> 4) & 0x00FF_00FF_00FF_00FF
        packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: packed | packed >> 16)
    }

    /// The digits of these eight values, 0...15 in a byte each.
    private static func text(ofDigits digits: UInt64) -> UInt64 {
        // Those above nine are letters, 39 places behind the digit that would be there.
        let isLetter = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return digits &+ 0x3030_3030_3030_3030 &+ isLetter &* 39
    }

    /// The bytes written as `text`; nil for an odd count or a character that is no lower-case hexadecimal digit.
    public static func bytes(_ text: String) -> [UInt8]? {
        var result: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            let value: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = character - UInt8(ascii: "a") + 10
            default: return nil
            }
            if let first = high {
                result.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? result : nil
    }
}
