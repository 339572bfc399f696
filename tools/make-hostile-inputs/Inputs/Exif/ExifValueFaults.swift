/// EXIF blocks whose values are wrong.
enum ExifValueFaults {
    private typealias Entry = TIFFParts.Entry

    static func all(_ sample: TIFFParts, _ order: String) -> [HostileCase] {
        (positions(sample) + references(sample) + times(sample)).map { name, parts, expected in
            ExifCases.make("value/\(order)-\(name)", photo: ExifCases.photo(block: parts.bytes), expected)
        }
    }

    private static func positions(_ sample: TIFFParts) -> [(String, TIFFParts, ExpectedFrame)] {
        func latitude(_ ratios: [(UInt32, UInt32)], type: UInt16 = 5) -> TIFFParts {
            sample.with(gps: sample.ratios(0x02, ratios, type: type))
        }
        func raw(_ type: UInt16, _ count: UInt32, _ field: UInt32) -> TIFFParts {
            sample.with(gps: Entry(tag: 0x02, type: type, count: count, content: .field(field)))
        }
        let none = ExifCases.placeless()
        return [
            ("denominator-0", latitude([(37, 0), (46, 1), (30, 1)]), none),
            ("second-denominator-0", latitude([(37, 1), (46, 1), (30, 0)]), none),
            ("all-0-of-0", latitude([(0, 0), (0, 0), (0, 0)]), none),
            ("no-values", latitude([]), none),
            ("four-values", latitude([(37, 1), (0, 1), (0, 1), (0, 1)]), none),
            ("degrees-only", latitude([(37_775, 1000)]), ExifCases.whole(latitudeE7: 377_750_000)),
            (
                "degrees-and-minutes", latitude([(37, 1), (4650, 100)]),
                ExifCases.whole(latitudeE7: 377_750_000)
            ),
            // What is beyond the pole is read as it stands; the stages refuse it as position.out_of_range.
            ("91-degrees", latitude([(91, 1), (0, 1), (0, 1)]), ExifCases.whole(latitudeE7: 910_000_000)),
            (
                "4294967295-degrees", latitude([(.max, 1)]),
                ExifCases.whole(latitudeE7: 42_949_672_950_000_000)
            ),
            ("least-ratio", latitude([(1, .max), (0, 1), (0, 1)]), ExifCases.whole(latitudeE7: 0)),
            (
                "signed-negative", latitude([(UInt32(bitPattern: -37), 1)], type: 10),
                ExifCases.whole(latitudeE7: -370_000_000)
            ),
            (
                "signed-both-negative",
                latitude([(UInt32(bitPattern: -37), UInt32(bitPattern: -1))], type: 10),
                ExifCases.whole(latitudeE7: 370_000_000)
            ),
            (
                "signed-least", latitude([(UInt32(bitPattern: .min), UInt32(bitPattern: .min))], type: 10),
                ExifCases.whole(latitudeE7: 10_000_000)
            ),
            ("offset-far", raw(5, 3, .max), none),
            ("offset-0-is-the-header", raw(5, 3, 0), position(of: sample)),
            ("offset-at-the-end", raw(5, 3, UInt32(sample.bytes.count)), none),
            ("offset-8-before-the-end", raw(5, 3, UInt32(sample.bytes.count - 8)), none),
            ("count-of-32-bits", raw(5, .max, 8), none),
            ("count-that-overflows-32-bits", raw(5, 0x2000_0001, 8), none),
            ("type-text", raw(2, 3, 8), none), ("type-double", raw(12, 3, 8), none),
            ("type-0", raw(0, 3, 8), none),
            ("type-65535", raw(65_535, 3, 8), none),
            ("twice-first-counts", twice(sample), ExifCases.whole()),
        ]
    }

    /// The header and the first directory read as three ratios: `MM*` and so on over the number of entries, in which the
    /// denominators are never 0.
    private static func position(of sample: TIFFParts) -> ExpectedFrame {
        let block = sample.bytes
        func long(_ place: Int) -> Double {
            let bytes = block[place..<place + 4]
            return Double(
                (sample.isBigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | UInt32($1) })
        }
        let degrees = long(0) / long(4) + long(8) / long(12) / 60 + long(16) / long(20) / 3600
        return ExifCases.whole(latitudeE7: Int((degrees * 1e7).rounded()))
    }

    private static func twice(_ sample: TIFFParts) -> TIFFParts {
        var parts = sample
        parts.gps.append(sample.ratios(0x02, [(1, 1)]))
        return parts
    }

