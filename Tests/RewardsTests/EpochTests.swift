import Canonical
import Testing

@testable import Rewards

@Suite("Epoch")
struct EpochTests {
    @Test(
        "has the ISO 8601 week of the day",
        arguments: [
            ("2004-12-31", "2004-W53"), ("2005-01-01", "2004-W53"), ("2005-01-02", "2004-W53"),
            ("2005-01-03", "2005-W01"), ("2006-01-01", "2005-W52"), ("2006-01-02", "2006-W01"),
            ("2007-12-31", "2008-W01"), ("2008-12-28", "2008-W52"), ("2008-12-29", "2009-W01"),
            ("2009-12-31", "2009-W53"), ("2010-01-03", "2009-W53"), ("2010-01-04", "2010-W01"),
            ("2020-12-31", "2020-W53"), ("2021-01-03", "2020-W53"), ("2021-01-04", "2021-W01"),
            ("2025-12-15", "2025-W51"), ("2025-12-21", "2025-W51"), ("2026-12-31", "2026-W53"),
            ("1970-01-01", "1970-W01"), ("1969-12-28", "1969-W52"), ("2024-12-30", "2025-W01"),
            ("1999-12-31", "1999-W52"), ("2000-01-01", "1999-W52"),
        ])
    func week(day: String, id: String) throws {
        let first = try #require(UTCTime(rfc3339: "\(day)T00:00:00Z"))
        let last = try #require(UTCTime(rfc3339: "\(day)T23:59:59.999Z"))
        #expect(Epoch(containing: first).id == id)
        #expect(Epoch(containing: last).id == id)
        #expect(Epoch(id: id)?.contains(first) == true)
    }

    @Test("agrees with Python's datetime.isocalendar on every day from 1600 to 2399")
    func eightCenturies() {
        var hasher = ContentHasher()
        for day in -135_140 ..< -135_140 + 292_194 {
            hasher.update("\(Epoch(containing: CalendarDay(number: Int64(day)).start).id)\n")
        }
        // Over "{year}-W{week:02}\n" for date(1600, 1, 1) and the 292,193 days after it.
        #expect(hasher.finish().hex == "7b18fbbf5173b2312917694da6843fb4e320ce398e943b49d2b79447eb93d197")
    }

    @Test("knows which years have 53 weeks")
    func longYears() {
        let years = (2000..<2100).filter { Epoch(id: "\($0)-W53") != nil }
        #expect(
            years == [
                2004, 2009, 2015, 2020, 2026, 2032, 2037, 2043, 2048, 2054, 2060, 2065, 2071, 2076, 2082,
                2088, 2093,
                2099,
            ])
    }

    @Test("is half-open and followed by the next, through its id")
    func succession() throws {
        var epoch = try #require(Epoch(id: "2019-W50"))
        for _ in 0..<500 {
            #expect(Epoch(id: epoch.id) == epoch)
            #expect(epoch.end == epoch.next.start)
            #expect(epoch < epoch.next)
            #expect(epoch.contains(epoch.start))
            #expect(!epoch.contains(epoch.end))
            #expect(Epoch(containing: epoch.end) == epoch.next)
            #expect(Epoch(containing: UTCTime(milliseconds: epoch.end.milliseconds - 1)) == epoch)
            epoch = epoch.next
        }
        #expect(epoch.start.description == "2029-07-09T00:00:00Z")
    }

    @Test(
        "refuses what is no week",
        arguments: [
            "", "2025-51", "2025-W5", "2025-W00", "2025-W53", "2025-W54", "2025-w51", "2025W51", "2025-W051",
            "+025-W01", " 2025-W51", "2025-W51 ", "0000-W01", "0999-W01", "２０２５-W01", "2025-W5１",
        ])
    func noWeek(id: String) {
        #expect(Epoch(id: id) == nil)
    }

    @Test("ends where ids do")
    func bounds() {
        #expect(Epoch(containing: UTCTime(milliseconds: .max)).id == "9999-W52")
        #expect(Epoch(containing: UTCTime(milliseconds: .min)).id == "1000-W01")
        #expect(Epoch(id: "9999-W52")?.next.id == "9999-W52")
        #expect(Epoch(id: "1000-W01") == Epoch(containing: UTCTime(milliseconds: .min)))
    }
}
