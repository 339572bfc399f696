import Testing

@testable import Canonical

@Suite("CalendarDay")
struct CalendarDayTests {
    /// Python: `(datetime.date(y, m, d) - datetime.date(1970, 1, 1)).days`.
    static let days: [(Int64, Int64, Int64, Int64)] = [
        (1000, 1, 1, -354_285), (1582, 10, 15, -141_427), (1600, 2, 29, -135_081), (1700, 2, 28, -98_557),
        (1700, 3, 1, -98_556), (1899, 12, 31, -25_568), (1900, 3, 1, -25_508), (1969, 12, 31, -1),
        (1970, 1, 1, 0), (1972, 2, 29, 789), (1999, 12, 31, 10_956), (2000, 1, 1, 10_957),
        (2000, 2, 29, 11_016), (2000, 3, 1, 11_017), (2023, 12, 31, 19_722), (2024, 2, 29, 19_782),
        (2024, 12, 31, 20_088), (2025, 12, 15, 20_437), (2038, 1, 19, 24_855), (2100, 2, 28, 47_540),
        (2100, 3, 1, 47_541), (2400, 2, 29, 157_113), (9999, 12, 31, 2_932_896),
    ]

    @Test("counts days as Python does", arguments: days)
    func table(year: Int64, month: Int64, day: Int64, number: Int64) throws {
        let found = try #require(CalendarDay(year: year, month: month, day: day))
        #expect(found.number == number)
        #expect(CalendarDay(number: number).date == (year, month, day))
        #expect(found.start.milliseconds == number * 86_400_000)
    }

    /// Python: the SHA-256 of `date.isoformat() + "\n"` of every 97th day from 1000-01-01 to 9999-12-31.
    @Test("writes 33,889 days from 1000 to 9999 as Python does")
    func allYears() {
        var hasher = ContentHasher()
        for number in stride(from: Int64(-354_285), through: 2_932_896, by: 97) {
            hasher.update("\(CalendarDay(number: number))\n")
        }
        #expect(
            hasher.finish().hex == "7a52cae53c88732207f353568c3f68488cd7cfaeb919c96b76b02cc6facdc716")
    }

    /// From 1 January of -5000 and of 1800, the day numbers by Python; all other days repeat these.
    @Test(
        "gives every day of 400 years one date, the day after the one before",
        arguments: [-2_545_740, -62_091])
    func successor(start: Int64) {
        var before = CalendarDay(number: start).date
        #expect((before.month, before.day) == (1, 1))
        let year = before.year
        var leaps = 0
        for number in start + 1...start + 146_097 {
            let date = CalendarDay(number: number).date
            let follows =
                date == (before.year, before.month, before.day + 1)
                || date == (before.year, before.month + 1, 1) || date == (before.year + 1, 1, 1)
            let isKnown =
                year < 1000
                || CalendarDay(year: date.year, month: date.month, day: date.day)?.number == number
            if !follows || !isKnown { Issue.record("day \(number), \(date), follows \(before)") }
            if date.month == 2 && date.day == 29 { leaps += 1 }
            before = date
        }
        #expect(before == (year + 400, 1, 1))
        #expect(leaps == 97)
    }

    @Test("knows 400 years to have 146,097 days", arguments: days)
    func cycle(year: Int64, month: Int64, day: Int64, number: Int64) {
        for cycles in Int64(1)...20 {
            #expect(CalendarDay(number: number - cycles * 146_097).date == (year - 400 * cycles, month, day))
        }
    }

    @Test(
        "refuses days that no month has",
        arguments: [
            (2025, 2, 29), (2100, 2, 29), (1900, 2, 29), (2024, 2, 30), (2025, 4, 31), (2025, 6, 31),
            (2025, 9, 31), (2025, 11, 31), (2025, 1, 32), (2025, 0, 1), (2025, 13, 1), (2025, 1, 0),
            (2025, 1, -1), (999, 12, 31), (10_000, 1, 1), (0, 1, 1), (.min, 1, 1), (.max, 1, 1),
            (2025, .min, 1), (2025, 1, .max),
        ] as [(Int64, Int64, Int64)])
    func refusals(year: Int64, month: Int64, day: Int64) {
        #expect(CalendarDay(year: year, month: month, day: day) == nil)
    }

    /// Proleptic Gregorian years before 1 and after 9999 are what ISO 8601 allows by agreement.
    @Test(
        "writes years of any size",
        arguments: [
            (-719_528, "0000-01-01"), (-719_529, "-0001-12-31"), (-719_162, "0001-01-01"),
            (2_932_897, "10000-01-01"), (-2_545_692, "-5000-02-18"),
        ] as [(Int64, String)])
    func oddYears(number: Int64, text: String) {
        #expect(CalendarDay(number: number).description == text)
    }

    @Test("is ordered by time")
    func order() {
        #expect(CalendarDay(number: -1) < CalendarDay(number: 0))
        #expect(!(CalendarDay(number: 0) < CalendarDay(number: 0)))
    }
}
