/// A prefix code as deflate describes it: by the lengths of its codes alone (RFC 1951, 3.2.2).
struct HuffmanCode {
    /// Bits of every symbol's code, 0 for a symbol that has none.
    let lengths: [UInt8]
    /// Every symbol's code with its first bit in the lowest place, as deflate packs it.
    let codes: [UInt16]

    /// The code that spends the fewest bits on symbols as frequent as `frequencies` says, with no code longer
    /// than `limit`, whose bits can number all symbols that occur.
    init(frequencies: [UInt32], limit: Int) {
        var frequencies = frequencies
        var lengths = Self.lengths(frequencies)
        while let longest = lengths.max(), Int(longest) > limit {
            // Flatter frequencies give shorter codes; when all are one, no code is longer than need be.
            frequencies = frequencies.map { ($0 + 1) / 2 }
            lengths = Self.lengths(frequencies)
        }
        self.lengths = lengths
        codes = Self.codes(lengths)
    }

    /// Huffman's lengths: the two rarest become one until one is left.
    private static func lengths(_ frequencies: [UInt32]) -> [UInt8] {
        let symbols = frequencies.indices.filter { frequencies[$0] > 0 }.sorted {
            (frequencies[$0], $0) < (frequencies[$1], $1)
        }
        var lengths = [UInt8](repeating: 0, count: frequencies.count)
        guard symbols.count > 1 else {
            // A single code has one bit and leaves the other one unused.
            for symbol in symbols { lengths[symbol] = 1 }
            return lengths
        }
        // Leaves ascend, and so do the nodes above them in the order they are made: the rarest is one of two.
        var weights = symbols.map { frequencies[$0] }
        var parents = [Int](repeating: 0, count: 2 * symbols.count - 1)
        var (leaf, inner) = (0, symbols.count)
        while weights.count < parents.count {
            var weight: UInt32 = 0
            for _ in 0..<2 {
                let takesLeaf =
                    leaf < symbols.count && (inner >= weights.count || weights[leaf] <= weights[inner])
                let rarest = takesLeaf ? leaf : inner
                if takesLeaf { leaf += 1 } else { inner += 1 }
                weight += weights[rarest]
                parents[rarest] = weights.count
            }
            weights.append(weight)
        }
        var depths = [UInt8](repeating: 0, count: parents.count)
        for node in (0..<parents.count - 1).reversed() { depths[node] = depths[parents[node]] + 1 }
        for (place, symbol) in symbols.enumerated() { lengths[symbol] = depths[place] }
        return lengths
    }

    /// The codes these lengths stand for: shorter ones first, by symbol among equals.
    private static func codes(_ lengths: [UInt8]) -> [UInt16] {
        var next = [UInt16](repeating: 0, count: 17)
        for length in lengths where length > 0 { next[Int(length) + 1] += 1 }
        // From the number of codes of each length to the first of each.
        for length in 1...15 { next[length] = (next[length - 1] + next[length]) << 1 }
        return lengths.map { length in
            guard length > 0 else { return 0 }
            defer { next[Int(length)] += 1 }
            return next[Int(length)].bitReversed >> UInt16(16 - length)
        }
    }
}

extension UInt16 {
    fileprivate var bitReversed: UInt16 {
        var value = self
        value = (value & 0x5555) << 1 | (value >> 1) & 0x5555
        value = (value & 0x3333) << 2 | (value >> 2) & 0x3333
        value = (value & 0x0F0F) << 4 | (value >> 4) & 0x0F0F
        return value.byteSwapped
    }
}
