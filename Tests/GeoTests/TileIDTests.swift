import SeededNumbers
import Testing

@testable import Geo

@Suite("TileID")
struct TileIDTests {
    /// PMTiles v3 specification, section 4.1, and github.com/protomaps/PMTiles `python/pmtiles/tests`.
    @Test(
        "is numbered as PMTiles demands",
        arguments: [
            (0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5),
            (12, 3423, 1763, 19_078_479),
        ] as [(Int, Int, Int, UInt64)])
    func published(zoom: Int, column: Int, row: Int, id: UInt64) throws {
        let tile = try #require(TileID(zoom: zoom, column: column, row: row))
        #expect(tile.id == id)
        #expect(TileID(id: id) == tile)
        #expect(tile.description == "\(zoom)/\(column)/\(row)")
    }

    /// The Hilbert curve by its definition: four copies of the curve before, the first and last one turned.
    private static func curve(_ zoom: Int) -> [(Int, Int)] {
        guard zoom > 0 else { return [(0, 0)] }
        let before = curve(zoom - 1)
        let side = 1 << (zoom - 1)
        // Each zoom starts as its parity demands, so that the curve begins at 0/0 and ends at side/0.
        return before.map { ($1, $0) } + before.map { ($0, $1 + side) }
            + before.map { ($0 + side, $1 + side) }
            + before.map { (2 * side - 1 - $1, side - 1 - $0) }
    }

    @Test("follows the Hilbert curve in every zoom", arguments: 0...7)
    func hilbert(zoom: Int) throws {
        let first = TileID.firstID(zoom: UInt8(zoom))
        for (step, place) in Self.curve(zoom).enumerated() {
            let tile = try #require(TileID(id: first + UInt64(step)))
            #expect((Int(tile.zoom), Int(tile.column), Int(tile.row)) == (zoom, place.0, place.1))
        }
    }

    @Test("starts each zoom after all tiles of the zooms above")
    func firsts() {
        var tiles: UInt64 = 0
        for zoom in UInt8(0)...26 {
            #expect(TileID.firstID(zoom: zoom) == tiles)
            tiles += 1 << (2 * UInt64(zoom))
        }
    }

    @Test("comes back from its identifier and its Morton code", arguments: [1, 2] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<3000 {
            let zoom = Int.random(in: 0...26, using: &numbers)
            let tile = try #require(
                TileID(
                    zoom: zoom, column: Int.random(in: 0..<1 << zoom, using: &numbers),
                    row: Int.random(in: 0..<1 << zoom, using: &numbers)))
            try #require(TileID(id: tile.id) == tile, "seed \(seed), \(tile)")
            try #require(TileID(zoom: tile.zoom, morton: tile.morton) == tile, "seed \(seed), \(tile)")
        }
    }

    /// Bit by bit, as Morton codes are defined.
    @Test("interleaves rows above columns")
    func morton() throws {
        let tile = try #require(TileID(zoom: 20, column: 0b1011_0011_1000_1111_0101, row: 987_654))
        var expected: UInt64 = 0
        for bit in UInt64(0)..<20 {
            expected |= (UInt64(tile.column) >> bit & 1) << (2 * bit)
            expected |= (UInt64(tile.row) >> bit & 1) << (2 * bit + 1)
        }
        #expect(tile.morton == expected)
        #expect(TileID(zoom: 20, morton: 1 << 40) == nil)
        #expect(TileID(zoom: 27, morton: 0) == nil)
        // github.com/mmcloughlin/geohash, geohash_test.go.
        let spread = BitInterleaving.spread(0x789E_22E9) | BitInterleaving.spread(0x8ED4_182E) << 1
        #expect(spread == 0x95E8_E374_0684_5CE9)
        #expect(BitInterleaving.gathered(spread) == 0x789E_22E9)
        #expect(BitInterleaving.gathered(spread >> 1) == 0x8ED4_182E)
    }

    @Test("knows its parent and its four children")
    func family() throws {
        let tile = try #require(TileID(zoom: 3, column: 5, row: 2))
        #expect(tile.parent?.description == "2/2/1")
        #expect(tile.children.map(\.description) == ["4/10/4", "4/11/4", "4/10/5", "4/11/5"])
        #expect(tile.children.map(\.morton) == (0..<4).map { tile.morton << 2 + $0 })
        for child in tile.children { #expect(child.parent == tile) }
        let world = try #require(TileID(zoom: 0, column: 0, row: 0))
        #expect(world.parent == nil)
        #expect(world.children.map(\.description) == ["1/0/0", "1/1/0", "1/0/1", "1/1/1"])
        let deepest = try #require(TileID(zoom: 26, column: 1 << 26 - 1, row: 1 << 26 - 1))
        #expect(deepest.children.isEmpty)
        #expect(TileID(id: deepest.id) == deepest)
    }

    @Test("does not exist outside the pyramid")
    func refusals() {
        for (zoom, column, row) in [
            (-1, 0, 0), (27, 0, 0), (0, 1, 0), (0, 0, 1), (3, 8, 0), (3, 0, 8), (3, -1, 0), (.max, 0, 0),
            (5, .max, 0), (5, 0, .min),
        ] {
            #expect(TileID(zoom: zoom, column: column, row: row) == nil)
        }
        #expect(TileID(id: TileID.firstID(zoom: 26) + 1 << 52) == nil)
        #expect(TileID(id: .max) == nil)
    }

    /// Tiles of known places: github.com/mapbox/mercantile, docs and tests.
    @Test(
        "holds the places it is known for",
        arguments: [
            (20.6852, 40.1222, 9, 285, 193), (-105.0, 40.0, 7, 26, 48), (0.0, 0.0, 1, 1, 1),
            (-180.0, 85.0, 3, 0, 0), (180.0, -85.0, 3, 0, 7), (179.9999999, 0.0000001, 2, 3, 1),
        ])
    func places(longitude: Double, latitude: Double, zoom: UInt8, column: UInt32, row: UInt32) throws {
        let position = try #require(Coordinate(latitude: latitude, longitude: longitude))
        let tile = try #require(TileID(of: position, zoom: zoom))
        #expect(tile.description == "\(zoom)/\(column)/\(row)")
    }

    @Test("has no tile beyond the map's edge")
    func beyond() throws {
        for latitude in [850_511_288, -850_511_288, 900_000_000, -900_000_000] {
            let position = try #require(Coordinate(latitudeE7: latitude, longitudeE7: 0))
            #expect(TileID(of: position, zoom: 14) == nil)
            #expect(Mercator.row(of: position) == nil)
        }
        let edge = try #require(Coordinate(latitudeE7: -850_511_287, longitudeE7: 0))
        #expect(TileID(of: edge, zoom: 14)?.row == 16_383)
        #expect(TileID(of: edge, zoom: 27) == nil)
    }
}
