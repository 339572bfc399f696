import Imaging
import Testing

/// PNG has many forms; every one must come out as the same luma.
@Suite struct PNGDecodingTests {
    /// Mean of each 4x4 box, cut at the edges, rounded half up.
    private func boxes(width: Int, height: Int, luma: (Int, Int) -> Int) -> [UInt8] {
        var samples: [UInt8] = []
        for top in stride(from: 0, to: height, by: 4) {
            for left in stride(from: 0, to: width, by: 4) {
                var sum = 0
                var count = 0
                for y in top..<min(height, top + 4) {
                    for x in left..<min(width, left + 4) {
                        sum += luma(x, y)
                        count += 1
                    }
                }
                samples.append(UInt8((2 * sum + count) / (2 * count)))
            }
        }
        return samples
    }

    private func gray(_ x: Int, _ y: Int) -> Int { (x * 37 + y * 101 + x * y) % 256 }

    private func luma(_ r: Int, _ g: Int, _ b: Int) -> Int {
        (19_595 * r + 38_470 * g + 7471 * b + 32_768) >> 16
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 16, 33], [false, true])
    func averagesBoxesInterlacedOrNot(side: Int, interlaced: Bool) throws {
        let (width, height) = (side, 37 - side)
        let file = PNGBuilder(width: width, height: height, interlaced: interlaced)
            .file { x, y in [UInt8(gray(x, y))] }
        let plane = try ImageDecoder.decode(file).plane
        #expect([plane.width, plane.height] == [(width + 3) / 4, (height + 3) / 4])
        #expect(plane.samples == boxes(width: width, height: height, luma: gray))
    }

    @Test(arguments: [false, true])
    func weighsColours(interlaced: Bool) throws {
        let file = PNGBuilder(width: 13, height: 11, colourType: 2, interlaced: interlaced)
            .file { x, y in [UInt8(gray(x, y)), UInt8(gray(y, x)), UInt8(x * 9)] }
        let expected = boxes(width: 13, height: 11) { x, y in luma(gray(x, y), gray(y, x), x * 9) }
        #expect(try ImageDecoder.decode(file).plane.samples == expected)
    }

    @Test func compositesAlphaOnBlack() throws {
        let grayAlpha = PNGBuilder(width: 8, height: 8, colourType: 4)
            .file { x, y in [UInt8(gray(x, y)), UInt8(x * 30)] }
        #expect(
            try ImageDecoder.decode(grayAlpha).plane.samples
                == boxes(width: 8, height: 8) { x, y in (gray(x, y) * x * 30 + 127) / 255 })
        let rgba = PNGBuilder(width: 8, height: 8, colourType: 6)
            .file { x, y in [UInt8(gray(x, y)), 7, 200, UInt8(y * 30)] }
        #expect(
            try ImageDecoder.decode(rgba).plane.samples
                == boxes(width: 8, height: 8) { x, y in (luma(gray(x, y), 7, 200) * y * 30 + 127) / 255 })
    }

    /// 16 bits become 8 by rounding v / 257.
    @Test func reduces16Bits() throws {
        let file = PNGBuilder(width: 4, height: 4, bitDepth: 16).file { _, _ in [0x80, 0xFF] }
        #expect(try ImageDecoder.decode(file).plane.samples == [UInt8((0x80FF + 128) / 257)])
    }

    @Test func looksUpPalettes() throws {
        var builder = PNGBuilder(width: 4, height: 4, colourType: 3)
        builder.extraChunks = [("PLTE", [255, 255, 255, 100, 100, 100]), ("tRNS", [0])]
        #expect(try ImageDecoder.decode(builder.file { _, _ in [1] }).plane.samples == [100])
        #expect(try ImageDecoder.decode(builder.file { _, _ in [0] }).plane.samples == [0])
    }

    @Test func skipsChunksThatCannotChangeAPixel() throws {
        var builder = PNGBuilder(width: 4, height: 4)
        builder.extraChunks = [
            ("iCCP", Array("bomb\0\0".utf8) + [1, 2, 3]), ("zTXt", [0, 0, 0]), ("gAMA", [0, 0, 0, 1]),
            ("tEXt", []), ("prVt", [9]),
        ]
        #expect(try ImageDecoder.decode(builder.file { _, _ in [50] }).plane.samples == [50])
    }

    @Test func refusesBrokenChecksumsEverywhere() throws {
        var builder = PNGBuilder(width: 4, height: 4)
        builder.extraChunks = [("tEXt", Array("a\0b".utf8))]
        let file = builder.file { _, _ in [50] }
        // Length, type and CRC of every chunk follow the 8 bytes of the signature.
        for index in 8..<file.count {
            var broken = file
            broken[index] ^= 0x10
            #expect(throws: ImageError.self, "byte \(index)") { try ImageDecoder.decode(broken) }
        }
    }
}
