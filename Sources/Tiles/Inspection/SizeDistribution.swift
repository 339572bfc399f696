/// How sizes are distributed, exactly, in memory that does not grow with their number.
public struct SizeDistribution: Equatable, Sendable {
    /// The sum of all sizes; stops at the top.
    public private(set) var total: UInt64 = 0
    /// How many sizes there are; stops at the top.
    public private(set) var count: UInt64 = 0
    /// The largest size; 0 where there is none.
    public private(set) var largest: UInt64 = 0
    /// How often every size occurs; nil since there were more different ones than are kept.
    private var counts: [UInt64: UInt64]? = [:]

    /// Different sizes that are kept for ``percentile(_:)``.
    private static let maxSizes = 65_536

    /// Takes note of `count` sizes of `size`.
    mutating func add(_ size: UInt64, count: UInt64 = 1) {
        total = SaturatingSum.of(total, SaturatingSum.product(size, count))
        self.count = SaturatingSum.of(self.count, count)
        largest = max(largest, size)
        guard let known = counts?[size, default: 0] else { return }
        counts?[size] = SaturatingSum.of(known, count)
        if counts?.count ?? 0 > Self.maxSizes { counts = nil }
    }

    /// The mean, rounded down; nil where there is no size.
    public var mean: UInt64? { count > 0 ? total / count : nil }

    /// The smallest of the sizes that `percent` per cent of all do not exceed (nearest rank); nil where there is no
    /// size, or too many different ones to say.
    public func percentile(_ percent: UInt64) -> UInt64? {
        guard let counts else { return nil }
        let rank = UInt128(count) * UInt128(percent)
        var seen: UInt128 = 0
        for (size, count) in counts.sorted(by: { $0.key < $1.key }) {
            seen += UInt128(count) * 100
            if seen >= rank { return size }
        }
        return nil
    }
}

/// Sums of numbers that foreign files claim: they stop at the top.
enum SaturatingSum {
    static func of(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? UInt64.max : sum
    }

    static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? UInt64.max : product
    }
}
