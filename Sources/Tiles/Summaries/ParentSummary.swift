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
    /// Positions among the squares of the child, nil where it has no frames: north-west, north-east,
    /// south-west and south-east. At least one is not nil.
    let positions: (UInt16?, UInt16?, UInt16?, UInt16?)

    /// The blocks of a parent with these four children, by ascending index.
    static func blocks(of quadrants: [TileSummary]) -> [SquareBlock] {
        let side = Int(SquareAddress.side)
        let positions = quadrants.map { child in
            var positions = [UInt16?](repeating: nil, count: SquareAddress.count)
            for (position, square) in child.squares.enumerated() {
                positions[Int(square.index)] = UInt16(truncatingIfNeeded: position)
            }
            return positions
        }
        var blocks: [SquareBlock] = []
        blocks.reserveCapacity(min(SquareAddress.count, quadrants.reduce(0) { $0 + $1.squares.count }))
        for index in 0..<SquareAddress.count {
            let (row, column) = (index / side, index % side)
            let quadrant = row / (side / 2) * 2 + column / (side / 2)
            let first = row % (side / 2) * 2 * side + column % (side / 2) * 2
            let child = positions[quadrant]
            let found = (child[first], child[first + 1], child[first + side], child[first + side + 1])
            guard found.0 != nil || found.1 != nil || found.2 != nil || found.3 != nil else { continue }
            blocks.append(
                SquareBlock(
                    index: UInt16(truncatingIfNeeded: index), quadrant: quadrant, positions: found))
        }
        return blocks
    }

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
        func add(_ position: UInt16?) {
            guard let position else { return }
            let summary = squares[Int(position)].summary
            result = result?.merged(with: summary) ?? summary
        }
        add(positions.0)
        add(positions.1)
        add(positions.2)
        add(positions.3)
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
                range(at: block.positions.0), range(at: block.positions.1),
                range(at: block.positions.2), range(at: block.positions.3)
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
    private func range(at position: UInt16?) -> Range<Int> {
        position.map { range(at: Int($0)) } ?? 0..<0
    }
}
