import Canonical
import Testing

@testable import Rewards

@Suite("Tiles of the log")
struct LogTileTests {
    @Test("have the paths of c2sp.org/tlog-tiles")
    func paths() {
        #expect(LogTile(.hashes(level: 0), index: 1_234_067).path == "tile/0/x001/x234/067")
        #expect(LogTile(.hashes(level: 3), index: 0).path == "tile/3/000")
        #expect(LogTile(.hashes(level: 0), index: 999).path == "tile/0/999")
        #expect(LogTile(.hashes(level: 0), index: 1000).path == "tile/0/x001/000")
        #expect(LogTile(.entries, index: 273, width: 112).path == "tile/entries/273.p/112")
        #expect(LogTile(.entries, index: 12_003, width: 1).path == "tile/entries/x012/003.p/1")
    }

    @Test("are found again by their paths")
    func pathsBack() {
        var random = SeededNumbers(seed: 41)
        for _ in 0..<2000 {
            let level = Int.random(in: -1...63, using: &random)
            let tile = LogTile(
                level < 0 ? .entries : .hashes(level: level), index: random.anyMagnitude(),
                width: Int.random(in: 1...256, using: &random))
            #expect(LogTile(path: tile.path) == tile, "\(tile.path)")
        }
    }

    @Test(
        "have no other path",
        arguments: [
            "", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/00/000",
            "tile/64/000",
            "tile/-1/000", "tile/0/x000/001", "tile/0/001/002", "tile/0/x001", "tile/0/x001/x002",
            "tile/0/000.p/0",
            "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000.p", "tile/0/x000.p/1",
            "tile/entry/000", "Tile/0/000", "tile/0/000/", "/tile/0/000",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/../000", "tile/0/x00a/000", "tile/entries/000.p/1/2",
        ])
    func noPaths(path: String) {
        #expect(LogTile(path: path) == nil)
    }

    /// The specification's example of a tree of 70,000 entries, and of 256.
    @Test("of a tree are those of the specification's example")
    func counts() {
        let tiles = LogTile.tiles(of: 70_000)
        func of(_ contents: LogTile.Contents) -> [LogTile] { tiles.filter { $0.contents == contents } }
        #expect(of(.hashes(level: 0)).count == 274)
        #expect(of(.hashes(level: 0)).last?.path == "tile/0/273.p/112")
        #expect(of(.entries).map(\.width) == of(.hashes(level: 0)).map(\.width))
        #expect(of(.hashes(level: 1)).map(\.path) == ["tile/1/000", "tile/1/001.p/17"])
        #expect(of(.hashes(level: 2)).map(\.path) == ["tile/2/000.p/1"])
        #expect(of(.hashes(level: 3)).isEmpty)
        #expect(
            LogTile.tiles(of: 256).map(\.path) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
        #expect(LogTile.tiles(of: 0).isEmpty)
    }

    @Test("hold hashes and entries, and nothing that is cut off")
    func bytes() throws {
        let entries: [[UInt8]] = [[], [1], [UInt8](repeating: 7, count: 65_535)]
        let tile = LogTile(.entries, index: 0, width: 3)
        let bytes = TileBytes.bytes(entries: entries)
        #expect(bytes.prefix(6) == [0, 0, 0, 1, 1, 0xFF])
        #expect(try TileBytes.entries(bytes, of: tile) == entries)
        // One entry more, whole, is damage too: nobody has hashed it.
        let damaged: [[UInt8]] = [
            Array(bytes.dropLast()), bytes + [0], bytes + [0, 1], bytes + [0, 1, 7], bytes + [0, 0], [], [0],
            [0, 1],
        ]
        for wrong in damaged {
            #expect(LogFixtures.code { _ = try TileBytes.entries(wrong, of: tile) } == .tileDamaged)
        }
        let hashes = (0..<3).map { ContentHash.of([$0]) }
        let two = LogTile(.hashes(level: 0), index: 0, width: 2)
        let packed = TileBytes.bytes(hashes: hashes)
        #expect(try TileBytes.hashes(Array(packed.prefix(64)), of: two) == Array(hashes.prefix(2)))
        for wrong in [Array(packed.prefix(63)), Array(packed.prefix(65)), [], packed] {
            #expect(LogFixtures.code { _ = try TileBytes.hashes(wrong, of: two) } == .tileDamaged)
        }
    }

    @Test("are taken from the full one in their place, which is full")
    func narrowed() throws {
        let hashes = (0..<256).map { ContentHash.of([UInt8($0)]) }
        let entries = (0..<256).map { [UInt8](repeating: UInt8($0), count: $0) }
        let (tile, bundle) = (
            LogTile(.hashes(level: 0), index: 4, width: 5), LogTile(.entries, index: 4, width: 5)
        )
        let (full, bundled) = (TileBytes.bytes(hashes: hashes), TileBytes.bytes(entries: entries))
        #expect(
            try TileBytes.bytes(of: tile, inFull: full) == TileBytes.bytes(hashes: Array(hashes.prefix(5))))
        #expect(
            try TileBytes.bytes(of: bundle, inFull: bundled)
                == TileBytes.bytes(entries: Array(entries.prefix(5))))
        for wrong in [Array(full.dropLast(32)), full + full.prefix(32)] {
            #expect(LogFixtures.code { _ = try TileBytes.bytes(of: tile, inFull: wrong) } == .tileDamaged)
        }
        for wrong in [TileBytes.bytes(entries: Array(entries.dropLast())), bundled + [0, 0]] {
            #expect(LogFixtures.code { _ = try TileBytes.bytes(of: bundle, inFull: wrong) } == .tileDamaged)
        }
    }
}
