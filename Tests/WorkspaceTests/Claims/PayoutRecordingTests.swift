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
        #expect(
            try PayoutRecording(workspace.open()).addOperator(operatorKey.verifyingKey(), from: Self.start))
        _ = try bind("ada", 0)
        // Nobody has earned anything yet: somebody may be about to.
        #expect(try bind("cleo", 0).sharing == ["ada"])
        try await closeWeek()

        #expect(throws: PayoutError.self) { try bind("ben", 1) }
        #expect(throws: PayoutError.addressTaken(Self.addresses[0], by: "ada")) {
            try bind("ben", 0, at: Self.sealed)
        }
        let first = try export()
        #expect(first.isNew && first.claims.claims.map(\.account) == ["ada"])
        #expect(first.claims.unbound.map(\.account) == ["ben"])
        let files = try Files.tree("\(workspace.path)/published/claims")

        _ = try bind("ben", 1, at: Self.sealed)
        _ = try bind("ada", 2, at: Self.sealed)
        #expect(throws: PayoutError.superseded("ada", by: Self.sealed)) {
            try bind("ada", 0, at: Self.sealed)
        }
        Files.remove("\(workspace.path)/published/claims")
        #expect(try export().isNew)
        #expect(try !export().isNew)
        #expect(try Files.tree("\(workspace.path)/published/claims") == files)
        try workspace.expectSound()
    }

    @Test func aDeviceBindsItsOwnersAccountUntilItIsRevoked() async throws {
        let camera = SigningKey()
        let day = UTCTime(milliseconds: Self.start.milliseconds + UTCTime.millisecondsPerDay)
        #expect(
            try DeviceRegistration(workspace.open()).register(
                "cam", key: camera.verifyingKey(), contributor: ContributorID("ada"), at: Self.start))
        #expect(throws: PayoutError.self) { try bind("ada", 0, at: day, key: camera) }
        #expect(throws: PayoutError.self) { try bind("ben", 0, at: day, key: camera, device: "cam") }
        #expect(throws: PayoutError.self) { try bind("ada", 0, at: day, key: operatorKey, device: "cam") }
        #expect(throws: PayoutError.self) { try bind("ada", 0, at: day, key: camera, device: "other") }
        #expect(try workspace.open().layout.payouts.keys().keys == [])
        #expect(try bind("ada", 0, at: day, key: camera, device: "cam").isNew)
        let listed = try #require(try workspace.open().layout.payouts.keys().keys.first)
        #expect(try listed.key == camera.verifyingKey() && listed.account == "ada" && listed.until == nil)

        try await closeWeek()
        // Revoked as of a time before the seal, what the sealed week counts stays.
        _ = try DeviceRegistration(workspace.open()).revoke("cam", at: day)
        #expect(try workspace.open().layout.payouts.keys().keys.first?.until == Self.sealed)
        #expect(throws: PayoutError.self) { try bind("ada", 1, at: Self.later, key: camera, device: "cam") }
        #expect(try export().claims.claims.map(\.address.text) == [Self.addresses[0]])
    }

    @Test func whatOthersPutThereDoesNotCountOrIsDamage() async throws {
        #expect(
            try PayoutRecording(workspace.open()).addOperator(operatorKey.verifyingKey(), from: Self.start))
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
    }
}
