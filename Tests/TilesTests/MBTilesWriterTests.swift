import Canonical
import Geo
import TestSupport
import Testing

@testable import Tiles

@Suite struct MBTilesWriterTests {
    private static func write(
        _ tiles: [(TileID, [UInt8])], to path: String, _ type: PMTilesHeader.TileType = .mvt
    ) throws {
        var description = PMTilesTests.description(type)
        description.metadata.attribution = "<b>'A'</b>"
        description.metadata.version = "2"
        var writer = try MBTilesWriter(path: path, description: description)
        for (tile, content) in tiles { try writer.add(tile, content) }
        try writer.finish()
    }

    private static func tiles(_ count: Int, seed: UInt64) -> [(TileID, [UInt8])] {
        var random = SeededRandom(seed)
        var ids: Set<UInt64> = []
        while ids.count < count { ids.insert(UInt64.random(in: 0..<1 << 30, using: &random)) }
        return ids.sorted().compactMap { id in
            let content = (0..<Int.random(in: 1...9000, using: &random)).map {
                UInt8(truncatingIfNeeded: $0 &* Int(id))
            }
            return TileID(id: id).map { ($0, content) }
        }
    }

    @Test func rowsAreThoseOfTheSpecification() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a"
        let tiles = try ["1/1/0", "11/327/791"].map { (try #require(TileID(text: $0)), Array($0.utf8)) }
        try Self.write(tiles, to: path)
        let bytes = try Files.bytes(path)
        // "MPBX" at 68, page size 4096 at 16, user version 0 at 60, version 3.0.0 at 96.
        #expect(Array(bytes[68..<72]) == Array("MPBX".utf8))
        #expect(Array(bytes[16..<18]) == [16, 0] && Array(bytes[60..<64]) == [0, 0, 0, 0])
        #expect(Array(bytes[96..<100]) == [0, 0x2D, 0xC6, 0xC0])
        #expect(try MBTilesFile.rows(path, "PRAGMA integrity_check") == ["ok"])
        #expect(
            try MBTilesFile.rows(path, "SELECT *, rowid FROM tiles ORDER BY rowid")
                == ["1|1|1|1/1/0|1", "11|327|1256|11/327/791|2"])
        let rows = try MBTilesFile.rows(path, "SELECT name, value FROM metadata ORDER BY rowid")
        #expect(
            rows.filter { !$0.hasPrefix("json") } == [
                "attribution|<b>'A'</b>", "bounds|-180,-85.0511288,180,85.0511288", "center|0,0,1",
                "format|pbf",
                "maxzoom|11", "minzoom|1", "name|test", "type|overlay", "version|2",
            ])
        let json = try #require(rows.first { $0.hasPrefix("json|") })
        #expect(json.hasPrefix(#"json|{"vector_layers":[{"description":"#))
        #expect(rows.map { $0.split(separator: "|")[0] } == rows.map { $0.split(separator: "|")[0] }.sorted())
        for index in ["name", "tile_index"] {
            #expect(
                try MBTilesFile.rows(path, "SELECT type FROM sqlite_master WHERE name = '\(index)'") == [
                    "index"
                ])
        }
    }

    @Test(arguments: [0, 1, 2, 300]) func everyTileComesBackAndBytesAreTheSame(count: Int) throws {
        let folder = try TemporaryFolder()
        let tiles = Self.tiles(count, seed: UInt64(count))
        for name in ["a", "b"] { try Self.write(tiles, to: "\(folder.path)/\(name)", .png) }
        let bytes = try Files.bytes("\(folder.path)/a")
        #expect(try Files.bytes("\(folder.path)/b") == bytes)
        #expect(Files.names(folder.path) == ["a", "b"])
        let reader = try MBTilesReader(path: "\(folder.path)/a", ByteArray(bytes))
        var found: [(TileID, [UInt8])] = []
        try reader.forEachTile { (tile, content) throws(TileError) in found.append((tile, content)) }
        #expect(found.map(\.0) == tiles.map(\.0) && found.map(\.1) == tiles.map(\.1))
        #expect(reader.tileType == .png && reader.claimedBounds == .world)
    }

    @Test func tilesOutOfOrderAndPlacesThatCannotBeWrittenAreRefused() throws {
        let folder = try TemporaryFolder()
        let tiles = Self.tiles(2, seed: 9)
        #expect(throws: TileError.self) { try Self.write(tiles.reversed(), to: "\(folder.path)/a") }
        #expect(throws: TileError.self) { try Self.write(tiles + tiles.suffix(1), to: "\(folder.path)/b") }
        let error = refusal { () throws(TileError) in
            _ = try MBTilesWriter(path: "\(folder.path)/none/c", description: PMTilesTests.description())
        }
        #expect(error?.code == .unwritable)
    }
}
