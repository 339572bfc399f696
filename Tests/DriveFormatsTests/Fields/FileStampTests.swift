import Canonical
import Testing

@testable import DriveFormats

/// Times and places in the names of files.
struct FileStampTests {
    @Test(arguments: [
        ("1765835621771_37.79687694312967_-122.39541245010635.jpg", "2025-12-15T21:53:41.771Z", true),
        ("1765835621771.png", "2025-12-15T21:53:41.771Z", true),
        ("IMG_20251215_215341.jpg", "2025-12-15T21:53:41Z", false),
        ("20251215_215341_123.JPG", "2025-12-15T21:53:41.123Z", false),
        ("PXL_20251215_215341123.jpg", "2025-12-15T21:53:41.123Z", true),
        ("2025-12-15T21-53-41.250Z.jpg", "2025-12-15T21:53:41.250Z", true),
        ("cam_2025_12_15-21_53_41-front.jpeg", "2025-12-15T21:53:41Z", false),
        ("x9_2025.12.15 21.53.41.jpg", "2025-12-15T21:53:41Z", false),
    ])
    func times(_ name: String, _ time: String, _ isUTC: Bool) throws {
        let said = try #require(FileStamp.testimony(of: name[...]))
        #expect(said.time == UTCTime(rfc3339: time) && said.source == .fileName)
        #expect(said.clock == (isUTC ? .device : .local))
    }

    @Test func places() throws {
        let said = try #require(FileStamp.testimony(of: "1765835621771_-37.5_122.25.jpg"))
        #expect(
            said.fix
                == RawFix(time: UTCTime(milliseconds: 1_765_835_621_771), latitude: -37.5, longitude: 122.25)
        )
    }

    /// Whatever a name holds, nothing traps, and a time lies between 2000 and 2100.
    @Test func anyName() {
        let seed: UInt64 = 20_261_128
        var random = SeededRandom(seed: seed)
        let letters = Array("0123456789012345678901234567890123456789_-:.TZ PXLeE+é\u{0}".unicodeScalars)
        var found = 0
        for number in 0..<20_000 {
            var name = ""
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                name.unicodeScalars.append(letters.randomElement(using: &random) ?? "0")
            }
            if number % 2 == 0 { name = "20251215_\(name)" }
            guard let said = FileStamp.testimony(of: "\(name).jpg"[...]) else { continue }
            found += 1
            let time = said.time?.milliseconds ?? 0
            #expect((946_684_800_000...4_102_444_799_999).contains(time), "seed \(seed), \(name)")
        }
        #expect(found > 20, "seed \(seed)")
    }

    @Test(arguments: [
        "", "a.jpg", "DSC_0001.jpg", "12345678.jpg", "20251315_215341.jpg", "20251215_255341.jpg",
        "20251215215341.jpg", "1765835621771_37.5.jpg", "1765835621771_a_b.jpg", "9999999999999.jpg",
        "20251215_2153411.jpg", "120251215_215341.jpg", "0765835621771.jpg", "2025-12_15-21-53-41.jpg",
        "1765835621771_nan_inf.jpg", "18991215_215341.jpg",
    ])
    func otherNames(_ name: String) {
        #expect(FileStamp.testimony(of: name[...]) == nil)
    }
}
