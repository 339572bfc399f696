import Canonical
import Testing

@testable import Tiles

@Suite struct VectorTileTests {
    private static func points(_ pairs: [(Int32, Int32)]) -> [VectorPoint] {
        pairs.map { VectorPoint(x: $0.0, y: $0.1) }
    }

    /// Section 4.3.5 of vector-tile-spec 2.1: geometries and their command integers.
    static let examples: [(geometry: VectorGeometry, commands: [UInt32])] = [
        (.points(points([(25, 17)])), [9, 50, 34]),
        (.points(points([(5, 7), (3, 2)])), [17, 10, 14, 3, 9]),
        (.lines([points([(2, 2), (2, 10), (10, 10)])]), [9, 4, 4, 18, 0, 16, 16, 0]),
        (
            .lines([points([(2, 2), (2, 10), (10, 10)]), points([(1, 1), (3, 5)])]),
            [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]
        ),
        (.polygons([[points([(3, 6), (8, 12), (20, 34)])]]), [9, 6, 12, 18, 10, 12, 24, 44, 15]),
        (
            .polygons([
                [points([(0, 0), (10, 0), (10, 10), (0, 10)])],
                [
                    points([(11, 11), (20, 11), (20, 20), (11, 20)]),
                    points([(13, 13), (13, 17), (17, 17), (17, 13)]),
                ],
            ]),
            [
                9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0,
                8, 8, 0,
                0, 7, 15,
            ]
        ),
    ]

    @Test(arguments: examples.indices) func workedExamplesOfTheSpecification(index: Int) throws {
        let example = Self.examples[index]
        #expect(GeometryEncoder.commands(of: example.geometry) == example.commands)
        let tile = VectorTile(layers: [
            VectorLayer(name: "x", features: [VectorFeature(geometry: example.geometry)])
        ])
        #expect(try MVTDecoder.decode(MVTEncoder.encode(tile)) == tile)
    }

    /// The bytes of this tile were put together in Python from `vector_tile.proto`, and read back with
    /// mapbox-vector-tile 2.2.0.
    static let coverageHex =
        "1ab90178020a08636f766572616765121b120800000101020203021803220d0900001a8001000080017f000f121d1208000301040205"
        + "03021803220f09800180011a8001000080017f000f121d120800000101020203021803220f09803f803f1a8001000080017f000f1a"
        + "016e1a077175616c6974791a0966697273745f6461791a086c6173745f64617922022801220328ac06220c0a0a323032352d31322d"
        + "3135220228032203289a05220c0a0a323032352d31322d3038288020"

    @Test func coverageBytes() throws {
        let one = try #require(SquareSummary(n: 1, qualitySum: 812, firstDay: 20_437, lastDay: 20_437))
        let three = try #require(SquareSummary(n: 3, qualitySum: 2000, firstDay: 20_430, lastDay: 20_437))
        let summary = try #require(TileSummary(squares: [(4095, one), (0, one), (65, three)]))
        let bytes = MVTEncoder.encode(coverage: summary)
        #expect(Hexadecimal.text(bytes) == Self.coverageHex)

        let layer = try #require(MVTDecoder.decode(bytes).layers.first)
        #expect(layer.name == "coverage" && layer.extent == 4096 && layer.version == 2)
        #expect(layer.features.map { $0["n"] } == [.uint(1), .uint(3), .uint(1)])
        #expect(layer.features[1]["quality"] == .uint(666))
        #expect(layer.features[1]["first_day"] == .string("2025-12-08"))
        #expect(layer.features[1]["last_day"] == .string("2025-12-15"))
        let corner = Self.points([(4032, 4032), (4096, 4032), (4096, 4096), (4032, 4096)])
        #expect(layer.features[2].geometry == .polygons([[corner]]))
    }

    @Test func noFramesMakeNoLayer() throws {
        #expect(MVTEncoder.encode(coverage: .empty).isEmpty)
        #expect(try MVTDecoder.decode([]) == VectorTile())
    }

    @Test(arguments: 0..<30) func coverageComesBack(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let summary = random.summary(squares: 30 * Int(seed) + 1)
        let layer = try #require(MVTDecoder.decode(MVTEncoder.encode(coverage: summary)).layers.first)
        #expect(layer.features.map { $0["n"] } == summary.squares.map { .uint($0.summary.n) })
        #expect(layer.features.map { $0["quality"] } == summary.squares.map { .uint($0.summary.meanQuality) })
    }

    @Test(arguments: 0..<100) func everyKindOfTileComesBack(seed: UInt64) throws {
        var random = SeededRandom(seed)
        var tile = VectorTile()
        for name in ["a", "b", "ü"] {
            let features = (0..<Int.random(in: 0...8, using: &random)).map { _ in Self.feature(&random) }
            tile.layers.append(VectorLayer(name: name, extent: 512, features: features))
        }
        #expect(try MVTDecoder.decode(MVTEncoder.encode(tile)) == tile)
    }

    private static func feature(_ random: inout SeededRandom) -> VectorFeature {
        func point() -> VectorPoint {
            VectorPoint(
                x: .random(in: -9999...9999, using: &random), y: .random(in: -9999...9999, using: &random))
        }
        let start = point()
        let size = Int32.random(in: 1...5000, using: &random)
        let square = points([
            (start.x, start.y), (start.x + size, start.y), (start.x + size, start.y + size),
            (start.x, start.y + size),
        ])
        let geometry: VectorGeometry =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: .points([point(), point()])
            case 1: .lines([[start, VectorPoint(x: start.x + 1, y: -7), start]])
            case 2: .polygons([[square], [square, square.reversed()]])
            default: .unknown([9, 1, 1])
            }
        let bits = random.next()
        let values: [VectorValue] = [
            .string("v\(bits % 5)"), .bool(bits % 2 == 0), .uint(bits), .int(Int64(bitPattern: bits)),
            .sint(Int64(bitPattern: bits)), .float(bits: UInt32(truncatingIfNeeded: bits)),
            .double(bits: bits),
        ]
        let attributes = values.enumerated().filter { _ in Bool.random(using: &random) }
            .map { VectorAttribute("k\($0.offset)", $0.element) }
        return VectorFeature(
            id: Bool.random(using: &random) ? bits : nil, attributes: attributes, geometry: geometry)
    }
}
