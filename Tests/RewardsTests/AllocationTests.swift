import Canonical
import Testing

@testable import Rewards

@Suite("Allocation")
struct AllocationTests {
    typealias Weight = (account: String, weight: UInt64)

    /// Cases of each law for each seed.
    static let cases = 1000

    @Test("adds up to the pool, and is within a unit of the exact share", arguments: [1, 2, 3] as [UInt64])
    func conservation(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<Self.cases {
            let (pool, weights) = Self.pool(&numbers)
            let allocation = Allocation(pool: pool, distinct: weights, seed: [])
            let awarded = allocation.amounts.reduce(UInt128(0)) { $0 + UInt128($1) }
            try #require(awarded + UInt128(allocation.unallocated) == UInt128(pool))
            let total = weights.reduce(UInt128(0)) { $0 + UInt128($1.weight) }
            try #require((allocation.unallocated > 0) == (total == 0 && pool > 0))
            guard total > 0 else { continue }
            for (amount, weight) in zip(allocation.amounts, weights) {
                let floor = UInt128(pool) * UInt128(weight.weight) / total
                try #require(UInt128(amount) == floor || UInt128(amount) == floor + 1)
                if weight.weight == 0 { try #require(amount == 0) }
            }
        }
    }

    @Test(
        "never gives more weight less, and equal weights differ by a unit", arguments: [4, 5, 6] as [UInt64])
    func monotone(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<Self.cases {
            let (pool, weights) = Self.pool(&numbers)
            let amounts = Allocation(pool: pool, distinct: weights, seed: [1]).amounts
            for (left, a) in zip(weights, amounts) {
                for (right, b) in zip(weights, amounts) {
                    if left.weight < right.weight { try #require(a <= b) }
                    if left.weight == right.weight { try #require(max(a, b) - min(a, b) <= 1) }
                }
            }
        }
    }

    @Test("does not depend on the order of the accounts", arguments: [7, 8, 9] as [UInt64])
    func permutation(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<Self.cases {
            let (pool, weights) = Self.pool(&numbers)
            let amounts = Allocation(pool: pool, distinct: weights, seed: [2]).amounts
            let order = weights.indices.shuffled(using: &numbers)
            let shuffled = Allocation(pool: pool, distinct: order.map { weights[$0] }, seed: [2])
                .amounts
            try #require(shuffled == order.map { amounts[$0] })
        }
    }

    @Test("never gives an account less for more weight", arguments: [10, 11, 12] as [UInt64])
    func moreWeight(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<Self.cases {
            var (pool, weights) = Self.pool(&numbers)
            let index = Int.random(in: weights.indices, using: &numbers)
            guard weights[index].weight < .max else { continue }
            let before = Allocation(pool: pool, distinct: weights, seed: [3]).amounts[index]
            weights[index].weight += 1
            let after = Allocation(pool: pool, distinct: weights, seed: [3]).amounts[index]
            try #require(before <= after)
        }
    }

    @Test("breaks ties by the hash of seed and account, not by name")
    func ties() throws {
        let weights: [Weight] = ["a", "b", "c", "d", "e"].map { ($0, 1) }
        var winners: Set<Int> = []
        for seed in UInt8(0)..<32 {
            let amounts = Allocation(pool: 6, distinct: weights, seed: [seed]).amounts
            let least = weights.indices.min {
                ContentHash.of([seed] + Array(weights[$0].account.utf8))
                    < ContentHash.of([seed] + Array(weights[$1].account.utf8))
            }
            #expect(amounts.firstIndex(of: 2) == least)
            winners.formUnion(amounts.indices.filter { amounts[$0] == 2 })
        }
        #expect(winners.count == 5)
    }

    @Test("does not overflow")
    func extremes() throws {
        let weights: [Weight] = (0..<100).map { ("account \($0)", .max) }
        let allocation = Allocation(pool: .max, distinct: weights, seed: [])
        #expect(allocation.amounts.reduce(0, +) == .max)
        #expect(Allocation(pool: .max, distinct: [("a", 1)], seed: []).amounts == [.max])
        #expect(Allocation(pool: 7, distinct: [], seed: []).unallocated == 7)
    }

    @Test("takes names that only look the same")
    func repeats() throws {
        // Precomposed and decomposed: equal for `String`, two accounts for us. So are upper and lower case.
        let weights: [Weight] = [("\u{E9}", 1), ("e\u{301}", 1), ("Bee", 1), ("bee", 1)]
        #expect(Allocation(pool: 4, distinct: weights, seed: []).amounts == [1, 1, 1, 1])
    }

    private static func pool(_ numbers: inout SeededNumbers) -> (pool: UInt64, weights: [Weight]) {
        let count = Int.random(in: 1...12, using: &numbers)
        // Small numbers make ties, great ones overflow.
        let isSmall = Bool.random(using: &numbers)
        let weights: [Weight] = (0..<count).map { index in
            let weight = isSmall ? UInt64.random(in: 0...4, using: &numbers) : numbers.anyMagnitude()
            return ("account-\(index)", weight)
        }
        return (isSmall ? UInt64.random(in: 0...40, using: &numbers) : numbers.anyMagnitude(), weights)
    }
}
