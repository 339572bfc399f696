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
        try file.flush()
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
        let directory = try DurableDirectory("\(folder.path)/next")
        let old = "\(folder.path)/old"
        let content = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Files.write(content, to: old)
        let archive = try ArchiveFile(old)
        let scratch = try directory.scratch()
        try scratch.write([1, 2, 3, 4, 5])
        let file = try directory.file("new")
        try file.write([9])
        try file.copy(100_000..<600_000, of: archive)
        try file.copy(1..<4, of: scratch)
        try file.write([8])
        #expect(file.count == 500_005)
        #expect(throws: FileFailure.self) { try file.copy(699_999..<700_001, of: archive) }
        try file.flush()
        try directory.link("same", to: old)
        try directory.commit(as: path)
        let made = try Files.tree(path)
        #expect(
            made["new"]?.prefix(500_005).elementsEqual([9] + content[100_000..<600_000] + [2, 3, 4, 8])
                == true)
        #expect(made["same"] == content)
        // The scratch file never had a name that stays.
        #expect(made.keys.sorted() == ["new", "same"])
    }
}
