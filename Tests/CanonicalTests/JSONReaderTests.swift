import Testing

@testable import Canonical

/// What RFC 8259 accepts; most cases are those of github.com/nst/JSONTestSuite by name (`y_...`).
@Suite("JSONReader")
struct JSONReaderTests {
    @Test(
        "reads structure",
        arguments: [
            ("[]", .array([])), ("{}", .object([:])), ("[[]]", .array([.array([])])),
            ("[null, true,false]", .array([.null, .bool(true), .bool(false)])),
            (" [1 ] ", .array([.integer(1)])), ("\t\n\r 1\n", .integer(1)),
            ("[1,null,null,2]", .array([.integer(1), .null, .null, .integer(2)])),
            (#"{"a":"b","c":"d"}"#, .object(["a": .string("b"), "c": .string("d")])),
            (
                #"{ "min": -1.0e+28, "max": 1.0e+28 }"#,
                .object(["min": .decimal(-1e28), "max": .decimal(1e28)])
            ),
            (#"{"":0}"#, .object(["": .integer(0)])),
            (#"{"a":{"b":[{"c":null}]}}"#, .object(["a": .object(["b": .array([.object(["c": .null])])])])),
            (#"{"\u0000":42}"#, .object(["\0": .integer(42)])),
            (#"{"a"  :  1 , "b":2}"#, .object(["a": .integer(1), "b": .integer(2)])),
            ("null", .null), ("true", .bool(true)), ("false", .bool(false)), (#""""#, .string("")),
        ] as [(String, JSONValue)])
    func structure(text: String, value: JSONValue) throws {
        #expect(try JSONReader.read(Array(text.utf8)) == value)
    }

    @Test(
        "keeps integers whole, and makes doubles of all other numbers",
        arguments: [
            ("0", .integer(0)), ("-0", .integer(0)), ("-1", .integer(-1)), ("123", .integer(123)),
            ("9007199254740993", .integer(9_007_199_254_740_993)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .decimal(9_223_372_036_854_775_808)),
            ("-9223372036854775809", .decimal(-9_223_372_036_854_775_809)),
            ("0.0", .decimal(0)), ("1.0", .decimal(1)), ("0e1", .decimal(0)), ("0E+1", .decimal(0)),
            ("1e2", .decimal(100)), ("1E-2", .decimal(0.01)), ("123.456e78", .decimal(123.456e78)),
            ("123.456789", .decimal(123.456789)), ("-122.3954125", .decimal(-122.3954125)),
            ("1.7976931348623157e308", .decimal(.greatestFiniteMagnitude)),
            ("5e-324", .decimal(.leastNonzeroMagnitude)), ("1e-400", .decimal(0)),
            (String(repeating: "1", count: 64), .decimal(1.1111111111111111e63)),
        ] as [(String, JSONValue)])
    func numbers(text: String, value: JSONValue) throws {
        #expect(try JSONReader.read(Array(text.utf8)) == value)
    }

    @Test(
        "reads strings",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0061\u30af\u30EA\u30b9""#, "aクリス"),
            (#""\uD801\udc37""#, "\u{10437}"), (#""\ud83d\ude39\ud83d\udc8d""#, "😹💍"),
            (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\uD834\uDd1e""#, "𝄞"), (#""\u0000""#, "\0"),
            (#""\uFFFF""#, "\u{FFFF}"), (#""\u200B\u2064""#, "\u{200B}\u{2064}"), (#""\"""#, "\""),
            (#""a/*b*/c/*d//e""#, "a/*b*/c/*d//e"), ("\"\u{7F}\"", "\u{7F}"),
            ("\"€𝄞\u{2028}\u{2029}\u{FEFF}\"", "€𝄞\u{2028}\u{2029}\u{FEFF}"), (#""\\u0061""#, "\\u0061"),
            (#""\u0022""#, "\""), (#""new\u00A0line""#, "new\u{A0}line"),
        ])
    func strings(text: String, value: String) throws {
        let read = try JSONReader.read(Array(text.utf8))
        guard case .string(let found) = read else { throw TestFailure("\(read.kind)") }
        // Swift's == would not tell composed from decomposed accents.
        #expect(Array(found.utf8) == Array(value.utf8))
    }

    @Test("does not compose or decompose what it reads")
    func normalization() throws {
        for text in ["e\u{301}", "\u{E9}", "\u{FB33}", "\u{5D3}\u{5BC}", "\u{212A}"] {
            guard case .string(let found) = try JSONReader.read(Array("\"\(text)\"".utf8)) else { continue }
            #expect(Array(found.utf8) == Array(text.utf8))
        }
    }
}

struct TestFailure: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
