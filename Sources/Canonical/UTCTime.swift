/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
public struct UTCTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// The time `milliseconds` after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Milliseconds in a day.
    public static let millisecondsPerDay: Int64 = 86_400_000

    /// Days since 1970-01-01, rounded towards the past.
    public var day: CalendarDay {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: Self.millisecondsPerDay)
        return CalendarDay(number: remainder < 0 ? quotient - 1 : quotient)
    }

    /// Milliseconds from here to `other`, negative to an earlier time; the nearest that 64 bits can express.
    public func milliseconds(until other: UTCTime) -> Int64 {
        let (difference, overflow) = other.milliseconds.subtractingReportingOverflow(milliseconds)
        return overflow ? (other < self ? .min : .max) : difference
    }

    /// Whether `left` is earlier than `right`.
    public static func < (left: UTCTime, right: UTCTime) -> Bool { left.milliseconds < right.milliseconds }

    /// RFC 3339 in UTC with milliseconds only where there are any: `2025-12-15T21:53:41.771Z`. Years outside
    /// 0...9999 are written as ``CalendarDay`` writes them.
    public var description: String {
        let day = self.day
        let remainder = milliseconds % Self.millisecondsPerDay
        let inDay = remainder < 0 ? remainder + Self.millisecondsPerDay : remainder
        let (seconds, fraction) = inDay.quotientAndRemainder(dividingBy: 1000)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(
            separator: ":")
        return "\(day)T\(clock)\(fraction == 0 ? "" : ".\(padded(fraction, 3))")Z"
    }

    /// The time written as an RFC 3339 date-time (section 5.6) in the years 1000...9999; digits beyond
    /// milliseconds are cut off, `:60` counts as the second after `:59`, a blank may stand for the `T` and a comma
    /// for the decimal point. Nil for anything else.
    public init?(rfc3339 text: String) {
        var scanner = DigitScanner(Array(text.utf8))
        guard let day = CalendarDay(scanning: &scanner),
            scanner.take(anyOf: "Tt "),
            let hour = scanner.digits(2), scanner.take(anyOf: ":"), hour < 24,
            let minute = scanner.digits(2), scanner.take(anyOf: ":"), minute < 60,
            let second = scanner.digits(2), second <= 60
        else { return nil }
        var fraction: Int64 = 0
        if scanner.take(anyOf: ".,") {
            guard let milliseconds = scanner.fractionOfThousand() else { return nil }
            fraction = milliseconds
        }
        guard let offset = scanner.zone(), scanner.isAtEnd else { return nil }
        let seconds = day.number * 86_400 + hour * 3600 + minute * 60 + second - offset
        milliseconds = seconds * 1000 + fraction
    }
}

/// `value` with at least `width` digits.
func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value.magnitude)
    return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}
