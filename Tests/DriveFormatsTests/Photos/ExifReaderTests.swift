import Canonical
import Testing

@testable import DriveFormats

/// Hand-made EXIF blocks against values worked out by hand.
struct ExifReaderTests {
    private func read(_ bytes: [UInt8]) throws -> ExifReader.Finding {
        let upload = MemoryUpload([("p.jpg", bytes)])
        return try ExifReader.read(upload.files[0], in: upload)
    }

    private func data(_ builder: ExifBuilder) throws -> ExifData {
        guard case .exif(let data) = try read(builder.jpeg) else {
            Issue.record("no EXIF found")
            return try #require(nil as ExifData?)
        }
        return data
    }

    @Test(arguments: [true, false]) func everyFieldInBothByteOrders(isBigEndian: Bool) throws {
        let data = try data(.sample(isBigEndian: isBigEndian))
        let position = try #require(data.position)
        // 37 + 46/60 + 30.5/3600 and -(122 + 25/60 + 9/3600).
        #expect(abs(position.latitude - 37.77513888888889) < 1e-12)
        #expect(abs(position.longitude - -122.41916666666667) < 1e-12)
        #expect(data.time == UTCTime(rfc3339: "2025-12-15T21:53:41.250Z"))
        #expect(data.heading == 90.1)
        #expect(abs(try #require(data.speed) - 18.52) < 1e-12)
        #expect(data.horizontalError == 3.5)
        #expect(data.hdop == 1.5)
        #expect(data.device == "Make Model #A-7")
        #expect(data.fault == nil)
    }

    @Test func pngAndJPEGSayTheSame() throws {
        let builder = ExifBuilder.sample(isBigEndian: false)
        #expect(try read(builder.png) == read(builder.jpeg))
    }

    @Test func blockBehindOtherSegmentsAndFillBytes() throws {
        let xmp = ExifBuilder.segment(
            0xE1, text("http://ns.adobe.com/xap/1.0/\0") + [UInt8](repeating: 0x20, count: 60_000))
        let exif =
            [0xFF, 0xFF]
            + ExifBuilder.segment(0xE1, text("Exif\0\0") + ExifBuilder.sample(isBigEndian: true).block)
        guard case .exif(let data) = try read(ExifBuilder.jpeg([xmp, xmp, exif])) else {
            Issue.record("no EXIF found")
            return
        }
        #expect(data.position != nil)
    }

    @Test func secondBlockWithThePositionIsTaken() throws {
        var first = ExifBuilder.sample(isBigEndian: true)
        first.gps = []
        let segments = [first, .sample(isBigEndian: false)].map {
            ExifBuilder.segment(0xE1, text("Exif\0\0") + $0.block)
        }
        guard case .exif(let data) = try read(ExifBuilder.jpeg(segments)) else {
            Issue.record("no EXIF found")
            return
        }
        #expect(data.position != nil)
    }

