import Geo
import Testing

@testable import Tiles

@Suite struct SquareExtentTests {
    private static func random(_ random: inout SeededRandom) throws -> SquareExtent {
        func pair() -> [UInt32] { (0..<2).map { _ in .random(in: 0..<1 << 20, using: &random) }.sorted() }
        let (columns, rows) = (pair(), pair())
        return try #require(
            SquareExtent(west: columns[0], north: rows[0], east: columns[1], south: rows[1]))
    }

    @Test(arguments: 0..<50) func unionsAreAssociativeCommutativeAndHoldTheirParts(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let (a, b, c) = (
            try Self.random(&random), try Self.random(&random), try Self.random(&random)
        )
        #expect(a.union(b) == b.union(a) && a.union(a) == a)
        #expect(a.union(b).union(c) == a.union(b.union(c)))
        let both = a.union(b)
        #expect(both.union(a) == both && both.union(b) == both)
        // The smallest: every edge is one of the parts'.
        #expect([a.west, b.west].contains(both.west) && [a.east, b.east].contains(both.east))
        #expect([a.north, b.north].contains(both.north) && [a.south, b.south].contains(both.south))
    }

    @Test func onlyRectanglesOfTheMap() {
        #expect(SquareExtent(west: 5, north: 5, east: 5, south: 5) != nil)
        #expect(SquareExtent(west: 6, north: 5, east: 5, south: 5) == nil)
        #expect(SquareExtent(west: 5, north: 6, east: 5, south: 5) == nil)
        #expect(SquareExtent(west: 5, north: 5, east: 1 << 20, south: 5) == nil)
        #expect(SquareExtent(west: 5, north: 5, east: 5, south: 1 << 20) == nil)
    }

    @Test func squaresOfATile() throws {
        let frames = [3 * 64 + 9, 40 * 64 + 7].compactMap { LeafFrame(square: $0, quality: 1, day: 1) }
        let tile = try #require(TileID(zoom: 14, column: 16_383, row: 2))
        let extent = TileSummary(frames: frames, of: tile).extent
        #expect(extent == SquareExtent(west: 1_048_519, north: 131, east: 1_048_521, south: 168))
        #expect(TileSummary.empty.extent == nil && TileSummary(leaf: [], of: tile) == .empty)
        // A square of the one tile of zoom 0 is 2^14 leaf squares wide.
        let world = TileSummary(frames: frames, of: TileID(zoom: 0, column: 0, row: 0))
        #expect(world.extent == SquareExtent(west: 114_688, north: 49_152, east: 163_839, south: 671_743))
    }

    @Test(arguments: 0..<20) func boundsAreThoseOfTheSquares(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let extent = try Self.random(&random)
        let corners = [(extent.west, extent.north), (extent.east, extent.south)].compactMap {
            TileID(zoom: 20, column: Int($0.0), row: Int($0.1))
        }
        #expect(MapBounds(around: extent) == MapBounds(around: corners))
    }
}
