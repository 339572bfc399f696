import Canonical

/// Measured values with their units as people read them.
enum Quantity {
    /// `value` in `unit`, as the rules name their units; empty where it is not known.
    static func text(_ value: Int64?, _ unit: String?) -> String {
        guard let value else { return "" }
        return switch unit {
        case "ms since 1970": UTCTime(milliseconds: value).description
        case "ms": "\(thousandths(value)) s"
        case "mm": "\(thousandths(value)) m"
        case "mm/s": "\(thousandths(value)) m/s"
        case "1/100 degree": "\(fraction(value, digits: 2)) degrees"
        case "10^-7 degree": "\(fraction(value, digits: 7)) degrees"
        case let unit?: "\(value) \(unit)"
        case nil: "\(value)"
        }
    }

    private static func thousandths(_ value: Int64) -> String { fraction(value, digits: 3) }

    private static func fraction(_ value: Int64, digits count: Int) -> String {
        let unit = (0..<count).reduce(UInt64(1)) { power, _ in power * 10 }
        let digits = String(value.magnitude % unit)
        let fraction = String(repeating: "0", count: count - digits.count) + digits
        return "\(value < 0 ? "-" : "")\(value.magnitude / unit).\(fraction)"
    }
}
