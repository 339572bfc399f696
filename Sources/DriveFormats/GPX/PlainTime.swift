import Canonical

extension UTCTime {
    /// The time written in `range` of `bytes` as `YYYY-MM-DDThh:mm:ss[.s...][Z]`, taken as
    /// ``init(rfc3339:)`` takes it, without a string in between; nil where it is written otherwise or is none.
    init?(plain bytes: Span<UInt8>, in range: Range<Int>) {
        guard range.count >= 19 else { return nil }
        var scanner = PlainTimeScanner(range)
        let year = scanner.two(bytes) * 100 + scanner.two(bytes)
        scanner.expect(UInt8(ascii: "-"), bytes)
        let month = scanner.two(bytes)
        scanner.expect(UInt8(ascii: "-"), bytes)
        let dayOfMonth = scanner.two(bytes)
        scanner.expect(UInt8(ascii: "T"), bytes)
        let hour = scanner.two(bytes)
        scanner.expect(UInt8(ascii: ":"), bytes)
        let minute = scanner.two(bytes)
        scanner.expect(UInt8(ascii: ":"), bytes)
        let second = scanner.two(bytes)
        guard !scanner.isWrong, hour < 24, minute < 60, second <= 60,
            let fraction = scanner.milliseconds(bytes),
            let day = CalendarDay(year: year, month: month, day: dayOfMonth)
        else { return nil }
        let seconds = ((day.number * 24 + hour) * 60 + minute) * 60 + second
        self.init(milliseconds: seconds * 1000 + fraction)
    }
}

/// Reads the parts of a time, and remembers whether one was wrong.
private struct PlainTimeScanner {
    private var index: Int
    private let end: Int
    private(set) var isWrong = false

    /// At least the 19 characters up to the seconds are in `range`.
    init(_ range: Range<Int>) {
        index = range.lowerBound
        end = range.upperBound
    }

    @inline(__always)
    mutating func two(_ bytes: Span<UInt8>) -> Int64 {
        let tens = bytes[index] &- UInt8(ascii: "0")
        let ones = bytes[index + 1] &- UInt8(ascii: "0")
        isWrong = isWrong || tens > 9 || ones > 9
        index += 2
        return Int64(tens) * 10 + Int64(ones)
    }

    @inline(__always)
    mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) {
        isWrong = isWrong || bytes[index] != byte
        index += 1
    }

    /// What stands behind the seconds: a fraction, a `Z`, both or nothing.
    mutating func milliseconds(_ bytes: Span<UInt8>) -> Int64? {
        var value: Int64 = 0
        if index < end, bytes[index] == UInt8(ascii: ".") {
            index += 1
            let start = index
            var unit: Int64 = 100
            while index < end, let digit = DecimalNumber.digit(bytes[index]) {
                value += Int64(digit) * unit
                unit /= 10
                index += 1
            }
            guard index > start else { return nil }
        }
        if index < end, bytes[index] == UInt8(ascii: "Z") { index += 1 }
        return index == end ? value : nil
    }
}
