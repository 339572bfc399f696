import Testing

@testable import Tiles

@Suite struct PackedTileLinesTests {
    @Test("Packed forms come back", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let lines = random.lines(Int(seed) * 15, parts: 2, points: 6)
        let leaf = TileLines(leaf: lines)
        #expect(try TileLines(packed: leaf.packed()) == leaf)
        let parent = TileLines(merging: [(.southEast, leaf), (.northEast, leaf)])
        #expect(try TileLines(packed: parent.packed()) == parent)
        for line in lines { #expect(try LinePart.parts(packed: LinePart.packed(line.parts)) == line.parts) }
    }

    @Test func packedFormIsTheDocumentedOne() throws {
        let points = [VectorPoint(x: 300, y: 2), VectorPoint(x: 299, y: 4096), VectorPoint(x: 299, y: 4000)]
        let parts = [
            try #require(LinePart(firstLink: 7, lastLink: 9, points: points)),
            try #require(LinePart(firstLink: 11, lastLink: 11, points: Array(points.dropFirst()))),
        ]
        let packedParts: [UInt8] =
            [2] + [7, 2, 1, 0xAC, 2, 2, 1, 0xFC, 0x3F, 0, 0xBF, 1]
            + [4, 0, 0, 0xAB, 2, 0x80, 0x20, 0, 0xBF, 1]
        #expect(LinePart.packed(parts) == packedParts)
        let lines = TileLines(
            leaf: [
                try #require(TileLine(hash: 301, drive: "b", contributor: 128, day: -1, parts: [])),
                try #require(TileLine(hash: 1, drive: "a-1", contributor: 5, day: 1, parts: parts)),
            ])
        #expect(
            lines.packed() == [0, 2, 1, 3, 0x61, 0x2D, 0x31, 5, 2] + packedParts
                + [0xAC, 2, 1, 0x62, 0x80, 1, 1, 0])
        #expect(TileLines.empty.packed() == [0, 0])
        #expect(LinePart.packed([]) == [0])
    }

    @Test func onlyPackedFormsAreRead() {
        var random = SeededRandom(7)
        let lines = TileLines(leaf: random.lines(5, parts: 3, points: 6))
        let packed = lines.packed()
        for count in 0..<packed.count {
            #expect(
                refusal { () throws(TileError) in _ = try TileLines(packed: Array(packed[..<count])) } != nil)
        }
        flipped(packed, count: 700, seed: 8) { bytes in
            // What is accepted has exactly one packed form, and every tile above can be made from it.
            guard let lines = try? TileLines(packed: bytes) else { return }
            #expect(lines.packed() == bytes)
            let parent = TileLines(merging: Quadrant.allCases.map { ($0, lines) })
            #expect(parent.lines.count == lines.lines.count)
        }
        let parts = LinePart.packed(random.parts(10, points: 6))
        flipped(parts, count: 700, seed: 9) { bytes in
            guard let read = try? LinePart.parts(packed: bytes) else { return }
            #expect(LinePart.packed(read) == bytes)
        }
    }

    @Test func refusalsNameTheirReason() {
        let drive: [UInt8] = [1, 1, 0x61, 5, 2]
        let cases: [([UInt8], String)] = [
            ([], "the bytes end inside a varint"), ([2, 0], "sample 2"), ([1, 0], "0 drives, sample 1"),
            ([0, 0x81, 2], "257 drives"), ([0, 0, 0], "bytes behind"), ([0x80, 0, 0], "2 bytes, 1 do"),
            ([0, 1, 1, 0, 5, 2, 0], "out of range in a drive"),
            ([0, 1, 1, 1, 0x20, 5, 2, 0], "out of range"),
            ([0, 1, 1, 1, 0xFF, 5, 2, 0], "not UTF-8"), ([0, 1, 1, 9, 0x61], "9 bytes announced"),
            ([0, 2] + drive + [0, 0, 1, 0x61, 5, 2, 0], "out of order"),
            ([0, 1] + drive + [0x81, 0x40], "8193 parts"),
            ([0, 1] + drive + [1, 0, 0, 0xFF, 0x7F], "16383 points and two"),
            ([0, 1] + drive + [1, 0, 0, 0, 0x81, 0x20, 0, 2, 2], "outside"),
            ([0, 1] + drive + [1, 0, 0, 0, 0, 0, 0, 0], "or none"),
            ([0, 1] + drive + [1, 0, 0, 0, 0, 0, 1, 0], "outside"),
            ([0, 1] + drive + [1, 0, 0, 0, 0, 0, 0x81, 0x40, 0], "a step out of the tile"),
            ([0, 1] + drive + [1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1, 0, 0, 0, 2, 2], "beyond 2^32"),
            ([0, 1] + drive + [2, 1, 1, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 2, 2], "order of links"),
        ]
        for (bytes, reason) in cases {
            let error = refusal { () throws(TileError) in _ = try TileLines(packed: bytes) }
            #expect(error?.reason.contains(reason) == true, "\(bytes): \(error?.reason ?? "accepted")")
        }
        // Counts of 2^64 - 1 reserve nothing.
        for position in 0..<12 {
            let bytes = [UInt8](repeating: 1, count: position) + [UInt8](repeating: 0xFF, count: 9) + [1]
            #expect(refusal { () throws(TileError) in _ = try LinePart.parts(packed: bytes) } != nil)
            #expect(refusal { () throws(TileError) in _ = try TileLines(packed: bytes) } != nil)
        }
    }
}
