/// Where the contents of an archive lie in its tile data, in the order of the file, each once.
///
/// Of a clustered archive they come in this order already, and nothing is ever sorted.
struct ContentPlaces {
    /// Where one content lies.
    struct Place: Hashable, Comparable {
        /// Offset in the tile data.
        let offset: UInt64
        /// Bytes as stored.
        let length: UInt32

        init(_ entry: PMTilesEntry) {
            offset = entry.offset
            length = entry.length
        }

        /// The offset behind the last byte; the directory reader has seen to it that there is one.
        var end: UInt64 { offset &+ UInt64(length) }

        static func < (left: Place, right: Place) -> Bool {
            (left.offset, left.length) < (right.offset, right.length)
        }
    }

    private(set) var places: [Place] = []
    private var isSorted = true
    private let limit: Int

    /// - Parameter fileSize: bytes of the archive. Contents take room in it: no more places are kept than it can
    ///   hold of the smallest tiles, however many its directories name.
    init(fileSize: UInt64) {
        // A gzip member of nothing has 20 bytes, the smallest PNG has 67; tiles stored plain may be shorter.
        limit = max(1 << 16, Int(clamping: fileSize / 16))
    }

    /// Takes up the content of `entry`.
    ///
    /// - Throws: `overLimit` where there are more contents than the file can hold.
    mutating func insert(_ entry: PMTilesEntry) throws(TileError) {
        let place = Place(entry)
        if places.count == limit {
            sort()
            // What one sort wins must be worth the next one.
            guard places.count < limit / 8 * 7 else {
                throw TileError(
                    .overLimit, at: entry.offset, "more than \(limit / 8 * 7) contents in so short a file")
            }
        }
        if isSorted, let last = places.last, place <= last {
            if index(of: place) != nil { return }
            isSorted = false
        }
        places.append(place)
    }

    /// Puts the places in order; to be called when all are there.
    mutating func sort() {
        if isSorted { return }
        places.sort()
        var kept = 0
        for place in places where kept == 0 || places[kept - 1] != place {
            places[kept] = place
            kept += 1
        }
        places.removeSubrange(kept...)
        isSorted = true
    }

    /// The number of `place` among the sorted ones, nil where it is none of them.
    func index(of place: Place) -> Int? {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < places.count && places[low] == place ? low : nil
    }
}
