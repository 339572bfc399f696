import Canonical
import Geo
import Testing

@testable import Tiles

@Suite struct DocumentTests {
    /// Edges computed in Python: x * 360 / 2^z - 180 and atan(sinh(pi * (1 - 2 y / 2^z))), rounded outwards.
    @Test(
        arguments: [
            (0, 0, 0, [-1_800_000_000, -850_511_288, 1_800_000_000, 850_511_288]),
            (1, 1, 1, [0, -850_511_288, 1_800_000_000, 0]),
            (20, 546_658, 375_013, [76_801_300, 455_279_977, 76_804_734, 455_282_383]),
            (20, 0, 0, [-1_800_000_000, 850_510_991, -1_799_996_566, 850_511_288]),
            (26, 67_108_863, 67_108_863, [1_799_999_946, -850_511_288, 1_800_000_000, -850_511_283]),
        ] as [(Int, Int, Int, [Int32])])
    func boundsAreRoundedOutwards(zoom: Int, column: Int, row: Int, edges: [Int32]) throws {
        let tile = try #require(TileID(zoom: zoom, column: column, row: row))
        let bounds = try #require(MapBounds(around: [tile]))
        #expect([bounds.westE7, bounds.southE7, bounds.eastE7, bounds.northE7] == edges)
    }

