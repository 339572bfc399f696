import Canonical
import Geo
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
        "1aff0178020a08636f7665726167651221120e00050106020403030408050906001803220d0900001a8001000080017f000f1221"
        + "120c0002010702020302040905091803220f09800180011a8001000080017f000f1221120c000301010202030204080508180322"
        + "0f09803f803f1a8001000080017f000f1a016e1a077175616c6974791a066472697665731a0c636f6e7472696275746f72731a09"
        + "66697273745f6461791a086c6173745f6461791a106472697665735f657374696d61746564220238012202280022022801220228"
        + "022202283c220228662203289405220328aa06220c0a0a323032352d31322d3038220c0a0a323032352d31322d3135288020"

    @Test func coverageBytes() throws {
        func frames(_ count: Int, square: Int, quality: Int, day: Int) -> [LeafFrame] {
            (0..<count).compactMap { _ in LeafFrame(square: square, quality: quality, day: day) }
        }
        var drives = (1...17 as ClosedRange<UInt64>).map { number in
            LeafDrive(
                hash: number << 58, contributor: number % 2,
                frames: frames(6, square: 0, quality: 666, day: number == 4 ? 20_430 : 20_437))
        }
        drives += [
            LeafDrive(
                hash: 2 << 58, contributor: 0, frames: frames(2, square: 4095, quality: 5, day: 20_430)),
            LeafDrive(
                hash: 1 << 58, contributor: 1, frames: frames(1, square: 65, quality: 812, day: 20_437)),
        ]
        let tile = try #require(TileID(zoom: 14, column: 8192, row: 8192))
        let bytes = MVTEncoder.encode(coverage: TileSummary(leaf: drives, of: tile))
        #expect(Hexadecimal.text(bytes) == Self.coverageHex)

        let layer = try #require(MVTDecoder.decode(bytes).layers.first)
        #expect(layer.name == "coverage" && layer.extent == 4096 && layer.version == 2)
        #expect(layer.features.map { $0["n"] } == [.uint(102), .uint(1), .uint(2)])
        #expect(layer.features[0]["drives"] == .uint(60))
        #expect(layer.features.map { $0["drives_estimated"] } == [.bool(true), nil, nil])
        #expect(layer.features[0]["first_day"] == .string("2025-12-08"))
        #expect(layer.features[0]["last_day"] == .string("2025-12-15"))
        let corner = Self.points([(4032, 4032), (4096, 4032), (4096, 4096), (4032, 4096)])
        #expect(layer.features[2].geometry == .polygons([[corner]]))
    }

    @Test func noFramesMakeNoLayer() throws {
        #expect(MVTEncoder.encode(coverage: .empty).isEmpty)
        #expect(try MVTDecoder.decode([]) == VectorTile())
    }

    @Test(arguments: 0..<30) func coverageComesBack(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let hashes = random.hashes(60)
        let tile = try #require(TileID(zoom: 14, column: 1, row: 2))
        let squares = 1 << Int(seed % 10)
        let leaf = TileSummary(
            leaf: random.drives(hashes, contributors: hashes, frames: 40, squares: squares), of: tile)
        for summary in [random.summary(squares: 30 * Int(seed) + 1), leaf] {
            let layer = try #require(MVTDecoder.decode(MVTEncoder.encode(coverage: summary)).layers.first)
            let expected = summary.squares.enumerated().map { position, square in
                Self.attributes(
                    square.summary, drives: summary.drives(ofSquareAt: position),
                    contributors: summary.contributors(ofSquareAt: position))
            }
            #expect(layer.features.map(\.attributes) == expected)
            let corners = layer.features.map { feature -> VectorPoint? in
                if case .polygons(let polygons) = feature.geometry {
                    polygons.first?.first?.first
                } else {
                    nil
                }
            }
            #expect(
                corners
                    == summary.squares.map {
                        VectorPoint(x: Int32($0.index % 64) * 64, y: Int32($0.index / 64) * 64)
                    })
        }
    }

    private static func attributes(
        _ square: SquareSummary, drives: DistinctCount, contributors: DistinctCount
    ) -> [VectorAttribute] {
        let days = [square.firstDay, square.lastDay].map { CalendarDay(number: Int64($0)).description }
        return [
            VectorAttribute("n", .uint(square.n)),
            VectorAttribute("quality", .uint(square.qualitySum / square.n / 10 * 10)),
            VectorAttribute("drives", .uint(drives.value)),
            VectorAttribute("contributors", .uint(contributors.value)),
            VectorAttribute("first_day", .string(days[0])), VectorAttribute("last_day", .string(days[1])),
        ] + (drives.isEstimate ? [VectorAttribute("drives_estimated", .bool(true))] : [])
            + (contributors.isEstimate ? [VectorAttribute("contributors_estimated", .bool(true))] : [])
    }

    @Test func numbersAreTheSameValuesWhoeverAsksForThem() throws {
        var layer = LayerEncoder(name: "x", keys: ["a"])
        let numbers: [UInt64] = [0, 7, 65_535, 65_536, .max]
        let indexes = numbers.map { layer.index(ofNumber: $0) }
        #expect(indexes == [0, 1, 2, 3, 4])
        #expect(numbers.map { layer.index(ofValue: .uint($0)) } == indexes)
        #expect(layer.index(ofValue: .int(7)) == 5 && layer.index(ofValue: .sint(7)) == 6)
        for index in indexes { layer.add(tags: [0, index], type: .point, commands: [9, 2, 2]) }
        let tile = try MVTDecoder.decode(MVTEncoder.encode([layer]))
        #expect(tile.layers.first?.features.map { $0["a"] } == numbers.map { .uint($0) })
    }

    @Test func numberIndexesAreDictionaries() {
        var random = SeededRandom(5)
        var (index, dictionary) = (NumberIndex(), [UInt64: UInt32]())
        for _ in 0..<2000 {
            let number = random.next() >> UInt64.random(in: 40...60, using: &random)
            let value = Bool.random(using: &random) ? UInt32.random(in: 0..<9, using: &random) : nil
            (index[number], dictionary[number]) = (value, value)
            let other = random.next() >> 50
            #expect(index[other] == dictionary[other] && index[number] == value)
        }
        #expect(index.numbers == dictionary.keys.sorted())
    }

    /// A varint has seven bits a byte.
    @Test func sizesOfVarints() {
        for bits in 0...63 as ClosedRange<UInt64> {
            for value in [1 << bits, (1 << bits) - 1, UInt64.max >> (63 - bits)] as [UInt64] {
                var writer = ProtobufWriter()
                writer.varint(value)
                #expect(ProtobufWriter.size(value) == UInt64(writer.bytes.count), "\(value)")
            }
        }
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
