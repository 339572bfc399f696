/// A day of the proleptic Gregorian calendar in UTC.
public struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before.
    public let number: Int64

    /// The day `number` days after 1970-01-01.
    public init(number: Int64) {
        self.number = number
    }

    /// The day with this date; nil where the month has no such day, or outside the years 1000...9999.
    ///
    /// The arithmetic is Howard Hinnant's `days_from_civil` (http://howardhinnant.github.io/date_algorithms.html).
    public init?(year: Int64, month: Int64, day: Int64) {
        guard (1000...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysInMonth(year: year, month: month)
        else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Year, month (1...12) and day of the month (1...31).
    public var date: (year: Int64, month: Int64, day: Int64) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civil = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civil <= 2 ? 1 : 0), civil, day)
    }

    /// The first instant of the day, or the nearest that ``UTCTime`` can express.
    public var start: UTCTime {
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: UTCTime.millisecondsPerDay)
        return UTCTime(milliseconds: overflow ? (number < 0 ? .min : .max) : milliseconds)
    }

    /// ISO 8601: `2025-12-15`; `-0001-12-31` and `10000-01-01` outside the years 0...9999.
    public var description: String {
        let date = self.date
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }

    /// Whether `left` is the earlier day.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }

    private static func daysInMonth(year: Int64, month: Int64) -> Int64 {
        switch month {
        case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }

    init?(scanning scanner: inout DigitScanner) {
        guard let year = scanner.digits(4), scanner.take(anyOf: "-"),
            let month = scanner.digits(2), scanner.take(anyOf: "-"),
            let day = scanner.digits(2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
