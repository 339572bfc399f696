import Geo
import Testing

@testable import Tiles

/// One tile with one fault each. Most rules are those of the fixtures at https://github.com/mapbox/mvt-fixtures,
/// whose verdicts these are; the bytes are written by hand.
@Suite struct VectorTileCheckTests {
    /// A tile of one layer `a` with a point, each part of which can be another.
    private static func tile(
        version: [UInt8] = [0x78, 2], name: [UInt8] = [0x0A, 1, 0x61], features: [[UInt8]] = [point],
        names: [UInt8] = [], extent: [UInt8] = [0x28, 0x80, 0x20]
    ) -> [UInt8] {
        let layer = version + name + features.flatMap { [0x12, UInt8($0.count)] + $0 } + names + extent
        return [0x1A, UInt8(layer.count)] + layer
    }

    /// A feature of `type` with these command integers, each below 128.
    private static func feature(_ type: UInt8, _ commands: [UInt8], tags: [UInt8] = []) -> [UInt8] {
        (tags.isEmpty ? [] : [0x12, UInt8(tags.count)] + tags) + [0x18, type, 0x22, UInt8(commands.count)]
            + commands
    }

    private static let point = feature(1, [9, 50, 34])
    private static let key: [UInt8] = [0x1A, 1, 0x6B]
    private static let value: [UInt8] = [0x22, 2, 0x28, 1]
    private static let square: [UInt8] = [9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15]
    /// A square inside the first, the other way round.
    private static let hole: [UInt8] = [9, 4, 15, 26, 0, 8, 8, 0, 0, 7, 15]

