import Canonical

/// A reward week: from Monday 00:00 UTC to the next, half-open, named after its ISO 8601 week: `2025-W51`.
public struct Epoch: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The Monday the week begins with, days since 1970-01-01.
    private let monday: Int64

    /// The weeks 1000-W01 and 9999-W52: an id has four digits for the year.
    private static let range: ClosedRange<Int64> = -354_287...2_932_892

    /// The week with this id; nil for anything but four digits, `-W` and two digits that name a week the year
    /// has. A year has 53 weeks where it begins or ends on a Thursday.
    public init?(id: String) {
        let bytes = Array(id.utf8)
        guard bytes.count == 8, bytes[4] == UInt8(ascii: "-"), bytes[5] == UInt8(ascii: "W"),
            let year = Self.number(bytes[..<4]), let week = Self.number(bytes[6...]),
            // The first week of a year is the one that has 4 January in it (ISO 8601, 3.1.1.23).
            let january4th = CalendarDay(year: year, month: 1, day: 4), week >= 1
        else { return nil }
        monday = Self.monday(of: january4th.number) + (week - 1) * 7
        guard weekDate == (year, week), Self.range.contains(monday) else { return nil }
    }

    /// The week that contains `time`; times outside the years an id can name belong to the first or last
    /// week.
    public init(containing time: UTCTime) {
        self.init(mondayNear: Self.monday(of: time.day.number))
    }

    private init(mondayNear monday: Int64) {
        self.monday = min(max(monday, Self.range.lowerBound), Self.range.upperBound)
    }

    /// The ISO 8601 name of the week: `2025-W51`.
    public var id: String {
        let (year, week) = weekDate
        return "\(year)-W\(week < 10 ? "0" : "")\(week)"
    }

    /// The same as ``id``.
    public var description: String { id }

    /// Monday 00:00 UTC, the first instant of the week.
    public var start: UTCTime { CalendarDay(number: monday).start }

    /// The next Monday 00:00 UTC, which is not in the week any more.
    public var end: UTCTime { CalendarDay(number: monday + 7).start }

    /// The week after; the last one that has an id is its own next.
    public var next: Epoch { Epoch(mondayNear: monday + 7) }

    /// How many weeks after this one `epoch` is; negative where it is before.
    public func weeks(until epoch: Epoch) -> Int64 { (epoch.monday - monday) / 7 }

    /// Whether `time` lies in the week.
    public func contains(_ time: UTCTime) -> Bool { start <= time && time < end }

    /// Whether `left` is the earlier week.
    public static func < (left: Epoch, right: Epoch) -> Bool { left.monday < right.monday }

    /// Year and number of the week. A week belongs to the year that has its Thursday.
    private var weekDate: (year: Int64, week: Int64) {
        let thursday = CalendarDay(number: monday + 3)
        let year = thursday.date.year
        let newYear = CalendarDay(year: year, month: 1, day: 1)?.number ?? thursday.number
        return (year, (thursday.number - newYear) / 7 + 1)
    }

    /// The Monday on or before `day`. 1970-01-01 was a Thursday.
    private static func monday(of day: Int64) -> Int64 {
        let sinceMonday = ((day + 3) % 7 + 7) % 7
        return day - sinceMonday
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
