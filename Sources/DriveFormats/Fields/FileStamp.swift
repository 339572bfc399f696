import Canonical

/// What the name of an image's file says of when and where it was taken.
///
/// - `1765835621771_37.79687_-122.39541`: milliseconds since 1970, degrees north, degrees east, as a Hivemapper Bee names
///   its frames (github.com/Hivemapper/bee-plugins, `fixtures`); or the milliseconds alone.
/// - `20251215_215341`, `2025-12-15T21-53-41.123Z` and the like, anywhere between other words: date and time, with
///   milliseconds or without. Cameras and phones write their local time, unless a `Z` stands behind it; names that begin
///   `PXL_` are in UTC (Google's camera).
enum FileStamp {
    /// What the name `name` says; nil where it says nothing.
    static func testimony(of name: Substring) -> RawTestimony? {
        let stem = Array(ImageCandidates.stem(name).utf8.prefix(maxLength))
        return milliseconds(stem) ?? dateTime(stem)
    }

    /// Bytes of a name that are looked at; no file system has longer ones.
    private static let maxLength = 255
    /// Times from 2000 to 2100 have 12 or 13 digits, which other numbers in names may have as well, so more is asked of them.
    private static let years: ClosedRange<Int64> = 946_684_800_000...4_102_444_799_999

    private static func milliseconds(_ stem: [UInt8]) -> RawTestimony? {
        let parts = stem.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.count == 1 || parts.count == 3, let first = parts.first,
            let number = digits(first, 13), years.contains(number)
        else { return nil }
        let time = UTCTime(milliseconds: number)
        guard parts.count == 3 else { return RawTestimony(.fileName, time: time) }
        guard let latitude = DecimalNumber.value(parts[1]), let longitude = DecimalNumber.value(parts[2])
        else { return nil }
        return RawTestimony(
            .fileName, fix: RawFix(time: time, latitude: latitude, longitude: longitude), time: time)
    }

    private static func dateTime(_ stem: [UInt8]) -> RawTestimony? {
        for start in stem.indices where start == 0 || !isDigit(stem[start - 1]) {
            var scan = Scan(rest: stem[start...])
            guard let milliseconds = scan.dateTime(), years.contains(milliseconds) else { continue }
            let isUTC =
                scan.rest.first == UInt8(ascii: "Z") || stem.starts(with: Array("PXL_".utf8))
            return RawTestimony(
                .fileName, time: UTCTime(milliseconds: milliseconds), clock: isUTC ? .device : .local)
        }
        return nil
    }

    private static func digits(_ text: ArraySlice<UInt8>, _ count: Int) -> Int64? {
        guard text.count == count, text.allSatisfy(isDigit) else { return nil }
        return text.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Takes a date and a time from the beginning of a text.
    private struct Scan {
        var rest: ArraySlice<UInt8>

        mutating func dateTime() -> Int64? {
            guard let year = number(4), case let between = separator("-_:."), let month = number(2),
                separator("-_:.") == between, let day = number(2),
                let date = CalendarDay(year: year, month: month, day: day)
            else { return nil }
            // Without a letter or line between them, eight and six digits are any number.
            guard separator("-_T ") != nil, let hour = number(2), case let between = separator("-_:."),
                let minute = number(2), separator("-_:.") == between, let second = number(2), hour < 24,
                minute < 60, second < 61
            else { return nil }
            var time = date.start.milliseconds + (hour * 3600 + minute * 60 + second) * 1000
            var ahead = self
            _ = ahead.separator("-_.")
            if let fraction = ahead.number(3), !(ahead.rest.first.map(isDigit) ?? false) {
                time += fraction
                self = ahead
            } else if rest.first.map(isDigit) ?? false {
                return nil
            }
            return time
        }

        private mutating func number(_ count: Int) -> Int64? {
            guard let value = digits(rest.prefix(count), count) else { return nil }
            rest = rest.dropFirst(count)
            return value
        }

        private mutating func separator(_ characters: String) -> UInt8? {
            guard let next = rest.first, characters.utf8.contains(next) else { return nil }
            rest = rest.dropFirst()
            return next
        }
    }
}
