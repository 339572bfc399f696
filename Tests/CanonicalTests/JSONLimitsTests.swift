import SeededNumbers
import Testing

@testable import Canonical

@Suite("JSONReader under limits")
struct JSONLimitsTests {
    private static func nested(_ depth: Int, _ inner: String = "") -> [UInt8] {
        Array((String(repeating: "[", count: depth) + inner + String(repeating: "]", count: depth)).utf8)
    }

    @Test("takes as many containers in one another as it may, empty or not", arguments: [0, 1, 2, 8, 32])
    func depth(limit: Int) throws {
        let limits = JSONLimits(maxDepth: limit)
        for inner in ["1", "\"\"", "null"] {
            _ = try JSONReader.read(Self.nested(limit, inner), limits: limits)
            #expect(throws: JSONError.self) {
                try JSONReader.read(Self.nested(limit + 1, inner), limits: limits)
            }
        }
        if limit > 0 { _ = try JSONReader.read(Self.nested(limit), limits: limits) }
        #expect(throws: JSONError.self) { try JSONReader.read(Self.nested(limit + 1), limits: limits) }
        let objects = String(repeating: "{\"a\":", count: limit) + "1" + String(repeating: "}", count: limit)
        _ = try JSONReader.read(Array(objects.utf8), limits: limits)
        #expect(throws: JSONError.self) {
            try JSONReader.read(Array("{\"a\":\(objects)}".utf8), limits: limits)
        }
    }

    @Test("does not run out of stack on what is nested without end")
    func bottomless() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONError(reason: "nested deeper than 32", place: "byte 32")) {
            try JSONReader.read(deep)
        }
    }

    @Test("counts every value, and the bytes of the text")
    func counts() throws {
        let text = Array(#"{"a":[1,2],"b":null}"#.utf8)
        _ = try JSONReader.read(text, limits: JSONLimits(maxBytes: text.count, maxValues: 5))
        #expect(throws: JSONError.self) { try JSONReader.read(text, limits: JSONLimits(maxValues: 4)) }
        let objects = Array("[{},{\"a\":{}},[]]".utf8)
        _ = try JSONReader.read(objects, limits: JSONLimits(maxObjects: 3))
        // The third one, on byte 9.
        #expect(throws: JSONError(reason: "more than 2 objects", place: "byte 9")) {
            try JSONReader.read(objects, limits: JSONLimits(maxObjects: 2))
        }
        #expect(throws: JSONError(reason: "JSON text of 20 bytes, limit 19", place: "byte 0")) {
            try JSONReader.read(text, limits: JSONLimits(maxBytes: 19))
        }
    }

    @Test("ends in a value or an error on any bytes", arguments: [1, 2, 3, 4] as [UInt64])
    func anything(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        let pieces = Array("{}[]:,\"\\\"ntfu0123456789abcdefE+-. \n\u{1}é😀truefalsenull".utf8)
        let valid = Array(#"{"a":[1,-2.5e3,"\ud83d\ude00é",true,null,{"b":{}}],"c":"\\"}"#.utf8)
        var accepted = 0
        for round in 0..<4000 {
            var bytes: [UInt8]
            if round % 2 == 0 {
                bytes = (0..<Int.random(in: 0...24, using: &numbers)).map { _ in
                    pieces.randomElement(using: &numbers) ?? 0
                }
            } else {
                bytes = valid
                for _ in 0..<Int.random(in: 0...2, using: &numbers) {
                    let place = Int.random(in: 0..<bytes.count, using: &numbers)
                    bytes[place] = UInt8.random(in: 0...255, using: &numbers)
                }
                if Int.random(in: 0..<4, using: &numbers) == 0 {
                    bytes.removeLast(Int.random(in: 1..<bytes.count, using: &numbers))
                }
            }
            guard let value = try? JSONReader.read(bytes) else { continue }
            accepted += 1
            // What is accepted as integers means the same when it is written again.
            guard let canonical = try? CanonicalJSON(value) else { continue }
            let again = try CanonicalJSON(JSONReader.read(canonical.bytes))
            #expect(again.bytes == canonical.bytes, "seed \(seed), round \(round): \(bytes)")
        }
        #expect(accepted > 500)
    }
}
