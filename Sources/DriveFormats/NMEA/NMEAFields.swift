import Canonical

/// The fields of one sentence, taken one after the other. Where there are no more, they are empty.
struct NMEAFields {
    private var position: Int
    private let end: Int
    /// Whether a field so far held something that it cannot hold.
    private(set) var isMalformed = false

    /// The fields in `range`, between commas.
    init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field.
    @inline(__always)
    mutating func next(_ bytes: Span<UInt8>) -> Range<Int> {
        let start = min(position, end)
        var index = start
        while index < end, bytes[index] != UInt8(ascii: ",") { index += 1 }
        position = index + 1
        return start..<index
    }

    /// Steps over `count` fields.
    mutating func skip(_ bytes: Span<UInt8>, _ count: Int) {
        for _ in 0..<count { _ = next(bytes) }
    }

    /// The next field where it is one character; nil where it is empty.
    mutating func letter(_ bytes: Span<UInt8>) -> UInt8? {
        let field = next(bytes)
        guard field.count == 1 else {
            if !field.isEmpty { isMalformed = true }
            return nil
        }
        return bytes[field.lowerBound]
    }

    /// The next field as a number; nil where it is empty.
    mutating func number(_ bytes: Span<UInt8>) -> Double? {
        let field = next(bytes)
        guard !field.isEmpty else { return nil }
        let value = DecimalNumber.value(bytes, in: field)
        if value == nil { isMalformed = true }
        return value
    }

    /// The next field, `hhmmss[.s...]`, as milliseconds since midnight; nil where it is empty. Digits beyond
    /// milliseconds are cut off, and second 60 counts as the second after 59.
    mutating func timeOfDay(_ bytes: Span<UInt8>) -> Int64? {
        let field = next(bytes)
        guard !field.isEmpty else { return nil }
        var digits = field.prefix(6)
        guard let hour = Self.two(bytes, &digits), let minute = Self.two(bytes, &digits),
            let second = Self.two(bytes, &digits), hour < 24, minute < 60, second <= 60,
            let fraction = Self.milliseconds(bytes, field.dropFirst(6))
        else {
            isMalformed = true
            return nil
        }
        return ((hour * 60 + minute) * 60 + second) * 1000 + fraction
    }

    /// The next field, `ddmmyy`, as a day; nil where it is empty or no day of the calendar. Years from 80 are those of
    /// 1900: GPS time begins in 1980.
    mutating func date(_ bytes: Span<UInt8>) -> CalendarDay? {
        let field = next(bytes)
        guard !field.isEmpty else { return nil }
        var digits = field
        guard field.count == 6, let day = Self.two(bytes, &digits), let month = Self.two(bytes, &digits),
            let year = Self.two(bytes, &digits)
        else {
            isMalformed = true
            return nil
        }
        return CalendarDay(year: year + (year < 80 ? 2000 : 1900), month: month, day: day)
    }

    /// The next three fields, day, month and year, as a day; nil where one is empty or there is no such day.
    mutating func dayMonthYear(_ bytes: Span<UInt8>) -> CalendarDay? {
        guard let day = number(bytes), let month = number(bytes), let year = number(bytes),
            let day = Int64(exactly: day), let month = Int64(exactly: month), let year = Int64(exactly: year)
        else { return nil }
        return CalendarDay(year: year, month: month, day: day)
    }

    /// The next four fields, latitude and longitude with their hemispheres; nil where one is empty.
    mutating func position(_ bytes: Span<UInt8>) -> (latitude: Double, longitude: Double)? {
        let latitude = angle(bytes, positive: UInt8(ascii: "N"), negative: UInt8(ascii: "S"), limit: 90)
        let longitude = angle(bytes, positive: UInt8(ascii: "E"), negative: UInt8(ascii: "W"), limit: 180)
        guard let latitude, let longitude else { return nil }
        return (latitude, longitude)
    }

    /// The next two fields, `[d...]mm[.m...]` and a hemisphere, as degrees up to `limit`.
    private mutating func angle(
        _ bytes: Span<UInt8>, positive: UInt8, negative: UInt8, limit: Int64
    ) -> Double? {
        let field = next(bytes)
        let hemisphere = letter(bytes)
        guard !field.isEmpty, let hemisphere else { return nil }
        guard hemisphere == positive || hemisphere == negative,
            let degrees = Self.degrees(bytes, field, limit: limit)
        else {
            isMalformed = true
            return nil
        }
        return hemisphere == negative ? -degrees : degrees
    }
}

// MARK: - Digits

extension NMEAFields {
    /// Degrees up to `limit` from degrees and minutes, `[d...]mm[.m...]`. Decimals of a minute beyond the eleventh
    /// (0.02 micrometres) are cut off; with those the number of parts is exact as a double, and the one division
    /// rounds exactly.
    private static func degrees(_ bytes: Span<UInt8>, _ field: Range<Int>, limit: Int64) -> Double? {
        var index = field.lowerBound
        var whole: Int64 = 0
        while index < field.upperBound, let digit = DecimalNumber.digit(bytes[index]) {
            guard index - field.lowerBound < 6 else { return nil }
            whole = whole * 10 + Int64(digit)
            index += 1
        }
        guard index > field.lowerBound else { return nil }
        var parts = whole / 100 * 60 + whole % 100
        var unit: Int64 = 60
        if index < field.upperBound {
            guard bytes[index] == UInt8(ascii: ".") else { return nil }
            index += 1
            while index < field.upperBound {
                guard let digit = DecimalNumber.digit(bytes[index]) else { return nil }
                if unit < 6_000_000_000_000 {
                    parts = parts * 10 + Int64(digit)
                    unit *= 10
                }
                index += 1
            }
        }
        guard whole % 100 < 60, parts <= limit * unit else { return nil }
        return Double(parts) / Double(unit)
    }

    /// The value of the next two digits.
    @inline(__always)
    private static func two(_ bytes: Span<UInt8>, _ digits: inout Range<Int>) -> Int64? {
        guard digits.count >= 2, let tens = DecimalNumber.digit(bytes[digits.lowerBound]),
            let ones = DecimalNumber.digit(bytes[digits.lowerBound + 1])
        else { return nil }
        digits = digits.lowerBound + 2..<digits.upperBound
        return Int64(tens * 10 + ones)
    }

    /// Milliseconds of a second's fraction, `.s...` or nothing.
    private static func milliseconds(_ bytes: Span<UInt8>, _ field: Range<Int>) -> Int64? {
        guard let point = field.first else { return 0 }
        guard bytes[point] == UInt8(ascii: ".") else { return nil }
        var value: Int64 = 0
        var unit: Int64 = 100
        for index in field.dropFirst() {
            guard let digit = DecimalNumber.digit(bytes[index]) else { return nil }
            value += Int64(digit) * unit
            unit /= 10
        }
        return value
    }
}
