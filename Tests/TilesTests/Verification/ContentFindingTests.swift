import Canonical
import Geo
import Imaging
import Testing

@testable import Tiles

/// What is found when contents are read, beyond the rules of a single vector tile.
@Suite struct ContentFindingTests {
    private static func tile(_ frames: UInt64, at place: UInt64, outside: Bool = false) -> [UInt8] {
        let square = [(0, 0), (64, 0), (64, 64), (0, 64)].map { x, y in
            VectorPoint(x: Int32(x) - (outside ? 1 : 0), y: Int32(y))
        }
        let feature = VectorFeature(
            attributes: [
                VectorAttribute("n", .uint(frames)), VectorAttribute("quality", .uint(1)),
                VectorAttribute("first_day", .string("2026-03-\(10 + place)")),
                VectorAttribute("last_day", .string("2026-03-\(10 + place)")),
            ], geometry: .polygons([[square]]))
        return MVTEncoder.encode(VectorTile(layers: [VectorLayer(name: "coverage", features: [feature])]))
    }

    /// An archive of coverage tiles with these contents, for the identifiers from 0 on.
    private static func archive(
        _ contents: [[UInt8]],
        layers: [LayerDescription] = [CoverageLayer.description(minZoom: 0, maxZoom: 1)]
    ) throws -> [UInt8] {
        try PMTilesWriter.archive(
            tiles: contents.indices.compactMap { index in
                TileID(id: UInt64(index)).map { ($0, (try? Gzip.compress(contents[index])) ?? []) }
            },
            description: ArchiveDescription(
                tileType: .mvt, bounds: .world, metadata: ArchiveMetadata(name: "a", layers: layers)))
    }

    @Test func everyZoomShowsAsManyFrames() throws {
        let sound = [Self.tile(10, at: 0)] + [1, 2, 3, 4].map { Self.tile($0, at: $0) }
        #expect(try findings(Self.archive(sound)).isEmpty)
        var lost = sound
        lost[3] = Self.tile(2, at: 3)
        #expect(try findings(Self.archive(lost)) == [.conservation: 1])
        // A zoom that is described and shows none has lost all.
        #expect(try findings(Self.archive(Array(sound[..<1]))) == [.conservation: 1])
        // A run shows its content once for every tile.
        let run = [Self.tile(12, at: 0)] + [UInt64](repeating: 3, count: 4).map { Self.tile($0, at: 1) }
        #expect(try findings(Self.archive(run)).isEmpty)
    }

    @Test func ourLayersStayInTheirTiles() throws {
        let contents = [Self.tile(4, at: 0, outside: true)] + [1, 1, 1, 1].map { Self.tile($0, at: 1) }
        let archive = try Self.archive(contents)
        #expect(findings(archive) == [.vectorOutside: 1])
        let report = ArchiveVerification.run(ByteArray(archive), readsContents: true)
        #expect(report.layers.first?.overhangPermille == 1)
        // A layer of that name that is not ours may have a buffer.
        let foreign = CoverageLayer.name
        let other = try Self.archive(
            contents,
            layers: [
                LayerDescription(id: foreign, description: "", fields: ["n": .number], minZoom: 0, maxZoom: 1)
            ])
        #expect(findings(other) == [.fieldUndescribed: 3])
    }

