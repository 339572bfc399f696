import Imaging

/// By which bits two PDQ hashes within 31 bits of each other are brought together.
///
/// Multi-index hashing (Norouzi, Punjani, Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012): of two
/// hashes of 256 bits within 31 bits of each other, at least one of 16 disjoint bands of 16 bits differs in at most one bit,
/// for two in each of them would be 32. Of the bands behind it, the first one's coming after the last, little may differ
/// either (Qin, Xiao, "Pigeonring: A Principle for Faster Thresholded Similarity Search", 2018): go round the bands and add
/// up by how much each differs in more than 31/16 bits; after a round the sum is not above 0. Begin behind the band where it
/// was at its greatest, and no sum is above 0: the first band differs in at most 31/16 bits, the first two together in
/// at most 62/16, the first three in at most 93/16.
enum PDQBand {
    /// How many there are.
    static let count = 16
    /// How many values each can have.
    static let values = 1 << 16
    /// The greatest distance of hashes that are brought together for certain.
    static let greatestDistance = 31
    /// The most bits that may differ in a band, in it and the next one, in these and the one behind them.
    static let limits = (one: 1, two: 3, three: 5)

    /// Whether two hashes meet in `band`.
    static func meet(_ left: PDQHash, _ right: PDQHash, _ band: Int) -> Bool {
        let one = (left.band(band) ^ right.band(band)).nonzeroBitCount
        guard one <= limits.one else { return false }
        let two = one + (left.band(band + 1) ^ right.band(band + 1)).nonzeroBitCount
        guard two <= limits.two else { return false }
        return two + (left.band(band + 2) ^ right.band(band + 2)).nonzeroBitCount <= limits.three
    }

    /// Whether `band` is the first one in which two hashes meet: a pair that meets in several counts once.
    static func isFirst(_ band: Int, _ left: PDQHash, _ right: PDQHash) -> Bool {
        !(0..<band).contains { meet(left, right, $0) }
    }
}

extension PDQHash {
    /// The 16 bits that are band `band`, 0...17; the last two are the first ones once more.
    @inline(__always)
    public func band(_ band: Int) -> UInt16 {
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
