import Canonical
import SeededNumbers
import Testing

@testable import Rewards

@Suite("Line reader")
struct LineReaderTests {
    @Test("reads the same lines however the file is cut", arguments: [1, 2] as [UInt64])
    func pieces(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<1000 {
            let lines = (0..<Int.random(in: 0...8, using: &numbers)).map { _ in
                (0..<Int.random(in: 0...5, using: &numbers)).map { _ in
                    UInt8.random(in: 0x61...0x63, using: &numbers)
                }
            }
            let bytes: [UInt8] = lines.flatMap { (line: [UInt8]) -> [UInt8] in line + [0x0A] }
            var rest = bytes[...]
            let size = Int.random(in: 1...7, using: &numbers)
            var reader = LineReader {
                let piece = Array(rest.prefix(size))
                rest = rest.dropFirst(size)
                return piece
            }
            var whole = LineReader(bytes)
            var line: [UInt8] = [1, 2, 3]
            for (index, expected) in lines.enumerated() {
                let isThere = try reader.next(into: &line)
                #expect(isThere && line == expected && reader.count == index + 1)
                let own = try whole.next()
                #expect(own == expected)
            }
            let isThere = try reader.next(into: &line)
            let more = try whole.next()
            #expect(!isThere && more == nil)
        }
    }

    @Test("refuses a last line without a line feed")
    func unfinished() throws {
        var reader = LineReader(Array("a\nb".utf8))
        let first = try reader.next()
        #expect(first == Array("a".utf8))
        #expect { try reader.next() } throws: { ($0 as? JSONError)?.place == "line 2" }
    }
}
