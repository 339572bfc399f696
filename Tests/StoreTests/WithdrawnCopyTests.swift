import Canonical
import Foundation
import Rewards
import TestSupport
import Testing

@testable import Stages
@testable import Store

/// Which kept copies are to go, and which stay.
@Suite struct WithdrawnCopyTests {
    private let fixture: CatalogFixture
    private let content: ContentHash
    private var catalog: Catalog { fixture.catalog }

    /// Ada and Ben have delivered the same bytes, and nobody has compared them yet.
    init() throws {
        fixture = try CatalogFixture()
        content = .of(try TestPicture.jpeg(1))
        try fixture.add(fixture.entry("aa", by: "ada", received: 5000, [.init(picture: 1, captured: 1000)]))
        try fixture.add(fixture.entry("bb", by: "ben", received: 6000, [.init(picture: 1, captured: 1000)]))
    }

    private func record(_ frame: String) throws {
        _ = try catalog.record(
            Takedown(.frame(frame), reason: .other, by: "ops", at: UTCTime(milliseconds: 0)))
    }

    private func state() throws -> (kept: Bool, withdrawn: Bool, toRemove: Bool) {
        (
            try catalog.keptContents()[content] != nil, try catalog.withdrawnContents().contains(content),
            try catalog.copiesToRemove(limit: 10).contains(content)
        )
    }

    @Test func aCopyStaysForAnotherFrame() throws {
        #expect(try state() == (true, false, false))
        try record("aa-0-00000")
        #expect(try state() == (true, false, false))
        try record("bb-0-00000")
        #expect(try state() == (false, true, true))
        try catalog.markCopiesRemoved([content])
        #expect(try state() == (false, true, false))
    }

    @Test func aNewFrameOfTheSameBytesHasItsOwn() throws {
        try record("aa-0-00000")
        try record("bb-0-00000")
        try catalog.markCopiesRemoved([content])
        // Its copy was just written, whatever was removed before.
        try fixture.add(fixture.entry("cc", by: "cleo", received: 7000, [.init(picture: 1, captured: 1000)]))
        #expect(try state() == (true, false, false))
        try record("cc-0-00000")
        #expect(try state() == (false, true, true))
    }

    /// A frame that is free again has lost its copy for good, and nobody misses it.
    @Test func aRemovedCopyIsNotMissed() throws {
        try link([("bb-0-00000", "aa-0-00000")])
        try record("aa-0-00000")
        #expect(try state() == (false, true, true))
        try catalog.markCopiesRemoved([content])
        // Both turn out to be duplicates of an earlier frame that nobody has taken down.
        try fixture.add(fixture.entry("cc", by: "cleo", received: 100, [.init(picture: 7, captured: 10)]))
        try link([("aa-0-00000", "cc-0-00000"), ("bb-0-00000", "cc-0-00000")])
        #expect(try catalog.frames(.named("bb-0-00000"), cellPrecision: 8).map(\.withdrawnBy) == [nil])
        #expect(try state() == (false, false, false))
    }

    private func link(_ links: [(String, String)]) throws {
        let pictures = try catalog.pictures(Array(1...20))
        let ids = Dictionary(uniqueKeysWithValues: pictures.map { ($0.precedence.frame, $0.id) })
        try catalog.apply(
            links.compactMap { frame, original in
                guard let frame = ids[frame], let original = ids[original] else { return nil }
                return DuplicateFinding(frame: frame, original: original, match: .exact)
            }, compared: Array(ids.values), rules: fixture.rules)
    }

    @Test func removedCopiesCanBeDoubted() throws {
        try record("aa-0-00000")
        try record("bb-0-00000")
        try catalog.markCopiesRemoved([content])
        try catalog.doubtRemovedCopies()
        #expect(try state() == (false, true, true))
    }

    @Test func removalIsForGoodAndCanBeRepeated() throws {
        let blobs = BlobStore(root: "\(fixture.folder.path)/blobs")
        try blobs.prepare()
        let writing = try blobs.beginWriting()
        let contents = try (0..<20).map { number in
            let bytes = [UInt8(number)]
            try writing.commit([try writing.stage(bytes, hash: .of(bytes))].compactMap { $0 })
            return ContentHash.of(bytes)
        }
        #expect(try blobs.remove(Array(contents[..<15])) == 15)
        #expect(try blobs.remove(Array(contents[10...])) == 5)
        #expect(try blobs.remove([]) == 0)
        #expect(try blobs.contents().blobs == [])
    }
}
