import Geo
import Testing

@testable import Tiles

@Suite struct MapPartTests {
    /// A square of the leaf grid is a tile of zoom 20.
    private static func square(_ latitude: Double, _ longitude: Double) throws -> TileID {
        let position = try #require(Coordinate(latitude: latitude, longitude: longitude))
        return try #require(TileID(of: position, zoom: 20))
    }

    private static func part(_ south: Double, _ west: Double, _ north: Double, _ east: Double) -> MapPart? {
        let edges = [south, west, north, east].map { Int(($0 * 1e7).rounded()) }
        return MapPart(southE7: edges[0], westE7: edges[1], northE7: edges[2], eastE7: edges[3])
    }

    @Test func aRectangleHoldsItsCorners() throws {
        let part = try #require(Self.part(48.1, 11.4, 48.2, 11.7))
        let northWest = try Self.square(48.2, 11.4)
        let southEast = try Self.square(48.1, 11.7)
        #expect(part.columns == Int(northWest.column)..<Int(southEast.column) + 1)
        #expect(part.rows == Int(northWest.row)..<Int(southEast.row) + 1)
    }

    @Test func edgesBetweenSquaresBelongToOneSide() throws {
        // The quarters of the world, and a cell whose edges are the equator and Greenwich.
        #expect(Self.part(-90, -180, 0, 0) == MapPart(columns: 0..<524_288, rows: 524_288..<1_048_576))
        #expect(Self.part(0, 0, 90, 180) == MapPart(columns: 524_288..<1_048_576, rows: 0..<524_288))
        let geohash = try #require(Geohash("s"))
        let cell = try #require(MapPart(geohash))
        #expect(cell.columns == 524_288..<524_288 + 131_072 && cell.rows.upperBound == 524_288)
    }

    @Test func theWorldAndTheAntimeridian() throws {
        #expect(Self.part(-90, -180, 90, 180) == .everything)
        let fiji = try #require(Self.part(-20, 176, -12, -178))
        let west = try Self.square(-12, 176)
        #expect(fiji.columns.lowerBound == Int(west.column))
        #expect(fiji.columns.count == 17_477)  // Six degrees of 2,912.7 squares and the one cut.
        #expect(Self.part(0, 180, 1, -170)?.columns == 0..<29_128)
        #expect(Self.part(0, 10, 1, 10)?.columns.count == MapPart.world)
    }

    @Test func whatIsNoPartIsRefused() {
        for (south, west, north, east) in [
            (1.0, 0.0, 0.0, 1.0), (0, 0, 0, 1), (86, 0, 87, 1), (-87, 0, -86, 1), (0, -181, 1, 0),
            (0, 0, 1, 181),
        ] {
            #expect(Self.part(south, west, north, east) == nil)
        }
        #expect(MapPart(southE7: .min, westE7: .min, northE7: .max, eastE7: .max) == nil)
    }

    private static func extent(_ tiles: [(column: Int, row: Int, square: Int)]) throws -> MapPart? {
        var extent = MapExtent()
        for tile in tiles {
            let frame = try #require(LeafFrame(square: tile.square, quality: 1, day: 0))
            extent.add(
                try #require(TileID(zoom: 14, column: tile.column, row: tile.row)),
                TileSummary(frames: [frame]))
        }
        return extent.part
    }

    @Test func framesAloneDecideTheExtent() throws {
        #expect(try Self.extent([]) == nil)
        #expect(
            try Self.extent([(100, 50, 64 * 3 + 7)])
                == MapPart(columns: 6407..<6408, rows: 3203..<3204))
        #expect(
            try Self.extent([(100, 50, 4095), (100, 50, 0), (102, 49, 0)])
                == MapPart(columns: 6400..<6529, rows: 3136..<3264))
        // Other zooms do not count.
        var other = MapExtent()
        other.add(
            try #require(TileID(zoom: 13, column: 0, row: 0)),
            TileSummary(frames: [try #require(LeafFrame(square: 0, quality: 1, day: 0))]))
        #expect(other.part == nil)
    }

    @Test func bothSidesOfTheAntimeridianStayTogether() throws {
        let fiji = try #require(try Self.extent([(16_383, 8900, 63), (0, 8900, 0), (1, 8900, 0)]))
        #expect(fiji.columns == MapPart.world - 1..<MapPart.world + 65)
        // All around the world the usual map is as good as any.
        let around = try #require(
            try Self.extent([(1000, 0, 0), (6000, 0, 0), (11_000, 0, 0), (16_000, 0, 0)]))
        #expect(around.columns == 64_000..<1_024_001)
    }
}
