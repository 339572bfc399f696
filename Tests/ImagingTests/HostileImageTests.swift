import SeededNumbers
import Imaging
import Testing

/// Damage made on the spot from seeds: nothing may crash, and nothing but the whole file may pass.
@Suite struct HostileImageTests {
    private static func samples() throws -> [(name: String, file: [UInt8])] {
        let rgb = FormulaPlane.samples(width: 48 * 3, height: 40, kind: 2)
        let gray = FormulaPlane.samples(width: 48, height: 40, kind: 0)
        return [
            ("baseline", try JPEGEncoder.encode(rgb: rgb, width: 48, height: 40, quality: 70)),
            ("progressive", try JPEGEncoder.encode(rgb: rgb, width: 48, height: 40, progressive: true)),
            ("rgb", try PNGEncoder.encode(rgb: rgb, width: 48, height: 40)),
            (
                "interlaced",
                PNGBuilder(width: 48, height: 40, interlaced: true).file { x, y in [gray[y * 48 + x]] }
            ),
        ]
    }

    @Test func refusesEveryTruncation() throws {
        for (name, file) in try Self.samples() {
            #expect(throws: Never.self) { try ImageDecoder.decode(file) }
            for length in 0..<file.count {
                #expect(throws: ImageError.self, "\(name) cut to \(length) of \(file.count)") {
                    try ImageDecoder.decode(Array(file.prefix(length)))
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func survivesFlippedBits(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        // Damaged headers may announce large images; they are as good a test when small.
        let limits = ImageLimits(maxPixels: 20_000)
        for (name, file) in try Self.samples() {
            var refused = 0
            for _ in 0..<200 {
                var damaged = file
                for _ in 0..<Int.random(in: 1...8, using: &random) {
                    damaged[Int.random(in: 0..<file.count, using: &random)] ^=
                        1 << UInt8.random(in: 0..<8, using: &random)
                }
                do throws(ImageError) {
                    let plane = try ImageDecoder.decode(damaged, limits: limits).plane
                    #expect(plane.samples.count == plane.width * plane.height)
                    _ = (DHash(plane), PDQHash(plane), ImageStatistics(plane, levels: .sample))
                } catch {
                    refused += 1
                }
            }
            // PNG's checksums find every flip; a JPEG hides some of them in its pixels.
            #expect(refused >= (file[0] == 0x89 ? 197 : 50), "\(name), seed \(seed)")
        }
    }

    @Test func survivesRandomBytes() {
        var random = SplitMix64(seed: 5)
        for start in [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]] as [[UInt8]] {
            for _ in 0..<300 {
                let noise = (0..<Int.random(in: 0..<300, using: &random)).map { _ in
                    UInt8.random(in: .min ... .max, using: &random)
                }
                #expect(throws: ImageError.self) { try ImageDecoder.decode(start + noise) }
            }
        }
    }

    @Test func refusesGiantHeadersAtOnce() {
        let files = [
            JPEGBuilder.header(width: 65_500, height: 65_500),
            PNGBuilder(width: 30_000, height: 30_000).file(idat: []),
            PNGBuilder(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF).file(idat: []),
        ]
        for file in files {
            let start = ContinuousClock.now
            #expect { _ = try ImageDecoder.decode(file) } throws: {
                ($0 as? ImageError)?.code == .tooManyPixels
            }
            // Takes microseconds; a loaded machine may take a break in between.
            #expect(ContinuousClock.now - start < .seconds(2))
        }
        for file in [JPEGBuilder.header(width: 0, height: 0), PNGBuilder(width: 0, height: 0).file(idat: [])]
        {
            #expect { _ = try ImageDecoder.decode(file) } throws: { ($0 as? ImageError)?.code == .damaged }
        }
    }

    @Test func countsScans() throws {
        let plane = try ImageDecoder.decode(JPEGBuilder.progressive(width: 40, height: 40, scans: 100)).plane
        #expect(plane.samples == [UInt8](repeating: 128, count: 100))
        for scans in [101, 250] {
            #expect(throws: ImageError(.tooManyScans, "more than 100 scans")) {
                try ImageDecoder.decode(JPEGBuilder.progressive(width: 40, height: 40, scans: scans))
            }
        }
    }

    /// Rows that nobody asked for are not unpacked: a file of the greatest length could hold 50 GB of them.
    @Test func refusesAPNGBombAtOnce() throws {
        // A stored block of the row, not the last one, then zeros: `00 00 FF FF` ends a block of none (RFC 1951, 3.2.4).
        let empty: [UInt8] = [0x00, 0x00, 0x00, 0xFF, 0xFF]
        var stream: [UInt8] = [0x78, 0x01, 0x00, 2, 0, 0xFD, 0xFF, 0, 7]
        for _ in 0..<20 { stream += [0x00, 0xFF, 0xFF, 0x00, 0x00] + [UInt8](repeating: 0, count: 65_535) }
        for interlaced in [false, true] {
            let file = PNGBuilder(width: 1, height: 1, interlaced: interlaced).file(idat: stream)
            // Behind the signature and IHDR come length and name of IDAT.
            let start = 8 + 25 + 8
            let error = try #require(throws: ImageError.self) { try ImageDecoder.decode(file) }
            let place = error.message.split(separator: " ").last.flatMap { Int($0.dropLast()) } ?? .max
            #expect(error.code == .damaged && place < start + 8192, "\(error)")
            #expect(throws: ImageError.self) { try PixelImage(file) }
            // Blocks of nothing before the end are odd, but there is nothing in them.
            let odd = stream[..<9] + Array(repeatElement(empty, count: 20).joined()) + [1, 0, 0, 0xFF, 0xFF]
            let whole = PNGBuilder(width: 1, height: 1, interlaced: interlaced)
                .file(idat: odd + PNGBuilder.bigEndian(0x0009_0008))
            #expect(throws: Never.self) { try ImageDecoder.decode(whole) }
        }
    }

    /// 2000 repetitions of a scan are counted before one is decoded.
    @Test func refusesARepeatedScan() throws {
        var file = JPEGBuilder.progressive(width: 40, height: 40, scans: 1)
        let scan = Array(file.suffix(from: file.count - 2 - 4 - 10))
        #expect(scan.prefix(2) == [0xFF, 0xDA])
        file.removeLast(2)
        for _ in 0..<2000 { file += scan.dropLast(2) }
        #expect(throws: ImageError(.tooManyScans, "more than 100 scans")) {
            try ImageDecoder.decode(file + [0xFF, 0xD9])
        }
    }

    /// 12 megapixels that would be walked 60 times: 720 million, where 500 million are allowed. Nothing is decoded for it.
    @Test func refusesScansOfALargeImageUnread() {
        let file = JPEGBuilder.progressive(width: 4000, height: 3000, scans: 60)
        let words = "60 scans of 12000000 pixels are more than 500000000"
        #expect(throws: ImageError(.tooManyScans, words)) { try ImageDecoder.decode(file) }
    }
}