    private static func references(_ sample: TIFFParts) -> [(String, TIFFParts, ExpectedFrame)] {
        let none = ExifCases.placeless()
        let south = ExifCases.whole(latitudeE7: -TIFFParts.latitudeE7)
        func reference(_ text: String) -> TIFFParts { sample.with(gps: sample.ascii(0x01, text)) }
        return [
            ("reference-missing", sample.without(gps: 0x01), none), ("reference-empty", reference(""), none),
            ("reference-blank", reference(" "), none), ("reference-of-x", reference("X"), none),
            ("reference-s", reference("S"), south), ("reference-small", reference("s"), south),
            ("reference-word", reference("South"), south),
            (
                "reference-without-nul",
                sample.with(gps: Entry(tag: 0x01, type: 2, count: 1, content: .bytes([0x53]))), south
            ),
            (
                "reference-nul-first",
                sample.with(gps: Entry(tag: 0x01, type: 2, count: 2, content: .bytes([0, 0x4E]))), none
            ),
            (
                "reference-count-of-32-bits",
                sample.with(gps: Entry(tag: 0x01, type: 2, count: .max, content: .field(8))), none
            ),
        ]
    }

    private static func times(_ sample: TIFFParts) -> [(String, TIFFParts, ExpectedFrame)] {
        let camera = ExifCases.whole(at: TIFFParts.cameraTime)
        func clock(_ ratios: [(UInt32, UInt32)]) -> TIFFParts {
            sample.with(gps: sample.ratios(0x07, ratios))
        }
        func day(_ text: String) -> TIFFParts { sample.with(gps: sample.ascii(0x1D, text)) }
        // With no time by GPS, the camera's own counts.
        func original(_ text: String) -> TIFFParts {
            sample.without(gps: 0x1D).with(exif: sample.ascii(0x9003, text))
        }
        func offset(_ text: String) -> TIFFParts {
            sample.without(gps: 0x1D).with(exif: sample.ascii(0x9011, text))
        }
        func timeless(_ words: String) -> ExpectedFrame {
            ExpectedFrame(
                "a.jpg", ExpectedFix(TIFFParts.latitudeE7, TIFFParts.longitudeE7, nil), complaint: words)
        }
        let midnight: Int64 = 1_765_843_200_000
        return [
            ("hour-24", clock([(24, 1), (0, 1), (0, 1)]), ExifCases.whole(at: midnight)),
            ("hour-25", clock([(25, 1), (0, 1), (0, 1)]), camera),
            ("minute-60", clock([(21, 1), (60, 1), (0, 1)]), camera),
            ("second-60", clock([(21, 1), (53, 1), (60, 1)]), ExifCases.whole(at: 1_765_835_640_000)),
            ("second-61", clock([(21, 1), (53, 1), (61, 1)]), camera),
            ("clock-of-0-of-0", clock([(0, 0), (0, 0), (0, 0)]), camera),
            ("clock-of-two", clock([(21, 1), (53, 1)]), camera),
            ("clock-greatest", clock([(.max, 1), (.max, 1), (.max, 1)]), camera),
            ("day-february-30", day("2025:02:30"), camera), ("day-month-13", day("2025:13:01"), camera),
            ("day-zeros", day("0000:00:00"), camera), ("day-1970", day("1970:01:01"), camera),
            ("day-text", day("yesterday!"), camera), ("day-cut", day("2025:12"), camera),
            ("original-zeros", original("0000:00:00 00:00:00"), timeless("no capture time")),
            ("original-blank", original("    :  :     :  :  "), timeless("no capture time")),
            (
                "original-february-30", original("2025:02:30 10:00:00"),
                timeless("DateTimeOriginal '2025:02:30 10:00:00' is no time")
            ),
            ("original-hour-25", original("2025:12:15 25:00:00"), timeless("is no time")),
            (
                "original-escape", original("2025:12:15\u{1B}[2J"),
                timeless("'2025:12:15\\u{1B}[2J' is no time")
            ),
            ("offset-25", offset("+25:00"), timeless("OffsetTimeOriginal '+25:00' is no offset")),
            ("offset-text", offset("noon"), timeless("OffsetTimeOriginal 'noon' is no offset")),
            ("offset-blank", offset("   :  "), camera),
            // Half an hour east of UTC: the same clock is half an hour earlier.
            ("offset-half-hour", offset("+00:30"), ExifCases.whole(at: TIFFParts.cameraTime - 1_800_000)),
        ]
    }
}
