import Geo
import Testing

@testable import Tiles

@Suite struct TileAnatomyTests {
    /// Written by hand after `vector_tile.proto`: layer `p` with two points that share the key `k`, one of them with an
    /// identifier, and a layer `l` with a line.
    private static let tile: [UInt8] = [
        0x1A, 44,
        0x78, 2,  // version 2
        0x0A, 1, 0x70,  // name "p"
        // A feature: id 5, tags, point, geometry of three bytes.
        0x12, 13, 0x08, 5, 0x12, 2, 0, 0, 0x18, 1, 0x22, 3, 9, 2, 4,
        0x12, 11, 0x12, 2, 0, 1, 0x18, 1, 0x22, 3, 9, 2, 4,
        0x1A, 1, 0x6B,  // key "k"
        0x22, 2, 0x28, 7,  // value 7
        0x22, 2, 0x28, 8,
        0x1A, 20,
        0x0A, 1, 0x6C,  // name "l"
        0x12, 10, 0x18, 2, 0x22, 6, 9, 0, 0, 10, 2, 2,
        0x28, 0x80, 0x02,  // extent 256
        0x78, 2,
    ]

    @Test func bytesAreSharedOutAsTheyLie() throws {
        let layers = try TileAnatomy(of: Self.tile).layers
        #expect(layers.map(\.name) == ["p", "l"])
        let (points, line) = (layers[0], layers[1])
        #expect(points.bytes == 44 && points.extent == 4096)
        #expect(
            points.features == 2 && points.points == 2 && points.geometryBytes == 6 && points.tagBytes == 4)
        #expect(points.keys == 1 && points.keyBytes == 1 && points.values == 2 && points.valueBytes == 4)
        #expect(
            points.largestFeature == 0 && points.largestFeatureBytes == 13 && points.largestFeatureID == 5)
        #expect(points.frames == nil)
        #expect(line.bytes == 20 && line.extent == 256 && line.lines == 1 && line.geometryBytes == 6)
        #expect(line.largestFeatureBytes == 10 && line.largestFeatureID == nil && line.keys == 0)
    }

    @Test(arguments: 0..<20) func framesAreThoseOfTheSummary(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let summary = random.summary(squares: 50)
        let layer = try #require(try TileAnatomy(of: MVTEncoder.encode(coverage: summary)).layers.first)
        #expect(layer.frames == summary.totalFrames)
        #expect(layer.features == UInt64(summary.squares.count) && layer.polygons == layer.features)
    }

    @Test func onlyTheLayerCoverageCountsFrames() throws {
        func tile(_ name: String, _ key: String, _ value: VectorValue) -> [UInt8] {
            let feature = VectorFeature(
                attributes: [VectorAttribute(key, value)], geometry: .points([VectorPoint(x: 1, y: 1)]))
            return MVTEncoder.encode(
                VectorTile(layers: [VectorLayer(name: name, features: [feature, feature])]))
        }
        func frames(_ tile: [UInt8]) throws -> UInt64? { try TileAnatomy(of: tile).layers.first?.frames }
        #expect(try frames(tile("coverage", "n", .uint(4))) == 8)
        #expect(try frames(tile("coverage", "n", .uint(UInt64.max))) == UInt64.max)
        #expect(try frames(tile("frames", "n", .uint(4))) == nil)
        #expect(try frames(tile("coverage", "m", .uint(4))) == nil)
        #expect(try frames(tile("coverage", "n", .string("4"))) == nil)
    }

    @Test func damageNeverCrashes() throws {
        for count in 0..<Self.tile.count {
            _ = refusal { () throws(TileError) in _ = try TileAnatomy(of: Array(Self.tile[..<count])) }
        }
        var random = SeededRandom(3)
        let tile = MVTEncoder.encode(coverage: random.summary(squares: 20))
        flipped(tile, count: 2000, seed: 5) { damaged in
            _ = refusal { () throws(TileError) in _ = try TileAnatomy(of: damaged) }
        }
        let error = refusal { () throws(TileError) in
            _ = try TileAnatomy(of: tile, limits: .init(features: 3))
        }
        #expect(error?.code == .overLimit)
    }
}
