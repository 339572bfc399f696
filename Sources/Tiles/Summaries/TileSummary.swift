import Geo

/// The sparse 64 x 64 grid of one tile: the squares that hold frames, in the order of their index.
///
/// A tile is a pure function of this value and nothing else, and the value of a parent is a pure function of
/// its children's: that makes an incremental rebuild equal a full one.
public struct TileSummary: Hashable, Sendable {
    /// A square that holds frames.
    public struct Square: Hashable, Sendable {
        /// row * 64 + column, 0..<4096, row 0 in the north.
        public let index: UInt16
        /// What is known about the frames in it.
        public fileprivate(set) var summary: SquareSummary

        /// Column inside the tile, 0..<64, eastwards.
        public var column: UInt32 { UInt32(index) % SquareAddress.side }
        /// Row inside the tile, 0..<64, southwards.
        public var row: UInt32 { UInt32(index) / SquareAddress.side }
    }

    /// Squares with frames, by ascending index.
    public let squares: [Square]

    /// A tile without frames: it is not stored and not published.
    public static let empty = TileSummary(grid: SquareGrid())

    /// The summary of a leaf tile's frames, in any order.
    public init(frames: some Sequence<LeafFrame>) {
        var grid = SquareGrid()
        for frame in frames { grid.add(SquareSummary(frame), at: frame.square) }
        self.init(grid: grid)
    }

    /// The summary with these squares, in any order; a square given twice is merged. Nil for an index of 4096
    /// or more.
    public init?(squares: some Sequence<(index: Int, summary: SquareSummary)>) {
        var grid = SquareGrid()
        for square in squares {
            guard (0..<SquareAddress.count).contains(square.index) else { return nil }
            grid.add(square.summary, at: UInt16(square.index))
        }
        self.init(grid: grid)
    }

    /// The summary of a parent: 2 x 2 squares of a child become one square.
    ///
    /// - Parameter children: quadrants of the parent, as `TileID.children` orders them, with their
    ///   summaries; a missing child has no frames.
    public init(merging children: some Sequence<(quadrant: Quadrant, summary: TileSummary)>) {
        var grid = SquareGrid()
        for child in children {
            for square in child.summary.squares {
                let column = child.quadrant.column * 32 + square.column / 2
                let row = child.quadrant.row * 32 + square.row / 2
                grid.add(square.summary, at: UInt16(truncatingIfNeeded: row * SquareAddress.side + column))
            }
        }
        self.init(grid: grid)
    }

    /// The summary of the frames of both, which must not share any.
    public func merged(with other: TileSummary) -> TileSummary {
        var grid = SquareGrid()
        for square in squares { grid.add(square.summary, at: square.index) }
        for square in other.squares { grid.add(square.summary, at: square.index) }
        return TileSummary(grid: grid)
    }

    init(grid: SquareGrid) {
        squares = grid.squares
    }

    /// Whether the tile holds no frames.
    public var isEmpty: Bool { squares.isEmpty }

    /// Frames in the tile.
    public var totalFrames: UInt64 {
        squares.reduce(0) { min($0 + $1.summary.n, SquareSummary.maxFrames) }
    }
}

/// A quarter of a tile, in the order of `TileID.children`.
public enum Quadrant: UInt8, CaseIterable, Hashable, Sendable {
    /// Column 0, row 0 of the four.
    case northWest
    /// Column 1, row 0.
    case northEast
    /// Column 0, row 1.
    case southWest
    /// Column 1, row 1.
    case southEast

    /// The quarter of its parent that `tile` is.
    public init(of tile: TileID) {
        switch (tile.column % 2, tile.row % 2) {
        case (0, 0): self = .northWest
        case (_, 0): self = .northEast
        case (0, _): self = .southWest
        default: self = .southEast
        }
    }

    var column: UInt32 { self == .northEast || self == .southEast ? 1 : 0 }
    var row: UInt32 { self == .southWest || self == .southEast ? 1 : 0 }
}

/// A grid while it is being filled: squares in the order of first use, and where each one is.
struct SquareGrid {
    private var found: [TileSummary.Square] = []
    /// Position in `found` plus one; 0 for squares not yet used.
    private var positions = [UInt16](repeating: 0, count: SquareAddress.count)

    /// Merges `summary` into the square `index`, which the caller has checked to be below 4096.
    mutating func add(_ summary: SquareSummary, at index: UInt16) {
        let position = Int(positions[Int(index)])
        if position > 0 {
            found[position - 1].summary = found[position - 1].summary.merged(with: summary)
        } else {
            found.append(TileSummary.Square(index: index, summary: summary))
            positions[Int(index)] = UInt16(truncatingIfNeeded: found.count)
        }
    }

    var squares: [TileSummary.Square] { found.sorted { $0.index < $1.index } }
}
