import Canonical
import GRDB
import Rewards
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// No frame is lost between catalog and published files.
@Suite struct EpochBalanceTests {
    private let shelf: DeliveryShelf
    private let workspace: TestWorkspace
    private static let end = UTCTime.at("2026-03-12T00:00:00Z")

    /// Ada's drive and Ben's copy of it in a closed week, and Ada's next drive in none.
    init() async throws {
        shelf = try DeliveryShelf()
        workspace = try TestWorkspace()
        for (contributor, pictures, day) in [("ada", 1, 0), ("ben", 1, 1), ("ada", 21, 8)]
            as [(String, UInt64, Int64)]
        {
            let captured = UTCTime(
                milliseconds: UTCTime.at("2026-03-02T08:00:00Z").milliseconds + day
                    * UTCTime.millisecondsPerDay)
            var upload = TestUpload.drive(
                contributor, "day-\(day)", pictures: pictures, count: 4, captured: captured,
                received: UTCTime(milliseconds: captured.milliseconds + 3_600_000))
            if day == 0 { upload.frames[3].isBlank = true }
            try await workspace.ingest([shelf.delivery(upload)], asOf: Self.end)
        }
        try workspace.closeDue(asOf: Self.end)
    }

    private func findings(only epoch: String? = nil) throws -> [BalanceFinding] {
        try EpochBalance(workspace.open(), only: epoch.flatMap { Epoch(id: $0) }).findings
    }

    private func change(_ sql: String) throws {
        try workspace.open().catalog.pool.writeWithoutTransaction { database in
            try database.execute(
                sql: "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; \(sql)")
            #expect(database.changesCount > 0)
        }
    }

    @Test func everythingAddsUp() throws {
        let balance = try EpochBalance(workspace.open())
        #expect(balance.findings == [])
        #expect(balance.entries.map(\.epoch) == ["2026-W10", nil])
        #expect(balance.entries.map(\.sheet.total.frames) == [8, 4])
        let week = balance.entries[0].sheet
        #expect(week.contributors.map(\.account) == ["ada", "ben"])
        #expect(week.contributors.map(\.balance.verdicts.accepted) == [3, 1])
        #expect(week.contributors.map(\.balance.verdicts.duplicate) == [0, 3])
        #expect(week.contributors.map(\.balance.verdicts.rejected) == [1, 0])
        let one = try EpochBalance(workspace.open(), only: Epoch(id: "2026-W10"))
        #expect(one.findings == [] && one.entries.count == 1)
        #expect(throws: WorkspaceError.noSuchEpoch("2026-W11")) { try findings(only: "2026-W11") }
    }

    @Test func aVerdictChangedAfterwards() throws {
        try change("UPDATE frames SET rule = 'quality.dark' WHERE verdict = 'rejected' AND epoch IS NOT NULL")
        #expect(try findings().map(\.code) == ["balance.catalog"])
        #expect(try findings(only: "2026-W10").map(\.epoch) == ["2026-W10"])
    }

    @Test func aFrameThatIsGone() throws {
        try change("DELETE FROM frames WHERE number = 0 AND epoch IS NULL")
        #expect(try findings().map(\.code) == ["balance.delivered"])
        try change("DELETE FROM frames WHERE number = 1 AND verdict = 'duplicate'")
        #expect(
            Set(try findings().map(\.code)) == ["balance.catalog", "balance.delivered", "balance.total"])
    }

    @Test func aFrameWithoutReason() throws {
        try change("UPDATE frames SET verdict = 'rejected' WHERE number = 2 AND epoch IS NULL")
        try change("UPDATE frames SET rule = 'nonsense' WHERE number = 3 AND epoch IS NULL")
        let found = try findings()
        #expect(found.map(\.code) == ["balance.reasons"] && found.map(\.epoch) == [nil])
    }

    /// A frame moved out of its closed epoch would be counted again.
    @Test func aFrameOfAnotherEpoch() throws {
        try change(
            "UPDATE frames SET epoch = NULL WHERE number = 0 AND verdict = 'accepted' AND epoch IS NOT NULL")
        #expect(Set(try findings().map(\.code)) == ["balance.catalog", "balance.total"])
    }
}
