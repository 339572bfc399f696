import CZlib
import Testing

@testable import Tiles

@Suite struct DeflateBlockTests {
    private static func inflated(_ stream: [UInt8], count: Int) throws -> [UInt8] {
        var state = z_stream()
        #expect(inflateInit2_(&state, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        var input = stream
        var output = [UInt8](repeating: 0, count: count + 1)
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                state.next_in = input.baseAddress
                state.avail_in = UInt32(input.count)
                state.next_out = output.baseAddress
                state.avail_out = UInt32(output.count)
                return inflate(&state, Z_FINISH)
            }
        }
        defer { inflateEnd(&state) }
        #expect(status == Z_STREAM_END && state.avail_in == 0)
        return Array(output.prefix(output.count - Int(state.avail_out)))
    }

    @Test(arguments: [33, 65, 129, 257, 513, 16_385]) func zlibReadsIt(distance: Int) throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            var random = SeededRandom(seed)
            var block = DeflateBlock(farDistance: distance)
            var expected: [UInt8] = []
            let most = UInt8.random(in: 0...255, using: &random)
            repeat {
                let run = [UInt8](
                    repeating: UInt8.random(in: 0...most, using: &random),
                    count: Int.random(in: 1...(Bool.random(using: &random) ? 4 : 1000), using: &random))
                block.append(run)
                expected += run
            } while expected.count < distance || Bool.random(using: &random)
            for count in [3, 4, 10, 11, 257, 258, 259, 260, 261, 262, 516, 517, 519] {
                block.copyFar(count)
                for _ in 0..<count { expected.append(expected[expected.count - distance]) }
            }
            #expect(try Self.inflated(block.bytes(), count: expected.count) == expected, "seed \(seed)")
        }
    }

    @Test func noBytesAndAllBytes() throws {
        #expect(try Self.inflated(DeflateBlock(farDistance: 33).bytes(), count: 0) == [])
        let all = (UInt8.min ... .max).flatMap { [UInt8](repeating: $0, count: Int($0) + 1) }
        var block = DeflateBlock(farDistance: 33)
        block.append(all)
        #expect(try Self.inflated(block.bytes(), count: all.count) == all)
    }

    /// The table of RFC 1951, 3.2.5.
    @Test func symbolsOfLengths() {
        for (length, symbol, count, extra) in [
            (3, 257, 0, 0), (10, 264, 0, 0), (11, 265, 1, 0), (12, 265, 1, 1), (18, 268, 1, 1),
            (19, 269, 2, 0),
            (34, 272, 2, 3), (35, 273, 3, 0), (114, 279, 4, 15), (131, 281, 5, 0), (257, 284, 5, 30),
            (258, 285, 0, 0),
        ] {
            let found = LengthSymbol.of(length)
            #expect(found.symbol == symbol && found.extraCount == count && Int(found.extra) == extra)
        }
    }

    /// The example of RFC 1951, 3.2.2: lengths 3, 3, 3, 3, 3, 2, 4, 4 give 010 to 110, 00, 1110 and 1111.
    @Test func codesOfLengths() {
        let code = HuffmanCode(frequencies: [2, 2, 2, 2, 2, 4, 1, 1], limit: 15)
        #expect(code.lengths == [3, 3, 3, 3, 3, 2, 4, 4])
        // With the first bit lowest.
        #expect(code.codes == [0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111])
    }

    @Test func lengthsAreTheBestAndWithinTheLimit() {
        for seed in 1...100 as ClosedRange<UInt64> {
            var random = SeededRandom(seed)
            let frequencies = (0..<Int.random(in: 2...286, using: &random)).map { _ -> UInt32 in
                Bool.random(using: &random) ? 0 : UInt32.random(in: 1...1000, using: &random)
            }
            var weights = frequencies.filter { $0 > 0 }.map { UInt64($0) }
            guard weights.count > 1 else { continue }
            // What all codes cost together is the sum of all weights that are put together.
            var cost: UInt64 = 0
            while weights.count > 1 {
                weights.sort(by: >)
                let both = weights.removeLast() + weights.removeLast()
                weights.append(both)
                cost += both
            }
            let code = HuffmanCode(frequencies: frequencies, limit: 15)
            #expect(zip(frequencies, code.lengths).reduce(0) { $0 + UInt64($1.0) * UInt64($1.1) } == cost)
            Self.expectComplete(code, limit: 15)
        }
        // Fibonacci's numbers make the longest codes there can be.
        var fibonacci: [UInt32] = [1, 1]
        while fibonacci.count < 40 { fibonacci.append(fibonacci.suffix(2).reduce(0, +)) }
        Self.expectComplete(HuffmanCode(frequencies: fibonacci, limit: 15), limit: 15)
        Self.expectComplete(HuffmanCode(frequencies: Array(fibonacci.prefix(19)), limit: 7), limit: 7)
    }

    /// Kraft's sum of a code without a gap is one.
    private static func expectComplete(_ code: HuffmanCode, limit: Int) {
        #expect(code.lengths.allSatisfy { Int($0) <= limit })
        #expect(code.lengths.filter { $0 > 0 }.reduce(0) { $0 + 1 << (15 - Int($1)) } == 1 << 15)
    }

    @Test func adlerOfRepetitions() {
        for seed in 1...50 as ClosedRange<UInt64> {
            var random = SeededRandom(seed)
            var (checksum, all) = (Adler32(), [UInt8]())
            for _ in 0..<20 {
                let bytes = (0..<Int.random(in: 0...700, using: &random)).map { _ in
                    UInt8.random(in: 200...255, using: &random)
                }
                let times = Int.random(in: 0...9, using: &random)
                checksum.append(bytes, times: times)
                for _ in 0..<times { all += bytes }
            }
            #expect(UInt(checksum.value) == adler32(1, all, UInt32(all.count)))
        }
    }
}
