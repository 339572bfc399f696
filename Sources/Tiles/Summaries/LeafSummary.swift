import Geo

extension TileSummary {
    /// The summary of the leaf tile `tile` (zoom 14) whose frames are those of `drives`, in any order.
    public init(leaf drives: [LeafDrive], of tile: TileID) {
        var tallies = [FrameTally](repeating: FrameTally(), count: SquareAddress.count)
        for drive in drives {
            for frame in drive.frames { tallies[Int(frame.square)].add(frame) }
        }
        var squares: [Square] = []
        squares.reserveCapacity(tallies.count { $0.n > 0 })
        for (index, tally) in tallies.enumerated() {
            guard let summary = tally.summary else { continue }
            squares.append(Square(index: UInt16(truncatingIfNeeded: index), summary: summary))
        }
        self.init(
            squares: squares, extent: SquareExtent(squares, of: tile),
            driveSets: DistinctSets(drives, squares) { $0.hash },
            contributorSets: DistinctSets(drives, squares) { $0.contributor })
    }
}

/// The frames of one square while they are being counted.
private struct FrameTally {
    private(set) var n: UInt64 = 0
    private var qualitySum: UInt64 = 0
    private var firstDay = Int32.max
    private var lastDay = Int32.min

    mutating func add(_ frame: LeafFrame) {
        n += 1
        qualitySum += UInt64(frame.quality)
        firstDay = min(firstDay, frame.day)
        lastDay = max(lastDay, frame.day)
    }

    /// Nil for no frames.
    var summary: SquareSummary? {
        SquareSummary(n: n, qualitySum: qualitySum, firstDay: firstDay, lastDay: lastDay)
    }
}

extension DistinctSets {
    /// What the frames of `drives` leave in `squares`, which are the squares of these frames.
    fileprivate init(_ drives: [LeafDrive], _ squares: [TileSummary.Square], hash: (LeafDrive) -> UInt64) {
        // Hashes come in ascending order, so the first ones of a square are its smallest.
        let order = drives.indices.map { (hash: hash(drives[$0]), index: $0) }.sorted { $0.hash < $1.hash }
        var hashes: [UInt64] = []
        var isKept: [Bool] = []
        var last = [UInt32](repeating: .max, count: SquareAddress.count)
        var counts = [UInt8](repeating: 0, count: SquareAddress.count)
        var finds: [(square: UInt16, place: UInt32)] = []
        for entry in order {
            if hashes.last != entry.hash {
                hashes.append(entry.hash)
                isKept.append(false)
            }
            let place = UInt32(truncatingIfNeeded: hashes.count - 1)
            for frame in drives[entry.index].frames {
                let square = Int(frame.square)
                guard last[square] != place, counts[square] < Self.maxKept else { continue }
                last[square] = place
                counts[square] += 1
                isKept[Int(place)] = true
                finds.append((frame.square, place))
            }
        }
        let table = HashTable(joining: [(hashes, isKept)])

        var starts: [UInt32] = [0]
        starts.reserveCapacity(squares.count + 1)
        var next = [UInt32](repeating: 0, count: SquareAddress.count)
        var end: UInt32 = 0
        for square in squares {
            next[Int(square.index)] = end
            end += UInt32(counts[Int(square.index)])
            starts.append(end)
        }
        var places = [UInt32](repeating: 0, count: finds.count)
        for find in finds {
            places[Int(next[Int(find.square)])] = table.newPlaces[0][Int(find.place)]
            next[Int(find.square)] += 1
        }
        self.init(hashes: table.hashes, starts: starts, places: places)
    }
}
