import Imaging
import Testing

@Suite struct ImageDecoderTests {
    private func code(_ bytes: [UInt8], _ limits: ImageLimits = ImageLimits()) -> ImageError.Code? {
        do throws(ImageError) {
            _ = try ImageDecoder.decode(bytes, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func namesWhatIsNoImage() {
        #expect(code([]) == .empty)
        #expect(code([0xFF]) == .notAnImage)
        #expect(code(Array("GIF89a".utf8)) == .notAnImage)
        #expect(code([0xFF, 0xD8, 0xFF]) == .damaged)
        #expect(code([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) == .damaged)
    }

    @Test func keepsToItsLimits() throws {
        let file = try JPEGEncoder.encode(
            gray: FormulaPlane.samples(width: 64, height: 64, kind: 0), width: 64, height: 64,
            progressive: true)
        #expect(code(file) == nil)
        #expect(code(file, ImageLimits(maxBytes: file.count)) == nil)
        #expect(code(file, ImageLimits(maxBytes: file.count - 1)) == .tooManyBytes)
        #expect(code(file, ImageLimits(maxPixels: 4096)) == nil)
        #expect(code(file, ImageLimits(maxPixels: 4095)) == .tooManyPixels)
        #expect(code(file, ImageLimits(maxScans: 2)) == .tooManyScans)
        #expect(code(file, ImageLimits(maxPixels: -1)) == .tooManyPixels)
        // libjpeg writes 6 scans for a gray image.
        #expect(code(file, ImageLimits(maxScannedPixels: 6 * 4096)) == nil)
        #expect(code(file, ImageLimits(maxScannedPixels: 6 * 4096 - 1)) == .tooManyScans)
        let png = PNGBuilder(width: 3, height: 5, colourType: 2).file { _, _ in [1, 2, 3] }
        #expect(code(png, ImageLimits(maxUnpackedBytes: 45)) == nil)
        #expect(code(png, ImageLimits(maxUnpackedBytes: 44)) == .tooManyBytes)
    }

    @Test func keepsLibrariesToTheirMemory() throws {
        let side = 2048
        let gray = [UInt8](repeating: 0, count: side * side)
        let jpeg = try JPEGEncoder.encode(gray: gray, width: side, height: side, progressive: true)
        // Coefficients take 2 bytes a sample: 8 MiB.
        #expect(code(jpeg, ImageLimits(maxCodecMemory: 16 << 20)) == nil)
        #expect(code(jpeg, ImageLimits(maxCodecMemory: 4 << 20)) == .tooMuchMemory)
        let png = try PNGEncoder.encode(
            palette: [.init(red: 0, green: 0, blue: 0)], indices: gray, width: side, height: side)
        #expect(code(png, ImageLimits(maxCodecMemory: 4 << 20)) == nil)
        #expect(code(png, ImageLimits(maxCodecMemory: 1 << 18)) == .tooMuchMemory)
    }

    @Test func readsHeadersAlone() throws {
        let jpeg = JPEGBuilder.header(width: 4000, height: 3000)
        let header = try ImageDecoder.header(jpeg)
        #expect([header.width, header.height] == [4000, 3000])
        #expect(header.kind == .jpeg)
        let png = try ImageDecoder.header(PNGBuilder(width: 31, height: 17).file { _, _ in [0] })
        #expect(png == ImageHeader(kind: .png, width: 31, height: 17))
    }

    @Test func ignoresWhatFollowsTheImage() throws {
        let jpeg = try JPEGEncoder.encode(gray: [1, 2, 3, 4], width: 2, height: 2)
        let png = PNGBuilder(width: 2, height: 2).file { _, _ in [200] }
        for file in [jpeg, png] {
            let tail = file + Array("<html>".utf8) + [0xFF, 0xD8, 0xFF, 0]
            #expect(try ImageDecoder.decode(tail) == ImageDecoder.decode(file))
        }
    }

    /// libjpeg warns of an unknown JFIF version, which says nothing about the pixels.
    @Test func toleratesWarningsAboutMetadata() throws {
        var file = try JPEGEncoder.encode(gray: [1, 2, 3, 4], width: 2, height: 2)
        let plane = try ImageDecoder.decode(file).plane
        #expect(Array(file[6..<11]) == Array("JFIF\0".utf8))
        file[11] = 7
        #expect(try ImageDecoder.decode(file).plane == plane)
    }

    @Test func saysWhatLibjpegSays() throws {
        let file = try JPEGEncoder.encode(gray: [UInt8](repeating: 3, count: 4096), width: 64, height: 64)
        #expect(throws: ImageError(.damaged, "Premature end of JPEG file (byte \(file.count - 10))")) {
            try ImageDecoder.decode(Array(file.dropLast(10)))
        }
        // Four components are CMYK to libjpeg, which cannot make gray of them.
        let cmyk = JPEGBuilder.header(width: 8, height: 8, components: 4)
        let words = "Unsupported color conversion request (byte \(cmyk.count - 2))"
        #expect(throws: ImageError(.unsupported, words)) { try ImageDecoder.decode(cmyk) }
    }

    @Test func saysWhereAPNGIsWrong() throws {
        var file = PNGBuilder(width: 1, height: 1).file { _, _ in [1] }
        // The checksum of IHDR: 8 bytes of signature, 8 of length and name, 13 of content, and then it.
        file[8 + 8 + 13 + 3] ^= 1
        #expect(throws: ImageError(.damaged, "IHDR: CRC error (byte 33)")) { try ImageDecoder.decode(file) }
    }
}
