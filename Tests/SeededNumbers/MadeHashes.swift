/// Four words that stand for a hash of 256 bits, the lowest bits first.
public typealias HashWords = [UInt64]

/// Hashes of chance, and changed ones.
public enum MadeHashes {
    /// A hash of chance.
    public static func random(_ numbers: inout SplitMix64) -> HashWords {
        (0..<4).map { _ in numbers.next() }
    }

    /// `words` with exactly `count` bits changed.
    public static func changed(
        _ words: HashWords, _ count: Int, _ numbers: inout SplitMix64
    ) -> HashWords {
        change(words, Array(0..<256).shuffled(using: &numbers).prefix(count))
    }

    /// `words` with exactly `count` bits changed, more of them in the groups of 16 that have some already, so that often just
    /// one group has few of them.
    public static func heaped(_ words: HashWords, _ count: Int, _ numbers: inout SplitMix64) -> HashWords {
        var bits: [Int] = []
        while bits.count < count {
            let neighbour = bits.randomElement(using: &numbers)
            let isHeaped = Int.random(in: 0..<4, using: &numbers) > 0
            let bit =
                if isHeaped, let neighbour {
                    neighbour / 16 * 16 + Int.random(in: 0..<16, using: &numbers)
                } else {
                    Int.random(in: 0..<256, using: &numbers)
                }
            if !bits.contains(bit) { bits.append(bit) }
        }
        return change(words, bits[...])
    }

    /// `words` with 31 bits changed: two in every group of 16 but `free`, and one there.
    public static func spread(_ words: HashWords, free: Int, _ numbers: inout SplitMix64) -> HashWords {
        let bits = (0..<16).flatMap { group in
            Array(0..<16).shuffled(using: &numbers).prefix(group == free ? 1 : 2).map { group * 16 + $0 }
        }
        return change(words, bits[...])
    }

    private static func change(_ words: HashWords, _ bits: ArraySlice<Int>) -> HashWords {
        var words = words
        for bit in bits { words[bit / 64] ^= 1 << UInt64(bit % 64) }
        return words
    }

    /// In how many bits two hashes differ.
    public static func distance(_ left: HashWords, _ right: HashWords) -> Int {
        zip(left, right).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
    }
}
