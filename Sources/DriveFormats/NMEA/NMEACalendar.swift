import Canonical

/// Gives every epoch its day: most sentences have the time of day only.
struct NMEACalendar {
    /// The day of the last epoch: days since 1970-01-01, or since the first epoch until a date has been seen.
    private var day: Int64 = 0
    private var timeOfDay: Int64?
    /// Whether ``day`` counts from 1970-01-01.
    private(set) var isDated = false

    /// A step back of the time of day by more than this is midnight. Sentences out of order step back by seconds.
    private static let leastStepOverMidnight: Int64 = 3_600_000

    /// The milliseconds of the epoch at `timeOfDay`, since 1970-01-01 or since the first epoch's midnight.
    ///
    /// - Parameter date: The date that the epoch itself tells.
    /// - Returns: The time; and, with the first date, the milliseconds by which all times before were too early.
    mutating func time(_ timeOfDay: Int64, date: CalendarDay?) -> (milliseconds: Int64, correction: Int64?) {
        var correction: Int64?
        if let previous = self.timeOfDay {
            if timeOfDay < previous - Self.leastStepOverMidnight {
                day += 1
            } else if timeOfDay > previous + UTCTime.millisecondsPerDay - Self.leastStepOverMidnight {
                day -= 1
            }
        }
        self.timeOfDay = timeOfDay
        if let date {
            if !isDated { correction = (date.number - day) * UTCTime.millisecondsPerDay }
            isDated = true
            day = date.number
        }
        return (day * UTCTime.millisecondsPerDay + timeOfDay, correction)
    }
}
