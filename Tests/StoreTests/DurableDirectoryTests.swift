import Glibc
import TestSupport
import Testing

@testable import Store

@Suite struct DurableDirectoryTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/made" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func write(_ text: String, _ name: String, _ directory: DurableDirectory) throws {
        let file = try directory.file(name)
        try file.write(Array(text.utf8))
        try file.finish()
    }

    @Test func appearsWholeOrNotAtAll() throws {
        let directory = try DurableDirectory("\(folder.path)/next")
        try write("a", "one", directory)
        try directory.directory("more")
        try write("b", "more/two", directory)
        #expect(!DirectoryListing.exists(path))
        try directory.commit(as: path)
        #expect(try Files.tree(path) == ["one": Array("a".utf8), "more/two": Array("b".utf8)])
        #expect(Files.names(folder.path) == ["made"])
    }

    /// What is there under the final name is exchanged, and what a killed run left is begun anew.
    @Test func takesThePlaceOfAnother() throws {
        let killed = try DurableDirectory("\(folder.path)/next")
        try write("x", "left", killed)
        for text in ["a", "b"] {
            let directory = try DurableDirectory("\(folder.path)/next")
            try write(text, "one", directory)
            try directory.commit(as: path)
        }
        #expect(try Files.tree(path) == ["one": Array("b".utf8)])
        #expect(Files.names(folder.path) == ["made"])
    }

    @Test func leavesNothingWhenAbandoned() throws {
        let directory = try DurableDirectory("\(folder.path)/next")
        try write("a", "one", directory)
        directory.abandon()
        #expect(Files.names(folder.path) == [])
    }

    @Test func copiesPiecesOfFiles() throws {
        try checkCopies(in: folder.path)
    }

    /// Memory has no way past the cache, or needs none.
    @Test(.enabled(if: DirectoryListing.isDirectory("/dev/shm")))
    func copiesPiecesOfFilesInMemory() throws {
        let memory = "/dev/shm/waggle-test-\(getpid())"
        try DurableWrite.directory(memory)
        defer { try? DirectoryListing.removeTree(memory) }
        try checkCopies(in: memory)
    }

    /// Pieces that begin and end anywhere, shorter and longer than what is written at once.
    private func checkCopies(in folder: String) throws {
        let directory = try DurableDirectory("\(folder)/next")
        let old = "\(folder)/old"
        let content = (0..<3_700_001).map { (number: Int) in
            UInt8(truncatingIfNeeded: number * 31 + number / 256)
        }
        try Files.write(content, to: old)
        let base = try PassingFile(old)
        let scratch = try directory.scratch()
        try scratch.write([1, 2, 3, 4, 5])
        try scratch.write(content)
        let file = try directory.file("new")
        try file.write([9])
        try file.copy(100_000..<600_000, of: base)
        try file.copy(1..<4, of: scratch)
        try file.copy(700_001..<3_700_001, of: base)
        try file.copy(10..<2_500_010, of: scratch)
        // Back to where it has been.
        try file.copy(3..<1_100_003, of: base)
        try file.write(Array(content[7..<2_300_008]))
        try file.write([8])
        #expect(throws: FileFailure.self) { try file.copy(3_700_001..<3_700_002, of: base) }
        #expect(throws: FileFailure.self) { try file.copy(3_700_006..<3_700_007, of: scratch) }
        try file.finish()
        var expected: [UInt8] = [9]
        expected += content[100_000..<600_000]
        expected += [2, 3, 4]
        expected += content[700_001...]
        expected += content[5..<2_500_005]
        expected += content[3..<1_100_003]
        expected += content[7..<2_300_008]
        expected.append(8)
        #expect(file.count == expected.count)
        // One that ends in its first block, on a border and off it.
        for (name, count) in [("border", 524_288), ("off", 524_289), ("full", 1 << 20), ("empty", 0)] {
            let file = try directory.file(name)
            try file.write(Array(content.prefix(count)))
            try file.finish()
        }
        try directory.link("same", to: old)
        try directory.commit(as: "\(folder)/made")
        let made = try Files.tree("\(folder)/made")
        #expect(made["new"] == expected)
        #expect(made["same"] == content)
        #expect(made["border"] == Array(content.prefix(524_288)))
        #expect(made["off"] == Array(content.prefix(524_289)))
        #expect(made["full"] == Array(content.prefix(1 << 20)))
        #expect(made["empty"] == [])
        // The scratch file never had a name that stays.
        #expect(made.keys.sorted() == ["border", "empty", "full", "new", "off", "same"])
    }
}
