import Imaging
import Testing

@testable import DriveFormats

/// Files without what was written beside the picture.
struct StrippedImageTests {
    private static let secret = "the owner's name"
    private static let rgb = (0..<24 * 16 * 3).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 72 * 31) }

    /// A JPEG with everything that does not belong to its picture, in front of, between and behind its parts.
    private static func loaded(_ jpeg: [UInt8], orientation: UInt8? = nil) -> [UInt8] {
        var exif = ExifBuilder.sample(isBigEndian: false).block
        if let orientation {
            exif = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 2, 0]
            exif += [0x0F, 0x01, 2, 0, 4, 0, 0, 0] + Array("abc\0".utf8)
            exif += [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0] + [0, 0, 0, 0]
        }
        let words = text(secret)
        let before =
            ExifBuilder.segment(0xE1, text("Exif\0\0") + exif)
            + ExifBuilder.segment(0xE1, text("http://ns.adobe.com/xap/1.0/\0<x>") + words)
            + ExifBuilder.segment(0xFE, words) + ExifBuilder.segment(0xED, words)
            + ExifBuilder.segment(0xE0, text("JFXX\0") + words)
            + ExifBuilder.segment(0xE2, text("MPF\0") + words)
            + ExifBuilder.segment(0xE2, text("ICC_PROFILE\0\u{1}\u{1}profile"))
        return Array(jpeg[..<2]) + before + jpeg[2...] + words + jpeg
    }

    private static func holds(_ bytes: [UInt8], _ text: String) -> Bool {
        let words = Array(text.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: words) }
    }

    @Test(arguments: [false, true]) func aJPEGKeepsItsPictureOnly(isProgressive: Bool) throws {
        let jpeg = try JPEGEncoder.encode(
            rgb: Self.rgb, width: 24, height: 16, progressive: isProgressive)
        let delivered = Self.loaded(jpeg)
        let stripped = try #require(StrippedImage.bytes(delivered))
        #expect(try PixelImage(stripped) == PixelImage(jpeg))
        #expect(
            !Self.holds(stripped, Self.secret) && !Self.holds(stripped, "Exif")
                && !Self.holds(stripped, "JFXX"))
        #expect(Self.holds(stripped, "ICC_PROFILE"))
        #expect(stripped.count < jpeg.count + 40)
        #expect(StrippedImage.bytes(stripped) == stripped)
    }

    @Test func anOrientationStays() throws {
        let jpeg = try JPEGEncoder.encode(rgb: Self.rgb, width: 24, height: 16)
        let stripped = try #require(StrippedImage.bytes(Self.loaded(jpeg, orientation: 6)))
        #expect(!Self.holds(stripped, "abc"))
        let blocks = ExifContainer(stripped).blocks
        let block = try #require(blocks.first.flatMap { TIFFBlock(stripped, $0) })
        #expect(ExifDirectories(block).first.short(0x0112) == 6)
        #expect(StrippedImage.bytes(stripped) == stripped)
        #expect(
            StrippedImage.bytes(Self.loaded(jpeg, orientation: 1)).map { Self.holds($0, "Exif") } == false)
    }

    @Test func aPNGKeepsItsPictureOnly() throws {
        let png = try PNGEncoder.encode(rgb: Self.rgb, width: 24, height: 16)
        let words = text(Self.secret)
        let chunk = [0, 0, 0, UInt8(words.count)] + text("tEXt") + words + [0, 0, 0, 0]
        // Behind IHDR, which ends at byte 33, and behind IEND.
        let delivered = Array(png[..<33]) + chunk + png[33...] + words
        let stripped = try #require(StrippedImage.bytes(delivered))
        #expect(!Self.holds(stripped, Self.secret))
        #expect(try PixelImage(stripped) == PixelImage(png))
    }

    @Test func whatIsToBeKeptStays() throws {
        let jpeg = Self.loaded(try JPEGEncoder.encode(rgb: Self.rgb, width: 24, height: 16))
        let words = text(Self.secret)
        let comment = Self.count(of: ExifBuilder.segment(0xFE, words), in: jpeg)
        #expect(comment == 1)
        for (kept, hasComment, hasXMP, hasProfile) in [
            ([], false, false, false), (.comments, true, false, false), (.xmp, false, true, false),
            (.colourProfile, false, false, true), ([.comments, .xmp, .colourProfile], true, true, true),
        ] as [(StrippedImage.Metadata, Bool, Bool, Bool)] {
            let stripped = try #require(StrippedImage.bytes(jpeg, keeping: kept))
            #expect((Self.count(of: ExifBuilder.segment(0xFE, words), in: stripped) == 1) == hasComment)
            #expect(Self.holds(stripped, "http://ns.adobe.com/xap/1.0/") == hasXMP)
            #expect(Self.holds(stripped, "ICC_PROFILE") == hasProfile)
            #expect(!Self.holds(stripped, "Exif") && !Self.holds(stripped, "MPF"))
            #expect(try PixelImage(stripped) == PixelImage(jpeg))
        }
        let png = try PNGEncoder.encode(rgb: Self.rgb, width: 24, height: 16)
        let chunk = [0, 0, 0, UInt8(words.count)] + text("tEXt") + words + [0, 0, 0, 0]
        let delivered = Array(png[..<33]) + chunk + png[33...]
        #expect(StrippedImage.bytes(delivered, keeping: .comments) == delivered)
        #expect(StrippedImage.bytes(delivered, keeping: .xmp) == png)
    }

    private static func count(of part: [UInt8], in bytes: [UInt8]) -> Int {
        bytes.indices.count { bytes[$0...].starts(with: part) }
    }

    /// Whatever is damaged, nothing traps, and what comes out begins as an image.
    @Test(arguments: [1, 2, 3] as [UInt64]) func damagedFilesAreStrippedOrLeft(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let jpeg = Self.loaded(
            try JPEGEncoder.encode(rgb: Self.rgb, width: 24, height: 16, progressive: true))
        for _ in 0..<400 {
            var damaged = Array(jpeg.prefix(Int.random(in: 0...jpeg.count, using: &random)))
            for _ in 0..<3 where !damaged.isEmpty {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            guard let stripped = StrippedImage.bytes(damaged) else { continue }
            #expect(
                stripped.count <= damaged.count + 36 && stripped.prefix(2) == [0xFF, 0xD8], "seed \(seed)")
        }
    }
}
