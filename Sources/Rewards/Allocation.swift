import Canonical
import Stages

/// A pool split over accounts by weight, in integers, without a unit lost.
///
/// Laws: the amounts and what is unallocated add up to the pool; inside a pool more weight never gets less;
/// equal weights differ by at most one unit; no amount differs from its exact share by a whole unit; the
/// order of the accounts changes nothing. The method is that of the largest remainder (Hamilton's), so a pool
/// greater by one unit can make an amount smaller by one (the Alabama paradox), never by more.
public struct Allocation: Sendable, Equatable {
    /// What goes to each account, in the order the weights were given.
    public let amounts: [UInt64]
    /// What goes to nobody.
    public let unallocated: UInt64

    /// Splits `pool` by `weights`, of accounts that differ.
    ///
    /// Everyone gets the whole part of pool x weight / sum of weights. The units left over go one each to the
    /// greatest remainders; among equal remainders to the least SHA-256(`seed` followed by the account's
    /// UTF-8 bytes), so that nobody can pick a name that wins ties. Without weight nothing is allocated.
    init(pool: UInt64, distinct weights: [(account: String, weight: UInt64)], seed: [UInt8]) {
        // Fewer than 2^64 weights below 2^64 each: neither the sum nor a product leaves 128 bits.
        let total = weights.reduce(into: UInt128(0)) { $0 += UInt128($1.weight) }
        guard total > 0 else {
            amounts = [UInt64](repeating: 0, count: weights.count)
            unallocated = pool
            return
        }
        var amounts: [UInt64] = []
        var remainders: [UInt128] = []
        amounts.reserveCapacity(weights.count)
        remainders.reserveCapacity(weights.count)
        var left = pool
        for (_, weight) in weights {
            let (share, remainder) = (UInt128(pool) * UInt128(weight)).quotientAndRemainder(dividingBy: total)
            // A share is at most the pool, and all of them together are.
            let amount = UInt64(clamping: share)
            amounts.append(amount)
            remainders.append(remainder)
            left -= amount
        }
        for index in Self.winners(left, remainders, weights, seed) { amounts[index] += 1 }
        self.amounts = amounts
        unallocated = 0
    }

    /// Who gets one of the `count` units left over. Hashes are made only where remainders tie for the last
    /// ones.
    private static func winners(
        _ count: UInt64, _ remainders: [UInt128], _ weights: [(account: String, weight: UInt64)],
        _ seed: [UInt8]
    ) -> [Int] {
        let count = Int(clamping: count)
        guard count > 0, count <= remainders.count else { return [] }
        let order = remainders.indices.sorted { remainders[$0] > remainders[$1] }
        let last = remainders[order[count - 1]]
        var winners = order.prefix(count).filter { remainders[$0] > last }
        let tied = order.filter { remainders[$0] == last }
            .map { (index: $0, hash: ContentHash.of(seed + Array(weights[$0].account.utf8))) }
            .sorted { $0.hash < $1.hash }
        winners += tied.prefix(count - winners.count).map(\.index)
        return winners
    }
}
