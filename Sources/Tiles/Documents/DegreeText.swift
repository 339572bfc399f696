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
}