    @Test func metadataDescribesWhatIsThere() throws {
        let contents = [Self.tile(4, at: 0)] + [1, 1, 1, 1].map { Self.tile($0, at: 1) }
        var layer = CoverageLayer.description(minZoom: 0, maxZoom: 0)
        #expect(try findings(Self.archive(contents, layers: [layer])) == [.layerZooms: 1])
        layer = CoverageLayer.description(minZoom: 0, maxZoom: 1)
        layer.fields["quality"] = .string
        #expect(try findings(Self.archive(contents, layers: [layer])) == [.fieldUndescribed: 1])
        layer.id = "other"
        #expect(try findings(Self.archive(contents, layers: [layer])) == [.layerUndescribed: 1])
        for (metadata, code) in [
            ("{}", TileFinding.Code.metadataLayers), (#"{"vector_layers":1}"#, .metadataMember),
            (#"{"vector_layers":[{"fields":{}}]}"#, .metadataMember),
            (#"{"vector_layers":[{"id":"a"}]}"#, .metadataMember),
            (#"{"vector_layers":[{"id":"a","fields":{}},{"id":"a","fields":{}}]}"#, .metadataMember),
        ] {
            let archive = SampleArchive.plain(
                [PMTilesEntry(id: 0, offset: 0, length: 1, run: 1)], data: [0], type: .mvt, metadata: metadata
            )
            #expect(findings(archive, contents: false) == [code: 1], "\(metadata)")
        }
    }

    @Test func contentsAreInflatedWithTheirChecksums() throws {
        let contents = [Self.tile(4, at: 0)] + [1, 1, 1, 1].map { Self.tile($0, at: 1) }
        var archive = try Self.archive(contents)
        let end = archive.count - 8
        archive[end] ^= 1
        #expect(findings(archive) == [.tileDamaged: 1])
        #expect(findings(archive, contents: false).isEmpty)
    }

    @Test(arguments: [PMTilesHeader.TileType.png, .jpeg, .webp, .avif]) func typesAreToldByTheirMarks(
        type: PMTilesHeader.TileType
    ) throws {
        let marks: [PMTilesHeader.TileType: [UInt8]] = [
            .png: try RasterGrid(.empty, style: .coverage).png(side: 256), .jpeg: [0xFF, 0xD8, 0xFF, 0xE0],
            .webp: Array("RIFF____WEBP".utf8), .avif: Array("____ftypavif".utf8),
        ]
        for (other, bytes) in marks {
            let found = findings(SampleArchive.single(bytes, type))
            #expect(found == (other == type ? [:] : [.tileType: 1]), "\(other) as \(type)")
        }
        #expect(findings(SampleArchive.single(try Gzip.compress([1]), type)) == [.tileType: 1])
        #expect(findings(SampleArchive.single([1, 2, 3], type)) == [.tileType: 1])
    }

    @Test func picturesAreReadToTheirPixels() throws {
        let picture = try RasterGrid(.empty, style: .coverage).png(side: 256)
        var random = SeededRandom(9)
        for _ in 0..<200 {
            var damaged = picture
            let byte = Int.random(in: 0..<picture.count, using: &random)
            damaged[byte] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            let found = findings(SampleArchive.single(damaged, .png))
            #expect(found == [byte < 4 ? .tileType : .pictureChunk: 1], "byte \(byte): \(found)")
        }
        for count in stride(from: 4, to: picture.count, by: 7) {
            #expect(findings(SampleArchive.single(Array(picture[..<count]), .png)) == [.pictureChunk: 1])
        }
        #expect(findings(SampleArchive.single(picture + [0], .png)) == [.pictureChunk: 1])
        for (width, height, isSquare) in [
            (256, 256, true), (1, 1, true), (256, 128, false), (300, 300, false),
        ] {
            let colours = [PNGEncoder.Colour(red: 1, green: 2, blue: 3)]
            let bytes = try PNGEncoder.encode(
                palette: colours, indices: [UInt8](repeating: 0, count: width * height), width: width,
                height: height)
            #expect(findings(SampleArchive.single(bytes, .png)) == (isSquare ? [:] : [.pictureSize: 1]))
        }
    }

    @Test func compressionsNobodyReadsAreNamed() {
        let archive = SampleArchive.plain(
            [PMTilesEntry(id: 0, offset: 0, length: 3, run: 1)], data: [1, 2, 3], type: .mvt,
            metadata: #"{"vector_layers":[]}"#
        ) { $0.tileCompression = .zstd }
        #expect(findings(archive) == [.tileUnsupported: 1])
    }
}
