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

    @Test(
        "refuses anything else",
        arguments: [
            "0", "abc", "AB", "aB", "0x", "g0", "0g", " 0", "0 ", "-1", "+1", "٠٠", "００", "0\u{0}", "é",
        ])
    func refusals(text: String) {
        #expect(Hexadecimal.bytes(text) == nil)
    }
}