    @Test func boundsOfOnePointHaveAnArea() throws {
        for (latitude, longitude) in [(0, 0), (900_000_000, 1_799_999_999), (-900_000_000, -1_800_000_000)] {
            let point = try #require(Coordinate(latitudeE7: latitude, longitudeE7: longitude))
            let bounds = try #require(MapBounds(holding: [point]))
            #expect(bounds.westE7 < bounds.eastE7 && bounds.southE7 < bounds.northE7)
            #expect(
                bounds.eastE7 <= 1_800_000_000 && bounds.northE7 <= 850_511_288
                    && bounds.southE7 >= -850_511_288)
        }
        #expect(MapBounds(holding: []) == nil && MapBounds(around: []) == nil)
    }

    @Test func centerZoomShowsEverything() throws {
        let tile = try #require(TileID(zoom: 14, column: 8541, row: 5859))
        let bounds = try #require(MapBounds(around: [tile]))
        #expect(bounds.centerZoom(in: 0...14) == 14 && bounds.centerZoom(in: 0...5) == 5)
        #expect(MapBounds.world.centerZoom(in: 0...14) == 1)
    }

    /// Numbers as `JSON.stringify` writes them.
    @Test(arguments: [
        (0, "0"), (1, "1e-7"), (-9, "-9e-7"), (10, "0.000001"), (-1_800_000_000, "-180"),
        (123_456_789, "12.3456789"),
        (-56_000_000, "-5.6"), (10_000_001, "1.0000001"),
    ]) func degreesAreCanonicalNumbers(valueE7: Int, text: String) {
        #expect(DegreeText.number(valueE7) == text)
    }

    @Test func tileJSON() throws {
        let tile = try #require(TileID(zoom: 1, column: 0, row: 0))
        let document = TileJSON(
            tiles: ["https://example.org/{z}/{x}/{y}.mvt"],
            layers: [
                LayerDescription(id: "a", description: "b", fields: ["n": .number], minZoom: 0, maxZoom: 14)
            ],
            bounds: try #require(MapBounds(around: [tile])), zooms: 0...14, name: "N", attribution: "A")
        #expect(
            document.text
                == #"{"attribution":"A","bounds":[-180,0,0,85.0511288],"center":[-90,42.5255644,2],"#
                + #""maxzoom":14,"minzoom":0,"name":"N","scheme":"xyz","tilejson":"3.0.0","#
                + #""tiles":["https://example.org/{z}/{x}/{y}.mvt"],"vector_layers":[{"description":"b","#
                + #""fields":{"n":"Number"},"id":"a","maxzoom":14,"minzoom":0}]}"#)
        #expect(throws: Never.self) { try JSONReader.read(document.bytes) }
    }

    private static func record(version: String = "1.2.13", frames: UInt64 = 7) throws -> GenerationRecord {
        let tiles = ["1/1/0", "0/0/0", "1/0/0"].compactMap { TileID(text: $0) }
        let content = try #require(
            GenerationRecord.Content(
                layers: ["frames", "coverage"], zooms: 0...1, frames: [frames, 7], framesBeyondEdge: 2,
                archives: [
                    .init(name: "raster.pmtiles", tiles: []),
                    .init(
                        name: "coverage.pmtiles",
                        tiles: tiles.map { .init(tile: $0, contentHash: .of("\($0)"), bytes: 5) }),
                ],
                cells: ["u2817", "9q8zn"].map { .init(name: $0, contentHash: .of($0), bytes: 9) }))
        return GenerationRecord(
            content: content, compressor: .init(name: "zlib", version: version, level: 6, tileRevision: 1),
            packed: ["coverage.pmtiles": PackedDigest(head: .of("a"), blobs: .of("b"), bytes: 17)])
    }

    @Test func generationRecordsComeBack() throws {
        let record = try Self.record()
        #expect(try GenerationRecord(record.bytes) == record)
        #expect(record.content.layers == ["coverage", "frames"])
        #expect(record.content.archives.first?.tiles.map(\.tile.description) == ["0/0/0", "1/0/0", "1/1/0"])
        #expect(record.content.cells.map(\.name) == ["9q8zn", "u2817"])
        // The text is written by hand; the writer of canonical JSON gives the same.
        #expect(try CanonicalJSON(JSONReader.read(record.bytes)).bytes == record.bytes)
    }

    @Test func theIdentifierIsThatOfTheContentAlone() throws {
        let record = try Self.record()
        #expect(record.id.count == 16)
        #expect(try Self.record(version: "1.3.1").id == record.id)
        #expect(try Self.record(frames: 8).id != record.id)
        guard case .object(let members) = try JSONReader.read(record.bytes), let content = members["content"]
        else { return #expect(Bool(false), "no object") }
        #expect(record.id == String(try CanonicalJSON(content).contentHash.hex.prefix(16)))
    }

    @Test func onlyWholeRecordsAreRead() throws {
        let text = String(decoding: try Self.record().bytes, as: UTF8.self)
        for (old, new) in [
            ("waggle-generation/1", "waggle-generation/2"), (#""n":7"#, #""n":8"#), (#""n":7"#, #""n":-1"#),
            ("1/0/0", "1/2/0"), ("1/0/0", "01/0/0"), ("1/0/0", "1/1/0"), (#""bytes":5"#, #""bytes":5,"x":1"#),
            (#""z":1"#, #""z":2"#), ("{", "{ "), (#""level":6"#, #""level":6.5"#),
            (#""maxzoom":1"#, #""maxzoom":27"#),
            (#""maxzoom":1"#, #""maxzoom":2"#), (#""sha256":""#, #""sha256":"A"#),
            ("u2817", "u281"), ("u2817", "9q8zn"), (#""bytes":17"#, #""bytes":-1"#),
        ] {
            let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
            #expect(parts.count == 2)
            #expect(throws: JSONError.self, "\(new)") {
                try GenerationRecord(Array(parts.joined(separator: new).utf8))
            }
        }
        for count in 0..<text.utf8.count {
            #expect(throws: JSONError.self) { try GenerationRecord(Array(text.utf8.prefix(count))) }
        }
    }

    @Test func geoJSON() throws {
        let square = [(0, 0), (4096, 0), (4096, 4096), (0, 4096)].map { VectorPoint(x: $0.0, y: $0.1) }
        let tile = VectorTile(layers: [
            VectorLayer(
                name: "coverage",
                features: [
                    VectorFeature(
                        id: 3, attributes: [.init("n", .uint(UInt64.max)), .init("d", .string("\"ü\""))],
                        geometry: .polygons([[square]])),
                    VectorFeature(
                        geometry: .points([VectorPoint(x: 2048, y: 4096), VectorPoint(x: 0, y: 0)])),
                ])
        ])
        let text = GeoJSON.text(of: tile, at: try #require(TileID(zoom: 1, column: 0, row: 0)))
        // The tile reaches from 180 W to Greenwich and from the edge of the map to the equator.
        #expect(
            text == #"{"type":"FeatureCollection","features":[{"type":"Feature","id":3,"layer":"coverage","#
                + #""properties":{"n":18446744073709551615,"d":"\"ü\""},"geometry":{"type":"Polygon","coordinates":"#
                + "[[[-180,85.0511288],[-180,0],[0,0],[0,85.0511288],[-180,85.0511288]]]}},\n"
                + #"{"type":"Feature","layer":"coverage","properties":{},"geometry":{"type":"MultiPoint","#
                + #""coordinates":[[-90,0],[-180,85.0511288]]}}]}"# + "\n")
    }
}
