import Imaging
import Testing

@Suite struct JPEGEncoderTests {
    private func rgb(_ width: Int, _ height: Int) -> [UInt8] {
        FormulaPlane.samples(width: width * 3, height: height, kind: 3)
    }

    @Test(arguments: [false, true])
    func writesAFileThatDecodesToItsSize(progressive: Bool) throws {
        let file = try JPEGEncoder.encode(
            rgb: rgb(203, 101), width: 203, height: 101, quality: 80, progressive: progressive)
        let image = try ImageDecoder.decode(file)
        #expect(image.kind == .jpeg)
        #expect([image.width, image.height, image.plane.width, image.plane.height] == [203, 101, 51, 26])
    }

    /// ITU-T T.81, B.2.4.6: APP1 is FF E1, then the length with its own 2 bytes. JFIF's APP0 has 18 bytes.
    @Test func putsExifRightAfterJFIF() throws {
        let exif = Array("Exif\0\0".utf8) + [1, 2, 3]
        let file = try JPEGEncoder.encode(gray: [9], width: 1, height: 1, exif: exif)
        #expect(Array(file.prefix(4)) == [0xFF, 0xD8, 0xFF, 0xE0])
        #expect(Array(file[20..<24 + exif.count]) == [0xFF, 0xE1, 0, 11] + exif)
        _ = try ImageDecoder.decode(file)
    }

    @Test func isAFunctionOfItsInput() throws {
        let one = try JPEGEncoder.encode(rgb: rgb(64, 64), width: 64, height: 64)
        let two = try JPEGEncoder.encode(rgb: rgb(64, 64), width: 64, height: 64)
        #expect(one == two)
    }

    @Test func keepsAFlatGray() throws {
        let file = try JPEGEncoder.encode(
            gray: [UInt8](repeating: 77, count: 40 * 24), width: 40, height: 24, quality: 100)
        #expect(try ImageDecoder.decode(file).plane.samples == [UInt8](repeating: 77, count: 60))
    }

    @Test func refusesArgumentsThatDoNotFit() {
        let calls: [() throws -> [UInt8]] = [
            { try JPEGEncoder.encode(rgb: [1, 2], width: 1, height: 1) },
            { try JPEGEncoder.encode(gray: [], width: 0, height: 0) },
            { try JPEGEncoder.encode(gray: [1], width: -1, height: -1) },
            { try JPEGEncoder.encode(gray: [1], width: 1, height: 1, quality: 0) },
            { try JPEGEncoder.encode(gray: [1], width: .max, height: .max) },
            {
                try JPEGEncoder.encode(
                    gray: [1], width: 1, height: 1, exif: [UInt8](repeating: 0, count: 65_534))
            },
        ]
        for call in calls {
            #expect { _ = try call() } throws: { ($0 as? ImageError)?.code == .unsupported }
        }
    }
}
