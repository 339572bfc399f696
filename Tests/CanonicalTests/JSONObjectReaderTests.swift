import Testing

@testable import Canonical

@Suite("JSONObjectReader")
struct JSONObjectReaderTests {
    private static func reader(_ text: String) throws -> JSONObjectReader {
        try JSONObjectReader(JSONReader.read(Array(text.utf8)))
    }

    @Test("takes members of every kind, each once")
    func members() throws {
        var reader = try Self.reader(
            #"{"i":-7,"d":1.5,"s":"x","n":null,"a":[1,"b"],"o":{"k":2},"t":"y","z":3}"#)
        #expect(try reader.integer("i") == -7)
        #expect(try reader.optionalNumber("d") == 1.5)
        #expect(try reader.optionalNumber("z") == 3)
        #expect(try reader.optionalNumber("n") == nil)
        #expect(try reader.optionalNumber("absent") == nil)
        #expect(try reader.string("s") == "x")
        #expect(try reader.optionalString("t") == "y")
        #expect(try reader.optionalString("t") == nil)
        #expect(try reader.array("a") == [.integer(1), .string("b")])
        var inner = try reader.object("o")
        #expect(inner.path == "$.o")
        #expect(try inner.integer("k") == 2)
        try inner.finish()
        try reader.finish()
    }

    @Test("says by path what is missing or of another kind")
    func errors() throws {
        func error(_ text: String, _ take: (inout JSONObjectReader) throws -> Void) throws -> String {
            var reader = try Self.reader(text)
            return try #require(throws: JSONError.self) { try take(&reader) }.description
        }
        #expect(try error("{}") { _ = try $0.integer("a") } == "a member is missing at $.a")
        #expect(try error(#"{"a":null}"#) { _ = try $0.string("a") } == "a member is missing at $.a")
        #expect(
            try error(#"{"a":1.0}"#) { _ = try $0.integer("a") }
                == "a number where an integer is needed at $.a")
        #expect(
            try error(#"{"a":"1"}"#) { _ = try $0.integer("a") }
                == "a string where an integer is needed at $.a")
        #expect(
            try error(#"{"a":true}"#) { _ = try $0.string("a") }
                == "a boolean where a string is needed at $.a")
        #expect(
            try error(#"{"a":7}"#) { _ = try $0.optionalString("a") }
                == "an integer where a string is needed at $.a")
        #expect(
            try error(#"{"a":"x"}"#) { _ = try $0.optionalNumber("a") }
                == "a string where a number is needed at $.a")
        #expect(
            try error(#"{"a":{}}"#) { _ = try $0.array("a") } == "an object where an array is needed at $.a")
        #expect(
            try error(#"{"a":[]}"#) { _ = try $0.object("a") } == "an array where an object is needed at $.a")
    }

    @Test("holds integers against their range, ends included")
    func ranges() throws {
        func take(_ value: Int64) throws -> Int64 {
            var reader = try Self.reader(#"{"a":\#(value)}"#)
            return try reader.integer("a", in: -5...5)
        }
        #expect(try take(-5) == -5)
        #expect(try take(5) == 5)
        #expect(throws: JSONError(reason: "6 is outside -5...5", place: "$.a")) { try take(6) }
        #expect(throws: JSONError(reason: "-6 is outside -5...5", place: "$.a")) { try take(-6) }
    }

    @Test("refuses members that nobody took, and names the first")
    func unknown() throws {
        var reader = try Self.reader(#"{"b":1,"a":2,"c":null}"#)
        #expect(reader.remainingKeys == ["a", "b", "c"])
        #expect(throws: JSONError(reason: "an unknown member", place: "$.a")) { try reader.finish() }
        _ = reader.optional("a")
        _ = reader.optional("b")
        #expect(throws: JSONError(reason: "an unknown member", place: "$.c")) { try reader.finish() }
        _ = reader.optional("c")
        try reader.finish()
    }

    @Test("carries the path into objects inside")
    func paths() throws {
        var reader = try Self.reader(#"{"a":{"b":{"c":"x"}}}"#)
        var a = try reader.object("a")
        var b = try a.object("b")
        #expect(throws: JSONError(reason: "a string where an integer is needed", place: "$.a.b.c")) {
            try b.integer("c")
        }
    }

    @Test("reads objects alone", arguments: ["[]", "1", "\"{}\"", "null", "true"])
    func kinds(text: String) throws {
        let value = try JSONReader.read(Array(text.utf8))
        #expect(throws: JSONError(reason: "\(value.kind) where an object is needed", place: "$.x")) {
            try JSONObjectReader(value, path: "$.x")
        }
    }
}
