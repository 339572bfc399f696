import Geo

/// What is known about the frames of one cell.
public struct CellTally: Hashable, Sendable {
    /// The cell.
    public let cell: Geohash
    /// Its frames.
    public internal(set) var frames: UInt64 = 0
    /// Drives through it, each counted once for every octant of heading it has there. A frame without a heading
    /// makes no pass.
    public internal(set) var passes: UInt64 = 0
    /// Distinct drives.
    public internal(set) var drives: UInt64 = 0
    /// Distinct contributors.
    public internal(set) var contributors: UInt64 = 0
    /// Sum of the frames' qualities in permille.
    public internal(set) var qualitySum: UInt64 = 0
    /// The highest of the frames' qualities, permille.
    public internal(set) var bestQuality: UInt16 = 0
    /// Day of the earliest frame, days since 1970-01-01 UTC.
    public internal(set) var firstDay: Int32 = .max
    /// Day of the latest frame, days since 1970-01-01 UTC.
    public internal(set) var lastDay: Int32 = .min

    init(cell: Geohash) {
        self.cell = cell
    }

    /// Mean quality in permille, rounded down.
    public var meanQuality: UInt64 { frames == 0 ? 0 : qualitySum / frames }
}

extension CellTally {
    /// The tallies of the cells of `window` that hold frames of `leaves`, by ascending cell.
    ///
    /// - Parameter selection: the cells to count, as bits of geohashes of the window's length; nil for all.
    public static func tallies(
        of leaves: [LeafTile], in window: CellWindow, only selection: Set<UInt64>? = nil
    ) -> [CellTally] {
        var counting = CellCounting(window, only: selection)
        // Drive by drive, and those of one contributor together: then what is distinct can be counted by looking at
        // what came last.
        var order: [(contributor: UInt64, hash: UInt64, leaf: Int, drive: Int)] = []
        for (index, leaf) in leaves.enumerated() {
            for (drive, found) in leaf.drives.enumerated() where !found.frames.isEmpty {
                order.append((found.contributor, found.hash, index, drive))
            }
        }
        order.sort {
            ($0.contributor, $0.hash, $0.leaf, $0.drive) < ($1.contributor, $1.hash, $1.leaf, $1.drive)
        }
        var previous: (contributor: UInt64, hash: UInt64)?
        for place in order {
            if previous.map({ $0 == (place.contributor, place.hash) }) != true {
                counting.begin(isNewContributor: place.contributor != previous?.contributor)
            }
            counting.add(leaves[place.leaf].drives[place.drive].frames, in: leaves[place.leaf].tile)
            previous = (place.contributor, place.hash)
        }
        return counting.finish()
    }
}
