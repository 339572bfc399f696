import Testing

@testable import Canonical

/// What RFC 8259 refuses, and what it leaves to the reader and this one refuses; most cases are those of
/// github.com/nst/JSONTestSuite by name (`n_...`, `i_...`).
@Suite("JSONReader refuses")
struct JSONRefusalTests {
    @Test(
        "broken structure",
        arguments: [
            "", " ", "[", "]", "{", "}", "[1", "[1,", "[,1]", "[1,]", "[1,,2]", "[,]", "[\"\",]", "[1 true]",
            "[1:2]", "[\"x\"]]", "[x", "[1}", "{1:1}", "{\"a\":1", "{\"a\"", "{\"a\":", "{\"a\":}",
            "{\"a\" 1}", "{\"a\",1}", "{,}", "{\"a\":1,}", "{\"a\":1,,\"b\":2}", "{'a':0}", "{a:1}",
            "{\"a\":1 \"b\":2}", "{null:null}", "{[]:1}", "{\"a\":\"b\"}#", "{\"a\":1}/**/", "{\"a\":1}//",
            "[1]x", "1 2", "[][]", "{}}", "[1]\u{0}", "[\"a\",\n4\n,1,", "[\u{C}1]", "[\u{A0}1]",
            "\u{2060}1", "[1]\u{3000}", "<null>", "[<null>]", "'a'", "/**/1", "#1", "\\u000A\"\"",
            "[True]", "[TRUE]", "nul", "tru", "fals", "[nul]", "truth", "nullnull", "*", "a", "å",
        ])
    func structure(text: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test(
        "bad numbers",
        arguments: [
            "-", "+1", "++1", "-+1", "--1", "- 1", "01", "-01", "00", "012", "-012", "1.", "-1.", ".1", "-.1",
            "1.e1", "0.e1", "0e", "0E+", "1e", "1e+", "1eE2", "1.0e", "1.0e-", "0.3e+", "1e1.5", "1_000",
            "1 000", "1,000", "0x1", "0xF", "0b1", "1f", "1a", "1.2.3", "NaN", "-NaN", "nan", "Infinity",
            "-Infinity", "inf", "-inf", "1e999", "-1e999", "123123e100000",
            "9.22337203685477580700e+18446744073709551615", "１", "٣", "-foo", "1/2",
            String(repeating: "1", count: 65), "0." + String(repeating: "0", count: 63),
        ])
    func numbers(text: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) }
        #expect(throws: JSONError.self) { try JSONReader.read(Array("[\(text)]".utf8)) }
    }

    @Test(
        "bad strings",
        arguments: [
            #"""#, #""a"#, #""\"#, #""\"#, #""\x00""#, #""\a""#, #""\'""#, #""\U0041""#, #""\u""#, #""\u0""#,
            #""\u00""#, #""\u00A""#, #""\u00G0""#, #""\u+041""#, #""\u 041""#, #""\u-041""#, #""\uFF１0""#,
            #""\uD800""#, #""\uD800\"#, #""\uD800\u""#, #""\uD800\u0""#, #""\uD800\u0041""#, #""\uD800a""#,
            #""\uD800\uD800""#, #""\uD800\uDBFF""#, #""\uD800\uE000""#, #""\uD83D\n""#, #""\uDC00""#,
            #""\uDE00\uD83D""#, #""\udfff""#, #""\ud800 ""#,
            "\"\u{0}\"", "\"\n\"", "\"\t\"", "\"\u{1F}\"", "\"a\"b\"", #"["a]"#, #"{"a\":1}"#, #""\🐝""#,
        ])
    func strings(text: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) }
    }

    /// The Unicode Standard, table 3-7, and W3C's list of what is not well-formed UTF-8.
    @Test(
        "bytes that are no UTF-8",
        arguments: [
            [0xFF], [0xFE], [0x80], [0xBF], [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xC3, 0x28],
            [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE9],
        ] as [[UInt8]])
    func encoding(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONReader.read([0x22] + bytes + [0x22]) }
        #expect(throws: JSONError.self) { try JSONReader.read([0x5B, 0x22] + bytes + [0x22, 0x5D]) }
        #expect(throws: JSONError.self) { try JSONReader.read(bytes) }
    }

    @Test("a byte order mark, UTF-16 and UTF-32")
    func otherEncodings() {
        #expect(throws: JSONError.self) { try JSONReader.read([0xEF, 0xBB, 0xBF, 0x7B, 0x7D]) }
        #expect(throws: JSONError.self) { try JSONReader.read([0xFF, 0xFE, 0x5B, 0, 0x5D, 0]) }
        #expect(throws: JSONError.self) { try JSONReader.read([0, 0x5B, 0, 0x5D]) }
        #expect(throws: JSONError.self) { try JSONReader.read([0x31, 0, 0, 0]) }
    }

    @Test(
        "a key twice, however it is written",
        arguments: [
            #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"\u0061":2}"#, #"{"":1,"":2}"#,
            #"{"x":{"a":1,"a":2}}"#, #"{"é":1,"\u00e9":2}"#,
            // Two ways to compose one letter: nobody could tell these apart on a screen.
            #"{"\u00e9":1,"e\u0301":2}"#, #"{"\ufb33":1,"\u05d3\u05bc":2}"#,
        ])
    func duplicates(text: String) throws {
        let error = try #require(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) }
        #expect(error.reason == "a key occurs twice")
    }

    @Test(
        "and says where",
        arguments: [
            ("", 0), ("   ", 3), ("[1,]", 3), ("[1 2]", 3), ("{\"a\" 1}", 5), ("nul", 0), ("[tru]", 1),
            ("[1]x", 3), ("\"a\nb\"", 2), ("[01]", 3), ("{\"a\":1,}", 7), ("[\"\\q\"]", 4), ("[1.]", 3),
        ])
    func places(text: String, byte: Int) throws {
        let error = try #require(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) }
        #expect(error.place == "byte \(byte)")
        #expect(error.description == "\(error.reason) at byte \(byte)")
    }
}
