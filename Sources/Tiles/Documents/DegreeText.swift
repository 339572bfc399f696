/// Degrees as JSON numbers.
enum DegreeText {
    /// `valueE7` units of 10^-7 degree as RFC 8785 writes the number: shortest form, no exponent down to
    /// 10^-6.
    static func number(_ valueE7: some BinaryInteger) -> String {
        let sign = valueE7 < 0 ? "-" : ""
        let magnitude = UInt64(clamping: valueE7.magnitude)
        // ECMAScript's Number::toString, which RFC 8785 prescribes, turns to exponents below 10^-6.
        if (1...9).contains(magnitude) { return "\(sign)\(magnitude)e-7" }
        let (whole, fraction) = magnitude.quotientAndRemainder(dividingBy: 10_000_000)
        if fraction == 0 { return "\(sign)\(whole)" }
        let digits = String(fraction)
        var text = String(repeating: "0", count: 7 - digits.count) + digits
        while text.last == "0" { text.removeLast() }
        return "\(sign)\(whole).\(text)"
    }

    /// `valueE7` as a decimal number without an exponent, for readers that are not those of JSON.
    static func plain(_ valueE7: Int32) -> String {
        (1...9).contains(valueE7.magnitude)
            ? "\(valueE7 < 0 ? "-" : "")0.000000\(valueE7.magnitude)" : number(valueE7)
    }

    /// Decimal degrees in units of 10^-7 degree, rounded to the nearest; nil for what is no plain decimal number
    /// within 360 degrees.
    static func valueE7(_ text: String) -> Int64? {
        var digits = text.utf8[...]
        while digits.first == UInt8(ascii: " ") { digits.removeFirst() }
        while digits.last == UInt8(ascii: " ") { digits.removeLast() }
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...3).contains(whole.count) else { return nil }
        // Seven decimals, and one to round by.
        var value: Int64 = 0
        let fraction = parts.dropFirst().first.map { Array($0) } ?? []
        guard fraction.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        let padding = [UInt8](repeating: UInt8(ascii: "0"), count: 8)
        for digit in Array(whole) + (fraction + padding).prefix(8) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        guard value <= 3_600_000_000_0 else { return nil }
        let rounded = (value + 5) / 10
        return isNegative ? -rounded : rounded
    }
}
