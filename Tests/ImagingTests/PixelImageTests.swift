import Imaging
import SeededNumbers
import Testing

/// PNG has many forms; every one must come out as the same pixels.
@Suite struct PixelImageTests {
    private func pixels(_ width: Int, _ height: Int, _ pixel: (Int, Int) -> [UInt8]) -> [UInt8] {
        (0..<height).flatMap { y in (0..<width).flatMap { x in pixel(x, y) } }
    }

    private func value(_ x: Int, _ y: Int) -> UInt8 { UInt8((x * 37 + y * 101 + x * y) % 256) }

    @Test(arguments: [(1, 1), (3, 5), (9, 8), (16, 33)], [false, true])
    func everyColourType(size: (width: Int, height: Int), interlaced: Bool) throws {
        let (width, height) = size
        func decoded(_ colourType: UInt8, _ depth: UInt8 = 8, _ pixel: (Int, Int) -> [UInt8]) throws
            -> [UInt8]
        {
            let builder = PNGBuilder(
                width: width, height: height, bitDepth: depth, colourType: colourType, interlaced: interlaced)
            let image = try PixelImage(builder.file(pixel: pixel))
            #expect(image.width == width && image.height == height && image.kind == .png)
            return image.samples
        }
        let gray = pixels(width, height) { [value($0, $1), value($0, $1), value($0, $1), 255] }
        #expect(try decoded(0) { [value($0, $1)] } == gray)
        // 16 bits become 8 by rounding v / 257.
        #expect(try decoded(0, 16) { [value($0, $1), value($0, $1)] } == gray)
        #expect(
            try decoded(4) { [value($0, $1), UInt8($0 * 7)] }
                == pixels(width, height) { [value($0, $1), value($0, $1), value($0, $1), UInt8($0 * 7)] })
        #expect(
            try decoded(2) { [value($0, $1), 9, UInt8($1)] }
                == pixels(width, height) { [value($0, $1), 9, UInt8($1), 255] })
        #expect(
            try decoded(6) { [value($0, $1), 9, UInt8($1), UInt8($0)] }
                == pixels(width, height) { [value($0, $1), 9, UInt8($1), UInt8($0)] })
        #expect(
            try decoded(6, 16) { [value($0, $1), 200, 9, 10, 0xFF, 0xFF, UInt8($0), UInt8($0)] }
                == pixels(width, height) {
                    let high = Int(value($0, $1)) << 8 | 200
                    return [UInt8((high + 128) / 257), 9, 255, UInt8($0)]
                })
    }

    @Test func palettesAndTransparentColours() throws {
        var builder = PNGBuilder(width: 3, height: 1, colourType: 3)
        builder.extraChunks = [("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9]), ("tRNS", [0, 128])]
        #expect(
            try PixelImage(builder.file { x, _ in [UInt8(x)] }).samples
                == [1, 2, 3, 0, 4, 5, 6, 128, 7, 8, 9, 255])
        builder = PNGBuilder(width: 2, height: 1, colourType: 2)
        builder.extraChunks = [("tRNS", [0, 1, 0, 1, 0, 1])]
        #expect(
            try PixelImage(builder.file { x, _ in [1, 1, UInt8(x + 1)] }).samples == [
                1, 1, 1, 0, 1, 1, 2, 255,
            ])
    }

    @Test(arguments: [1, 2, 4] as [UInt8]) func depthsBelowAByte(depth: UInt8) throws {
        var builder = PNGBuilder(width: 8, height: 1, bitDepth: depth, colourType: 3)
        builder.extraChunks = [("PLTE", (0..<1 << depth).flatMap { [UInt8($0), 100, 200] })]
        // A filter byte and places 1, 0, 1, 0 and so on.
        let bytes = [UInt8](repeating: depth == 1 ? 0xAA : depth == 2 ? 0x44 : 0x10, count: Int(depth))
        let image = try PixelImage(builder.file(idat: PNGBuilder.zlib([0] + bytes)))
        let expected = (0..<8).flatMap { (place: Int) -> [UInt8] in [UInt8((place + 1) % 2), 100, 200, 255] }
        #expect(image.samples == expected)
    }

    @Test func aJPEGIsOpaque() throws {
        let rgb = (0..<16 * 16).flatMap { _ in [200, 100, 50] as [UInt8] }
        let image = try PixelImage(JPEGEncoder.encode(rgb: rgb, width: 16, height: 16, quality: 95))
        #expect(image.width == 16 && image.height == 16 && image.kind == .jpeg)
        for (index, sample) in image.samples.enumerated() {
            #expect(abs(Int(sample) - [200, 100, 50, 255][index % 4]) <= 3)
        }
        let gray = try PixelImage(
            JPEGEncoder.encode(gray: [UInt8](repeating: 77, count: 64), width: 8, height: 8))
        #expect(gray.samples.count == 256 && gray.samples.prefix(4) == [77, 77, 77, 255])
    }

    @Test func limitsHold() {
        let large = PNGBuilder(width: 5000, height: 4000).file(idat: [])
        #expect { _ = try PixelImage(large) } throws: { ($0 as? ImageError)?.code == .tooManyPixels }
        let small = PNGBuilder(width: 10, height: 10).file { _, _ in [0] }
        #expect { _ = try PixelImage(small, limits: ImageLimits(maxPixels: 99)) } throws: {
            ($0 as? ImageError)?.code == .tooManyPixels
        }
        #expect { _ = try PixelImage([1, 2, 3]) } throws: { ($0 as? ImageError)?.code == .notAnImage }
        #expect { _ = try PixelImage([]) } throws: { ($0 as? ImageError)?.code == .empty }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func damageIsRefusedOrHarmless(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let rgb = FormulaPlane.samples(width: 24 * 3, height: 20, kind: 2)
        let files = [
            try PNGEncoder.encode(rgb: rgb, width: 24, height: 20),
            PNGBuilder(width: 24, height: 20, colourType: 6, interlaced: true).file { x, y in
                [value(x, y), 1, 2, UInt8(x)]
            },
            try JPEGEncoder.encode(rgb: rgb, width: 24, height: 20, progressive: true),
        ]
        let limits = ImageLimits(maxPixels: 20_000)
        for file in files {
            for length in stride(from: 0, to: file.count, by: 7) {
                #expect(throws: ImageError.self) {
                    try PixelImage(Array(file.prefix(length)), limits: limits)
                }
            }
            for _ in 0..<100 {
                var damaged = file
                damaged[Int.random(in: 0..<file.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
                do throws(ImageError) {
                    let image = try PixelImage(damaged, limits: limits)
                    #expect(image.samples.count == image.width * image.height * 4)
                } catch {
                    continue
                }
            }
        }
    }
}
