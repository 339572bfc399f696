import Canonical
import Geo
import TestSupport
import Testing

@testable import Tiles

@Suite struct HostileMBTilesTests {
    private static let metadata = "CREATE TABLE metadata (name text, value text);"

    /// Views that would run for ever, take all memory, or reach what they should not.
    static let views: [(what: String, sql: String, code: TileError.Code)] = [
        (
            "endless recursion",
            """
            CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n)
                SELECT 20 AS zoom_level, i AS tile_column, 0 AS tile_row, x'00' AS tile_data FROM n;
            """, .unsupported
        ),
        (
            "endless recursion that gives nothing",
            """
            CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n)
                SELECT 20 AS zoom_level, i AS tile_column, 0 AS tile_row, x'00' AS tile_data FROM n WHERE i < 0;
            """, .unsupported
        ),
        (
            "a join of everything with everything",
            """
            CREATE TABLE n (i integer);
            INSERT INTO n VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15);
            CREATE VIEW tiles AS SELECT a.i AS zoom_level, b.i AS tile_column, c.i AS tile_row, x'00' AS tile_data
                FROM n a, n b, n c, n d, n e, n f, n g, n h, n i, n j, n k, n l
                WHERE a.i + b.i + c.i + d.i + e.i + l.i > 1000;
            """, .overLimit
        ),
        (
            "more rows than the file has bytes",
            """
            CREATE TABLE n (i integer);
            INSERT INTO n VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15);
            CREATE VIEW tiles AS SELECT 8 AS zoom_level, 16 * a.i + b.i AS tile_column, 16 * c.i + d.i AS tile_row,
                x'00' AS tile_data FROM n a, n b, n c, n d;
            """, .overLimit
        ),
        (
            "a function",
            """
            CREATE VIEW tiles AS SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row, hex(x'00') AS tile_data;
            """, .unsupported
        ),
        (
            "a function that makes much of nothing",
            """
            CREATE VIEW tiles AS SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row,
                randomblob(1000000) AS tile_data;
            """, .unsupported
        ),
        (
            "texts put together",
            """
            CREATE TABLE t (a text);
            CREATE VIEW tiles AS SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row, a || a AS tile_data FROM t;
            """, .unsupported
        ),
        (
            "sorting",
            """
            CREATE TABLE t (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
            CREATE VIEW tiles AS SELECT DISTINCT * FROM t ORDER BY tile_data;
            """, .unsupported
        ),
        (
            "a view of itself",
            "CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles;", .malformed
        ),
        (
            "a virtual table",
            "CREATE VIRTUAL TABLE tiles USING fts4(zoom_level, tile_column, tile_row, tile_data);",
            .malformed
        ),
        (
            "a function that is a table",
            """
            CREATE VIEW tiles AS SELECT 0 AS zoom_level, key AS tile_column, 0 AS tile_row, x'00' AS tile_data
                FROM json_each('[1,2,3]');
            """, .malformed
        ),
        (
            "a computed column",
            """
            CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer,
                tile_data blob AS (zeroblob(100000000)));
            INSERT INTO tiles VALUES (0, 0, 0);
            """, .overLimit
        ),
    ]

    @Test(arguments: views.indices) func viewsThatDoMoreThanJoinAreRefused(index: Int) throws {
        let (what, sql, code) = Self.views[index]
        let file = try MBTilesFile("PRAGMA writable_schema = ON; " + Self.metadata + sql)
        var error: TileError?
        let time = try ContinuousClock().measure { error = try file.readAll() }
        #expect(error?.code == code, "\(what): \(String(describing: error))")
        #expect(time < .seconds(20), "\(what)")
    }

    static let rows: [(what: String, row: String, code: TileError.Code)] = [
        ("a negative zoom", "-1, 0, 0, x'00'", .malformed), ("zoom 27", "27, 0, 0, x'00'", .unsupported),
        ("zoom 2^62", "4611686018427387904, 0, 0, x'00'", .unsupported),
        ("a column too many", "3, 8, 0, x'00'", .malformed), ("a row too many", "3, 0, 8, x'00'", .malformed),
        ("a negative row", "3, 0, -1, x'00'", .malformed),
        ("row 2^63 - 1", "3, 0, 9223372036854775807, x'00'", .malformed),
        ("a text for a zoom", "'x', 0, 0, x'00'", .malformed), ("a fraction", "3, 1.5, 0, x'00'", .malformed),
        ("NULL for a row", "3, 1, NULL, x'00'", .malformed), ("NULL for a tile", "3, 1, 1, NULL", .malformed),
        ("a text for a tile", "3, 1, 1, 'x'", .malformed), ("a number for a tile", "3, 1, 1, 5", .malformed),
        ("a tile twice", "0, 0, 0, x'01'), (0, 0, 0, x'02'", .malformed),
        ("a tile above the limit", "3, 1, 1, zeroblob(70000)", .overLimit),
        ("a tile far above the limit", "3, 1, 1, zeroblob(200000)", .overLimit),
        (
            "a bomb",
            "3, 1, 1, x'\(Hexadecimal.text((try? Gzip.compress([UInt8](repeating: 0, count: 70_000))) ?? []))'",
            .overLimit
        ),
    ]

