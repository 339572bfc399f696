extension DecimalNumber {
    /// The number written in `range` of `bytes`, as ``value(_:)`` would read it, without a string in between where the
    /// number is as plain as nearly all are.
    @inline(__always)
    static func value(_ bytes: Span<UInt8>, in range: Range<Int>) -> Double? {
        if let (value, end) = plain(bytes, from: range.lowerBound), end == range.upperBound { return value }
        return value(range.map { bytes[$0] })
    }

    /// The number that begins at `start`, written as `[-]digits[.digits]`, and where it ends; nil where it is written
    /// otherwise or has too many digits.
    @inline(__always)
    static func plain(_ bytes: Span<UInt8>, from start: Int) -> (value: Double, end: Int)? {
        var index = start
        let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var digits: UInt64 = 0
        let whole = index
        while index < bytes.count, let digit = digit(bytes[index]) {
            digits = digits &* 10 &+ digit
            index += 1
        }
        var count = index - whole
        var decimals = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            let fraction = index
            while index < bytes.count, let digit = digit(bytes[index]) {
                digits = digits &* 10 &+ digit
                index += 1
            }
            decimals = index - fraction
            count += decimals
        }
        // More digits could be more than 64 bits.
        guard count > 0, count <= 19 else { return nil }
        // Both are exact as doubles, so that the one division rounds exactly (W. D. Clinger, "How to read floating
        // point numbers accurately", 1990).
        let value =
            digits <= 1 << 53
            ? Double(Int64(digits)) / powersOfTen[decimals] : quotient(digits, wholePowersOfTen[decimals])
        guard value <= maxMagnitude else { return nil }
        return (isNegative ? -value : value, index)
    }

    /// `dividend / divisor`, neither of them 0, rounded to the nearest double.
    private static func quotient(_ dividend: UInt64, _ divisor: UInt64) -> Double {
        let (up, down) = (dividend.leadingZeroBitCount, divisor.leadingZeroBitCount)
        // Both with their highest bit set; one place less, so that the quotient is below 2 to the 64.
        let (high, divisor) = (dividend << UInt64(up), divisor << UInt64(down))
        let (quotient, remainder) = divisor.dividingFullWidth((high >> 1, high << 63))
        // The quotient has at least 63 bits, of which the last is far below what a double keeps: it can stand for all
        // that come behind it.
        let rounded = Double(quotient | (remainder == 0 ? 0 : 1))
        return Double(sign: .plus, exponent: down - up - 63, significand: rounded)
    }

    /// The value of the digit `byte`; nil where it is none.
    @inline(__always)
    static func digit(_ byte: UInt8) -> UInt64? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? UInt64(value) : nil
    }

    /// 10^0 to 10^19, all of which are doubles.
    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
        1e19,
    ]

    /// The same as integers.
    private static let wholePowersOfTen: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
        10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
        1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ]
}
