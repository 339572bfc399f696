import Canonical
import Testing

@testable import DriveFormats

/// JSON files taken apart into records.
struct JSONRecordsTests {
    /// All that a file gives: a word for each record, and how it ends.
    private static func read(_ bytes: [UInt8], chunkSize: Int = 1 << 20, maxRecords: Int = 100) -> [String] {
        let upload = MemoryUpload([("a", bytes)])
        var records = JSONRecords(upload.files[0], in: upload, maxRecords: maxRecords, chunkSize: chunkSize)
        var words: [String] = []
        do {
            while let record = try records.next() {
                switch record {
                case .value(let value): words.append("\(value)")
                case .broken(let reason): words.append("\(records.place): \(reason)")
                }
            }
            if records.isCutOff { words.append("cut off") }
        } catch {
            let refusal = error.refusal(of: upload.files[0], as: "x")
            words.append("\(refusal.code) \(refusal.place): \(refusal.reason)")
        }
        return words
    }

    @Test(arguments: [
        ("", []), (" \n", []), ("[]", []), ("\u{FEFF} [ ] \n", []), ("[1]", ["integer(1)"]),
        ("[ 1 ,\n\"a,]\\\"\" , [[2]] ]", ["integer(1)", "string(\"a,]\\\"\")", "array([DriveFormats.x])"]),
        ("1\n\n \"b\"\r\n", ["integer(1)", "string(\"b\")"]),
        ("1\n{\n2", ["integer(1)", "record 2 at byte 2: no key in an object at its byte 1", "integer(2)"]),
        ("[", ["cut off"]), ("[1,{\"a\":", ["integer(1)", "cut off"]),
        ("[1,\"a\\", ["integer(1)", "cut off"]),
        ("[1", ["cut off"]),
    ])
    func records(content: String, expected: [String]) {
        for chunkSize in [1, 2, 1 << 20] {
            let found = Self.read(text(content), chunkSize: chunkSize)
            #expect(found.count == expected.count)
            for (found, expected) in zip(found, expected) where !expected.hasSuffix("x])") {
                #expect(found == expected)
            }
        }
    }

    @Test(arguments: [
        ("[1]x", "text behind the end of the array", "byte 3"),
        ("[1,]", "text ends where a value should be at its byte 0", "record 2 at byte 3"),
        ("[1}", "neither ',' nor ']' in an array", "byte 2"),
        ("[1 2]", "text behind the end of the document at its byte 2", "record 1 at byte 1"),
        ("[{\"a\":1,\"a\":2}]", "a key occurs twice at its byte 12", "record 1 at byte 1"),
        (
            "[\(String(repeating: "[", count: 17))\(String(repeating: "]", count: 18))",
            "nested deeper than 16 at its byte 16", "record 1 at byte 1"
        ),
        (
            "[\(String(repeating: "[", count: 1_100_000))", "nested deeper than 16 at its byte 16",
            "record 1 at byte 1"
        ),
        (
            "[\"\(String(repeating: "a", count: 1_100_000))", "more than 1048576 bytes in one record",
            "record 1 at byte 1"
        ),
        ("[NaN]", "no JSON value starts here at its byte 0", "record 1 at byte 1"),
        (
            "[\(String(repeating: "1", count: 1_000_000))]", "a number of more than 64 characters",
            "record 1 at byte 1"
        ),
        ("[1e999]", "a number that is not finite", "record 1 at byte 1"),
    ])
    func refused(content: String, reason: String, place: String) {
        let word = Self.read(text(content)).last ?? ""
        #expect(word.contains(reason), "\(word)")
        #expect(word.hasPrefix("x.bad_json a, \(place): "), "\(word)")
    }

    @Test func limits() {
        #expect(
            Self.read(text("[1,2,3]"), maxRecords: 2).last
                == "x.too_many_records a, record 3 at byte 5: more than 2 records")
        #expect(
            Self.read(text("1\n2\n3"), maxRecords: 2).last
                == "x.too_many_records a, record 3 at byte 4: more than 2 records")
        let long = String(repeating: "1", count: 1_100_000)
        let words = Self.read(text("\(long)\n2\n"))
        #expect(words.count == 2 && words[1] == "integer(2)")
    }

    /// What the reader of whole documents takes for an array is taken apart into the same elements, and nothing else
    /// is taken for a whole array.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func asTheReaderOfDocuments(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let tokens = ["1", "\"a]\"", "\"\\\"\"", "[", "]", "{", "}", ",", "\"k\":", " ", "null", "-", "\\"]
        for round in 0..<400 {
            var content = "[1,{\"k\":[2,\"x\"]},[\"y\",{}],\"z\"]"
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let place = content.index(
                    content.startIndex, offsetBy: Int.random(in: 1...content.count, using: &random))
                let end = content.index(
                    place, offsetBy: Int.random(in: 0...2, using: &random), limitedBy: content.endIndex)
                let token = tokens.randomElement(using: &random) ?? ""
                content.replaceSubrange(place..<(end ?? content.endIndex), with: token)
            }
            let words = Self.read(text(content), chunkSize: Int.random(in: 1...40, using: &random))
            if case .array(let elements)? = try? JSONReader.read(text(content)) {
                if words != elements.map({ "\($0)" }) {
                    Issue.record("seed \(seed), round \(round): \(content)")
                }
            } else if !(words.last.map { $0 == "cut off" || $0.hasPrefix("x.bad_json") } ?? false) {
                Issue.record("seed \(seed), round \(round): \(content) is no array")
            }
        }
    }
}
