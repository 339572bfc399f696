extension TileSummary {
    /// The summary of a parent: 2 x 2 squares of a child become one square.
    ///
    /// - Parameter children: quadrants of the parent, in any order, with their summaries; a missing one has no
    ///   frames. Of two that name the same quadrant the last one counts.
    public init(merging children: some Sequence<(quadrant: Quadrant, summary: TileSummary)>) {
        var quadrants = [TileSummary](repeating: .empty, count: Quadrant.allCases.count)
        for child in children { quadrants[Int(child.quadrant.rawValue)] = child.summary }
        let blocks = SquareBlock.blocks(of: quadrants)
        self.init(
            squares: blocks.compactMap { $0.square(of: quadrants[$0.quadrant].squares) },
            extent: quadrants.compactMap(\.extent).reduce(nil) { $0?.union($1) ?? $1 },
            driveSets: DistinctSets(merging: blocks, of: quadrants.map(\.driveSets)),
            contributorSets: DistinctSets(merging: blocks, of: quadrants.map(\.contributorSets)))
    }
}

/// The 2 x 2 squares of a child that become one square of its parent.
struct SquareBlock {
    /// The index in the parent's grid.
    let index: UInt16
    /// Which child, 0..<4 as ``Quadrant`` counts.
    let quadrant: Int
    /// Positions among the squares of the child: north-west, north-east, south-west and south-east; ``none``
    /// where it has no frames, which it has in at least one.
    let positions: SIMD4<UInt16>

    /// No position: a tile has 4096 squares.
    static let none = UInt16.max

    /// The blocks of a parent with these four children, by ascending index.
    static func blocks(of quadrants: [TileSummary]) -> [SquareBlock] {
        var found = [SIMD4<UInt16>](repeating: SIMD4(repeating: none), count: SquareAddress.count)
        var count = 0
        for (number, quadrant) in Quadrant.allCases.enumerated() {
            let first = (quadrant.row * Int(SquareAddress.side) + quadrant.column) * half
            for (position, square) in quadrants[number].squares.enumerated() {
                let (row, column) = (Int(square.row), Int(square.column))
                let index = first + row / 2 * Int(SquareAddress.side) + column / 2
                found[index][row % 2 * 2 + column % 2] = UInt16(truncatingIfNeeded: position)
            }
            count += quadrants[number].squares.count
        }
        var blocks: [SquareBlock] = []
        blocks.reserveCapacity(min(SquareAddress.count, count))
        for index in 0..<SquareAddress.count where found[index] != SIMD4(repeating: none) {
            let (row, column) = (index / Int(SquareAddress.side), index % Int(SquareAddress.side))
            blocks.append(
                SquareBlock(
                    index: UInt16(truncatingIfNeeded: index), quadrant: row / half * 2 + column / half,
                    positions: found[index]))
        }
        return blocks
    }

    /// Squares of the parent along one side of a child.
    private static let half = Int(SquareAddress.side) / 2

    /// Blocks that follow each other and are of the same child, in one.
    static func runs(of blocks: [SquareBlock]) -> [ArraySlice<SquareBlock>] {
        var runs: [ArraySlice<SquareBlock>] = []
        var start = 0
        for index in blocks.indices where index > start && blocks[index].quadrant != blocks[start].quadrant {
            runs.append(blocks[start..<index])
            start = index
        }
        return start < blocks.count ? runs + [blocks[start...]] : runs
    }

    /// What the squares are together.
    func square(of squares: [TileSummary.Square]) -> TileSummary.Square? {
        var result: SquareSummary?
        for slot in 0..<4 where positions[slot] != Self.none {
            let summary = squares[Int(positions[slot])].summary
            result = result?.merged(with: summary) ?? summary
        }
        return result.map { TileSummary.Square(index: index, summary: $0) }
    }
}

extension DistinctSets {
    /// The smallest that the squares of every block have together.
    init(merging blocks: [SquareBlock], of children: [DistinctSets]) {
        let runs = SquareBlock.runs(of: blocks)
        // At first these are places in the tables of the children, which have the same order.
        var found = [UInt32](repeating: 0, count: blocks.count * Self.maxKept)
        var isKept = children.map { [Bool](repeating: false, count: $0.hashes.count) }
        var starts: [UInt32] = [0]
        starts.reserveCapacity(blocks.count + 1)
        for run in runs {
            let quadrant = run[run.startIndex].quadrant
            children[quadrant].merge(run, into: &found, &starts, marking: &isKept[quadrant])
        }
        let table = HashTable(joining: zip(children, isKept).map { ($0.hashes, $1) })
        let places = [UInt32](capacity: Int(starts[blocks.count])) { output in
            for run in runs {
                let newPlaces = table.newPlaces[run[run.startIndex].quadrant]
                for index in Int(starts[run.startIndex])..<Int(starts[run.endIndex]) {
                    output.append(newPlaces[Int(found[index])])
                }
            }
        }
        self.init(hashes: table.hashes, starts: starts, places: places)
    }

    /// Puts the smallest places of the squares of every block, each once, to those in `result`, and where they
    /// end to `starts`.
    private func merge(
        _ blocks: ArraySlice<SquareBlock>, into result: inout [UInt32], _ starts: inout [UInt32],
        marking isKept: inout [Bool]
    ) {
        let all = places.span
        var found = result.mutableSpan
        var marks = isKept.mutableSpan
        var end = Int(starts[starts.count - 1])
        for block in blocks {
            let (a, b, c, d) = (
                range(at: block.positions[0]), range(at: block.positions[1]),
                range(at: block.positions[2]), range(at: block.positions[3])
            )
            var (nextA, nextB, nextC, nextD) = (a.lowerBound, b.lowerBound, c.lowerBound, d.lowerBound)
            for _ in 0..<Self.maxKept {
                let atA = nextA < a.upperBound ? all[nextA] : .max
                let atB = nextB < b.upperBound ? all[nextB] : .max
                let atC = nextC < c.upperBound ? all[nextC] : .max
                let atD = nextD < d.upperBound ? all[nextD] : .max
                let least = min(min(atA, atB), min(atC, atD))
                guard least != .max else { break }
                found[end] = least
                end &+= 1
                marks[Int(least)] = true
                // One step for what is the least, none for what is greater: without a branch, since nobody
                // could predict it.
                nextA &+= Int(1 &- min(atA &- least, 1))
                nextB &+= Int(1 &- min(atB &- least, 1))
                nextC &+= Int(1 &- min(atC &- least, 1))
                nextD &+= Int(1 &- min(atD &- least, 1))
            }
            starts.append(UInt32(truncatingIfNeeded: end))
        }
    }

    @inline(__always)
    private func range(at position: UInt16) -> Range<Int> {
        position == SquareBlock.none ? 0..<0 : range(at: Int(position))
    }
}
