import Imaging

/// An index of gradient hashes that finds *every* one within the greatest distance of a given hash.
///
/// Two 64-bit hashes within d bits of each other are equal in at least one of d + 1 disjoint bands (the pigeonhole
/// principle; Norouzi, Punjani, Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012). So only
/// hashes that share a band are compared, and none is missed.
public struct DHashIndex: Sendable {
    private let hashes: [DHash]
    private let maxDistance: Int
    private let bands: [Band]

    /// The hashes of one band, ordered by the band's value.
    private struct Band: Sendable {
        let shift: UInt64
        let mask: UInt64
        /// `starts[v]..<starts[v + 1]` are the places in `members` of the hashes whose band has value v.
        let starts: [Int32]
        let members: [Int32]

        init(_ hashes: [DHash], shift: Int, width: Int) {
            self.shift = UInt64(shift)
            // A wide band is cut to 16 bits: still equal wherever the whole band is, and a table of fixed size.
            let mask: UInt64 = 1 << UInt64(min(width, 16)) - 1
            self.mask = mask
            var starts = [Int32](repeating: 0, count: Int(mask) + 2)
            let values = hashes.map { Int($0.bits >> UInt64(shift) & mask) }
            for value in values { starts[value + 1] += 1 }
            for value in 1..<starts.count { starts[value] += starts[value - 1] }
            var next = starts
            var members = [Int32](repeating: 0, count: hashes.count)
            for (index, value) in values.enumerated() {
                members[Int(next[value])] = Int32(index)
                next[value] += 1
            }
            self.starts = starts
            self.members = members
        }

        func members(sharing hash: DHash) -> ArraySlice<Int32> {
            let value = Int(hash.bits >> shift & mask)
            return members[Int(starts[value])..<Int(starts[value + 1])]
        }

        func isShared(_ left: DHash, _ right: DHash) -> Bool { (left.bits ^ right.bits) >> shift & mask == 0 }
    }

    /// An index of `hashes`, at most 2^31 of them, for searches within `maxDistance` bits, 0...15.
    public init(_ hashes: [DHash], maxDistance: Int) {
        self.hashes = hashes
        self.maxDistance = maxDistance
        let count = min(max(maxDistance, 0), 15) + 1
        bands = (0..<count).map { band in
            let (from, to) = (64 * band / count, 64 * (band + 1) / count)
            return Band(hashes, shift: from, width: to - from)
        }
    }

    /// Calls `found` once with the place of every indexed hash within the greatest distance of `hash`.
    public func forEach(near hash: DHash, _ found: (Int) -> Void) {
        for (number, band) in bands.enumerated() {
            for member in band.members(sharing: hash) {
                let other = hashes[Int(member)]
                guard other.distance(to: hash) <= maxDistance else { continue }
                // A pair that shares several bands counts in the first of them.
                if !bands[..<number].contains(where: { $0.isShared(other, hash) }) { found(Int(member)) }
            }
        }
    }
}
