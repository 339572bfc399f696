import Canonical
import Geo
import TestSupport
import Testing

@testable import Tiles

@Suite struct MBTilesReaderTests {
    /// Layouts that other programs write; each holds 0/0/0 = 'a', 1/1/0 = 'b' and 11/327/791 = 'b' (the example of the
    /// specification: tile_row 1256).
    static let layouts: [(name: String, sql: String)] = [
        (
            "one table",
            """
            CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
            INSERT INTO tiles VALUES (11, 327, 1256, x'62'), (1, 1, 1, x'62'), (0, 0, 0, x'61');
            CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);
            """
        ),
        (
            "one table without numbers of rows",
            """
            CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob,
                PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;
            INSERT INTO tiles VALUES (11, 327, 1256, x'62'), (1, 1, 1, x'62'), (0, 0, 0, x'61');
            """
        ),
        (
            "map and images",
            """
            CREATE TABLE map (zoom_level integer, tile_column integer, tile_row integer, tile_id text);
            CREATE TABLE images (tile_data blob, tile_id text);
            CREATE UNIQUE INDEX map_index ON map (zoom_level, tile_column, tile_row);
            CREATE UNIQUE INDEX images_id ON images (tile_id);
            INSERT INTO images VALUES (x'61', 'A'), (x'62', 'B');
            INSERT INTO map VALUES (11, 327, 1256, 'B'), (1, 1, 1, 'B'), (0, 0, 0, 'A');
            CREATE VIEW tiles AS SELECT map.zoom_level AS zoom_level, map.tile_column AS tile_column,
                map.tile_row AS tile_row, images.tile_data AS tile_data
                FROM map JOIN images ON images.tile_id = map.tile_id;
            """
        ),
        (
            "tiles_shallow and tiles_data",
            """
            CREATE TABLE tiles_shallow (zoom_level integer, tile_column integer, tile_row integer,
                tile_data_id integer, PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;
            CREATE TABLE tiles_data (tile_data_id integer PRIMARY KEY, tile_data blob);
            INSERT INTO tiles_data VALUES (1, x'61'), (2, x'62');
            INSERT INTO tiles_shallow VALUES (11, 327, 1256, 2), (1, 1, 1, 2), (0, 0, 0, 1);
            CREATE VIEW tiles AS SELECT tiles_shallow.zoom_level AS zoom_level,
                tiles_shallow.tile_column AS tile_column, tiles_shallow.tile_row AS tile_row,
                tiles_data.tile_data AS tile_data FROM tiles_shallow
                LEFT JOIN tiles_data ON tiles_shallow.tile_data_id = tiles_data.tile_data_id;
            """
        ),
        (
            "tiles_with_hash",
            """
            CREATE TABLE tiles_with_hash (zoom_level integer NOT NULL, tile_column integer NOT NULL,
                tile_row integer NOT NULL, tile_data blob, tile_hash text);
            INSERT INTO tiles_with_hash VALUES (11, 327, 1256, x'62', ''), (1, 1, 1, x'62', ''),
                (0, 0, 0, x'61', '');
            CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles_with_hash;
            """
        ),
    ]

    @Test(arguments: layouts.indices) func everyLayoutIsRead(index: Int) throws {
        let file = try MBTilesFile(
            "CREATE TABLE metadata (name text, value text); " + Self.layouts[index].sql)
        let reader = try file.open()
        var found: [String] = []
        try reader.forEachTile { (tile, content) throws(TileError) in
            found.append("\(tile) \(String(decoding: content, as: UTF8.self))")
        }
        #expect(found == ["0/0/0 a", "1/1/0 b", "11/327/791 b"], "\(Self.layouts[index].name)")
        for (name, content) in [("0/0/0", "a"), ("1/1/0", "b"), ("11/327/791", "b")] {
            let tile = try #require(TileID(text: name))
            #expect(try reader.tile(at: tile) == Array(content.utf8))
        }
        for name in ["1/1/1", "11/327/1256", "5/0/0"] {
            let tile = try #require(TileID(text: name))
            #expect(try reader.tile(at: tile) == nil)
        }
        #expect(reader.tileType == .other)
        #expect(try reader.zooms() == 0...11)
    }

    @Test func rowsOfTheMetadataAndOfItsJSONAreOneObject() throws {
        let file = try MBTilesFile(
            """
            \(MBTilesFile.tables)
            INSERT INTO metadata VALUES ('minzoom', 3), ('empty', NULL), ('bounds', ' -180.0,-90,11.12345678, 85 '),
                ('json', '{"vector_layers":[{"id":"a","fields":{}}],"name":"inner"}');
            """)
        let reader = try file.open()
        #expect(
            JSONText.of(try reader.metadata())
                == #"{"bounds":" -180.0,-90,11.12345678, 85 ","format":"png","minzoom":"3","name":"test","#
                + #""vector_layers":[{"fields":{},"id":"a"}]}"#)
        #expect(reader.tileType == .png)
        let bounds = try #require(reader.claimedBounds)
        #expect([bounds.westE7, bounds.southE7] == [-1_800_000_000, -850_511_288])
        #expect([bounds.eastE7, bounds.northE7] == [111_234_568, 850_000_000])
    }

    @Test(arguments: [
        ("pbf", PMTilesHeader.TileType.mvt), ("mvt", .mvt), ("png", .png), ("jpg", .jpeg), ("jpeg", .jpeg),
        ("webp", .webp), ("", .other), ("PNG", .other),
    ]) func theFormatSaysWhatTilesAre(format: String, type: PMTilesHeader.TileType) throws {
        let file = try MBTilesFile()
        try file.run("UPDATE metadata SET value = '\(format)' WHERE name = 'format'")
        #expect(try file.open().tileType == type)
    }

    @Test func gzipAndPlainTilesMayStandSideBySide() throws {
        let packed = Hexadecimal.text(try Gzip.compress([26, 0]))
        let file = try MBTilesFile()
        try file.run("INSERT INTO tiles VALUES (0, 0, 0, x'\(packed)'), (1, 0, 0, x'1a00'), (1, 1, 1, x'')")
        let reader = try file.open()
        var found: [[UInt8]] = []
        try reader.forEachTile { (_, stored) throws(TileError) in
            found.append(try reader.uncompressed(stored))
        }
        #expect(found == [[26, 0], [26, 0], []])
    }

    @Test func aFileWithoutTilesIsOne() throws {
        let reader = try MBTilesFile().open()
        #expect(try reader.zooms() == nil)
        #expect(try TileStatistics(of: reader).zooms.isEmpty)
    }

    @Test func pathsAreNoAddresses() throws {
        let folder = try TemporaryFolder()
        let made = try MBTilesFile()
        for name in ["a?b=c", "a#b", "a%41", "a b", "é", "file:x"] {
            let path = try folder.write(try Files.bytes(made.path), to: name)
            #expect(throws: Never.self, "\(name)") {
                try MBTilesReader(path: "/" + path, ByteArray(try Files.bytes(path)))
            }
        }
    }
}
