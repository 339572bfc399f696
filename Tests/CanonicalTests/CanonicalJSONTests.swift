import SeededNumbers
import Testing

@testable import Canonical

@Suite("CanonicalJSON")
struct CanonicalJSONTests {
    private static func canonical(_ text: String) throws -> String {
        try CanonicalJSON(JSONReader.read(Array(text.utf8))).text
    }

    @Test("writes the example of RFC 8785, section 3.2.2, without its fractions")
    func example() throws {
        let text = #"""
            {
              "numbers": [333333333, -4],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        let expected =
            #"{"literals":[null,true,false],"numbers":[333333333,-4],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try Self.canonical(text) == expected)
    }

    /// Sorted by UTF-8 or by scalar, the emoji would come last.
    @Test("sorts keys by UTF-16, as the example of RFC 8785, section 3.2.3, demands")
    func sorting() throws {
        let text = #"""
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """#
        let expected =
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\","
            + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
            + "\"\u{1F600}\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        #expect(Array(try Self.canonical(text).utf8) == Array(expected.utf8))
    }

    /// RFC 8785, section 3.2.2.2: five short escapes, \u00xx for the other controls, and nothing else.
    @Test("escapes control characters, quotes and backslashes alone")
    func escapes() {
        for code in UInt32(0)...0x2100 {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let expected: String
            switch code {
            case 0x08: expected = "\\b"
            case 0x09: expected = "\\t"
            case 0x0A: expected = "\\n"
            case 0x0C: expected = "\\f"
            case 0x0D: expected = "\\r"
            case 0x22: expected = "\\\""
            case 0x5C: expected = "\\\\"
            case 0..<0x10: expected = "\\u000" + String(code, radix: 16)
            case 0x10..<0x20: expected = "\\u00" + String(code, radix: 16)
            default: expected = String(Character(scalar))
            }
            let bytes = CanonicalJSON.string(String(Character(scalar))).bytes
            if bytes != Array("\"\(expected)\"".utf8) { Issue.record("U+\(String(code, radix: 16))") }
        }
    }

    @Test("keeps composed and decomposed strings as they are")
    func normalization() {
        #expect(CanonicalJSON.string("e\u{301}").bytes == [0x22, 0x65, 0xCC, 0x81, 0x22])
        #expect(CanonicalJSON.string("\u{E9}").bytes == [0x22, 0xC3, 0xA9, 0x22])
    }

    @Test(
        "refuses what has no canonical integer form, by path",
        arguments: [
            (#"{"a":[0,1.5]}"#, "$.a[1]"), ("9007199254740992", "$"),
            (#"[{"b":-9007199254740992}]"#, "$[0].b"),
            ("1.0", "$"), (#"{"a":{"b":{"c":1e2}}}"#, "$.a.b.c"), ("[[[0.5]]]", "$[0][0][0]"),
            ("18446744073709551616", "$"),
        ])
    func refusals(text: String, place: String) throws {
        let value = try JSONReader.read(Array(text.utf8))
        let error = try #require(throws: JSONError.self) { try CanonicalJSON(value) }
        #expect(error.place == place)
    }

    @Test("reaches 2^53 - 1 on both sides")
    func bounds() throws {
        let text = "[9007199254740991,-9007199254740991]"
        #expect(try Self.canonical(text) == text)
        #expect(try Self.canonical("-0") == "0")
    }

    @Test("writes amounts of any width as strings, and lines")
    func amounts() {
        #expect(CanonicalJSON.amount(UInt64.max).text == "\"18446744073709551615\"")
        #expect(CanonicalJSON.amount(Int128.min).text == "\"-170141183460469231731687303715884105728\"")
        #expect(
            CanonicalJSON.object(["a": .array([.null, .bool(true)])]).line
                == Array("{\"a\":[null,true]}\n".utf8))
        #expect(CanonicalJSON.string("abc").contentHash == ContentHash.of("\"abc\""))
    }

    @Test("comes back from its text, and has one text", arguments: [1, 2, 3, 4] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for round in 0..<500 {
            let value = Self.random(&numbers, depth: 0)
            let read = try CanonicalJSON(JSONReader.read(value.bytes))
            try #require(read.bytes == value.bytes, "seed \(seed), round \(round)")
            try #require(read == value, "seed \(seed), round \(round)")
        }
    }

    private static func random(_ numbers: inout SplitMix64, depth: Int) -> CanonicalJSON {
        switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &numbers) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &numbers))
        case 2:
            let bits = Int.random(in: 1...53, using: &numbers)
            let limit: Int64 = 1 << bits - 1
            return .integer(Int64.random(in: -limit...limit, using: &numbers))
        case 3: return .string(text(&numbers))
        case 4:
            return .array(
                (0..<Int.random(in: 0...4, using: &numbers)).map { _ in random(&numbers, depth: depth + 1) })
        default:
            var members: [String: CanonicalJSON] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &numbers) {
                members[text(&numbers)] = random(&numbers, depth: depth + 1)
            }
            return .object(members)
        }
    }

    /// Scalars from all planes, with the awkward ones often.
    private static func text(_ numbers: inout SplitMix64) -> String {
        var result = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...6, using: &numbers) {
            let limit: UInt32 = [0x20, 0x80, 0x800, 0x1_0000, 0x11_0000].randomElement(using: &numbers) ?? 1
            if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &numbers)) {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
