import Canonical
import Geo
import Testing

@testable import Tiles

@Suite struct PMTilesTests {
    static func description(
        _ type: PMTilesHeader.TileType = .mvt, _ bounds: MapBounds = .world
    ) -> ArchiveDescription {
        ArchiveDescription(
            tileType: type, bounds: bounds,
            metadata: ArchiveMetadata(
                name: "test", layers: [CoverageLayer.description(minZoom: 0, maxZoom: 14)]))
    }

    static func tiles(_ ids: [UInt64], _ content: (UInt64) -> [UInt8]) -> [(tile: TileID, content: [UInt8])] {
        ids.compactMap { id in TileID(id: id).map { ($0, content(id)) } }
    }

    @Test func headerFieldsLieWhereTheSpecificationSays() throws {
        let bounds = try #require(TileID(zoom: 1, column: 1, row: 0).flatMap { MapBounds(around: [$0]) })
        let archive = try PMTilesWriter.archive(
            tiles: Self.tiles([1, 2, 3, 7]) { $0 < 3 ? [1, 2] : [UInt8($0)] },
            description: Self.description(.png, bounds))
        func number(_ offset: Int, _ count: Int) -> UInt64 {
            archive[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        #expect(archive.starts(with: "PMTiles".utf8) && archive[7] == 3)
        #expect(number(8, 8) == 127)
        #expect(number(24, 8) == number(8, 8) + number(16, 8))
        #expect(number(40, 8) == number(24, 8) + number(32, 8) && number(48, 8) == 0)
        #expect(number(56, 8) == number(40, 8) && number(64, 8) == 4)
        #expect(number(56, 8) + number(64, 8) == UInt64(archive.count))
        // Four tiles, 1 and 2 one run, three contents, clustered, gzip inside, tiles stored plain, PNG.
        #expect([number(72, 8), number(80, 8), number(88, 8)] == [4, 3, 3])
        #expect(Array(archive[96..<102]) == [1, 2, 1, 2, 1, 2])
        #expect(number(102, 4) == 0 && number(106, 4) == 0)
        #expect(number(110, 4) == 1_800_000_000 && number(114, 4) == 850_511_288)
        #expect(archive[118] == 2 && number(119, 4) == 900_000_000 && number(123, 4) == 425_255_644)
        #expect(archive.suffix(4) == [1, 2, 3, 7])
    }

    @Test func directoryBytesAreTheColumnsOfTheSpecification() throws {
        let entries = [
            PMTilesEntry(id: 5, offset: 0, length: 300, run: 2),
            PMTilesEntry(id: 42, offset: 300, length: 1, run: 1),
            PMTilesEntry(id: 43, offset: 0, length: 300, run: 1),
        ]
        let bytes = PMTilesDirectory.bytes(entries)
        #expect(bytes == [3, 5, 37, 1, 2, 1, 1, 0xAC, 2, 1, 0xAC, 2, 1, 0, 1])
        #expect(try PMTilesDirectory.entries(bytes) == entries)
    }

    @Test(arguments: [1, 2, 100, 4096, 16_383, 16_384, 50_000]) func everyTileComesBack(count: Int) throws {
        var random = SeededRandom(UInt64(count))
        var ids: [UInt64] = []
        var id: UInt64 = 0
        for _ in 0..<count {
            id += UInt64.random(in: 1...(Bool.random(using: &random) ? 1 : 90_000), using: &random)
            ids.append(id)
        }
        func content(_ id: UInt64) -> [UInt8] { [UInt8](repeating: UInt8(id % 251), count: Int(id % 7) + 1) }
        let archive = try PMTilesWriter.archive(
            tiles: Self.tiles(ids, content), description: Self.description(.png))
        let reader = try PMTilesReader(ByteArray(archive))
        #expect(reader.header.root.length <= 16_257)
        #expect(reader.header.addressedTiles == UInt64(count))
        if count <= 100 || count >= 16_384 { #expect((reader.header.leaves.length > 0) == (count >= 16_384)) }
        let entries = try reader.entries()
        #expect(reader.header.tileEntries == UInt64(entries.count))
        #expect(reader.header.tileContents == UInt64(Set(ids.map(content)).count))
        #expect(entries.flatMap { entry in (0..<UInt64(entry.run)).map { entry.id + $0 } } == ids)
        // Clustered: a content follows those before it, or is one of them.
        var end: UInt64 = 0
        for entry in entries {
            #expect(entry.offset <= end)
            if entry.offset == end { end += UInt64(entry.length) }
        }
        for id in ids.shuffled(using: &random).prefix(300) {
            let tile = try #require(TileID(id: id))
            #expect(try reader.tile(at: tile) == content(id))
        }
        let known = Set(ids)
        for _ in 0..<100 {
            let id = UInt64.random(in: 0...(ids.last ?? 0) + 10, using: &random)
            if let tile = TileID(id: id), !known.contains(id) {
                #expect(try reader.storedTile(at: tile) == nil)
            }
        }
    }

    @Test func anArchiveWithoutTilesIsStillOne() throws {
        for type in [PMTilesHeader.TileType.mvt, .png] {
            let archive = try PMTilesWriter.archive(tiles: [], description: Self.description(type))
            let reader = try PMTilesReader(ByteArray(archive))
            #expect(reader.header.addressedTiles == 1 && reader.header.maxZoom == 0)
            let world = try #require(TileID(zoom: 0, column: 0, row: 0))
            let content = try #require(try reader.tile(at: world))
            #expect(content == (type == .png ? try RasterGrid(.empty, style: .coverage).png(side: 256) : []))
        }
    }

    @Test func writerRefusesWhatIsNoArchive() throws {
        let description = Self.description(.png)
        func code(_ tiles: [PMTilesLayout.Placement], _ lengths: [Int]) -> TileError.Code? {
            refusal { () throws(TileError) in
                _ = try PMTilesLayout(tiles: tiles, lengths: lengths, description: description)
            }?.code
        }
        #expect(code([], []) == .malformed)
        #expect(code([(1, 0), (1, 0)], [1]) == .malformed)
        #expect(code([(2, 0), (1, 0)], [1]) == .malformed)
        #expect(code([(1, 1)], [1]) == .malformed)
        #expect(code([(1, 0)], [0]) == .malformed)
        #expect(code([(UInt64.max, 0)], [1]) == .malformed)
        #expect(code([(1, 0)], [1]) == nil)
    }

    @Test func metadataIsCanonical() throws {
        let archive = try PMTilesWriter.archive(tiles: [], description: Self.description())
        let reader = try PMTilesReader(ByteArray(archive))
        let text = try CanonicalJSON(reader.metadata()).text
        #expect(
            text == #"{"name":"test","type":"overlay","vector_layers":[{"description":"#
                + #""Frames, drives and contributors per square of a 64 x 64 grid","fields":{"contributors":"Number","#
                + #""contributors_estimated":"Boolean","drives":"Number","drives_estimated":"Boolean","#
                + #""first_day":"String","last_day":"String","n":"Number","quality":"Number"},"id":"coverage","#
                + #""maxzoom":14,"minzoom":0}]}"#)
    }

    @Test(arguments: 0..<10) func statisticsCountEveryFrameAtEveryZoom(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let leaves = random.leaves(15)
        let all = TilePyramid.all(leaves: leaves).sorted { $0.tile < $1.tile }
        let archive = try PMTilesWriter.archive(
            tiles: all.map { ($0.tile, try Gzip.compress(MVTEncoder.encode(coverage: $0.summary))) },
            description: Self.description())
        let statistics = try TileStatistics(of: PMTilesReader(ByteArray(archive)))
        let total = leaves.values.reduce(0) { $0 + $1.totalFrames }
        #expect(statistics.zooms.map(\.z) == Array(0...14))
        #expect(statistics.zooms.map(\.n) == Array(repeating: total, count: 15))
        #expect(statistics.zooms.last?.tiles == UInt64(leaves.count))
        #expect(statistics.zooms.last?.features == leaves.values.reduce(0) { $0 + UInt64($1.squares.count) })
    }
}
