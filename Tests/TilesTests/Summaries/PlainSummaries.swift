import Geo

@testable import Tiles

extension TileSummary {
    /// The tile of plain summaries that are not said to be of another.
    private static let place = TileID(zoom: 14, column: 8192, row: 8192)

    /// The summary of frames that are all from one drive.
    init(frames: [LeafFrame], of tile: TileID? = nil) {
        self = .empty
        guard let tile = tile ?? Self.place, !frames.isEmpty else { return }
        self.init(leaf: [LeafDrive(hash: 1, contributor: 2, frames: frames)], of: tile)
    }

    /// The summary with these squares, in any order, of frames from one drive; a square given twice is merged. Nil
    /// for an index of 4096 or more.
    init?(squares list: [(index: Int, summary: SquareSummary)]) {
        var merged: [Int: SquareSummary] = [:]
        for square in list {
            guard (0..<SquareAddress.count).contains(square.index) else { return nil }
            merged[square.index] = merged[square.index]?.merged(with: square.summary) ?? square.summary
        }
        let squares = merged.sorted { $0.key < $1.key }.map {
            Square(index: UInt16($0.key), summary: $0.value)
        }
        guard let tile = Self.place, !squares.isEmpty else {
            self = .empty
            return
        }
        func sets(_ hash: UInt64) -> DistinctSets {
            DistinctSets(
                hashes: [hash], starts: (0...squares.count).map { UInt32($0) },
                places: squares.map { _ in 0 })
        }
        self.init(
            squares: squares, extent: SquareExtent(squares, of: tile), driveSets: sets(1),
            contributorSets: sets(2))
    }
}
