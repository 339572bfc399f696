import Canonical
import Testing

@testable import Rewards

/// A log's files in memory.
private final class MemoryLog {
    var files: [String: [UInt8]] = [:]
    var size: UInt64 = 0
    var root: ContentHash = .of([])
    var written: [LogTile] = []

    struct Missing: Error { let path: String }

    func read(_ tile: LogTile) throws -> [UInt8] {
        guard let bytes = files[tile.path] ?? files[tile.full.path] else { throw Missing(path: tile.path) }
        return bytes
    }

    func append(_ entries: [[UInt8]]) throws {
        let growth = try LogGrowth(of: size, appending: entries, read: read)
        for (tile, bytes) in growth.tiles {
            #expect(files[tile.path] == nil, "\(tile.path) is written twice")
            files[tile.path] = bytes
        }
        written = growth.tiles.map(\.tile)
        (size, root) = (growth.size, growth.root)
    }
}

@Suite("Growth of the log")
struct LogGrowthTests {
    private static func entry(_ number: Int) -> [UInt8] { Array("entry \(number)".utf8) }

    @Test("in steps of any size makes the tiles that one step makes")
    func steps() throws {
        var random = SeededNumbers(seed: 6962)
        let count = 1500
        let all = (0..<count).map(Self.entry)
        let levels = HashLevels(leaves: all)
        for round in 0..<6 {
            let log = MemoryLog()
            while log.size < count {
                let most = min(count - Int(log.size), [1, 3, 40, 256, 300, 1500][round])
                let step = round == 0 ? 1 : Int.random(in: 1...most, using: &random)
                try log.append((Int(log.size)..<(Int(log.size) + step)).map(Self.entry))
                #expect(log.root == (try levels.root(of: log.size)), "round \(round), size \(log.size)")
            }
            let whole = MemoryLog()
            try whole.append(all)
            for tile in LogTile.tiles(of: UInt64(count)) {
                #expect(log.files[tile.path] == whole.files[tile.path], "\(tile.path)")
                #expect(whole.files[tile.path] != nil, "\(tile.path)")
            }
            #expect(Set(whole.files.keys) == Set(LogTile.tiles(of: UInt64(count)).map(\.path)))
        }
    }

    @Test("writes only what is new or wider")
    func onlyNew() throws {
        let log = MemoryLog()
        try log.append((0..<510).map(Self.entry))
        try log.append([Self.entry(510)])
        #expect(log.written.map(\.path) == ["tile/entries/001.p/255", "tile/0/001.p/255"])
        try log.append([Self.entry(511)])
        #expect(log.written.map(\.path) == ["tile/entries/001", "tile/0/001", "tile/1/000.p/2"])
        try log.append([])
        #expect(log.written.isEmpty)
    }

    /// 65,536 entries and a few: a full tile of level 1, and one of level 2.
    @Test("reaches the third level, and all proofs come from tiles")
    func levels() throws {
        let log = MemoryLog()
        let all = (0..<65_540).map { withUnsafeBytes(of: UInt32($0).bigEndian, Array.init) }
        try log.append(Array(all.prefix(65_000)))
        try log.append(Array(all.dropFirst(65_000)))
        #expect(log.files["tile/2/000.p/1"]?.count == 32)
        #expect(log.files["tile/1/000"]?.count == 8192)
        let levels = HashLevels(leaves: all)
        let tree = TiledTree(size: log.size, read: log.read)
        #expect(try tree.root(of: log.size) == levels.root(of: log.size))
        var random = SeededNumbers(seed: 9162)
        for _ in 0..<300 {
            let size = UInt64.random(in: 1...log.size, using: &random)
            let index = UInt64.random(in: 0..<size, using: &random)
            #expect(try tree.root(of: size) == levels.root(of: size))
            #expect(
                try tree.inclusionProof(of: index, in: size) == levels.inclusionProof(of: index, in: size))
            #expect(
                try tree.consistencyProof(from: index, to: size)
                    == levels.consistencyProof(from: index, to: size))
        }
    }

    @Test("refuses an entry that is too long, and tiles that are damaged")
    func refusals() throws {
        let log = MemoryLog()
        try log.append([[UInt8](repeating: 1, count: 65_535)])
        #expect(
            LogFixtures.code { try log.append([[UInt8](repeating: 1, count: 65_536)]) } == .entryForm)
        #expect(log.size == 1)
        log.files["tile/0/000.p/1"]?.removeLast()
        #expect(LogFixtures.code { try log.append([[1]]) } == .tileDamaged)
        #expect(throws: LogError.self) { try LogGrowth(of: .max, appending: [[1]], read: log.read) }
    }
}
