import Testing

@testable import DriveFormats

/// Whatever the bytes, reading ends with a finding.
struct ExifHostileTests {
    private static var samples: [[UInt8]] {
        [true, false].flatMap { order -> [[UInt8]] in
            let builder = ExifBuilder.sample(isBigEndian: order)
            return [builder.jpeg, builder.png]
        }
    }

    private func read(_ bytes: [UInt8]) throws -> ExifReader.Finding {
        let upload = MemoryUpload([("p.jpg", bytes)])
        return try ExifReader.read(upload.files[0], in: upload)
    }

    @Test func cutAtEveryByte() throws {
        for sample in Self.samples {
            let whole = try read(sample)
            for length in 0..<sample.count {
                let finding = try read(Array(sample[..<length]))
                // A cut file may say less, never something else.
                if case .exif(let cut) = finding, case .exif(let data) = whole, let position = cut.position {
                    #expect(position == data.position)
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func flippedBits(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        print("seed \(seed)")
        for _ in 0..<2000 {
            var bytes = Self.samples[Int.random(in: 0..<4, using: &random)]
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            _ = try read(bytes)
        }
    }

    @Test func bytesAtRandomBehindAHeader() throws {
        var random = SeededRandom(seed: 4)
        for _ in 0..<2000 {
            let junk = (0..<Int.random(in: 0..<300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = try read([0xFF, 0xD8, 0xFF, 0xE1, 0x01, 0x20] + text("Exif\0\0MM\0*\0\0\0\u{08}") + junk)
            _ = try read([0xFF, 0xD8, 0xFF] + junk)
            _ = try read([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + junk)
        }
    }

    /// 65,535 entries, as many as a directory can claim.
    @Test func directoryOfManyEntries() throws {
        let block: [UInt8] = text("MM\0*\0\0\0\u{08}") + [0xFF, 0xFF] + [UInt8](repeating: 1, count: 60_000)
        let bytes = ExifBuilder.jpeg([ExifBuilder.segment(0xE1, text("Exif\0\0") + block)])
        guard case .exif(let data) = try read(bytes) else {
            Issue.record("no EXIF found")
            return
        }
        #expect(data.fault?.contains("512 entries") == true)
    }
}
