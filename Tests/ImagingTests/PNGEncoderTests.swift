import Imaging
import Testing

@Suite struct PNGEncoderTests {
    private let palette = [
        PNGEncoder.Colour(red: 0, green: 0, blue: 0, alpha: 0),
        PNGEncoder.Colour(red: 255, green: 255, blue: 255, alpha: 128),
        PNGEncoder.Colour(red: 10, green: 20, blue: 30),
    ]

    /// Chunk types of a file in their order.
    private func chunkTypes(_ file: [UInt8]) -> [String] {
        var types: [String] = []
        var position = 8
        while position + 8 <= file.count {
            let length = file[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            types.append(String(decoding: file[position + 4..<position + 8], as: UTF8.self))
            position += 12 + length
        }
        return types
    }

    @Test func writesNothingButTheImage() throws {
        let indices = (0..<256 * 256).map { UInt8($0 / 7 % 3) }
        let file = try PNGEncoder.encode(palette: palette, indices: indices, width: 256, height: 256)
        let types = chunkTypes(file)
        #expect(Array(types.prefix(3)) == ["IHDR", "PLTE", "tRNS"])
        #expect(types.dropFirst(3).dropLast().allSatisfy { $0 == "IDAT" })
        #expect(types.last == "IEND")
    }

    /// An opaque palette needs no tRNS; a luma of (19595 * 10 + 38470 * 20 + 7471 * 30 + 32768) >> 16 = 18.
    @Test func leavesOutTransparencyOfOpaquePalettes() throws {
        let file = try PNGEncoder.encode(
            palette: [palette[2]], indices: [UInt8](repeating: 0, count: 16), width: 4, height: 4)
        #expect(chunkTypes(file) == ["IHDR", "PLTE", "IDAT", "IEND"])
        #expect(try ImageDecoder.decode(file).plane.samples == [18])
    }

    /// White at alpha 128 on black is 128.
    @Test func roundTripsTransparency() throws {
        let file = try PNGEncoder.encode(
            palette: palette, indices: [UInt8](repeating: 1, count: 16), width: 4, height: 4)
        #expect(try ImageDecoder.decode(file).plane.samples == [128])
    }

    @Test func roundTripsRGB() throws {
        let rgb = (0..<8 * 4).flatMap { index -> [UInt8] in
            index % 8 < 4 ? [255, 0, 0] : [0, 0, 255]
        }
        let file = try PNGEncoder.encode(rgb: rgb, width: 8, height: 4)
        // 255 * 19595 / 65536 = 76.2 and 255 * 7471 / 65536 = 29.07.
        #expect(try ImageDecoder.decode(file).plane.samples == [76, 29])
        #expect(chunkTypes(file) == ["IHDR", "IDAT", "IEND"])
    }

    @Test func refusesArgumentsThatDoNotFit() {
        let calls: [() throws -> [UInt8]] = [
            {
                try PNGEncoder.encode(palette: [], indices: [0], width: 1, height: 1)
            },
            {
                try PNGEncoder.encode(palette: palette, indices: [3], width: 1, height: 1)
            },
            {
                try PNGEncoder.encode(palette: palette, indices: [0], width: 2, height: 1)
            },
            { try PNGEncoder.encode(rgb: [], width: 0, height: 5) },
        ]
        for call in calls {
            #expect { _ = try call() } throws: { ($0 as? ImageError)?.code == .unsupported }
        }
    }
}
