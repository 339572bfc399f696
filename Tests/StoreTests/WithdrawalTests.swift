import Canonical
import Foundation
import Rewards
import TestSupport
import Testing

@testable import Stages
@testable import Store

/// Which frames takedowns withdraw, and what else follows from it in the catalog.
@Suite struct WithdrawalTests {
    private let fixture: CatalogFixture
    private var catalog: Catalog { fixture.catalog }

    init() throws {
        fixture = try CatalogFixture()
    }

    private func takedown(_ target: Takedown.Target, at time: Int64 = 9000) throws -> Takedown {
        try Takedown(target, reason: .privacy, by: "ops", at: UTCTime(milliseconds: time))
    }

    @discardableResult
    private func record(_ target: Takedown.Target, at time: Int64 = 9000) throws -> TakedownEffect {
        try catalog.record(takedown(target, at: time))
    }

    private func withdrawn() throws -> [String] {
        try catalog.frames(.all, cellPrecision: 8).filter { $0.withdrawnBy != nil }.map(\.name)
    }

    /// Three frames by Ada and two by Ben, all different pictures.
    private func addTwoDrives() throws {
        try fixture.add(
            fixture.entry(
                "aa", by: "ada", received: 5000,
                [
                    .init(picture: 1, captured: 1000),
                    .init(picture: 2, captured: 2000, latitudeE7: 482_100_000),
                    .init(picture: 3, captured: 3000, isRefused: true),
                ]))
        try fixture.add(
            fixture.entry(
                "bb", by: "ben", received: 6000,
                [
                    .init(picture: 4, captured: 1000),
                    .init(picture: 5, captured: 2000, latitudeE7: 482_200_000),
                ]))
    }

    /// Says that frames are duplicates of others, as comparing them would find.
    private func link(_ links: [(String, String)]) throws {
        let ids = try ids()
        try catalog.apply(
            links.compactMap { frame, original in
                guard let frame = ids[frame], let original = ids[original] else { return nil }
                return DuplicateFinding(frame: frame, original: original, match: .exact)
            }, compared: Array(ids.values), rules: fixture.rules)
    }

    private func ids() throws -> [String: Int64] {
        Dictionary(
            uniqueKeysWithValues: try catalog.pictures(Array(1...20)).map { ($0.precedence.frame, $0.id) })
    }

    @Test func withdrawsWhatIsNamed() throws {
        let zone = try #require(Zone("48.21,11,48.22,12"))
        for (target, expected) in [
            (.frame("aa-0-00001"), ["aa-0-00001"]), (.frame("aa-0"), []),
            (.drive("bb-0"), ["bb-0-00000", "bb-0-00001"]),
            (.contributor("ada"), ["aa-0-00000", "aa-0-00001", "aa-0-00002"]),
            (.zone(zone), ["aa-0-00001"]),
        ] as [(Takedown.Target, [String])] {
            let fixture = try WithdrawalTests()
            try fixture.addTwoDrives()
            try fixture.catalog.replacePieces(
                fixture.catalog.dirtyDrives().map { ($0, []) }, stale: StaleParts())
            let effect = try fixture.record(target)
            #expect(effect.isNew && effect.frames == expected.count)
            #expect(try fixture.withdrawn() == expected, "\(target.kind)")
            let onMap = expected.filter { $0 != "aa-0-00002" }
            #expect(try fixture.catalog.acceptedFrames().onMap == 4 - onMap.count)
            #expect(try fixture.catalog.dirtyDrives().count == effect.drives)
            #expect((effect.drives > 0) == !onMap.isEmpty)
            let again = try fixture.record(target)
            #expect(again == .nothing)
            #expect(try fixture.catalog.takedowns().map(\.frames) == [expected.count])
            #expect(try fixture.catalog.integrityFindings() == [])
        }
    }

    @Test func rejectsWhatNoEpochHasSealed() throws {
        try addTwoDrives()
        try record(.drive("aa-0"))
        let verdicts = try fixture.verdicts()
        #expect(verdicts["aa-0-00000"] == "rejected takedown")
        #expect(verdicts["aa-0-00002"] == "rejected position.missing")
        let id = try takedown(.drive("aa-0")).id
        let frame = try #require(try catalog.frames(.named("aa-0-00000"), cellPrecision: 8).first)
        #expect(frame.withdrawnBy == id && frame.finding?.message == "\(id) privacy")
        #expect(frame.finding?.value == nil && frame.finding?.limit == nil && frame.finding?.unit == nil)
        // An earlier one speaks first, though it was recorded later.
        try record(.contributor("ada"), at: 5000)
        let earlier = try takedown(.contributor("ada"), at: 5000).id
        let after = try #require(try catalog.frames(.named("aa-0-00000"), cellPrecision: 8).first)
        #expect(after.withdrawnBy == earlier && after.finding?.message == "\(earlier) privacy")
    }

