import Imaging

/// Hashes in the order of what they have in one band, so that a table of that band is read from its beginning to its end:
/// looking up in any order costs ten times as much, nearly all of it waiting for memory.
struct PDQBandQueries {
    private var keys: [UInt64]
    private var other: [UInt64]
    /// The number of hashes.
    let count: Int

    /// Room for the hashes of `count` queries.
    init(count: Int) {
        self.count = count
        keys = [UInt64](repeating: 0, count: count)
        other = keys
    }

    /// Takes in `hashes`, as many as there is room for, with what they have in `band` and the next one, and sorts them.
    mutating func take(_ hashes: Span<PDQHash>, band: Int) {
        var low = [Int32](repeating: 0, count: 256)
        var high = low
        var taken = keys.mutableSpan
        for query in taken.indices {
            let (value, next) = (hashes[query].band(band), hashes[query].band(band + 1))
            low[Int(value & 0xFF)] += 1
            high[Int(value >> 8)] += 1
            taken[query] =
                UInt64(value) << 48 | UInt64(next) << 32 | UInt64(UInt32(truncatingIfNeeded: query))
        }
        Self.distribute(&keys, shift: 48, low, to: &other)
        Self.distribute(&other, shift: 56, high, to: &keys)
    }

    /// The query at `place` in this order: what it has in the band and in the next one, and its number.
    @inline(__always)
    func query(_ place: Int) -> (value: UInt16, next: UInt16, number: Int) {
        let key = keys[place]
        return (
            UInt16(truncatingIfNeeded: key >> 48), UInt16(truncatingIfNeeded: key >> 32),
            Int(UInt32(truncatingIfNeeded: key))
        )
    }

    /// Puts the keys in the order of eight of their bits, and of their places where these are equal.
    private static func distribute(
        _ keys: inout [UInt64], shift: UInt64, _ counts: [Int32], to output: inout [UInt64]
    ) {
        var next = [Int32](repeating: 0, count: counts.count)
        for value in 1..<counts.count { next[value] = next[value - 1] + counts[value - 1] }
        let keys = keys.span
        var free = next.mutableSpan
        var sorted = output.mutableSpan
        for place in keys.indices {
            let key = keys[place]
            let value = Int(key &>> shift & 0xFF)
            sorted[Int(free[value])] = key
            free[value] &+= 1
        }
    }
}

extension PDQHash {
    /// The 16 bits that are band `band`, 0...16; the last one is the first one once more.
    @inline(__always)
    func band(_ band: Int) -> UInt16 {
        let word =
            switch band >> 2 & 3 {
            case 0: w0
            case 1: w1
            case 2: w2
            default: w3
            }
        return UInt16(truncatingIfNeeded: word &>> UInt64(16 * (band & 3)))
    }
}