    static let faults: [(what: String, code: TileFinding.Code, bytes: [UInt8])] = [
        ("cut off", .vectorMessage, Array(tile().dropLast())),
        ("a field beyond the end", .vectorMessage, tile() + [0x1A, 5]),
        ("varint of 11 bytes", .vectorMessage, [0x1A] + [UInt8](repeating: 0x80, count: 10) + [0]),
        ("length of 2^63", .vectorMessage, [0x1A] + [UInt8](repeating: 0x80, count: 9) + [1]),
        ("field 0", .vectorMessage, [0x02, 0]), ("wire type 3", .vectorMessage, [0x1B]),
        ("no version", .vectorLayer, tile(version: [])),
        ("version 3", .vectorLayer, tile(version: [0x78, 3])),
        ("version as text", .vectorLayer, tile(version: [0x7A, 1, 0x32])),
        ("no name", .vectorLayer, tile(name: [])),
        ("two names", .vectorLayer, tile(name: [0x0A, 1, 0x61, 0x0A, 1, 0x62])),
        ("name not UTF-8", .vectorLayer, tile(name: [0x0A, 1, 0xFF])),
        ("two layers of one name", .vectorLayer, tile() + tile()),
        ("extent 0", .vectorLayer, tile(extent: [0x28, 0])),
        ("a value of two types", .vectorValue, tile(names: [0x22, 4, 0x28, 1, 0x30, 1])),
        ("an empty value", .vectorValue, tile(names: [0x22, 0])),
        ("a value of an unknown type", .vectorValue, tile(names: [0x22, 3, 0xA0, 1, 1])),
        ("a key not UTF-8", .vectorValue, tile(names: [0x1A, 1, 0xFF])),
        ("no geometry", .vectorFeature, tile(features: [[0x18, 1]])),
        ("two geometries", .vectorFeature, tile(features: [point + [0x22, 3, 9, 50, 34]])),
        ("no type", .vectorFeature, tile(features: [[0x22, 3, 9, 50, 34]])),
        ("type 4", .vectorFeature, tile(features: [feature(4, [9, 50, 34])])),
        ("odd tags", .vectorTags, tile(features: [feature(1, [9, 0, 0], tags: [0])], names: key + value)),
        (
            "no such key", .vectorTags,
            tile(features: [feature(1, [9, 0, 0], tags: [1, 0])], names: key + value)
        ),
        (
            "no such value", .vectorTags,
            tile(features: [feature(1, [9, 0, 0], tags: [0, 1])], names: key + value)
        ),
        (
            "a key twice", .vectorTags,
            tile(
                features: [feature(1, [9, 0, 0], tags: [0, 0, 0, 0])], names: key + value + [0x1A, 1, 0x6C])
        ),
        ("no commands", .vectorGeometry, tile(features: [feature(1, [])])),
        ("two MoveTo for points", .vectorGeometry, tile(features: [feature(1, [9, 50, 34, 9, 1, 1])])),
        ("MoveTo of 0", .vectorGeometry, tile(features: [feature(1, [1])])),
        ("an unknown command", .vectorGeometry, tile(features: [feature(1, [11])])),
        ("ClosePath first", .vectorGeometry, tile(features: [feature(3, [15] + square)])),
        (
            "a gigantic count", .vectorGeometry,
            tile(features: [feature(1, [0xF9, 0xFF, 0xFF, 0xFF, 0x0F, 50, 34])])
        ),
        (
            "a command of 33 bits", .vectorGeometry,
            tile(features: [feature(1, [0x89, 0x80, 0x80, 0x80, 0x10, 50, 34])])
        ),
        (
            "a parameter of -2^31", .vectorGeometry,
            tile(features: [feature(1, [9, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0])])
        ),
        (
            "beyond 32 bits", .vectorGeometry,
            tile(features: [
                feature(2, [9, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0, 10, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0])
            ])
        ),
        ("a parameter missing", .vectorGeometry, tile(features: [feature(1, [9, 50])])),
        ("a line of one point", .vectorGeometry, tile(features: [feature(2, [9, 50, 34])])),
        ("a line of two starts", .vectorGeometry, tile(features: [feature(2, [17, 1, 1, 1, 1, 10, 2, 2])])),
        ("a ring not closed", .vectorGeometry, tile(features: [feature(3, [9, 6, 12, 18, 10, 12, 24, 44])])),
        ("a ring of two points", .vectorGeometry, tile(features: [feature(3, [9, 6, 12, 10, 10, 12, 15])])),
        (
            "ClosePath of 2", .vectorGeometry,
            tile(features: [feature(3, [9, 6, 12, 18, 10, 12, 24, 44, 23])])
        ),
        ("a line to nowhere", .vectorStep, tile(features: [feature(2, [9, 50, 34, 18, 2, 2, 0, 0])])),
        (
            "a ring closed twice", .vectorRing,
            tile(features: [feature(3, [9, 0, 0, 34, 20, 0, 0, 20, 19, 0, 0, 19, 15])])
        ),
        ("a hole first", .vectorWinding, tile(features: [feature(3, hole + square)])),
        ("a square the wrong way round", .vectorWinding, tile(features: [feature(3, hole)])),
        ("a ring without area", .vectorArea, tile(features: [feature(3, [9, 0, 0, 18, 2, 2, 2, 2, 15])])),
        ("no features", .vectorSparse, tile(features: [])), ("no extent", .vectorSparse, tile(extent: [])),
        ("a key for nothing", .vectorNames, tile(names: key)),
        (
            "a value twice", .vectorNames,
            tile(
                features: [feature(1, [9, 0, 0], tags: [0, 0]), feature(1, [9, 0, 0], tags: [0, 1])],
                names: key + value + value)
        ),
        ("an id twice", .vectorIdentifier, tile(features: [[8, 5] + point, [8, 5] + point])),
        ("a PNG", .tileType, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("a JPEG", .tileType, [0xFF, 0xD8, 0xFF, 0xE0]),
        ("compressed once more", .tileType, (try? Gzip.compress(tile())) ?? []),
    ]

    @Test(arguments: faults.indices) func everyFaultHasItsFinding(index: Int) {
        let (what, code, bytes) = Self.faults[index]
        let found = findings(SampleArchive.single(bytes, .mvt))
        #expect(found[code] == 1 && found.values.reduce(0, +) == 1, "\(what): \(found)")
        // What verification calls an error the decoder refuses, and nothing else but rings without area.
        let error = refusal { () throws(TileError) in _ = try MVTDecoder.decode(bytes) }
        if code != .tileType {
            #expect((error != nil) == (!code.isWarning || code == .vectorArea), "\(what)")
        }
    }

    static let sound: [(what: String, bytes: [UInt8])] = [
        ("a point", tile()), ("a square with a hole", tile(features: [feature(3, square + hole)])),
        ("two lines", tile(features: [feature(2, [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8])])),
        ("a geometry of unknown type", tile(features: [feature(0, [63])])),
        ("unpacked tags", tile(features: [[0x10, 0, 0x10, 0] + point], names: key + value)),
        ("fields nobody knows", tile(names: [0x80, 1, 5]) + [0x80, 1, 5]),
        ("a buffer", tile(features: [feature(3, [9, 1, 1, 26, 40, 0, 0, 40, 39, 0, 15])])),
        ("version 1, wound any way", tile(version: [0x78, 1], features: [feature(3, hole)])),
        ("two layers", tile() + tile(name: [0x0A, 1, 0x62])),
    ]

    @Test(arguments: sound.indices) func whatTheSpecificationAllowsIsSound(index: Int) {
        let (what, bytes) = Self.sound[index]
        let found = findings(SampleArchive.single(bytes, .mvt)).filter { $0.key != .layerUndescribed }
        #expect(found.isEmpty, "\(what): \(found)")
    }

    @Test func aTileWithoutLayersIsSound() throws {
        let data = try Gzip.compress([])
        let archive = SampleArchive.plain(
            [PMTilesEntry(id: 0, offset: 0, length: UInt32(data.count), run: 1)], data: data, type: .mvt,
            metadata: #"{"vector_layers":[]}"#
        ) { $0.tileCompression = .gzip }
        #expect(findings(archive).isEmpty)
    }

    @Test func everyFeatureOfATileIsLookedAt() {
        let bytes = Self.tile(features: [
            Self.feature(3, Self.hole), Self.point, Self.feature(1, [11]), [0x18, 1],
            Self.feature(2, [9, 0, 0, 26, 2, 2, 0, 0, 0, 0]),
        ])
        #expect(
            findings(SampleArchive.single(bytes, .mvt))
                == [.vectorWinding: 1, .vectorGeometry: 1, .vectorFeature: 1, .vectorStep: 2])
    }

    @Test func placesAreThoseInTheTile() throws {
        let bytes = Self.tile(features: [Self.point, Self.feature(2, [9, 50, 34, 18, 2, 2, 0, 0])])
        let report = ArchiveVerification.run(
            ByteArray(SampleArchive.single(bytes, .mvt)), readsContents: true)
        let finding = try #require(report.findings.first)
        #expect(finding.tile == TileID(zoom: 0, column: 0, row: 0))
        // The last two parameters, before the three bytes of the extent.
        #expect(finding.byte == UInt64(bytes.count - 5))
        #expect(
            finding.description == "mvt.step: tile 0/0/0, byte \(bytes.count - 5): LineTo that goes nowhere")
    }
}
