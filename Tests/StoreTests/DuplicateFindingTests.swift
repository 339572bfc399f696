import Canonical
import Foundation
@testable import Stages
import TestSupport
import Testing

@testable import Store

/// What is recorded of duplicates, and what may change later.
@Suite struct DuplicateFindingTests {
    private let fixture: CatalogFixture
    private var catalog: Catalog { fixture.catalog }

    init() throws {
        fixture = try CatalogFixture()
        try fixture.add(fixture.entry("aa", by: "ada", received: 5000, [.init(picture: 1, captured: 1000)]))
        try fixture.add(
            fixture.entry("bb", by: "ben", received: 6000, [.init(picture: 1, quality: 80, captured: 1000)]))
    }

    private func pictures() throws -> [String: CatalogPicture] {
        var result: [String: CatalogPicture] = [:]
        for picture in try catalog.pendingPictures(limit: 100) { result[picture.precedence.frame] = picture }
        return result
    }

    private func markSecond() throws {
        let pictures = try pictures()
        let first = try #require(pictures["aa-0-00000"])
        let second = try #require(pictures["bb-0-00000"])
        let match = try #require(first.hashes.match(second.hashes, rules: fixture.rules))
        try catalog.apply(
            [DuplicateFinding(frame: second.id, original: first.id, match: match)],
            compared: [first.id, second.id], rules: fixture.rules)
    }

    @Test func recordsOriginalAndDistance() throws {
        #expect(try catalog.pendingPictures(limit: 1).count == 1)
        try markSecond()
        #expect(try catalog.pendingPictures(limit: 100).isEmpty)
        #expect(
            try fixture.verdicts() == [
                "aa-0-00000": "accepted", "bb-0-00000": "duplicate duplicate.near aa-0-00000",
            ])
        let finding = try #require(try catalog.frames(.upload("bb"), cellPrecision: 8).first?.finding)
        #expect((0...31).contains(try #require(finding.value)))
        #expect(finding.limit == 31 && finding.unit == "bits")
        #expect(try catalog.acceptedFrames().onMap == 1)
    }

    /// How the copy was changed is said in words, beside distance and limit.
    @Test(arguments: [
        (PictureMatch.mirrored(distance: 7), "left and right are exchanged"),
        (PictureMatch.cropped(distance: 7, permille: 16), "one is cropped by about 1.6 % on every side"),
    ])
    func recordsTheForm(match: PictureMatch, message: String) throws {
        let pictures = try pictures()
        let first = try #require(pictures["aa-0-00000"])
        let second = try #require(pictures["bb-0-00000"])
        try catalog.apply(
            [DuplicateFinding(frame: second.id, original: first.id, match: match)],
            compared: [first.id, second.id], rules: fixture.rules)
        let finding = try #require(try catalog.frames(.upload("bb"), cellPrecision: 8).first?.finding)
        #expect(
            finding == Finding(.duplicateNear, value: 7, limit: 31, unit: "bits", message: message))
    }

    /// Says of all drives that they are laid on the map.
    private func layDrives() throws {
        try catalog.replacePieces(try catalog.dirtyDrives().map { ($0, []) }, stale: StaleParts())
    }

    @Test func tellsTheDriveOfAFrameThatLeavesTheMap() throws {
        try layDrives()
        try markSecond()
        #expect(try catalog.dirtyDrives().map(\.name) == ["bb-0"])
    }

    @Test func neverChangesWhatIsSealed() throws {
        let pictures = try pictures()
        try catalog.seal(
            "1970-W01", end: UTCTime(milliseconds: 9000), deadline: UTCTime(milliseconds: 9000),
            pendingUploads: 0)
        let first = try #require(pictures["aa-0-00000"])
        let second = try #require(pictures["bb-0-00000"])
        try catalog.apply(
            [DuplicateFinding(frame: second.id, original: first.id, match: .exact)], compared: [second.id],
            rules: fixture.rules)
        #expect(try fixture.verdicts()["bb-0-00000"] == "accepted")
    }

    /// The upload of the duplicate turns out to have been received first: it is judged anew.
    @Test func judgesAnewWhatWasReceivedEarlier() throws {
        try markSecond()
        try layDrives()
        try fixture.add(
            fixture.entry("bb", by: "ben", received: 4000, [.init(picture: 1, quality: 80, captured: 1000)]))
        #expect(try fixture.verdicts()["bb-0-00000"] == "accepted")
        #expect(try catalog.pendingPictures(limit: 100).map(\.precedence.frame) == ["bb-0-00000"])
        #expect(try catalog.dirtyDrives().map(\.name) == ["bb-0"])
        #expect(try catalog.integrityFindings() == [])
    }

    /// With the earlier receipt the original's capture lies in the future: it is refused, and its duplicate free.
    @Test func freesDuplicatesOfWhatIsRefusedLater() throws {
        try markSecond()
        try fixture.add(
            fixture.entry(
                "aa", by: "ada", received: 900, [.init(picture: 1, captured: 1000, isRefused: true)]))
        #expect(
            try fixture.verdicts() == [
                "aa-0-00000": "rejected position.missing", "bb-0-00000": "accepted",
            ])
        #expect(try catalog.pendingPictures(limit: 100).map(\.precedence.frame) == ["bb-0-00000"])
    }
}