    @Test(arguments: rows.indices) func rowsThatAreNoTilesAreNamed(index: Int) throws {
        let (what, row, code) = Self.rows[index]
        let file = try MBTilesFile()
        try file.run(
            "INSERT INTO tiles (rowid, zoom_level, tile_column, tile_row, tile_data) SELECT 40, 9, 9, 9, x'00'"
        )
        try file.run("INSERT INTO tiles VALUES (\(row))")
        let error = try #require(try file.readAll(limits: .init(tileBytes: 65_536)), "\(what)")
        #expect(error.code == code, "\(what): \(error)")
        #expect(error.unit == .row || what == "a bomb", "\(what): \(error)")
        if code == .malformed, !what.contains("twice") { #expect(error.offset == 41, "\(what): \(error)") }
    }

    @Test func filesThatAreNoMBTilesAreRefusedWithAReason() throws {
        #expect(try MBTilesFile("CREATE TABLE t (a)").readAll()?.reason.contains("no such table") == true)
        let file = try MBTilesFile("CREATE TABLE tiles (a)")
        #expect(try file.readAll()?.reason.contains("no such column") == true)
        let folder = try TemporaryFolder()
        for (name, bytes) in [
            ("empty", []), ("text", Array("PMTiles".utf8)), ("magic", MBTilesReader.magic),
            ("noise", MBTilesReader.magic + [UInt8](repeating: 0xA5, count: 5000)),
        ] {
            let path = try folder.write(bytes, to: name)
            #expect(try MBTilesFile.readAll(path)?.code == .malformed, "\(name)")
        }
    }

    @Test func metadataIsChecked() throws {
        for (what, sql) in [
            ("a row twice", "INSERT INTO metadata VALUES ('name', 'again')"),
            ("no JSON", "INSERT INTO metadata VALUES ('json', '{')"),
            ("no object", "INSERT INTO metadata VALUES ('json', '[]')"),
            ("too long", "INSERT INTO metadata VALUES ('a', zeroblob(60000)), ('b', zeroblob(60000))"),
            ("gone", "DROP TABLE metadata"),
        ] {
            let file = try MBTilesFile()
            try file.run(sql)
            let reader = try file.open(limits: .init(metadataBytes: 65_536))
            #expect(throws: TileError.self, "\(what)") { try reader.metadata() }
            #expect(try reader.zooms() == nil, "\(what)")
        }
    }

    @Test func boundsThatMakeNoSenseAreNone() throws {
        for bounds in [
            "", "1,2,3", "1,2,3,x", "3,2,1,4", "1,4,3,2", "-181,0,0,1", "0,86,1,87", "1e3,0,2,1", "0,0,0,0",
        ] {
            let file = try MBTilesFile()
            try file.run("INSERT INTO metadata VALUES ('bounds', '\(bounds)')")
            #expect(try file.open().claimedBounds == nil, "\(bounds)")
        }
    }

    @Test func anUnfinishedTransactionBesideTheFileIsNotOverlooked() throws {
        for suffix in ["-wal", "-journal"] {
            let file = try MBTilesFile()
            #expect(try file.readAll() == nil)
            try file.folder.write("", to: "file.mbtiles\(suffix)")
            #expect(try file.readAll() == nil)
            try file.folder.write("x", to: "file.mbtiles\(suffix)")
            #expect(try file.readAll()?.code == .unreadable)
        }
    }

    @Test func readingLeavesNothingBehind() throws {
        let file = try MBTilesFile("PRAGMA journal_mode = WAL; " + MBTilesFile.tables)
        let before = try Files.tree(file.folder.path)
        #expect(try file.readAll() == nil)
        #expect(try Files.tree(file.folder.path) == before)
        #expect(before.count == 1)
    }

    @Test func aSearchWithoutIndexInALargeViewEnds() throws {
        let file = try MBTilesFile(
            """
            \(Self.metadata)
            CREATE TABLE t (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
                INSERT INTO t SELECT 15, i, 0, x'00' FROM n;
            CREATE VIEW tiles AS SELECT * FROM t;
            """)
        let error = try file.readAll()
        #expect(error?.code == .overLimit && error?.reason.contains("CREATE UNIQUE INDEX") == true)
        try file.run("CREATE UNIQUE INDEX tile_index ON t (zoom_level, tile_column, tile_row)")
        #expect(try file.readAll() == nil)
    }

    @Test func damageNeverCrashes() throws {
        let file = try MBTilesFile(Self.metadata + MBTilesReaderTests.layouts[2].sql)
        try file.run("INSERT INTO images VALUES (zeroblob(9000), 'C'); INSERT INTO map VALUES (5, 1, 1, 'C')")
        #expect(try file.readAll() == nil)
        let bytes = try Files.bytes(file.path)
        let folder = try TemporaryFolder()
        var random = SeededRandom(31)
        for round in 0..<600 {
            var copy = bytes
            if round % 3 == 0 {
                copy.removeLast(Int.random(in: 1...bytes.count, using: &random))
            } else {
                // Headers of pages and cells matter most; they are at their starts.
                let page = Int.random(in: 0..<bytes.count / 4096, using: &random) * 4096
                let bit = page * 8 + Int.random(in: 0..<(round % 2 == 0 ? 1600 : 32_768), using: &random)
                copy[bit / 8] ^= 1 << UInt8(bit % 8)
            }
            let path = try folder.write(copy, to: "damaged")
            if let error = try MBTilesFile.readAll(path) { #expect(!error.reason.isEmpty) }
        }
    }
}
