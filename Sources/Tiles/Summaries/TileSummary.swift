import Geo

/// The sparse 64 x 64 grid of one tile: the squares that hold frames, in the order of their index, with the
/// drives and contributors the frames are from.
///
/// A tile is a pure function of this value and nothing else, and the value of a parent is a pure function of
/// its children's: that makes an incremental rebuild equal a full one.
public struct TileSummary: Hashable, Sendable {
    /// A square that holds frames.
    public struct Square: Hashable, Sendable {
        /// row * 64 + column, 0..<4096, row 0 in the north.
        public let index: UInt16
        /// What is known about the frames in it.
        public let summary: SquareSummary

        /// Column inside the tile, 0..<64, eastwards.
        public var column: UInt32 { UInt32(index) % SquareAddress.side }
        /// Row inside the tile, 0..<64, southwards.
        public var row: UInt32 { UInt32(index) / SquareAddress.side }
    }

    /// Squares with frames, by ascending index.
    public let squares: [Square]
    /// The leaf squares below this tile that hold frames lie in this rectangle, which is the smallest; nil for
    /// a tile without frames.
    public let extent: SquareExtent?
    /// The drives of every square, as ``squares`` are ordered.
    let driveSets: DistinctSets
    /// The contributors of every square.
    let contributorSets: DistinctSets

    /// A tile without frames: it is not stored and not published.
    public static let empty = TileSummary(
        squares: [], extent: nil, driveSets: .empty, contributorSets: .empty)

    init(
        squares: [Square], extent: SquareExtent?, driveSets: DistinctSets, contributorSets: DistinctSets
    ) {
        self.squares = squares
        self.extent = extent
        self.driveSets = driveSets
        self.contributorSets = contributorSets
    }

    /// Whether the tile holds no frames.
    public var isEmpty: Bool { squares.isEmpty }

    /// Frames in the tile.
    public var totalFrames: UInt64 {
        squares.reduce(0) { min($0 + $1.summary.n, SquareSummary.maxFrames) }
    }

    /// How many drives the frames of `squares[position]` are from; an estimate is not above their number.
    public func drives(ofSquareAt position: Int) -> DistinctCount {
        driveSets.count(at: position, atMost: squares[position].summary.n)
    }

    /// How many contributors the frames of `squares[position]` are from; an estimate is not above the number of
    /// drives.
    public func contributors(ofSquareAt position: Int) -> DistinctCount {
        contributorSets.count(at: position, atMost: drives(ofSquareAt: position).value)
    }
}