    @Test func leavesWhatAContributorDeliversLater() throws {
        try addTwoDrives()
        try record(.contributor("ada"), at: 4999)
        #expect(try withdrawn() == [])
        try record(.contributor("ada"), at: 5000)
        #expect(try withdrawn().count == 3)
        try fixture.add(fixture.entry("cc", by: "ada", received: 5001, [.init(picture: 9, captured: 10)]))
        try fixture.add(fixture.entry("dd", by: "ada", received: 5000, [.init(picture: 8, captured: 10)]))
        #expect(try withdrawn() == ["aa-0-00000", "aa-0-00001", "aa-0-00002", "dd-0-00000"])
        #expect(try fixture.verdicts()["dd-0-00000"] == "rejected takedown")
        // Turns out to have been received in time for the takedown.
        try fixture.add(fixture.entry("cc", by: "ada", received: 5000, [.init(picture: 9, captured: 10)]))
        #expect(try fixture.verdicts()["cc-0-00000"] == "rejected takedown")
        #expect(try catalog.integrityFindings() == [])
    }

    @Test func duplicatesFollow() throws {
        try addTwoDrives()
        try link([("bb-0-00000", "aa-0-00000"), ("bb-0-00001", "bb-0-00000")])
        try record(.frame("aa-0-00000"))
        #expect(try withdrawn() == ["aa-0-00000", "bb-0-00000", "bb-0-00001"])
        #expect(try fixture.verdicts()["bb-0-00001"] == "duplicate duplicate.exact bb-0-00000")
        // Copies that come later follow as soon as they are found out.
        try fixture.add(fixture.entry("cc", by: "cleo", received: 7000, [.init(picture: 7, captured: 10)]))
        #expect(try fixture.verdicts()["cc-0-00000"] == "accepted")
        try link([("cc-0-00000", "bb-0-00001")])
        #expect(try withdrawn().contains("cc-0-00000"))
    }

    @Test func originalsStay() throws {
        try addTwoDrives()
        try link([("bb-0-00000", "aa-0-00000")])
        let effect = try record(.frame("bb-0-00000"))
        #expect(effect.originals == 1 && effect.someOriginal == "aa-0-00000")
        #expect(try withdrawn() == ["bb-0-00000"])
        #expect(try fixture.verdicts()["aa-0-00000"] == "accepted")
    }

    /// Frames of a stop can be duplicates in a circle: the best one of the stop, a copy of it, and another one of the
    /// stop that is earlier than the copy.
    @Test func aCircleOfDuplicatesGoesAsOne() throws {
        try addTwoDrives()
        try link([
            ("aa-0-00000", "aa-0-00001"), ("aa-0-00001", "bb-0-00000"), ("bb-0-00000", "aa-0-00000"),
        ])
        try record(.frame("aa-0-00001"))
        #expect(try withdrawn() == ["aa-0-00000", "aa-0-00001", "bb-0-00000"])
        try record(.frame("aa-0-00001"), at: 1)
        #expect(Set(try catalog.frames(.all, cellPrecision: 8).compactMap(\.withdrawnBy)).count == 1)
    }

    /// An earlier frame turns up, of which the withdrawn one is a duplicate: what was a duplicate of it may be one of
    /// the new one, and is not withdrawn any more.
    @Test func aDuplicateOfAnotherIsFree() throws {
        try addTwoDrives()
        try link([("bb-0-00000", "aa-0-00000")])
        try record(.frame("aa-0-00000"))
        try fixture.add(fixture.entry("cc", by: "cleo", received: 100, [.init(picture: 7, captured: 10)]))
        try link([("aa-0-00000", "cc-0-00000"), ("bb-0-00000", "cc-0-00000")])
        #expect(try withdrawn() == ["aa-0-00000"])
        let frame = try #require(try catalog.frames(.named("aa-0-00000"), cellPrecision: 8).first)
        #expect(frame.verdict == .duplicate && frame.finding?.message == nil)
        #expect(try fixture.verdicts()["cc-0-00000"] == "accepted")
    }