    @Test func notAnImageAndNoExif() throws {
        #expect(try read([]) == .noImage)
        #expect(try read(text("hello")) == .noImage)
        #expect(try read(ExifBuilder.jpeg([])) == .noExif)
        #expect(
            try read(ExifBuilder.jpeg([ExifBuilder.segment(0xE1, text("Exif\0\0") + text("nonsense"))]))
                == .noExif)
    }

    /// GPSTimeStamp as hours, minutes and seconds on 2025-12-31.
    @Test(
        arguments: [
            ([(23, 1), (59, 1), (59, 1)], "2025-12-31T23:59:59Z"),
            ([(24, 1), (0, 1), (0, 1)], "2026-01-01T00:00:00Z"),
            ([(23, 1), (59, 1), (60, 1)], "2026-01-01T00:00:00Z"),
            ([(1, 1), (2, 1), (3999, 1000)], "2025-12-31T01:02:03.999Z"),
        ] as [([(UInt32, UInt32)], String)])
    func gpsTime(stamp: [(UInt32, UInt32)], expected: String) throws {
        var builder = ExifBuilder.sample(isBigEndian: true)
        builder.set(gps: 0x07, .ratios(stamp))
        builder.set(gps: 0x1D, .ascii("2025:12:31"))
        #expect(try data(builder).time == UTCTime(rfc3339: expected))
    }

    /// Where GPS has no usable time, the camera's counts: 22:53:42.5 at +01:00.
    @Test func cameraTimeWhereGPSHasNone() throws {
        let expected = UTCTime(rfc3339: "2025-12-15T21:53:42.5Z")
        for (tag, value) in [
            (0x1D, nil), (0x1D, .ascii("1970:01:01")), (0x1D, .ascii("2025:02:30")), (0x07, nil),
            (0x07, .ratios([(25, 1), (0, 1), (0, 1)])), (0x07, .ratios([(21, 0), (0, 1), (0, 1)])),
            (0x07, .ratios([(24, 1), (0, 1), (1, 1)])),
        ] as [(UInt16, ExifBuilder.Value?)] {
            var builder = ExifBuilder.sample(isBigEndian: true)
            builder.set(gps: tag, value)
            #expect(try data(builder).time == expected)
        }
    }

    @Test(
        arguments: [
            ("2025:12:15 22:53:42", nil, nil, "2025-12-15T22:53:42Z"),
            ("2025:12:15 22:53:42", "Z", "07", "2025-12-15T22:53:42.07Z"),
            ("2025-12-15T22:53:42", "-03:30", "123456", "2025-12-16T02:23:42.123Z"),
            ("2025/12/15 24:00:00", "   :  ", " 5 ", "2025-12-16T00:00:00.05Z"),
            ("2025:12:15 22:53:60", "+00:00", "9x", "2025-12-15T22:54:00.9Z"),
            ("2025:12:15 22:53:42", "1 pm", nil, nil), ("    :  :     :  :  ", nil, nil, nil),
            ("0000:00:00 00:00:00", nil, nil, nil), ("yesterday", nil, nil, nil),
        ] as [(String, String?, String?, String?)])
    func cameraTime(original: String, offset: String?, fraction: String?, expected: String?) throws {
        var builder = ExifBuilder.sample(isBigEndian: false)
        builder.gps = []
        builder.exif = [(0x9003, .ascii(original))]
        if let offset { builder.exif.append((0x9011, .ascii(offset))) }
        if let fraction { builder.exif.append((0x9291, .ascii(fraction))) }
        #expect(try data(builder).time == expected.flatMap { UTCTime(rfc3339: $0) })
    }

    @Test func headingsAndSpeeds() throws {
        var builder = ExifBuilder.sample(isBigEndian: true)
        builder.set(gps: 0x10, .ascii("M"))
        #expect(try data(builder).heading == nil)
        builder.gps += [(0x0F, .ratios([(270, 1)]))]
        #expect(try data(builder).heading == 270)
        builder.gps += [(0x0E, .ascii("M"))]
        #expect(try data(builder).heading == nil)
        builder.set(gps: 0x10, nil)
        #expect(try data(builder).heading == 90.1)
        builder.set(gps: 0x0C, nil)
        #expect(try data(builder).speed == 10)
        builder.set(gps: 0x0C, .ascii("M"))
        #expect(abs(try #require(try data(builder).speed) - 16.09344) < 1e-12)
        builder.set(gps: 0x0C, .ascii("x"))
        #expect(try data(builder).speed == nil)
        builder.gps += [(0x0A, .ascii("3"))]
        #expect(try data(builder).hdop == nil)
    }

    /// Whatever of a coordinate is missing, there is no position, and nothing becomes 0.
    @Test func incompletePositionsAreNone() throws {
        for (tag, value) in [
            (0x01, nil), (0x01, .ascii("")), (0x01, .ascii("E")), (0x02, nil), (0x03, nil), (0x04, nil),
            (0x02, .ratios([(37, 0), (0, 1), (0, 1)])), (0x02, .ratios([(37, 1), (0, 0), (0, 1)])),
            (0x04, .ratios([(37, 1), (0, 1), (0, 0)])), (0x02, .ratios([])), (0x02, .ascii("37.5")),
            (0x02, .ratios([(1, 1), (1, 1), (1, 1), (1, 1)])),
            (0x02, .raw(type: 5, count: 3, field: 0xFFFF_FFF0)),
            (0x02, .raw(type: 5, count: .max, field: 8)), (0x01, .raw(type: 2, count: .max, field: 8)),
        ] as [(UInt16, ExifBuilder.Value?)] {
            var builder = ExifBuilder.sample(isBigEndian: true)
            builder.set(gps: tag, value)
            #expect(try data(builder).position == nil)
        }
    }

    @Test func coordinatesWithFewerParts() throws {
        var builder = ExifBuilder.sample(isBigEndian: true)
        builder.set(gps: 0x02, .ratios([(3750, 100)]))
        builder.set(gps: 0x01, .ascii("south"))
        builder.set(gps: 0x04, .ratios([(91, 1), (3030, 100)]))
        let position = try #require(try data(builder).position)
        #expect(position.latitude == -37.5)
        #expect(abs(position.longitude - -91.505) < 1e-12)
    }

    @Test func loopsHaveNoLength() throws {
        for target in [8, 0, UInt32.max, 4] {
            var builder = ExifBuilder.sample(isBigEndian: true)
            // The Exif directory is the first one, or the header, or nowhere; the GPS directory still counts.
            builder.camera = [(0x8769, .long(target))]
            let data = try data(builder)
            #expect(data.position != nil)
        }
        var builder = ExifBuilder.sample(isBigEndian: true)
        builder.camera = [(0x8825, .long(8))]
        let looped = try data(builder)
        #expect(looped.position == nil)
        #expect(looped.fault?.contains("also another one") == true)
    }

    @Test func paddedAndHostileText() throws {
        var builder = ExifBuilder.sample(isBigEndian: true)
        builder.camera = [(0x010F, .ascii("  Make   \0junk")), (0x0110, .ascii("   "))]
        builder.set(exif: 0xA431, .ascii(String(repeating: "9", count: 500)))
        #expect(try data(builder).device == "Make #" + String(repeating: "9", count: 64))
    }
}
