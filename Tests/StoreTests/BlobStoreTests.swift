import Canonical
import Foundation
import TestSupport
import Testing

@testable import Store

@Suite struct BlobStoreTests {
    private let folder: TemporaryFolder
    private let blobs: BlobStore
    private let writing: BlobWriting

    init() throws {
        folder = try TemporaryFolder()
        blobs = BlobStore(root: "\(folder.path)/blobs")
        try blobs.prepare()
        writing = try blobs.beginWriting()
        try writing.end()
    }

    private func keep(_ bytes: [UInt8]) throws -> ContentHash {
        let hash = ContentHash.of(bytes)
        try writing.commit([try writing.stage(bytes, hash: hash)].compactMap { $0 })
        return hash
    }

    @Test func keepsAndReads() throws {
        let first = try keep([1, 2, 3])
        let second = try keep([])
        #expect(try blobs.read(first) == [1, 2, 3])
        #expect(try blobs.read(second) == [])
        #expect(try blobs.read(.of([9])) == nil)
        #expect(blobs.path(of: first).hasSuffix("/\(first.hex.prefix(2))/\(first.hex)"))
        let contents = try blobs.contents()
        #expect(Set(contents.blobs) == [first, second])
        #expect(contents.strangers == [])
    }

    @Test func stagesWhatItHasOnlyOnce() throws {
        let hash = try keep([1])
        #expect(try writing.stage([1], hash: hash) == nil)
        // Two tasks at once: both may stage, and either name is that of the whole content.
        let staged = try [writing.stage([2], hash: .of([2])), writing.stage([2], hash: .of([2]))].compactMap {
            $0
        }
        #expect(staged.count == 2)
        try writing.commit(staged)
        #expect(try blobs.read(.of([2])) == [2])
        #expect(Files.paths(folder.path, withPrefix: DurableWrite.temporaryPrefix).isEmpty)
    }

    @Test func hasNoBlobBeforeTheCommit() throws {
        let staged = try #require(try writing.stage([5], hash: .of([5])))
        #expect(try blobs.read(.of([5])) == nil)
        #expect(try blobs.contents().blobs == [])
        #expect(try blobs.contents().strangers == [])
        staged.abandon()
        #expect(Files.paths(folder.path, withPrefix: DurableWrite.temporaryPrefix).isEmpty)
    }

    @Test func clearsWhatAKilledRunLeft() throws {
        let writing = try blobs.beginWriting()
        _ = try writing.stage([5], hash: .of([5]))
        try folder.write("x", to: "blobs/\(DurableWrite.temporaryPrefix)1-unfinished")
        #expect(Files.paths(folder.path, withPrefix: DurableWrite.temporaryPrefix).count == 2)
        // The next run.
        let next = try blobs.beginWriting()
        #expect(Files.paths(folder.path, withPrefix: DurableWrite.temporaryPrefix) == [])
        try next.end()
        #expect(!Files.names("\(folder.path)/blobs").contains("unfinished"))
    }

    @Test func namesStrangers() throws {
        try folder.write("x", to: "blobs/ab/notes.txt")
        try folder.write("x", to: "blobs/README")
        let hash = ContentHash.of([1])
        try folder.write([1], to: "blobs/\(hash.hex.hasPrefix("00") ? "01" : "00")/\(hash.hex)")
        let contents = try blobs.contents()
        #expect(contents.blobs == [])
        #expect(contents.strangers.count == 3)
    }

    /// A FIFO in a blob's place must not make the reader wait for a writer.
    @Test func readsRegularFilesOnly() throws {
        let hash = ContentHash.of([1])
        mkfifo(blobs.path(of: hash), 0o600)
        #expect(throws: FileFailure.self) { try blobs.read(hash) }
        let other = ContentHash.of([2])
        symlink("/etc/passwd", blobs.path(of: other))
        #expect(throws: FileFailure.self) { try blobs.read(other) }
    }

    @Test func failsWithoutItsDirectories() throws {
        let missing = BlobStore(root: "\(folder.path)/nowhere")
        #expect(throws: FileFailure.self) { try missing.contents() }
        #expect(throws: FileFailure.self) { try missing.beginWriting() }
    }
}
