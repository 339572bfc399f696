import Foundation
import TestSupport
import Testing

@testable import Store

@Suite struct DurableWriteTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func writesAndReplaces() throws {
        let path = "\(folder.path)/file"
        try DurableWrite.file([1, 2, 3], at: path)
        #expect(try Files.bytes(path) == [1, 2, 3])
        try DurableWrite.file([], at: path)
        #expect(try Files.bytes(path) == [])
        #expect(Files.names(folder.path) == ["file"])
    }

    @Test func writesLargeFiles() throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try DurableWrite.file(bytes, at: "\(folder.path)/large")
        #expect(try StoredFile.read("\(folder.path)/large", maxBytes: 3_000_000) == bytes)
        #expect(throws: FileFailure.self) {
            try StoredFile.read("\(folder.path)/large", maxBytes: 2_999_999)
        }
    }

    @Test func givesTheModeAskedFor() throws {
        try DurableWrite.file([1], at: "\(folder.path)/secret", mode: 0o600)
        var status = stat()
        #expect(stat("\(folder.path)/secret", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    /// The final name is taken by a directory, or stands in one that does not exist or is no directory.
    @Test(arguments: ["taken", "missing/file", "plain/file"])
    func leavesNothingWhereItFails(name: String) throws {
        try DurableWrite.directory("\(folder.path)/taken/inside")
        try folder.write("x", to: "plain")
        let before = try Files.tree(folder.path)
        #expect(throws: FileFailure.self) { try DurableWrite.file([1], at: "\(folder.path)/\(name)") }
        #expect(try Files.tree(folder.path) == before)
        #expect(Files.paths(folder.path, withPrefix: DurableWrite.temporaryPrefix).isEmpty)
    }

    /// A device without room: the write fails half way and nothing has the name.
    @Test func namesPathAndCauseOfAFullDisk() throws {
        do throws(FileFailure) {
            let full = try FileDescriptor(opening: "/dev/full", flags: O_WRONLY)
            try full.write([1, 2, 3])
            Issue.record("writing to a full device succeeded")
        } catch {
            #expect(error.isFullDisk)
            #expect(error.description.hasPrefix("write /dev/full: "))
        }
    }

    @Test func turnsALinkInOneStep() throws {
        let link = "\(folder.path)/current"
        try DurableWrite.link(link, to: "generations/a")
        #expect(StoredFile.target(ofLink: link) == "generations/a")
        try DurableWrite.link(link, to: "generations/b")
        #expect(StoredFile.target(ofLink: link) == "generations/b")
        #expect(Files.names(folder.path) == ["current"])
        #expect(StoredFile.target(ofLink: folder.path) == nil)
    }

    /// `current` is a directory: the link must not be made inside it, and its temporary name must be gone.
    @Test func refusesToReplaceADirectoryByALink() throws {
        try DurableWrite.directory("\(folder.path)/current")
        #expect(throws: FileFailure.self) { try DurableWrite.link("\(folder.path)/current", to: "x") }
        #expect(Files.names(folder.path) == ["current"])
        #expect(Files.names("\(folder.path)/current") == [])
    }

    @Test func makesMissingDirectories() throws {
        try DurableWrite.directory("\(folder.path)/a/b/c")
        try DurableWrite.directory("\(folder.path)/a/b/c")
        #expect(DirectoryListing.isDirectory("\(folder.path)/a/b/c"))
        try folder.write("x", to: "plain")
        #expect(throws: FileFailure.self) { try DurableWrite.directory("\(folder.path)/plain") }
        #expect(throws: FileFailure.self) { try DurableWrite.directory("\(folder.path)/plain/below") }
    }

    @Test func namesAFinishedDirectory() throws {
        let path = "\(folder.path)/2025-W51"
        let temporary = DurableWrite.temporaryDirectory(for: path)
        try DurableWrite.directory(temporary)
        try DurableWrite.file([1], at: "\(temporary)/manifest.json")
        try DurableWrite.rename(directory: temporary, to: path)
        #expect(try Files.tree(folder.path) == ["2025-W51/manifest.json": [1]])
        // A directory that is there already, and is not empty, stays.
        try DurableWrite.directory(temporary)
        #expect(throws: FileFailure.self) { try DurableWrite.rename(directory: temporary, to: path) }
        #expect(try Files.bytes("\(path)/manifest.json") == [1])
    }

    @Test func removesLeftoversAndNothingElse() throws {
        let outside = try TemporaryFolder()
        try outside.write("x", to: "kept")
        try folder.write("x", to: "kept")
        try folder.write("x", to: "\(DurableWrite.temporaryPrefix)7-file")
        try folder.write("x", to: "\(DurableWrite.temporaryPrefix)folder/deep/file")
        symlink(outside.path, "\(folder.path)/\(DurableWrite.temporaryPrefix)1-link")
        symlink(outside.path, "\(folder.path)/\(DurableWrite.temporaryPrefix)folder/link")
        try DurableWrite.removeLeftovers(in: folder.path)
        #expect(Files.names(folder.path) == ["kept"])
        #expect(Files.names(outside.path) == ["kept"])
    }

    @Test func removesWhatOfABatchGetsNoName() throws {
        let root = try FileDescriptor(opening: folder.path, flags: O_RDONLY | O_DIRECTORY)
        let batch = try ["a", "b", "c"].map {
            try PendingFile([1], at: "\(folder.path)/\($0)", synchronized: false)
        }
        #expect(!DirectoryListing.exists("\(folder.path)/a"))
        try folder.write("x", to: "b/in the way")
        #expect(throws: FileFailure.self) { try DurableWrite.files(batch, on: root) }
        #expect(Files.names(folder.path).sorted() == ["a", "b"])
    }

    @Test func splitsPaths() {
        #expect(DurableWrite.split("a") == (".", "a"))
        #expect(DurableWrite.split("/a") == ("/", "a"))
        #expect(DurableWrite.split("a/b/c") == ("a/b", "c"))
    }
}
