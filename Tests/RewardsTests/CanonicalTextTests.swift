import Canonical
import Geo
import SeededNumbers
import Testing

@testable import Rewards

@Suite("Canonical text")
struct CanonicalTextTests {
    static let texts = [
        "", "plain", "\u{E9}", "\"", "\\", "\u{0}", "\n", "a\u{1F}b", "\u{7F}",
        "\u{1F600}\u{2028}",
    ]

    @Test("is what the value of it is written as", arguments: [1, 2, 3] as [UInt64])
    func againstValues(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        // Filled again and again: nothing of the text before may be left.
        var text = CanonicalText()
        for _ in 0..<2000 {
            let shift = UInt64.random(in: 0..<64, using: &numbers)
            let amount = UInt64.random(in: .min ... .max, using: &numbers) >> shift
            let integer = Int64.random(in: .min ... .max, using: &numbers) >> Int64(shift)
            let string = Self.texts.randomElement(using: &numbers) ?? ""
            let hash = ContentHash.of("\(amount)")
            let precision = Int.random(in: 1...12, using: &numbers)
            let bits = UInt64.random(in: .min ... .max, using: &numbers) >> UInt64(64 - 5 * precision)
            let cell = try #require(Geohash(bits: bits, precision: precision))
            let count = Int.random(in: 0...3, using: &numbers)
            text.removeAll()
            text.object { text in
                text.amount("amount", amount)
                text.array("array", 0..<count) { index, text in
                    text.object { text in text.string("s", string) }
                }
                text.cell("cell", cell)
                text.hash("hash", hash)
                text.integer("integer", integer)
                text.object("none") { _ in }
                text.null("null")
                text.object("object") { text in
                    text.integer(named: string, integer)
                }
                text.string("string", string)
                text.stringOrNull("text", nil)
            }
            let expected = CanonicalJSON.object([
                "amount": .amount(amount),
                "array": .array((0..<count).map { _ in .object(["s": .string(string)]) }),
                "cell": .string(cell.description), "hash": .string(hash.hex), "integer": .integer(integer),
                "none": .object([:]), "null": .null, "object": .object([string: .integer(integer)]),
                "string": .string(string), "text": .null,
            ])
            #expect(text.bytes == expected.bytes)
        }
    }

    @Test("writes the greatest and the least numbers")
    func extremes() {
        for (value, digits) in [
            (UInt64.max, "18446744073709551615"), (0, "0"), (9, "9"), (10, "10"),
            (9_999_999_999_999_999_999, "9999999999999999999"),
            (10_000_000_000_000_000_000, "10000000000000000000"),
        ] {
            var text = CanonicalText()
            text.object { $0.amount("a", value) }
            #expect(String(decoding: text.bytes, as: UTF8.self) == #"{"a":"\#(digits)"}"#)
        }
        for (value, digits) in [(Int64.min, "-9223372036854775808"), (Int64.max, "9223372036854775807")] {
            var text = CanonicalText()
            text.object { $0.integer("a", value) }
            #expect(String(decoding: text.bytes, as: UTF8.self) == #"{"a":\#(digits)}"#)
        }
    }
}
