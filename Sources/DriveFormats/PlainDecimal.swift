extension DecimalNumber {
    /// The number written in `range` of `bytes`, as ``value(_:)`` would read it, without a string in between where the
    /// number is as plain as nearly all are.
    static func value(_ bytes: Span<UInt8>, in range: Range<Int>) -> Double? {
        if let value = plain(bytes, in: range) { return value }
        return value(range.map { bytes[$0] })
    }

    /// The number written as `[-]digits[.digits]`; nil where it is written otherwise or has too many digits.
    ///
    /// Digits and power of ten are both exact as doubles here, so that the one division rounds exactly
    /// (W. D. Clinger, "How to read floating point numbers accurately", 1990).
    private static func plain(_ bytes: Span<UInt8>, in range: Range<Int>) -> Double? {
        var index = range.lowerBound
        let end = range.upperBound
        let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        guard end - index <= 19 else { return nil }
        var digits: UInt64 = 0
        var start = index
        while index < end, let digit = digit(bytes[index]) {
            digits = digits &* 10 &+ digit
            index += 1
        }
        var count = index - start
        var decimals = 0
        if index < end, bytes[index] == UInt8(ascii: ".") {
            index += 1
            start = index
            while index < end, let digit = digit(bytes[index]) {
                digits = digits &* 10 &+ digit
                index += 1
            }
            decimals = index - start
            count += decimals
        }
        guard index == end, count > 0, digits <= 1 << 53 else { return nil }
        let value = Double(digits) / powersOfTen[decimals]
        guard value <= maxMagnitude else { return nil }
        return isNegative ? -value : value
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
}
