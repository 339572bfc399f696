import Geo
import Testing

@testable import Tiles

@Suite struct TileSummaryTests {
    @Test func leafSquareOfAPosition() throws {
        // Column 507_976.8 and row 386_886.4 of 2^20, computed in Python with the textbook formula.
        let position = try #require(Coordinate(latitudeE7: 426_000_000, longitudeE7: -56_000_000))
        let square = try #require(SquareAddress(leafOf: position))
        #expect(square.tile.description == "14/7937/6045")
        #expect(square.index == 6 * 64 + 8)
        for latitude in [851_000_000, -900_000_000] {
            let beyond = try #require(Coordinate(latitudeE7: latitude, longitudeE7: 0))
            #expect(SquareAddress(leafOf: beyond) == nil)
        }
        #expect(LeafFrame(square: 4096, quality: 0, day: 0) == nil)
        #expect(LeafFrame(square: 0, quality: 1001, day: 0) == nil)
    }

    @Test func valuesOutOfRangeAreNoSummary() {
        #expect(SquareSummary(n: 0, qualitySum: 0, firstDay: 0, lastDay: 0) == nil)
        #expect(SquareSummary(n: 2, qualitySum: 2001, firstDay: 0, lastDay: 0) == nil)
        #expect(SquareSummary(n: 1, qualitySum: 1, firstDay: 2, lastDay: 1) == nil)
        #expect(SquareSummary(n: 1, qualitySum: 1, firstDay: 0, lastDay: 2_932_897) == nil)
        #expect(SquareSummary(n: 3, qualitySum: 2000, firstDay: 0, lastDay: 0)?.meanQuality == 666)
    }

    @Test(arguments: 0..<50) func mergingIsAssociativeAndCommutative(seed: UInt64) {
        var random = SeededRandom(seed)
        let squares = (0..<3).compactMap { _ in random.square() }
        let (a, b, c) = (squares[0], squares[1], squares[2])
        #expect(a.merged(with: b) == b.merged(with: a))
        #expect(a.merged(with: b).merged(with: c) == a.merged(with: b.merged(with: c)))
        #expect(a.merged(with: b).n == a.n + b.n)
    }

    @Test(arguments: 0..<20) func orderOfFramesDoesNotMatter(seed: UInt64) {
        var random = SeededRandom(seed)
        let frames = random.frames(500)
        let summary = TileSummary(frames: frames)
        #expect(TileSummary(frames: frames.shuffled(using: &random)) == summary)
        #expect(summary.totalFrames == 500)
        #expect(summary.squares.map(\.index) == Set(frames.map(\.square)).sorted())
    }

    @Test func fourSquaresOfAChildAreOneOfTheParent() throws {
        let one = try #require(SquareSummary(n: 1, qualitySum: 10, firstDay: 5, lastDay: 5))
        let two = try #require(SquareSummary(n: 2, qualitySum: 20, firstDay: 4, lastDay: 9))
        // Row 2 column 3 and row 3 column 2 of the south-eastern child: row 32 + 1, column 32 + 1 of the
        // parent.
        let child = try #require(TileSummary(squares: [(2 * 64 + 3, one), (3 * 64 + 2, two)]))
        let parent = TileSummary(merging: [(.southEast, child)])
        #expect(parent.squares.map(\.index) == [33 * 64 + 33])
        #expect(parent.squares.first?.summary == SquareSummary(n: 3, qualitySum: 30, firstDay: 4, lastDay: 9))
        let tile = try #require(TileID(zoom: 3, column: 5, row: 2))
        #expect(tile.children.map { Quadrant(of: $0) } == Quadrant.allCases)
    }
}
