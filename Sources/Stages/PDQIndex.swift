import Imaging

/// An index of PDQ hashes that finds *every* one within the greatest distance of a given hash.
///
/// Multi-index hashing (Norouzi, Punjani, Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012): of two
/// hashes of 256 bits within 31 bits of each other, at least one of 16 disjoint bands of 16 bits differs in at most one bit,
/// for two in each of them would be 32. So every hash is filed under each of its bands as it is and with each of its
/// bits changed; only hashes filed under a band of the one that is looked for are compared, and none is missed.
///
/// Of these, only those are compared whose next band, the first one's coming after the last, differs in at most 3 bits
/// (Qin, Xiao, "Pigeonring: A Principle for Faster Thresholded Similarity Search", 2018). Go round the bands and add up by
/// how much each differs in more than 31/16 bits: after a round the sum is not above 0. Begin behind the band where it was at
/// its greatest, and no sum is above 0: the first band differs in at most 31/16 bits, the first two in at most 62/16.
public struct PDQIndex: Sendable {
    /// The greatest distance that can be looked for.
    public static let greatestDistance = 31
    private static let bands = 16

    private let hashes: [PDQHash]
    private let maxDistance: Int
    private let files: [PDQBand]

    /// An index of `hashes`, at most 2^20 of them, for searches within `maxDistance` bits, 0...31.
    public init(_ hashes: [PDQHash], maxDistance: Int) {
        self.hashes = hashes
        self.maxDistance = min(max(maxDistance, 0), Self.greatestDistance)
        files =
            hashes.isEmpty
            ? []
            : (0..<Self.bands).map { band in
                PDQBand(hashes.map { $0.band(band) }, next: hashes.map { $0.band(band + 1) })
            }
    }

    /// Calls `found` once for every one of `queries` and every indexed hash within the greatest distance of it, with the
    /// places of both. The more queries at a time, the less each costs.
    public func forEachPair(_ queries: [PDQHash], _ found: (_ query: Int, _ member: Int) throws -> Void)
        rethrows
    {
        let hashes = hashes.span
        let queries = queries.span
        var sorted = PDQBandQueries(count: queries.count)
        for (number, file) in files.enumerated() {
            sorted.take(queries, band: number)
            try file.forEachCandidate(sorted) { query, member in
                let (hash, other) = (queries[query], hashes[member])
                guard Self.leastDistance(other, hash) <= maxDistance,
                    other.distance(to: hash) <= maxDistance,
                    // A pair that meets in several bands counts in the first of them.
                    !(0..<number).contains(where: { Self.meet(other, hash, $0) })
                else { return }
                try found(query, member)
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

    /// Whether two hashes are candidates by a band and the next one.
    private static func meet(_ left: PDQHash, _ right: PDQHash, _ band: Int) -> Bool {
        PDQBand.meet(left.band(band) ^ right.band(band))
            && PDQBand.meetNext(left.band(band + 1) ^ right.band(band + 1))
    }
}
