import SeededNumbers
import Testing

@testable import Canonical

@Suite("Hexadecimal")
struct HexadecimalTests {
    /// RFC 4648 section 10 has the upper case form of these.
    @Test(
        "writes two lower-case digits a byte",
        arguments: [
            ("", ""), ("f", "66"), ("fo", "666f"), ("foo", "666f6f"), ("foobar", "666f6f626172"),
        ])
    func vectors(text: String, hex: String) {
        #expect(Hexadecimal.text(Array(text.utf8)) == hex)
        #expect(Hexadecimal.bytes(hex) == Array(text.utf8))
    }

    @Test("takes every byte there and back")
    func everyByte() {
        for byte in UInt8.min...UInt8.max {
            let text = Hexadecimal.text([byte])
            #expect(text.utf8.count == 2)
            #expect(UInt8(text, radix: 16) == byte)
            #expect(Hexadecimal.bytes(text) == [byte])
        }
    }

    @Test("reads eight digits of one word as digit by digit, and nothing else")
    func numbers() {
        func word(_ text: [UInt8]) -> UInt64 { text.reduce(0) { $0 << 8 | UInt64($1) } }
        let digits = Array("0123456789abcdef".utf8)
        // Every byte in every place among digits.
        for place in 0..<8 {
            for byte in UInt8.min...UInt8.max {
                var text = Array("09af5c3e".utf8)
                text[place] = byte
                let value = UInt32(String(decoding: text, as: UTF8.self), radix: 16)
                #expect(
                    Hexadecimal.number(ofDigits: word(text)) == (digits.contains(byte) ? value : nil))
            }
        }
        var numbers = SplitMix64(seed: 1)
        for _ in 0..<2000 {
            let value = UInt32.random(in: .min ... .max, using: &numbers)
            let text = Hexadecimal.text((0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) })
            #expect(Hexadecimal.number(ofDigits: word(Array(text.utf8))) == value)
        }
    }

    @Test(
        "refuses anything else",
        arguments: [
            "0", "abc", "AB", "aB", "0x", "g0", "0g", " 0", "0 ", "-1", "+1", "٠٠", "００", "0\u{0}", "é",
        ])
    func refusals(text: String) {
        #expect(Hexadecimal.bytes(text) == nil)
    }
}
