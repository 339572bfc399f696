/// EXIF blocks whose header and directories are wrong.
enum ExifBlockFaults {
    static func all(_ sample: TIFFParts, _ order: String) -> [HostileCase] {
        headers(sample, order) + directories(sample, order) + cut(sample, order)
    }

    private static func make(_ name: String, _ block: [UInt8], _ expected: ExpectedFrame) -> HostileCase {
        ExifCases.make("block/\(name)", photo: ExifCases.photo(block: block), expected)
    }

    private static func headers(_ sample: TIFFParts, _ order: String) -> [HostileCase] {
        let noExif = ExpectedFrame("a.jpg", nil, complaint: "no EXIF in this image")
        let block = sample.bytes
        return [
            make("\(order)-magic-43", [block[0], block[1], 43, 43] + block.dropFirst(4), noExif),
            make("\(order)-order-mixed", [0x49, 0x4D] + block.dropFirst(2), noExif),
            make("\(order)-seven-bytes", Array(block.prefix(7)), noExif),
            make("\(order)-header-only", Array(block.prefix(8)), broken("the first directory at byte 38")),
        ]
    }

    /// Without position and time, and the first thing that is wrong said.
    private static func broken(_ words: String) -> ExpectedFrame { ExifCases.placeless(at: nil, words) }

    private static func directories(_ sample: TIFFParts, _ order: String) -> [HostileCase] {
        func changed(_ change: (inout TIFFParts) -> Void) -> [UInt8] {
            var parts = sample
            change(&parts)
            return parts.bytes
        }
        let size = UInt32(sample.bytes.count)
        let far = "directory at byte \(ExifCases.blockStart + Int(UInt32.max))"
        let cases: [(String, [UInt8], ExpectedFrame)] = [
            ("first-far", changed { $0.start = .max }, broken("the first \(far)")),
            ("first-at-the-end", changed { $0.start = size }, broken("leaves the EXIF block")),
            ("first-one-before-the-end", changed { $0.start = size - 1 }, broken("leaves the EXIF block")),
            // Of the header's own bytes: many entries of nonsense, in either byte order.
            (
                "first-at-0", changed { $0.start = 0 },
                broken("leaves the EXIF block or has more than 512 entries")
            ),
            (
                "gps-far", changed { $0.gpsStart = .max },
                ExifCases.placeless(at: TIFFParts.cameraTime, "the GPS \(far)")
            ),
            (
                "gps-is-the-first", changed { $0.gpsStart = 8 },
                ExifCases.placeless(
                    at: TIFFParts.cameraTime, "the GPS directory at byte 38 is also another one")
            ),
            (
                "gps-is-exif",
                changed { parts in parts.gpsStart = UInt32(8 + 6 + 12 * (parts.first.count + 2)) },
                ExifCases.placeless(at: TIFFParts.cameraTime, "is also another one")
            ),
            ("exif-far", changed { $0.exifStart = .max }, ExifCases.whole()),
            ("exif-is-the-first", changed { $0.exifStart = 8 }, ExifCases.whole()),
            (
                "exif-is-gps", changed { $0.exifStart = UInt32($0.gpsPlace) },
                ExifCases.placeless(
                    at: nil, "the GPS directory at byte \(ExifCases.blockStart + sample.gpsPlace) is also")
            ),
            ("first-empty", changed { $0.counts[0] = 0 }, ExifCases.placeless(at: nil)),
            // The entries that are there are read, however many are said to be there.
            ("first-65535", changed { $0.counts[0] = .max }, ExifCases.whole()),
            ("gps-65535", changed { $0.counts[2] = .max }, ExifCases.whole()),
            ("gps-empty", changed { $0.counts[2] = 0 }, ExifCases.placeless(at: TIFFParts.cameraTime)),
            (
                "gps-without-longitude", changed { $0.counts[2] = 3 },
                ExifCases.placeless(at: TIFFParts.cameraTime)
            ),
            (
                "gps-512-others-first", crowded(sample, 512).bytes,
                ExifCases.placeless(at: TIFFParts.cameraTime, "more than 512 entries")
            ),
            ("gps-500-others-first", crowded(sample, 500).bytes, ExifCases.whole()),
            ("maker-note-of-60-kilobytes", sample.with(exif: makerNote).bytes, ExifCases.whole()),
        ]
        return cases.map { make("\(order)-\($0.0)", $0.1, $0.2) }
    }

    private static let makerNote = TIFFParts.Entry(
        tag: 0x927C, type: 7, count: 60_000, content: .bytes([UInt8](repeating: 0x4D, count: 60_000)))

    private static func crowded(_ sample: TIFFParts, _ count: Int) -> TIFFParts {
        var parts = sample
        let other = TIFFParts.Entry(tag: 0x99, type: 1, count: 1, content: .field(0))
        parts.gps = [TIFFParts.Entry](repeating: other, count: count) + sample.gps
        return parts
    }

    /// Cut at every entry of the directory of positions, and inside the values behind it.
    private static func cut(_ sample: TIFFParts, _ order: String) -> [HostileCase] {
        let block = sample.bytes
        let start = sample.gpsPlace
        let places = [10, 20, 40, start, start + 1] + (0...sample.gps.count).map { start + 2 + 12 * $0 }
        return places.map { end in
            HostileCase(
                "exif/cut/\(order)-at-\(end)",
                [
                    ("a.jpg", ExifCases.photo(block: Array(block.prefix(end)))),
                    ("b.jpg", ExifCases.photo(block: TIFFParts.sample(isBigEndian: true).bytes)),
                ], .lawful)
        }
    }
}
