import Canonical

/// Times as text formats write them: RFC 3339 with some freedom, or a count since 1970.
enum TimeText {
    /// Characters a time may have.
    private static let maxLength = 48

    /// The time written as `text`; nil for anything else.
    ///
    /// - A date-time of RFC 3339. The date may be written with `/`, a blank may stand for the `T`; the zone may be
    ///   `UTC`, `GMT`, `+00`, `+0000` or have a blank before it, and **without a zone the time is UTC**.
    /// - Seconds, milliseconds, microseconds or nanoseconds since 1970, with or without a decimal fraction: whichever
    ///   of them gives a time from 1973 to 5138, which is never two of them.
    static func time(_ text: ArraySlice<UInt8>) -> UTCTime? {
        let text = DecimalNumber.trimmed(text)
        guard !text.isEmpty, text.count <= maxLength else { return nil }
        return epoch(text) ?? dateTime(text)
    }

    /// The time on the day `date`, as `2025-12-15`, at `time`, as `21:53:41.771`.
    static func time(date: ArraySlice<UInt8>, time: ArraySlice<UInt8>) -> UTCTime? {
        let (date, time) = (DecimalNumber.trimmed(date), DecimalNumber.trimmed(time))
        guard date.count == 10, time.count <= maxLength else { return nil }
        return dateTime(date + [UInt8(ascii: "T")] + time)
    }

    /// The time that a JSON value holds as a string or number; nil for anything else.
    static func time(_ value: JSONValue) -> UTCTime? {
        switch value {
        case .string(let text): time(Array(text.utf8)[...])
        case .integer(let number): time(Array("\(number)".utf8)[...])
        // A double has the digits of a millisecond until the year 287,396.
        case .decimal(let number): time(Array("\(number)".utf8)[...])
        default: nil
        }
    }

    private static func dateTime(_ text: ArraySlice<UInt8>) -> UTCTime? {
        var bytes = Array(text)
        guard bytes.count >= 11 else { return nil }
        if bytes[4] == UInt8(ascii: "/"), bytes[7] == UInt8(ascii: "/") {
            bytes[4] = UInt8(ascii: "-")
            bytes[7] = UInt8(ascii: "-")
        }
        // The zone begins behind the last digit of the clock: at a sign, a letter or a blank.
        let isClock = { (byte: UInt8) in isDigit(byte) || byte == 0x3A || byte == 0x2E || byte == 0x2C }
        let end = bytes[11...].firstIndex { !isClock($0) } ?? bytes.endIndex
        guard let zone = zone(DecimalNumber.trimmed(bytes[end...])) else { return nil }
        return UTCTime(rfc3339: String(decoding: bytes[..<end] + zone, as: UTF8.self))
    }

    /// The zone `text` as RFC 3339 has it.
    private static func zone(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let zone = Array(text)
        if zone.isEmpty || zone == Array("UTC".utf8) || zone == Array("GMT".utf8) { return [0x5A] }
        guard zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-") else { return zone }
        switch zone.count {
        case 3: return zone + Array(":00".utf8)
        case 5: return zone[..<3] + [UInt8(ascii: ":")] + zone[3...]
        default: return zone
        }
    }

    /// Digits with at most one decimal point, read without rounding: a double would be off by microseconds.
    private static func epoch(_ text: ArraySlice<UInt8>) -> UTCTime? {
        let whole = text.prefix(while: isDigit)
        var fraction = text.dropFirst(whole.count)
        if let point = fraction.first {
            guard point == 0x2E || point == 0x2C else { return nil }
            fraction = fraction.dropFirst()
        }
        guard !whole.isEmpty, fraction.allSatisfy(isDigit) else { return nil }
        var value: Int64 = 0
        for digit in whole {
            let (tens, isTooBig) = value.multipliedReportingOverflow(by: 10)
            let (sum, isBigger) = tens.addingReportingOverflow(Int64(digit - 0x30))
            guard !isTooBig, !isBigger else { return nil }
            value = sum
        }
        switch value {
        case 100_000_000..<100_000_000_000:
            let digits = Array(fraction.prefix(3)) + [0x30, 0x30, 0x30]
            let thousandths = digits.prefix(3).reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
            return UTCTime(milliseconds: value * 1000 + thousandths)
        case 100_000_000_000..<100_000_000_000_000: return UTCTime(milliseconds: value)
        case 100_000_000_000_000..<100_000_000_000_000_000: return UTCTime(milliseconds: value / 1000)
        case 100_000_000_000_000_000...: return UTCTime(milliseconds: value / 1_000_000)
        default: return nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
