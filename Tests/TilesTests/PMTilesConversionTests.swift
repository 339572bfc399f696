import Canonical
import Geo
import TestSupport
import Testing

@testable import Tiles

@Suite struct PMTilesConversionTests {
    private static func bytes(_ conversion: PMTilesConversion) throws(TileError) -> [UInt8] {
        var bytes = conversion.head
        try conversion.forEachContent { (content) throws(TileError) in bytes += content }
        return bytes
    }

    @Test(arguments: 0..<8) func throughMBTilesAndBackAreTheSameBytes(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let summaries = TilePyramid.all(leaves: random.leaves(6)).sorted { $0.tile < $1.tile }
        let archive = try PMTilesWriter.archive(
            tiles: summaries.map { ($0.tile, try Gzip.compress(MVTEncoder.encode(coverage: $0.summary))) },
            description: PMTilesTests.description())
        let source = try PMTilesReader(ByteArray(archive))
        let description = try ArchiveDescription(of: source)
        #expect(try Self.bytes(PMTilesConversion(of: source, description: description)) == archive)
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a.mbtiles"
        var writer = try MBTilesWriter(path: path, description: description)
        try source.forEachExported { (tile, content) throws(TileError) in try writer.add(tile, content) }
        try writer.finish()
        let copy = try MBTilesReader(path: path, ByteArray(try Files.bytes(path)))
        let back = try PMTilesConversion(of: copy, description: try ArchiveDescription(of: copy))
        #expect(try Self.bytes(back) == archive)
        #expect(back.size == UInt64(archive.count) && back.tiles == UInt64(summaries.count))
    }

    @Test func equalTilesAreKeptOnceAndPlainOnesArePacked() throws {
        let file = try MBTilesFile()
        try file.run("UPDATE metadata SET value = 'pbf' WHERE name = 'format'")
        try file.run(
            "INSERT INTO tiles VALUES (1, 0, 1, x'1a00'), (1, 0, 0, x'1a00'), (1, 1, 1, x'1a00'), (0, 0, 0, x'')"
        )
        let source = try file.open()
        let conversion = try PMTilesConversion(of: source, description: PMTilesTests.description())
        let reader = try PMTilesReader(ByteArray(try Self.bytes(conversion)))
        #expect(reader.header.isClustered && reader.header.tileCompression == .gzip)
        #expect(reader.header.addressedTiles == 4 && reader.header.tileContents == 2)
        // 0, then 1 and 2 in a row, then 4.
        #expect(try reader.entries().map { [$0.id, UInt64($0.run), $0.offset] }.map { $0[0] } == [0, 1, 4])
        #expect(try reader.tile(at: #require(TileID(text: "1/1/0"))) == [0x1A, 0])
        #expect(try reader.tile(at: #require(TileID(text: "0/0/0"))) == [])
    }

    @Test func noTilesAreStillAnArchive() throws {
        let conversion = try PMTilesConversion(
            of: try MBTilesFile().open(), description: PMTilesTests.description(.png))
        let reader = try PMTilesReader(ByteArray(try Self.bytes(conversion)))
        #expect(reader.header.addressedTiles == 1)
    }

    @Test func missingLayersAndBoundsAreThoseOfTheTiles() throws {
        let tile = VectorTile(layers: [
            VectorLayer(
                name: "b",
                features: [
                    VectorFeature(
                        attributes: [VectorAttribute("x", .uint(1)), VectorAttribute("y", .bool(true))],
                        geometry: .points([VectorPoint(x: 1, y: 1)])),
                    VectorFeature(
                        attributes: [
                            VectorAttribute("x", .string("1")), VectorAttribute("z", .double(bits: 0)),
                        ],
                        geometry: .points([VectorPoint(x: 1, y: 1)])),
                ]),
            VectorLayer(name: "a", features: [VectorFeature(geometry: .points([VectorPoint(x: 1, y: 1)]))]),
        ])
        let file = try MBTilesFile()
        try file.run(
            """
            UPDATE metadata SET value = 'pbf' WHERE name = 'format';
            INSERT INTO metadata VALUES ('bounds', 'everywhere'), ('type', 'baselayer'), ('generator_options', 'secret');
            INSERT INTO tiles VALUES (1, 1, 0, x'\(Hexadecimal.text(MVTEncoder.encode(tile)))'), (0, 0, 0, x'');
            """)
        let description = try ArchiveDescription(of: try file.open())
        let layers = try #require(description.metadata.layers)
        #expect(layers.map(\.id) == ["a", "b"] && layers.map(\.minZoom) == [1, 1])
        #expect(layers[1].fields == ["x": .string, "y": .boolean, "z": .number])
        #expect(description.bounds == MapBounds(around: [try #require(TileID(text: "1/1/1"))]))
        #expect(description.metadata.type == "baselayer" && description.metadata.name == "test")
        #expect(!description.metadata.json.text.contains("secret"))
    }

    @Test func layersWithoutZoomsHaveThoseOfTheTiles() throws {
        let file = try MBTilesFile()
        try file.run(
            """
            UPDATE metadata SET value = 'mvt' WHERE name = 'format';
            INSERT INTO metadata VALUES ('json', '{"vector_layers":[{"id":"a","fields":{"x":"number","y":"Mixed"}},
                {"id":"b","minzoom":3,"maxzoom":2},{"fields":{}},7]}');
            INSERT INTO tiles VALUES (4, 1, 0, x''), (2, 0, 0, x'');
            """)
        let layers = try #require(try ArchiveDescription(of: try file.open()).metadata.layers)
        #expect(
            layers.map(\.id) == ["a", "b"] && layers.map(\.minZoom) == [2, 3]
                && layers.map(\.maxZoom) == [4, 3])
        #expect(layers[0].fields == ["x": .number, "y": .string])
    }
}
