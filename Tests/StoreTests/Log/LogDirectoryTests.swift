import Canonical
import Glibc
import Rewards
import TestSupport
import Testing

@testable import Store

@Suite("The log's directory")
struct LogDirectoryTests {
    private let folder: TemporaryFolder
    private let log: LogDirectory

    init() throws {
        folder = try TemporaryFolder()
        log = LogDirectory("\(folder.path)/log")
    }

    private static func entries(_ range: Range<Int>) -> [LogEntry] {
        range.map { .ruleset(.of(Array("ruleset \($0)".utf8))) }
    }

    private func tree() throws -> [String: [UInt8]] { try Files.tree(folder.path) }

    private func root(_ count: Int) -> ContentHash {
        MerkleTree.root(of: Self.entries(0..<count).map(\.bytes))
    }

    @Test("is empty before it is made")
    func empty() throws {
        #expect(try log.head() == .empty)
        #expect(try log.contents().entries.isEmpty)
        #expect(try log.checkpoint() == nil)
        try log.clean()
        #expect(try log.append([]) == .empty)
        #expect(!DirectoryListing.exists(log.path))
    }

    @Test("grows by what is appended")
    func grows() throws {
        var count = 0
        for step in [1, 2, 250, 3, 1, 300] {
            let head = try log.append(Self.entries(count..<(count + step)))
            count += step
            #expect(head == LogHead(size: UInt64(count), root: root(count)))
            #expect(try log.head() == head)
            #expect(try log.contents().entries == Self.entries(0..<count))
            for tile in LogTile.tiles(of: head.size) {
                #expect(try log.contents().isRight(try log.bytes(of: tile), tile), "\(tile.path)")
            }
        }
    }

    @Test("keeps a partial tile until the full one is there, and reads the full one in its place then")
    func partial() throws {
        try log.append(Self.entries(0..<200))
        try log.append(Self.entries(200..<255))
        let partial = LogTile(.hashes(level: 0), index: 0, width: 200)
        let before = try log.bytes(of: partial)
        let names = try tree().keys
        #expect(names.contains("log/tile/0/000.p/200") && names.contains("log/tile/entries/000.p/255"))
        try log.append(Self.entries(255..<256))
        #expect(try !tree().keys.contains { $0.hasPrefix("log/tile/0/") && $0.contains(".p/") })
        #expect(
            try TileBytes.hashes(try log.bytes(of: partial), of: partial)
                == TileBytes.hashes(before, of: partial))
    }

    /// Every moment between two writes of an append: the state it leaves is one of which the next run makes what the
    /// undisturbed one made, and until then the head and all it covers are what they were.
    @Test(
        "killed between any two writes, comes to the same bytes",
        arguments: [(3, 5), (250, 20), (255, 1), (510, 300)])
    func killed(first: Int, more: Int) throws {
        try log.append(Self.entries(0..<first))
        let start = try tree()
        let added = Self.entries(first..<(first + more))
        let growth = try LogGrowth(of: UInt64(first), appending: added.map(\.bytes)) { try log.bytes(of: $0) }
        try log.append(added)
        let end = try tree()
        for written in 0...growth.tiles.count {
            Files.remove(log.path)
            for (name, bytes) in start { try folder.write(bytes, to: name) }
            for (tile, bytes) in growth.tiles.prefix(written) {
                try folder.write(bytes, to: "log/\(tile.path)")
            }
            // The write it was killed in leaves half a temporary file.
            try folder.write([1, 2], to: "log/tile/0/.waggle-tmp-7-000")
            let head = try log.head()
            #expect(head == LogHead(size: UInt64(first), root: root(first)))
            #expect(try log.contents().head() == head)
            try log.clean()
            try log.append(added)
            #expect(try tree() == end, "killed behind \(written) of \(growth.tiles.count) tiles")
        }
        // Killed behind the head, before partial tiles were removed.
        for (name, bytes) in start { try folder.write(bytes, to: name) }
        try folder.write(try #require(end["log/head"]), to: "log/head")
        try log.clean()
        #expect(try tree() == end)
    }

    @Test("names what is damaged")
    func damage() throws {
        try log.append(Self.entries(0..<5))
        let names = try tree().keys.sorted()
        #expect(names == ["log/head", "log/tile/0/000.p/5", "log/tile/entries/000.p/5"])
        for name in ["log/head", "log/tile/entries/000.p/5"] {
            let bytes = try Files.bytes("\(folder.path)/\(name)")
            for bit in stride(from: 0, to: bytes.count * 8, by: 5) {
                var changed = bytes
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                try folder.write(changed, to: name)
                #expect(throws: (any Error).self, "\(name), bit \(bit)") {
                    let contents = try log.contents()
                    let head = try log.head()
                    try contents.check(head.size, head.root, named: "head")
                }
            }
            try folder.write(bytes, to: name)
        }
    }

    @Test("is not believed to be of any size", arguments: [6, 257, 1 << 40, UInt64.max])
    func sizes(size: UInt64) throws {
        try log.append(Self.entries(0..<5))
        try folder.write(LogHead(size: size, root: root(5)).bytes, to: "log/head")
        #expect(throws: (any Error).self) { try log.contents() }
    }

    @Test("is what its checkpoint says where the head is lost")
    func lostHead() throws {
        try log.append(Self.entries(0..<5))
        let key = try #require(SigningKey(seed: [UInt8](repeating: 1, count: 32)))
        let signer = try NoteSigner(name: "example.org/log", key: key)
        let text = try Checkpoint(origin: signer.name, size: 5, root: root(5)).text
        try log.publish(try SignedNote(text: text, signatures: [try signer.signature(of: text)]))
        Files.remove("\(log.path)/head")
        #expect(try log.head() == LogHead(size: 5, root: root(5)))
    }
}

@Suite("Secret files")
struct SecretFileTests {
    @Test(
        "are read only where nobody else may",
        arguments: [0o600, 0o400, 0o640, 0o604, 0o620, 0o666, 0o755] as [mode_t])
    func modes(mode: mode_t) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([1, 2, 3], to: "key")
        #expect(chmod(path, mode) == 0)
        if mode & 0o077 == 0 {
            #expect(try SecretFile.read(path, maxBytes: 3) == [1, 2, 3])
            #expect(throws: FileFailure.self) { try SecretFile.read(path, maxBytes: 2) }
        } else {
            #expect(throws: SecretFile.Exposed.self) { try SecretFile.read(path, maxBytes: 3) }
        }
    }

    @Test("are no directories, and may be descriptors")
    func kinds() throws {
        let folder = try TemporaryFolder()
        #expect(throws: FileFailure.self) { try SecretFile.read(folder.path, maxBytes: 10) }
        #expect(throws: FileFailure.self) { try SecretFile.read("\(folder.path)/none", maxBytes: 10) }
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        #expect(write(ends[1], [7, 8, 9] as [UInt8], 3) == 3)
        close(ends[1])
        #expect(try SecretFile.read(descriptor: ends[0], maxBytes: 3) == [7, 8, 9])
        close(ends[0])
        #expect(throws: FileFailure.self) { try SecretFile.read(descriptor: 9999, maxBytes: 3) }
    }
}
