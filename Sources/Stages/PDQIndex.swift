import Imaging

/// An index of PDQ hashes that finds *every* one within the greatest distance of a given hash.
///
/// Multi-index hashing (Norouzi, Punjani, Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012): of two
/// hashes of 256 bits within 31 bits of each other, at least one of 16 disjoint bands of 16 bits differs in at most one bit,
/// for two in each of them would be 32. So every hash is filed under each of its bands as it is and with each of its
/// bits changed; only hashes filed under a band of the one that is looked for are compared, and none is missed.
public struct PDQIndex: Sendable {
    /// The greatest distance that can be looked for.
    public static let greatestDistance = 31
    private static let bands = 16
    private static let values = 1 << 16

    private let hashes: [PDQHash]
    private let maxDistance: Int
    private let files: [Band]

    /// The places of the hashes filed under each value of one band.
    private struct Band: Sendable {
        /// `starts[v]..<starts[v + 1]` are the places in `members` of what is filed under v.
        let starts: [Int32]
        let members: [Int32]

        init(_ values: [UInt16]) {
            var starts = [Int32](repeating: 0, count: PDQIndex.values + 1)
            for value in values { Self.forEachNeighbour(value) { starts[$0 + 1] += 1 } }
            for value in 1..<starts.count { starts[value] += starts[value - 1] }
            var next = starts
            var members = [Int32](repeating: 0, count: Int(starts[PDQIndex.values]))
            for (place, value) in values.enumerated() {
                Self.forEachNeighbour(value) {
                    members[Int(next[$0])] = Int32(truncatingIfNeeded: place)
                    next[$0] += 1
                }
            }
            self.starts = starts
            self.members = members
        }

        /// `value`, and it with one bit changed.
        @inline(__always)
        private static func forEachNeighbour(_ value: UInt16, _ body: (Int) -> Void) {
            body(Int(value))
            for bit in 0..<16 { body(Int(value ^ (1 << UInt16(bit)))) }
        }
    }

    /// An index of `hashes`, at most 2^20 of them, for searches within `maxDistance` bits, 0...31.
    public init(_ hashes: [PDQHash], maxDistance: Int) {
        self.hashes = hashes
        self.maxDistance = min(max(maxDistance, 0), Self.greatestDistance)
        files =
            hashes.isEmpty
            ? [] : (0..<Self.bands).map { band in Band(hashes.map { Self.value(of: $0, band) }) }
    }

    /// Calls `found` once for every one of `queries` and every indexed hash within the greatest distance of it, with the
    /// places of both. All queries go through one band before the next, whose tables then stay in the processor's cache.
    public func forEachPair(_ queries: [PDQHash], _ found: (_ query: Int, _ member: Int) throws -> Void)
        rethrows
    {
        let hashes = hashes.span
        let queries = queries.span
        for (number, file) in files.enumerated() {
            let (firsts, places) = (file.starts, file.members)
            let starts = firsts.span
            let members = places.span
            for query in queries.indices {
                let hash = queries[query]
                let value = Int(Self.value(of: hash, number))
                for place in Int(starts[value])..<Int(starts[value + 1]) {
                    let member = Int(members[place])
                    let other = hashes[member]
                    guard Self.leastDistance(other, hash) <= maxDistance,
                        other.distance(to: hash) <= maxDistance
                    else { continue }
                    // A pair that meets in several bands counts in the first of them.
                    if (0..<number).contains(where: { Self.meet(other, hash, $0) }) { continue }
                    try found(query, member)
                }
            }
        }
    }

    /// What the distance of two hashes is at least: the places in a word where any of the four words differ. Hashes that
    /// have nothing to do with each other have about 60, so that most are told apart by one count instead of four, which the
    /// oldest x86-64 has no instruction for.
    @inline(__always)
    private static func leastDistance(_ left: PDQHash, _ right: PDQHash) -> Int {
        let differences = (left.w0 ^ right.w0, left.w1 ^ right.w1, left.w2 ^ right.w2, left.w3 ^ right.w3)
        return (differences.0 | differences.1 | differences.2 | differences.3).nonzeroBitCount
    }

    /// Whether two hashes differ in at most one bit of a band.
    private static func meet(_ left: PDQHash, _ right: PDQHash, _ band: Int) -> Bool {
        (value(of: left, band) ^ value(of: right, band)).nonzeroBitCount <= 1
    }

    @inline(__always)
    private static func value(of hash: PDQHash, _ band: Int) -> UInt16 {
        let word =
            switch band >> 2 {
            case 0: hash.w0
            case 1: hash.w1
            case 2: hash.w2
            default: hash.w3
            }
        return UInt16(truncatingIfNeeded: word >> UInt64(16 * (band & 3)))
    }
}
