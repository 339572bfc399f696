/// Numbers as pictures write them.
enum PictureText {
    /// Digits in groups of three: `1,234,567`.
    static func grouped(_ value: some BinaryInteger) -> String {
        var result = ""
        for (index, digit) in String(value).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3), digit != "-" { result.append(",") }
            result.append(digit)
        }
        return String(result.reversed())
    }

    /// A count with its noun: `1 frame`, `2,000 frames`.
    static func count(_ value: UInt64, _ noun: String) -> String {
        "\(grouped(value)) \(noun)\(value == 1 ? "" : "s")"
    }

    /// `valueE7` units of 10^-7 degree with `decimals` of them, 0...7, and the letter of its side: `122.40°W`.
    static func degrees(_ valueE7: Int, decimals: Int, positive: String, negative: String) -> String {
        var unit = 1
        for _ in decimals..<7 { unit *= 10 }
        let rounded = (abs(valueE7) + unit / 2) / unit
        let digits = String(rounded)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = padded.dropLast(decimals)
        let fraction = decimals > 0 ? "." + padded.suffix(decimals) : ""
        // The equator, Greenwich and the antimeridian are on neither side.
        let side = rounded == 0 || rounded * unit == 1_800_000_000 ? "" : valueE7 < 0 ? negative : positive
        return "\(whole)\(fraction)°\(side)"
    }
}
