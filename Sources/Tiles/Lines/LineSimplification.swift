/// Leaves out the points of a line that hardly bend it (D. Douglas, T. Peucker, "Algorithms for the reduction
/// of the number of points required to represent a digitized line or its caricature", 1973), in integers.
///
/// Every point gets a rank that says how coarse a line must be to do without it, so that lines of several
/// tolerances come from one pass. A line of rank r keeps the points of a rank above r, the first and the last
/// always; every point left out is within the tolerance of the segment that replaces it.
struct LineSimplification {
    /// The tolerance of rank 0: one pixel where a tile is drawn in 512 x 512 of them.
    static let tolerance: Int64 = 8

    /// The rank of the ends: no tolerance leaves them out. The square's diagonal is below 8 * 2^10.
    static let endRank: UInt8 = 11

    /// The tolerance of lines of `rank`, in tile units: it doubles with each.
    static func tolerance(rank: UInt8) -> Int64 { tolerance << Int64(rank) }

    /// The rank of every point of the line given last: 0 for those that its tolerance leaves out.
    private(set) var ranks: [UInt8] = []
    private var pending: [Stretch] = []

    /// Points `first` to `last` of a line, both of them kept, those between not yet looked at.
    private struct Stretch {
        let first: Int
        let last: Int
        /// The rank of the coarsest line that keeps both ends.
        let rank: UInt8
    }

    /// What rank 0 leaves of `line`, coordinates 0...4096: a single point where nothing else is left.
    mutating func simplified(_ line: ArraySlice<VectorPoint>) -> [VectorPoint] {
        rank(line.span)
        var result: [VectorPoint] = []
        for (point, rank) in zip(line, ranks) where rank > 0 && point != result.last { result.append(point) }
        return result
    }

    /// Ranks the points of `line`, coordinates 0...4096, into ``ranks``.
    mutating func rank(_ line: Span<VectorPoint>) {
        ranks.removeAll(keepingCapacity: true)
        guard !line.isEmpty else { return }
        let last = line.count - 1
        ranks.append(contentsOf: repeatElement(0, count: line.count))
        ranks[0] = Self.endRank
        ranks[last] = Self.endRank
        pending.append(Stretch(first: 0, last: last, rank: Self.endRank))
        while let stretch = pending.popLast() {
            guard let (middle, rank) = Self.farthest(line, stretch) else { continue }
            ranks[middle] = rank
            let before = Stretch(first: stretch.first, last: middle, rank: rank)
            let behind = Stretch(first: middle, last: stretch.last, rank: rank)
            // The shorter one is done first: never more stretches wait than a line's length has bits.
            let isLaterShorter = stretch.last - middle < middle - stretch.first
            pending.append(isLaterShorter ? before : behind)
            pending.append(isLaterShorter ? behind : before)
        }
    }

    /// The point farthest from the segment between the stretch's ends, the first of several, with its rank;
    /// nil where none is farther than the tolerance.
    private static func farthest(_ line: Span<VectorPoint>, _ stretch: Stretch) -> (Int, UInt8)? {
        let (start, end) = (line[stretch.first], line[stretch.last])
        let (endX, endY) = (Int64(end.x - start.x), Int64(end.y - start.y))
        let square = endX * endX + endY * endY
        // Distances are compared as squares, times the square of the segment's length where it has one: at
        // most 2^25 * 2^25.
        let scale = max(1, square)
        var (largest, farthest) = (tolerance * tolerance * scale, stretch.first)
        var index = stretch.first + 1
        while index < stretch.last {
            let point = line[index]
            let (x, y) = (Int64(point.x - start.x), Int64(point.y - start.y))
            let along = x * endX + y * endY
            let distance: Int64
            if along <= 0 {
                distance = (x * x + y * y) * scale
            } else if along >= square {
                distance = ((x - endX) * (x - endX) + (y - endY) * (y - endY)) * scale
            } else {
                let across = x * endY - y * endX
                distance = across * across
            }
            if distance > largest { (largest, farthest) = (distance, index) }
            index += 1
        }
        guard farthest > stretch.first else { return nil }
        var rank: UInt8 = 1
        while rank < stretch.rank, largest > tolerance(rank: rank) * tolerance(rank: rank) * scale {
            rank += 1
        }
        return (farthest, rank)
    }
}
