import Geo
import Testing

@testable import Tiles

@Suite struct TileStatisticsTests {
    private static func layer(_ name: String, features: Int) -> VectorLayer {
        VectorLayer(
            name: name,
            features: (0..<features).map { index in
                VectorFeature(geometry: .points([VectorPoint(x: Int32(index), y: 1)]))
            })
    }

    @Test func zoomsAndLayersAreAddedUp() throws {
        let tiles = [
            VectorTile(layers: [Self.layer("b", features: 2), Self.layer("a", features: 1)]),
            VectorTile(layers: [Self.layer("a", features: 5)]),
            VectorTile(layers: [Self.layer("a", features: 5)]),
            VectorTile(),
        ]
        let contents = tiles.map { MVTEncoder.encode($0) }
        let packed = try contents.map { (content) in try Gzip.compress(content) }
        // 0/0/0, then 1/0/0 and 1/0/1 as one run, then 1/1/0.
        let archive = try PMTilesWriter.archive(
            tiles: [0, 1, 2, 4].enumerated().compactMap { place, id in
                TileID(id: UInt64(id)).map { (tile: $0, content: packed[place]) }
            }, description: PMTilesTests.description())
        let reader = try PMTilesReader(ByteArray(archive))
        #expect(try reader.entries().map(\.run) == [1, 2, 1])
        let zooms = try TileStatistics(of: reader).zooms
        #expect(zooms.map(\.z) == [0, 1] && zooms.map(\.tiles) == [1, 3])
        #expect(zooms.map(\.features) == [3, 10] && zooms.map(\.n) == [nil, nil])
        #expect(
            zooms.map(\.stored.total)
                == [packed[0].count, 2 * packed[1].count + packed[3].count].map(UInt64.init))
        #expect(
            zooms.map(\.uncompressed.total) == [contents[0].count, 2 * contents[1].count].map(UInt64.init))
        #expect(zooms[1].stored.largest == UInt64(packed[1].count))
        #expect(zooms[1].largest?.description == "1/0/0")
        #expect(zooms[0].layers.map(\.name) == ["a", "b"] && zooms[0].layers.map(\.features) == [1, 2])
        #expect(zooms[1].layers.map(\.tiles) == [2] && zooms[1].layers.map(\.features) == [10])
        // The bytes of a tile are those of its layers and two of each layer's own header.
        let bytes = zooms[0].layers.map(\.bytes.total).reduce(0, +)
        #expect(bytes + 4 == UInt64(contents[0].count))
    }

    @Test func tilesThatAreNoVectorTilesAreNotOpened() throws {
        let archive = try PMTilesWriter.archive(
            tiles: PMTilesTests.tiles([0, 1, 2]) { [UInt8($0), 1, 2] },
            description: PMTilesTests.description(.png))
        let zooms = try TileStatistics(of: PMTilesReader(ByteArray(archive))).zooms
        #expect(zooms.map(\.tiles) == [1, 2] && zooms.map(\.features) == [nil, nil])
        #expect(zooms.allSatisfy { $0.layers.isEmpty && $0.uncompressed.count == 0 })
    }

    @Test func aTileThatCannotBeReadIsNamed() throws {
        let archive = try PMTilesWriter.archive(
            tiles: PMTilesTests.tiles([0, 7]) { $0 == 0 ? [] + [0x1A, 0] : [0x1F, 0x8B, 0] },
            description: PMTilesTests.description(.mvt))
        let error = refusal { () throws(TileError) in
            _ = try TileStatistics(of: PMTilesReader(ByteArray(archive)))
        }
        #expect(error?.reason.hasPrefix("tile 0/0/0: ") == true)
    }

    @Test(arguments: 0..<20) func distributionsAreExact(seed: UInt64) {
        var random = SeededRandom(seed)
        var sizes: [UInt64] = []
        var distribution = SizeDistribution()
        for _ in 0..<Int.random(in: 1...60, using: &random) {
            let (size, count) = (
                UInt64.random(in: 0...40, using: &random), UInt64.random(in: 1...3, using: &random)
            )
            distribution.add(size, count: count)
            sizes += Array(repeating: size, count: Int(count))
        }
        sizes.sort()
        #expect(distribution.total == sizes.reduce(0, +) && distribution.count == UInt64(sizes.count))
        #expect(
            distribution.largest == sizes.last
                && distribution.mean == sizes.reduce(0, +) / UInt64(sizes.count))
        for percent in [1, 50, 95, 100] {
            // The smallest size that at least that part of all does not exceed.
            let wanted = sizes.first { size in sizes.count { $0 <= size } * 100 >= sizes.count * percent }
            #expect(distribution.percentile(UInt64(percent)) == wanted)
        }
    }

    @Test func distributionsAreBounded() {
        var distribution = SizeDistribution()
        for size in 0..<UInt64(70_000) { distribution.add(size) }
        #expect(distribution.percentile(50) == nil && distribution.largest == 69_999)
        distribution.add(UInt64.max, count: UInt64.max)
        #expect(distribution.total == UInt64.max && distribution.count == UInt64.max)
        #expect(SizeDistribution().percentile(50) == nil && SizeDistribution().mean == nil)
    }

    @Test(arguments: 0..<10) func theLargestTilesComeFirst(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let ids = Array(Set((0..<50).map { _ in UInt64.random(in: 0..<300, using: &random) })).sorted()
        let sizes = ids.map { _ in Int.random(in: 1...12, using: &random) }
        let archive = try PMTilesWriter.archive(
            tiles: zip(ids, sizes).enumerated().compactMap { place, tile in
                TileID(id: tile.0).map {
                    (tile: $0, content: [UInt8(place)] + [UInt8](repeating: 1, count: tile.1))
                }
            }, description: PMTilesTests.description(.png))
        let reader = try PMTilesReader(ByteArray(archive))
        let wanted = zip(ids, sizes).sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(7).map(\.0)
        #expect(try LargestTiles(of: reader, count: 7).tiles.map(\.tile.id) == wanted)
        let deep = zip(ids, sizes).filter { (21..<85).contains($0.0) }
        let wantedDeep = deep.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(3).map(\.0)
        #expect(try LargestTiles(of: reader, count: 3, zoom: 3).tiles.map(\.tile.id) == wantedDeep)
    }
}
