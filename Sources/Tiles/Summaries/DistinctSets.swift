/// Which drives, or which contributors, every square of a tile has: the smallest of their hashes, at most 17 a
/// square (a sketch of k minimum values).
///
/// The smallest hashes of a union are the smallest among those of its parts, so merging loses nothing, and
/// what a square keeps depends on its frames alone. The hashes stand in one table; squares name them by their
/// place in it, since most of them are in many squares.
struct DistinctSets: Hashable, Sendable {
    /// The hashes a square keeps at most: one more than are counted exactly.
    static let maxKept = DistinctCount.maxExact + 1

    /// The hashes that squares keep, ascending, each once.
    let hashes: [UInt64]
    /// For every square, in their order, where its places begin; at last where all of them end.
    let starts: [UInt32]
    /// Places in ``hashes``, ascending within a square, 1...``maxKept`` of them.
    let places: [UInt32]

    /// No square.
    static let empty = DistinctSets(hashes: [], starts: [0], places: [])

    /// Sets that keep all of the above.
    init(hashes: [UInt64], starts: [UInt32], places: [UInt32]) {
        self.hashes = hashes
        self.starts = starts
        self.places = places
    }

    /// Where the places of the square at `position` stand.
    @inline(__always)
    func range(at position: Int) -> Range<Int> { Int(starts[position])..<Int(starts[position + 1]) }

    /// How many the square at `position` has.
    ///
    /// - Parameter bound: what an estimate must not exceed; at least 17.
    func count(at position: Int, atMost bound: UInt64) -> DistinctCount {
        let range = range(at: position)
        guard range.count == Self.maxKept else { return DistinctCount(exactly: range.count) }
        let greatest = hashes[Int(places[range.upperBound - 1])]
        return DistinctCount(estimatedFrom: greatest, atMost: bound)
    }
}

/// Tables of hashes put together to one, from which those that no square keeps are left out.
struct HashTable {
    /// The hashes, ascending, each once.
    private(set) var hashes: [UInt64] = []
    /// For every table, and every place in it that is kept, the new place.
    private(set) var newPlaces: [[UInt32]]

    /// - Parameter tables: at most a handful, each strictly ascending, with marks on what is kept.
    init(joining tables: [(hashes: [UInt64], isKept: [Bool])]) {
        newPlaces = tables.map { [UInt32](repeating: 0, count: $0.hashes.count) }
        var next = [Int](repeating: 0, count: tables.count)
        while true {
            var least: UInt64?
            for (index, table) in tables.enumerated() {
                while next[index] < table.hashes.count, !table.isKept[next[index]] { next[index] += 1 }
                if next[index] < table.hashes.count {
                    least = min(least ?? .max, table.hashes[next[index]])
                }
            }
            guard let least else { return }
            for (index, table) in tables.enumerated()
            where next[index] < table.hashes.count && table.hashes[next[index]] == least {
                newPlaces[index][next[index]] = UInt32(truncatingIfNeeded: hashes.count)
                next[index] += 1
            }
            hashes.append(least)
        }
    }
}
