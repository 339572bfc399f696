import Geo
import Testing

@testable import Tiles

@Suite struct FeatureSearchTests {
    private static let world = TileID(zoom: 0, column: 0, row: 0)

    private static func square(_ x: Int32, _ y: Int32, _ side: Int32) -> [VectorPoint] {
        [(0, 0), (side, 0), (side, side), (0, side)].map { VectorPoint(x: x + $0.0, y: y + $0.1) }
    }

    /// The place that is unit (`x`, `y`) of 256 in the tile 0/0/0.
    private static func search(
        _ x: Double, _ latitude: Double, _ layers: [VectorLayer], count: Int = 5
    ) throws -> [FeatureSearch.Hit] {
        let world = try #require(Self.world)
        let place = try #require(Coordinate(latitude: latitude, longitude: x / 256 * 360 - 180))
        return FeatureSearch(place, in: VectorTile(layers: layers), at: world, count: count).hits
    }

    @Test func cellsAreHalfOpenAndHolesAreOutside() throws {
        // Two squares side by side on the equator, the eastern one with a hole in its middle.
        let layer = VectorLayer(
            name: "a", extent: 256,
            features: [
                VectorFeature(id: 1, geometry: .polygons([[Self.square(100, 120, 20)]])),
                VectorFeature(
                    id: 2,
                    geometry: .polygons([[Self.square(120, 120, 20), Self.square(128, 126, 4).reversed()]])),
            ])
        func holding(_ x: Double) throws -> [UInt64?] {
            try Self.search(x, 0, [layer]).filter(\.holdsPlace).map(\.feature.id)
        }
        #expect(try holding(99.9) == [] && holding(100) == [1] && holding(119.9) == [1])
        #expect(
            try holding(120) == [2] && holding(127.9) == [2] && holding(139.9) == [2] && holding(140) == [])
        #expect(try holding(128) == [] && holding(131.9) == [] && holding(132) == [2])
    }

    @Test func nearestComeFirstAndDistancesAreThoseOnTheGround() throws {
        let layers = [
            VectorLayer(
                name: "points", extent: 4096,
                features: [10, 300, 50].map {
                    VectorFeature(id: UInt64($0), geometry: .points([VectorPoint(x: 2048 + $0, y: 2048)]))
                }),
            VectorLayer(
                name: "lines", extent: 4096,
                features: [
                    VectorFeature(
                        geometry: .lines([[VectorPoint(x: 0, y: 2058), VectorPoint(x: 4096, y: 2058)]]))
                ]),
            VectorLayer(name: "strange", extent: 4096, features: [VectorFeature(geometry: .unknown([9]))]),
        ]
        let hits = try Self.search(128, 0, layers, count: 2)
        #expect(hits.map(\.layer) == ["points", "points", "lines"])
        #expect(hits.prefix(2).map(\.feature.id) == [10, 50] && !hits.contains { $0.holdsPlace })
        // One unit is 40,075,016.7 m / 4096 = 9,784 m at the equator; the place is in the middle of its unit.
        let unit = 40_075_016.685578 / 4096
        for (hit, dx) in zip(hits, [9.5, 49.5]) {
            let metres = (dx * dx + 0.25).squareRoot() * unit
            #expect(abs(Double(hit.distanceMillimetres) / 1000 - metres) < 1)
        }
        #expect(abs(Double(hits[2].distanceMillimetres) / 1000 - 9.5 * unit) < 1)
        // At 60 degrees north everything is half as wide.
        let north = try Self.search(128, 60, [layers[1]])
        let equator = try Self.search(128, 0, [layers[1]])
        #expect(north[0].distanceMillimetres > equator[0].distanceMillimetres)
    }

    @Test func placesBeyondTheMapHaveNothing() throws {
        let layer = VectorLayer(
            name: "a", features: [VectorFeature(geometry: .points([VectorPoint(x: 1, y: 1)]))])
        #expect(try Self.search(1, 86, [layer]).isEmpty)
    }

    @Test func windowsTouchTheTilesThatRectanglesMeet() throws {
        let window = try Self.window(10, 20, 30, 60)
        let touched = (0..<64).compactMap { index in
            TileID(zoom: 3, column: index % 8, row: index / 8)
        }.filter { window.touches($0) }
        // Columns are 45 degrees wide; row 3 is 0 to 40.98 degrees north.
        #expect(touched.map(\.description) == ["3/4/3", "3/5/3"])
        let across = try Self.window(-90, 170, 90, -170)
        let columns = (0..<8).filter { column in
            TileID(zoom: 3, column: column, row: 0).map { across.touches($0) } ?? false
        }
        #expect(columns == [0, 7])
        let world = try #require(Self.world)
        #expect(across.touches(world))
        #expect(throws: (any Error).self) { try Self.window(30, 0, 10, 1) }
    }

    private static func window(
        _ south: Double, _ west: Double, _ north: Double, _ east: Double
    ) throws -> TileWindow {
        let southWest = try #require(Coordinate(latitude: south, longitude: west))
        let northEast = try #require(Coordinate(latitude: north, longitude: east))
        struct UpsideDown: Error {}
        guard let window = TileWindow(southWest: southWest, northEast: northEast) else { throw UpsideDown() }
        return window
    }
}
