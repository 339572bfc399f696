import Canonical

/// How much of what an epoch pays goes to few, millionths.
public struct Concentration: Sendable, Equatable {
    /// The share of who is paid most.
    public let top1: Int64
    /// The share of the ten who are paid most.
    public let top10: Int64
    /// The Gini coefficient of what those are paid who are paid something: 0 where all get the same.
    public let gini: Int64

    /// The concentration of these amounts, in any order; those that are 0 do not count.
    init(_ amounts: [UInt64]) {
        let paid = amounts.filter { $0 > 0 }.sorted()
        let total = paid.reduce(into: UInt128(0)) { $0 += UInt128($1) }
        guard total > 0 else {
            (top1, top10, gini) = (0, 0, 0)
            return
        }
        let top = paid.suffix(10).reduce(into: UInt128(0)) { $0 += UInt128($1) }
        top1 = Int64(clamping: UInt128(paid[paid.count - 1]) * 1_000_000 / total)
        top10 = Int64(clamping: top * 1_000_000 / total)
        // Below 2^32 amounts below 2^64 each, and a factor below 2^33: 2^97 at most for one, 2^117 with the million and
        // all of them, because amounts add up to less than 2^65.
        var sum: Int128 = 0
        for (index, amount) in paid.enumerated() {
            sum += (2 * Int128(index + 1) - Int128(paid.count) - 1) * Int128(amount)
        }
        gini = Int64(clamping: sum * 1_000_000 / (Int128(paid.count) * Int128(clamping: total)))
    }

    var members: [String: CanonicalJSON] {
        ["gini_ppm": .integer(gini), "top10_ppm": .integer(top10), "top1_ppm": .integer(top1)]
    }

    init(_ object: JSONObjectReader) throws(JSONError) {
        var reader = object
        gini = try reader.integer("gini_ppm", in: 0...1_000_000)
        top10 = try reader.integer("top10_ppm", in: 0...1_000_000)
        top1 = try reader.integer("top1_ppm", in: 0...1_000_000)
        try reader.finish()
    }
}
