import Testing

@testable import Tiles

/// MBTiles files that are as they should be, and ones with a fault each.
struct MBTilesVerificationTests {
    private static let rows = """
        INSERT INTO metadata VALUES ('bounds', '-180,-85.0511,180,85.0511'), ('center', '0,0,0'),
            ('minzoom', '0'), ('maxzoom', '1');
        INSERT INTO tiles VALUES (0, 0, 0, x'FFD8FF00'), (1, 1, 0, x'FFD8FF01');
        UPDATE metadata SET value = 'jpg' WHERE name = 'format';
        """

    private func report(_ sql: String, contents: Bool = true) throws -> [String] {
        let file = try MBTilesFile(MBTilesFile.tables + Self.rows + sql)
        let report = ArchiveVerification.run(try file.open(), readsContents: contents)
        return report.findings.map(\.code.rawValue)
    }

    @Test func aSoundFileHasNoFindings() throws {
        #expect(try report("") == [])
        let file = try MBTilesFile(MBTilesFile.tables + Self.rows)
        let report = ArchiveVerification.run(try file.open(), readsContents: true)
        #expect(report.tiles == 2 && report.contentsRead == 2 && report.isSound)
    }

    @Test(arguments: [
        ("DELETE FROM metadata WHERE name = 'name'", ["metadata.member"]),
        ("DELETE FROM metadata WHERE name = 'center'", ["metadata.recommended"]),
        ("INSERT INTO metadata VALUES ('name', 'again')", ["metadata.unreadable"]),
        ("UPDATE metadata SET value = '1,2,3' WHERE name = 'bounds'", ["metadata.member"]),
        ("UPDATE metadata SET value = '9,0,-9,1' WHERE name = 'bounds'", ["bounds.order"]),
        ("UPDATE metadata SET value = '0,0,1,91' WHERE name = 'bounds'", ["bounds.world"]),
        ("UPDATE metadata SET value = '0' WHERE name = 'maxzoom'", ["zoom.narrow"]),
        ("UPDATE metadata SET value = '9' WHERE name = 'maxzoom'", ["zoom.wide"]),
        ("UPDATE metadata SET value = 'x' WHERE name = 'maxzoom'", ["metadata.member"]),
        ("INSERT INTO tiles VALUES (0, 0, 0, x'FFD8FF00')", ["row.twice"]),
        ("INSERT INTO tiles VALUES (1, 2, 0, x'FFD8FF00')", ["row.invalid"]),
        ("INSERT INTO tiles VALUES (1, 0, 0, 'text'), ('a', 0, 0, x'00')", ["row.invalid", "row.invalid"]),
        ("UPDATE tiles SET tile_data = x'1F8B080000' WHERE zoom_level = 1", ["tile.damaged"]),
        ("UPDATE tiles SET tile_data = x'89504E470D0A1A0A' WHERE zoom_level = 1", ["tile.type"]),
    ])
    func everyFaultIsNamed(sql: String, codes: [String]) throws {
        let found = try report(sql + ";")
        // A file without readable metadata lacks all of its rows.
        #expect(found.contains("metadata.unreadable") ? codes == [found[0]] : found == codes)
    }

    @Test func contentsAreReadOnRequest() throws {
        #expect(try report("UPDATE tiles SET tile_data = x'1F8B080000';", contents: false) == [])
    }
}
