import Canonical
import Rewards
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// Audits beside what else goes on in a workspace.
@Suite struct StorageAuditTests {
    private static let asOf = UTCTime.at("2026-03-20T00:00:00Z")

    @Test func whatIsTakenDownIsNoFault() async throws {
        let (workspace, shelf) = (try TestWorkspace(), try DeliveryShelf())
        let uploads = ["ada", "ben"].enumerated().map { number, contributor in
            TestUpload.drive(
                contributor, contributor, pictures: UInt64(100 + 100 * number), count: 5,
                captured: .at("2026-03-05T10:00:00Z"), received: .at("2026-03-05T12:00:00Z"),
                latitude: 48 + Double(number))
        }
        try await workspace.ingest(
            try uploads.map { try shelf.delivery($0) }, asOf: Self.asOf, keeping: .stripped)
        let challenge = try #require(StorageChallenge(root: .of("root"), period: 0, day: 0, of: 1))
        // What a run beside a takedown knows: the copies are to be there, and soon are not.
        let before = try StorageAudit(Workspace(workspace.path, for: .reading))
        let frames = before.frames(challenge)
        #expect(frames.count == 10)
        let visits = try before.visits(frames, challenge)
        #expect(visits.count { $0.isPassed } == 10)
        let report = try StorageReport(
            challenge, at: Self.asOf, kept: before.keptCount, visits: visits, key: SigningKey())

        try workspace.record(
            Takedown(.contributor("ada"), reason: .privacy, by: "ops", at: .at("2026-03-13T00:00:00Z")))
        let beside = try before.visits(frames, challenge)
        #expect(beside.count == 5 && beside.allSatisfy(\.isPassed))
        let again = try StorageAuditVerification.recheck(report, workspace.open())
        #expect(again.same == 5 && again.gone == 5 && again.findings.isEmpty && again.unvisited == 0)
    }
}
