import Testing

@testable import Tiles

@Suite struct GzipTests {
    @Test func headerSaysNothingAboutTimeAndPlace() throws {
        // RFC 1952: magic, deflate, no flags, no time, no extra flags, unknown system; then the stream, the
        // CRC-32 of nothing and no length.
        let nothing = try Gzip.compress([])
        #expect(nothing.prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
        #expect(nothing.suffix(8) == [0, 0, 0, 0, 0, 0, 0, 0])
        // CRC-32 of "123456789" is CBF43926 (the check value of the algorithm).
        #expect(try Gzip.compress(Array("123456789".utf8)).suffix(8) == [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0])
    }

    @Test(arguments: [0, 1, 100, 65_535, 65_536, 65_537, 300_000]) func contentComesBack(count: Int) throws {
        var random = SeededRandom(UInt64(count))
        let bytes = (0..<count).map { _ in UInt8.random(in: 0..<30, using: &random) }
        #expect(try Gzip.decompress(Gzip.compress(bytes), limit: count) == bytes)
        if count > 0 {
            let error = refusal { () throws(TileError) in
                _ = try Gzip.decompress(try Gzip.compress(bytes), limit: count - 1)
            }
            #expect(error?.code == .overLimit)
        }
    }

    @Test func aBombIsRefusedAtTheLimit() throws {
        let bomb = try Gzip.compress([UInt8](repeating: 0, count: 50 << 20))
        #expect(bomb.count < 100_000)
        #expect(
            refusal { () throws(TileError) in _ = try Gzip.decompress(bomb, limit: 1 << 20) }?.code
                == .overLimit)
    }

    @Test func damageIsFound() throws {
        var random = SeededRandom(5)
        let bytes = (0..<3000).map { _ in UInt8.random(in: 0..<60, using: &random) }
        let member = try Gzip.compress(bytes)
        for count in 0..<member.count {
            let error = refusal { () throws(TileError) in
                _ = try Gzip.decompress(Array(member[..<count]), limit: 1 << 20)
            }
            #expect(error?.code == .truncated)
        }
        for more in [[0], member] {
            let error = refusal { () throws(TileError) in
                _ = try Gzip.decompress(member + more, limit: 1 << 20)
            }
            #expect(error?.code == .compression && error?.offset == UInt64(member.count))
        }
        flipped(Array(member[10...]), count: 2000, seed: 6) { damaged in
            // The checksum sees every bit but those that fill up the last byte of the deflate stream.
            var content: [UInt8]?
            let error = refusal { () throws(TileError) in
                content = try Gzip.decompress(Array(member[..<10]) + damaged, limit: 1 << 20)
            }
            #expect(error != nil || content == bytes)
        }
    }
}
