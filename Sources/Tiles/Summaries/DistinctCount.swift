/// How many different drives or contributors there are in a square.
public struct DistinctCount: Hashable, Sendable {
    /// The number.
    public let value: UInt64
    /// Whether ``value`` is an estimate, good to about a quarter of it (the standard error is
    /// 1 / sqrt(15) = 26 %).
    public let isEstimate: Bool

    /// The most that are counted exactly; more are estimated.
    public static let maxExact = 16

    /// Exactly `count`.
    init(exactly count: Int) {
        value = UInt64(count)
        isEstimate = false
    }

    /// The estimate from the k = 17 smallest of the hashes, of which `greatest` is the last: k - 1 of n evenly
    /// spread ones are expected below (k - 1) / n of their range (Bar-Yossef et al., "Counting Distinct
    /// Elements in a Data Stream", 2002; Beyer et al., "On Synopses for Distinct-Value Estimation", 2007).
    ///
    /// - Parameter bound: what the number is known not to exceed; at least 17.
    init(estimatedFrom greatest: UInt64, atMost bound: UInt64) {
        let estimate = Self.twoDigits(Self.quotient(greatest))
        value = min(max(estimate, UInt64(Self.maxExact) + 1), bound)
        isEstimate = true
    }

    /// 16 * 2^64 / `hash`, rounded down, or the greatest number there is.
    private static func quotient(_ hash: UInt64) -> UInt64 {
        let high = UInt64(maxExact)
        return hash > high ? hash.dividingFullWidth((high, 0)).quotient : .max
    }

    /// `value` rounded down to two significant digits: the others would say nothing.
    private static func twoDigits(_ value: UInt64) -> UInt64 {
        var (leading, scale) = (value, UInt64(1))
        while leading >= 100 {
            leading /= 10
            scale *= 10
        }
        return leading * scale
    }
}
