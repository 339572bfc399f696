import SeededNumbers
import Testing

@testable import Canonical

@Suite("UTCTime")
struct UTCTimeTests {
    /// Python: `datetime.fromisoformat(text)` minus the epoch, in milliseconds.
    @Test(
        "reads RFC 3339 as Python does",
        arguments: [
            ("2025-12-15T21:53:41.771Z", 1_765_835_621_771), ("2025-12-15T21:53:41Z", 1_765_835_621_000),
            // RFC 3339 section 5.8.
            ("1985-04-12T23:20:50.52Z", 482_196_050_520), ("1996-12-19T16:39:57-08:00", 851_042_397_000),
            ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130),
            ("1969-12-31T23:59:59.999Z", -1), ("2000-02-29T00:00:00+23:59", 951_696_060_000),
            ("2038-01-19T03:14:08Z", 2_147_483_648_000), ("1000-01-01T00:00:00Z", -30_610_224_000_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
            ("2024-02-29T12:34:56.789-00:00", 1_709_210_096_789),
            // What Python does not take: lower case, a blank, a leap second, digits beyond milliseconds.
            ("2025-12-15t21:53:41z", 1_765_835_621_000), ("2025-12-15 21:53:41Z", 1_765_835_621_000),
            ("1990-12-31T23:59:60Z", 662_688_000_000), ("1990-12-31T15:59:60-08:00", 662_688_000_000),
            ("1969-12-31T23:59:60.5Z", 500), ("1970-01-01T00:00:00.0009Z", 0),
            ("1970-01-01T00:00:00.1239999999999999999999999999Z", 123), ("1970-01-01T00:00:00,5Z", 500),
            ("1970-01-01T00:00:00.5Z", 500), ("1970-01-01T00:00:00.05Z", 50),
        ] as [(String, Int64)])
    func table(text: String, milliseconds: Int64) {
        #expect(UTCTime(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(
        "refuses what is no RFC 3339 date-time",
        arguments: [
            "", "Z", "2025", "2025-12-15", "2025-12-15T21:53:41", "2025-12-15T21:53Z", "2025-12-15T21Z",
            "2025-12-15T24:00:00Z", "2025-12-15T23:60:00Z", "2025-12-15T23:59:61Z", "2025-13-01T00:00:00Z",
            "2025-00-01T00:00:00Z", "2025-02-29T00:00:00Z", "2025-12-15T21:53:41.Z", "2025-12-15T21:53:41.7",
            "2025-12-15T21:53:41+0100", "2025-12-15T21:53:41+01", "2025-12-15T21:53:41+24:00",
            "2025-12-15T21:53:41+00:60", "2025-12-15T21:53:41ZZ", "2025-12-15T21:53:41Z ",
            " 2025-12-15T21:53:41Z", "2025-12-15_21:53:41Z", "2025/12/15T21:53:41Z", "20251215T215341Z",
            "2025-12-15T21:53:4Z", "2025-12-15T21:5:41Z", "25-12-15T21:53:41Z", "02025-12-15T21:53:41Z",
            "0999-12-31T23:59:59Z", "+2025-12-15T21:53:41Z", "-2025-12-15T21:53:41Z",
            "2025-12-15T-1:53:41Z", "2025-12-15T21:53:41.-5Z", "2025-12-15T21:53:41.5e1Z",
            "２０２５-12-15T21:53:41Z", "2025-12-15T21:53:41\u{2212}08:00", "2025-12-15T21:53:41Z\u{0}",
            "2025-W51-1T21:53:41Z", "2025-349T21:53:41Z", "1765835621",
        ])
    func refusals(text: String) {
        #expect(UTCTime(rfc3339: text) == nil)
    }

    /// Python: SHA-256 of `isoformat` of 20,000 times, SplitMix64 from 2025 modulo the milliseconds from 1000 to
    /// 9999, every second one without milliseconds.
    @Test("writes 20,000 times from 1000 to 9999 as Python does, and reads them back")
    func written() {
        var numbers = SplitMix64(seed: 2025)
        var hasher = ContentHasher()
        for index in 0..<20_000 {
            let span: UInt64 = 253_402_300_799_999 + 30_610_224_000_000 + 1
            var milliseconds = Int64(numbers.next() % span) - 30_610_224_000_000
            if index % 2 == 1 {
                let second = milliseconds / 1000
                milliseconds = (milliseconds < second * 1000 ? second - 1 : second) * 1000
            }
            let time = UTCTime(milliseconds: milliseconds)
            hasher.update("\(time)\n")
            if UTCTime(rfc3339: time.description) != time { Issue.record("\(time) (\(milliseconds) ms)") }
        }
        #expect(
            hasher.finish().hex == "13712ce5bef8bcec82b8825513cc58f16e5c98558c59f89c378f25c811267ff9")
    }

    @Test(
        "rounds the day towards the past",
        arguments: [
            (0, 0), (86_399_999, 0), (86_400_000, 1), (-1, -1), (-86_400_000, -1), (-86_400_001, -2),
            (.max, 106_751_991_167), (.min, -106_751_991_168),
        ] as [(Int64, Int64)])
    func day(milliseconds: Int64, number: Int64) {
        #expect(UTCTime(milliseconds: milliseconds).day.number == number)
    }

    /// `date -u -d @SECONDS` of GNU coreutils.
    @Test("can be written whatever it is: uploads say what they like")
    func extremes() {
        #expect(UTCTime(milliseconds: .max).description == "292278994-08-17T07:12:55.807Z")
        #expect(UTCTime(milliseconds: .min).description == "-292275055-05-16T16:47:04.192Z")
        #expect(UTCTime(milliseconds: -62_167_219_200_001).description == "-0001-12-31T23:59:59.999Z")
        #expect(UTCTime(milliseconds: -62_167_219_200_000).description == "0000-01-01T00:00:00Z")
    }
}
