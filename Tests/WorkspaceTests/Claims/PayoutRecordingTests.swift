import Canonical
import Rewards
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// Who may say where accounts are paid, and what claims come of it.
@Suite struct PayoutRecordingTests {
    private static let addresses = [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    ]
    private static let (start, sealed, later) = (
        UTCTime.at("2026-03-02T00:00:00Z"), UTCTime.at("2026-03-11T00:00:00Z"),
        UTCTime.at("2026-03-20T00:00:00Z")
    )
    private let workspace: TestWorkspace
    private let shelf: DeliveryShelf
    private let operatorKey = SigningKey()

    init() throws {
        workspace = try TestWorkspace()
        shelf = try DeliveryShelf()
    }

    private func bind(
        _ account: String, _ address: Int, at time: UTCTime = start, key: SigningKey? = nil,
        device: String? = nil
    ) throws -> BindingReport {
        try PayoutRecording(workspace.open()).bind(
            account, scheme: "oz", address: Self.addresses[address], at: time, key: key ?? operatorKey,
            device: device)
    }

    /// Names the operator's key.
    private func nameOperator() throws {
        #expect(
            try PayoutRecording(workspace.open()).addOperator(
                operatorKey.verifyingKey(), from: Self.start, signedWith: operatorKey))
    }

    /// Makes ada and ben earn something in 2026-W10, closes it, and makes it final.
    private func closeWeek() async throws {
        let deliveries = try [("ada", 100), ("ben", 200)].map { contributor, pictures in
            try shelf.delivery(
                .drive(
                    contributor, contributor, pictures: UInt64(pictures), count: 12,
                    captured: .at("2026-03-05T10:00:00Z"), received: .at("2026-03-05T12:00:00Z"),
                    latitude: 48 + Double(pictures) / 100))
        }
        try await workspace.ingest(deliveries, asOf: Self.later)
        try workspace.closeDue(asOf: Self.later)
        _ = try EpochFinality(workspace.open(), asOf: Self.later).finalizeDue()
    }

    private func export(_ directory: String? = nil) throws -> ClaimExportReport {
        let export = ClaimExport(try workspace.open())
        return try export.write(
            try export.finalEpoch(nil), scheme: OpenZeppelinScheme.self,
            options: try ClaimOptions(decimals: 18), to: directory)
    }

    @Test func claimsAreThoseOfTheSealWheneverTheyAreMade() async throws {
        #expect(throws: PayoutError.nothingFinal) { try export() }
        try nameOperator()
        _ = try bind("ada", 0)
        // Nobody has earned anything yet: somebody may be about to.
        #expect(try bind("cleo", 0).sharing == ["ada"])
        try await closeWeek()

        #expect(throws: PayoutError.self) { try bind("ben", 1) }
        let first = try export()
        #expect(first.isNew && first.claims.claims.map { $0.shares.map(\.account) } == [["ada"]])
        #expect(first.claims.unbound.map(\.account) == ["ben"])
        let files = try Files.tree("\(workspace.path)/published/claims")

        _ = try bind("ben", 1, at: Self.sealed)
        let moved = try bind("ada", 2, at: Self.sealed)
        #expect(moved.former?.text == Self.addresses[0] && moved.sharing == [])
        #expect(throws: PayoutError.superseded("ada", by: Self.sealed)) {
            try bind("ada", 0, at: Self.sealed)
        }
        Files.remove("\(workspace.path)/published/claims")
        #expect(try export().isNew)
        #expect(try !export().isNew)
        #expect(try Files.tree("\(workspace.path)/published/claims") == files)
        try workspace.expectSound()
    }

    /// What epochs have awarded stays where it was bound; accounts of one address have one claim.
    @Test func whoMovesTakesNothingAlong() async throws {
        try nameOperator()
        _ = try bind("ada", 0)
        #expect(try bind("ben", 0).sharing == ["ada"])
        let drives = [("ada", 100, 5), ("ben", 200, 5), ("ada", 300, 12)].map { contributor, pictures, day in
            TestUpload.drive(
                contributor, "\(contributor)-\(day)", pictures: UInt64(pictures), count: 12,
                captured: .at("2026-03-\(day < 10 ? "0" : "")\(day)T10:00:00Z"),
                received: .at("2026-03-\(day < 10 ? "0" : "")\(day)T12:00:00Z"),
                latitude: 48 + Double(pictures) / 100)
        }
        try await workspace.ingest(try drives.map { try shelf.delivery($0) }, asOf: Self.later)
        try workspace.closeDue(asOf: .at("2026-03-12T13:00:00Z"))
        _ = try EpochFinality(workspace.open(), asOf: .at("2026-03-14T00:00:00Z")).finalizeDue()
        let first = try export()
        let (ada, ben) = (first.claims.totals[0].points, first.claims.totals[1].points)
        func shares(_ set: ClaimSet) -> [String: [String: UInt64]] {
            Dictionary(
                uniqueKeysWithValues: set.claims.map { claim in
                    (
                        claim.address.text,
                        Dictionary(uniqueKeysWithValues: claim.shares.map { ($0.account, $0.points) })
                    )
                })
        }
        #expect(shares(first.claims) == [Self.addresses[0]: ["ada": ada, "ben": ben]])

        #expect(try bind("ada", 2, at: .at("2026-03-13T00:00:00Z")).former?.text == Self.addresses[0])
        try workspace.closeDue(asOf: Self.later)
        _ = try EpochFinality(workspace.open(), asOf: .at("2026-03-28T00:00:00Z")).finalizeDue()
        let second = try export()
        #expect(second.claims.epoch == "2026-W11")
        let more = second.claims.totals[0].points - ada
        #expect(more > 0)
        #expect(
            shares(second.claims) == [
                Self.addresses[0]: ["ada": ada, "ben": second.claims.totals[1].points],
                Self.addresses[2]: ["ada": more],
            ])
        let payouts = try workspace.open().layout.payouts
        for report in [first, second] {
            #expect(try ClaimVerification.verify(report.path, payouts).findings == [])
        }
        try workspace.expectSound()
        // Without the epoch behind which ada moved, nobody can tell what is paid where.
        Files.remove("\(workspace.path)/published/epochs/2026-W10")
        #expect(
            try ClaimVerification.verify(second.path, payouts).findings.map(\.code) == [
                "claims.inputs_damaged"
            ])
    }

    @Test func aDeviceBindsItsOwnersAccountUntilItIsRevoked() async throws {
        let camera = SigningKey()
        let day = UTCTime(milliseconds: Self.start.milliseconds + UTCTime.millisecondsPerDay)
        #expect(
            try DeviceRegistration(workspace.open()).register(
                "cam", key: camera.verifyingKey(), contributor: ContributorID("ada"), at: Self.start))
        // Registered, it binds nothing yet: an operator's key says who binds.
        #expect(throws: PayoutError.self) { try bind("ada", 0, at: day, key: camera, device: "cam") }
        try nameOperator()
        #expect(throws: PayoutError.noDevice("other", at: day)) {
            try PayoutRecording(workspace.open()).addDevice("other", from: day, signedWith: operatorKey)
        }
        #expect(throws: PayoutError.noOperator(try camera.verifyingKey())) {
            try PayoutRecording(workspace.open()).addDevice("cam", from: day, signedWith: camera)
        }
        #expect(
            try PayoutRecording(workspace.open()).addDevice("cam", from: day, signedWith: operatorKey).isNew)
        #expect(throws: PayoutError.self) { try bind("ada", 0, at: Self.start, key: camera) }
        #expect(throws: PayoutError.self) { try bind("ben", 0, at: day, key: camera, device: "cam") }
        #expect(throws: PayoutError.self) { try bind("ada", 0, at: day, key: operatorKey, device: "cam") }
        #expect(throws: PayoutError.self) { try bind("ada", 0, at: day, key: camera, device: "other") }
        #expect(try bind("ada", 0, at: day, key: camera, device: "cam").isNew)
        let listed = try #require(try workspace.open().layout.payouts.keys().keys.last)
        #expect(try listed.key == camera.verifyingKey() && listed.account == "ada" && listed.until == nil)

        try await closeWeek()
        // Revoked as of a time before the seal, what the sealed week counts stays, and it binds nothing any more.
        _ = try DeviceRegistration(workspace.open()).revoke("cam", at: day)
        #expect(throws: PayoutError.self) { try bind("ada", 1, at: Self.later, key: camera) }
        #expect(throws: PayoutError.beforeSeal(day, epoch: "2026-W10", sealedAsOf: Self.sealed)) {
            try PayoutRecording(workspace.open()).endDevice("cam", at: day, signedWith: operatorKey)
        }
        #expect(
            try PayoutRecording(workspace.open()).endDevice(
                "cam", at: Self.sealed, signedWith: operatorKey
            ).isNew)
        #expect(
            try !PayoutRecording(workspace.open()).endDevice(
                "cam", at: Self.later, signedWith: operatorKey
            ).isNew)
        #expect(try workspace.open().layout.payouts.keys().keys.last?.until == Self.sealed)
        #expect(throws: PayoutError.self) { try bind("ada", 1, at: Self.later, key: camera, device: "cam") }
        #expect(try export().claims.claims.map(\.address.text) == [Self.addresses[0]])
    }

    /// Whoever can write into `published`, and nowhere else, names no key there and takes none away.
    @Test func aListThatSomebodyElseWroteIsRefused() async throws {
        let thief = SigningKey()
        let file = "\(workspace.path)/published/payout-keys.jsonl"
        func expectRefused(_ what: String) throws {
            let error = #expect(throws: PayoutListError.self, "\(what)") { try bind("ben", 1) }
            #expect(error?.isOfSignature == true, "\(what)")
            #expect(throws: PayoutListError.self, "\(what)") { try export() }
            let findings = try WorkspaceCheck.run(workspace.open(), dataPercent: 0).findings
            #expect(findings.map(\.code) == ["payouts.signature"], "\(what)")
        }
        var own = PayoutKeyList()
        try own.append(.add, thief.verifyingKey(), of: nil, at: Self.start, signedWith: thief)
        try Files.write(own.bytes, to: file)
        let foreign = #expect(throws: PayoutListError.self) { try bind("ada", 0, key: thief) }
        #expect(foreign?.code == .foreign)
        #expect(throws: PayoutListError.self) {
            try PayoutRecording(workspace.open()).addOperator(
                operatorKey.verifyingKey(), from: Self.start, signedWith: operatorKey)
        }
        Files.remove(file)
        let day = UTCTime(milliseconds: Self.start.milliseconds + UTCTime.millisecondsPerDay)
        try nameOperator()
        let second = SigningKey()
        func recording() throws -> PayoutRecording { PayoutRecording(try workspace.open()) }
        #expect(throws: PayoutError.beforeLastChange(UTCTime(milliseconds: 0), last: Self.start)) {
            try recording().addOperator(
                second.verifyingKey(), from: UTCTime(milliseconds: 0), signedWith: operatorKey)
        }
        #expect(
            try recording().addOperator(second.verifyingKey(), from: Self.start, signedWith: operatorKey))
        #expect(
            try !recording().addOperator(second.verifyingKey(), from: day, signedWith: operatorKey))
        #expect(try recording().endOperator(operatorKey.verifyingKey(), at: Self.start, signedWith: second))
        let good = try Files.bytes(file)
        #expect(throws: PayoutError.self) { try bind("ada", 0) }
        _ = try bind("ada", 0, key: second)
        try await closeWeek()
        #expect(try export().claims.claims.count == 1)

        try Files.write(own.bytes, to: file)
        try expectRefused("replaced")
        let lines = good.split(separator: UInt8(ascii: "\n")).map { Array($0) + [UInt8(ascii: "\n")] }
        try Files.write(Array(lines.prefix(2).joined()), to: file)
        try expectRefused("cut short")
        var longer = try PayoutKeyList(bytes: Array(lines.prefix(2).joined()))
        try longer.append(.add, thief.verifyingKey(), of: nil, at: day, signedWith: operatorKey)
        try Files.write(longer.bytes, to: file)
        try expectRefused("going on from before a key was ended")
        Files.remove(file)
        try expectRefused("gone")
        try Files.write(good, to: file)
        try workspace.expectSound()

        // What nobody had signed before is not taken for the list.
        try Files.write(Array("{}".utf8), to: "\(workspace.path)/published/payout-keys.json")
        #expect(throws: WorkspaceError.self) { try bind("ben", 1, key: second) }
    }

    /// Killed between the list and its head, the same command finishes.
    @Test func aChangeThatWasBegunIsFinished() throws {
        let head = "\(workspace.path)/payout-keys.head"
        try nameOperator()
        let first = try Files.bytes(head)
        Files.remove(head)
        #expect(throws: PayoutListError.self) { try workspace.open().layout.payouts.keys() }
        let recording = PayoutRecording(try workspace.open())
        #expect(
            try !recording.addOperator(
                operatorKey.verifyingKey(), from: Self.sealed, signedWith: operatorKey))
        #expect(try Files.bytes(head) == first)

        let second = SigningKey()
        func end() throws -> Bool {
            try recording.endOperator(second.verifyingKey(), at: Self.later, signedWith: operatorKey)
        }
        func add() throws -> Bool {
            try recording.addOperator(second.verifyingKey(), from: Self.sealed, signedWith: operatorKey)
        }
        for change in [add, end] {
            let before = try Files.bytes(head)
            #expect(try change())
            let after = try Files.bytes(head)
            #expect(before != after)
            try Files.write(before, to: head)
            #expect(try !change())
            #expect(try Files.bytes(head) == after)
        }
        let stranger = try SigningKey().verifyingKey()
        #expect(throws: PayoutError.keyDoesNotHold(stranger)) {
            try recording.endOperator(stranger, at: Self.later, signedWith: operatorKey)
        }
    }

    @Test func whatOthersPutThereDoesNotCountOrIsDamage() async throws {
        try nameOperator()
        _ = try bind("ada", 0)
        try await closeWeek()
        let report = try export("\(workspace.path)/out")
        let foreign = try PayoutBinding(
            account: "ada", scheme: "oz", address: Self.addresses[1],
            at: UTCTime(milliseconds: Self.start.milliseconds + 1), key: SigningKey())
        let folder = "\(workspace.path)/published/bindings"
        try Files.write(foreign.canonicalJSON.bytes, to: "\(folder)/\(foreign.id.hex).json")
        #expect(try !export("\(workspace.path)/out").isNew)
        try workspace.expectSound()

        let payouts = try workspace.open().layout.payouts
        #expect(try ClaimVerification.verify(report.path, payouts).findings == [])
        // Named by the operator's key, the same statement counts, and the file is not that of the seal any more.
        let own = try PayoutBinding(
            account: "ada", scheme: "oz", address: Self.addresses[1],
            at: UTCTime(milliseconds: Self.start.milliseconds + 1), key: operatorKey)
        try Files.write(own.canonicalJSON.bytes, to: "\(folder)/\(own.id.hex).json")
        let findings = try ClaimVerification.verify(report.path, payouts).findings
        #expect(findings.map(\.code) == ["claims.differ"] && findings.first?.detail.contains("ada") == true)
        #expect(throws: PayoutError.otherFile(report.path)) { try export("\(workspace.path)/out") }

        try Files.write(own.canonicalJSON.bytes, to: "\(folder)/\(foreign.id.hex).json")
        #expect(throws: WorkspaceError.self) { try export() }
        let codes = try WorkspaceCheck.run(workspace.open(), dataPercent: 0).findings.map(\.code)
        #expect(codes == ["payouts.damaged"])
        // A record that its key has not signed is no damage, but a forgery.
        Files.remove("\(folder)/\(foreign.id.hex).json")
        let path = "\(folder)/\(own.id.hex).json"
        let forged = CanonicalJSON.object([
            "account": .string("ada"), "address": .string(Self.addresses[1]),
            "at": .integer(own.at.milliseconds), "format": .string("waggle-binding/1"),
            "key": .string(own.key.hex), "scheme": .string("oz"),
            "signature": .string(Hexadecimal.text(foreign.signature)),
        ])
        try Files.write(forged.bytes, to: path)
        #expect(throws: PayoutForgery(path: path)) { try export() }
        let verified = try ClaimVerification.verifyAll(payouts)
        #expect(verified.findings.map(\.code) == ["payouts.signature"] && verified.hasBadSignature)
    }
}