    @Test func aSealedVerdictStays() throws {
        try addTwoDrives()
        try catalog.seal(
            "1970-W01", end: UTCTime(milliseconds: 1500), deadline: UTCTime(milliseconds: 8000),
            pendingUploads: 0)
        let effect = try record(.contributor("ada"))
        #expect(effect.frames == 3 && effect.drives > 0)
        let verdicts = try fixture.verdicts()
        #expect(verdicts["aa-0-00000"] == "accepted" && verdicts["aa-0-00001"] == "rejected takedown")
        #expect(try catalog.acceptedFrames().onMap == 2)
    }

    /// The deadline decides and not the moment of the seal, for takedowns as for uploads.
    @Test func aTakedownAfterTheDeadlineIsTooLateForIt() throws {
        try addTwoDrives()
        try record(.frame("aa-0-00000"), at: 7999)
        try record(.frame("bb-0-00000"), at: 8000)
        try record(.drive("aa-0"), at: 8001)
        try catalog.seal(
            "1970-W01", end: UTCTime(milliseconds: 5000), deadline: UTCTime(milliseconds: 8000),
            pendingUploads: 0)
        let verdicts = try fixture.verdicts()
        #expect(verdicts["aa-0-00000"] == "rejected takedown")
        #expect(verdicts["bb-0-00000"] == "accepted" && verdicts["aa-0-00001"] == "accepted")
        #expect(try withdrawn() == ["aa-0-00000", "aa-0-00001", "aa-0-00002", "bb-0-00000"])
        #expect(try catalog.takedowns(.sealed("1970-W01")).map(\.at.milliseconds) == [7999])
        try catalog.seal(
            "1970-W02", end: UTCTime(milliseconds: 6000), deadline: UTCTime(milliseconds: 9000),
            pendingUploads: 0)
        #expect(try catalog.takedowns(.sealed("1970-W02")).map(\.at.milliseconds) == [8000, 8001])
        #expect(try catalog.takedowns(publishedBefore: "1970-W02").map(\.at.milliseconds) == [7999])
        #expect(try catalog.takedowns().map(\.epoch) == ["1970-W01", "1970-W02", "1970-W02"])
    }

    @Test func tellsWhetherAGenerationMayShowSomethingWithdrawn() throws {
        try addTwoDrives()
        try link([])
        #expect(try !catalog.hasUnpublishedTakedown())
        try record(.zone(#require(Zone("48.2,11,48.205,12"))))
        #expect(try catalog.hasUnpublishedTakedown())
        try catalog.markTakedownsPublished()
        #expect(try !catalog.hasUnpublishedTakedown())
        // What was never shown needs not be hidden: a new frame of the zone, and a copy of one.
        try fixture.add(
            fixture.entry(
                "cc", by: "cleo", received: 7000,
                [
                    .init(picture: 7, captured: 10),
                    .init(picture: 8, captured: 20, latitudeE7: 490_000_000),
                ]))
        let new = try ids().filter { $0.key.hasPrefix("cc") }
        let original = try #require(try ids()["aa-0-00000"])
        let copy = try #require(new["cc-0-00001"])
        try catalog.apply(
            [DuplicateFinding(frame: copy, original: original, match: .exact)], compared: Array(new.values),
            rules: fixture.rules)
        #expect(try withdrawn() == ["aa-0-00000", "bb-0-00000", "cc-0-00000", "cc-0-00001"])
        #expect(try !catalog.hasUnpublishedTakedown())
        // A frame that was on the map turns out to be a copy of something withdrawn.
        try link([("bb-0-00001", "cc-0-00000")])
        #expect(try catalog.hasUnpublishedTakedown())
    }

    @Test func aPreviewChangesNothing() throws {
        try addTwoDrives()
        let zone = try takedown(.zone(#require(Zone("48.2,11,48.205,12"))))
        let before = try fixture.verdicts()
        let preview = try catalog.preview(zone) { _ in true }
        #expect(try fixture.verdicts() == before && withdrawn() == [] && catalog.takedowns().isEmpty)
        #expect(try catalog.copiesToRemove(limit: 10).isEmpty && !catalog.hasUnpublishedTakedown())
        #expect(try preview.effect == catalog.record(zone))
        #expect(try preview.copies == catalog.copiesToRemove(limit: 10).count)
        #expect(try catalog.copiesToRemove(limit: 1).count == 1)
        #expect(try catalog.preview(zone) { _ in true }.effect.isNew == false)
    }
}
