import Canonical
import Rewards
import Store
import TestSupport
import Testing

@testable import Workspace

/// The log of a workspace says what is published, in order, and once.
@Suite struct LogAppendingTests {
    private let shelf: DeliveryShelf
    private let workspace: TestWorkspace
    private static let weeks = ["2026-03-02T08:00:00Z", "2026-03-09T08:00:00Z", "2026-03-16T08:00:00Z"]
        .map(UTCTime.at)
    private static let end = UTCTime.at("2026-04-20T00:00:00Z")

    init() throws {
        shelf = try DeliveryShelf()
        workspace = try TestWorkspace()
    }

    private var log: LogDirectory { LogDirectory("\(workspace.path)/published/log") }

    private func ingest() async throws {
        for (week, start) in Self.weeks.enumerated() {
            let upload = TestUpload.drive(
                "ada", "week-\(week)", pictures: UInt64(week + 1), count: 4, captured: start,
                received: UTCTime(milliseconds: start.milliseconds + 3_600_000))
            try await workspace.ingest([shelf.delivery(upload)], asOf: Self.end)
        }
    }

    private func kinds() throws -> [String] {
        try log.contents().entries.map { $0.kind.rawValue + ($0.epoch.map { " \($0)" } ?? "") }
    }

    @Test func hasEveryEpochInOrder() async throws {
        try await ingest()
        try workspace.closeDue(asOf: Self.end)
        #expect(
            try kinds() == [
                "ruleset", "inputs-sealed 2026-W10", "manifest 2026-W10", "inputs-sealed 2026-W11",
                "manifest 2026-W11", "inputs-sealed 2026-W12", "manifest 2026-W12",
            ])
        try workspace.expectSound()
        // Nothing new, nothing changes; and what is lost comes back as it was, whatever was lost.
        let whole = try Files.tree(log.path)
        try workspace.closeDue(asOf: Self.end)
        #expect(try Files.tree(log.path) == whole)
        Files.remove(log.path)
        #expect(
            try WorkspaceCheck.run(workspace.open(), dataPercent: 0).findings.map(\.code)
                == [String](repeating: "log.missing", count: 7))
        try workspace.closeDue(asOf: Self.end)
        #expect(try kinds().count == 7)
        #expect(try log.head().bytes == whole["head"])
        try workspace.expectSound()
    }

    @Test func saysTheSameHoweverOftenItIsCalled() async throws {
        try await ingest()
        for time in ["2026-03-12", "2026-03-19", "2026-03-26", "2026-04-20"] {
            try workspace.closeDue(asOf: UTCTime.at("\(time)T00:00:00Z"))
        }
        let stepwise = try Files.tree(log.path)
        let other = try TestWorkspace()
        for (week, start) in Self.weeks.enumerated() {
            let upload = TestUpload.drive(
                "ada", "week-\(week)", pictures: UInt64(week + 1), count: 4, captured: start,
                received: UTCTime(milliseconds: start.milliseconds + 3_600_000))
            try await other.ingest([shelf.delivery(upload)], asOf: Self.end)
        }
        try other.closeDue(asOf: Self.end)
        #expect(try Files.tree("\(other.path)/published/log") == stepwise)
    }

    /// A ruleset that is adopted for a later week is in the log with the next manifest, which lists it.
    @Test func announcesWhatIsAdoptedForLater() async throws {
        var later = Ruleset.standard
        later.reward.budget = 7_000_000
        func adopt(from week: String, at time: String) throws {
            _ = try RulesetAdopting(workspace.open(), asOf: .at(time)).adopt(
                later, from: try #require(Epoch(id: week)))
        }
        try adopt(from: "2026-W13", at: "2026-03-06T12:00:00Z")
        later.reward.budget = 8_000_000
        try adopt(from: "2026-W14", at: "2026-03-06T13:00:00Z")
        try await ingest()
        try workspace.closeDue(asOf: Self.end)
        #expect(
            try kinds() == [
                "ruleset", "ruleset", "ruleset", "inputs-sealed 2026-W10", "manifest 2026-W10",
                "inputs-sealed 2026-W11", "manifest 2026-W11", "inputs-sealed 2026-W12",
                "manifest 2026-W12",
            ])
        let named = try log.contents().entries.prefix(3).map(\.subject)
        #expect(try named == workspace.open().rulesets.published.map(\.ruleset))
        let published = "\(workspace.path)/published"
        #expect(try LogVerification.run(published: published).findings == [])
        try workspace.expectSound()
        // A log that leaves one out says less than the manifest.
        let entries = try log.contents().entries
        Files.remove(log.path)
        try log.append(entries.filter { $0.subject != named[2] })
        #expect(try LogVerification.run(published: published).findings.map(\.code) == ["log.missing"])
        #expect(
            try WorkspaceCheck.run(workspace.open(), dataPercent: 0).findings.map(\.code) == ["log.missing"])
    }

    @Test func takesNothingBack() async throws {
        try await ingest()
        try workspace.closeDue(asOf: Self.end)
        let epoch = try #require(Epoch(id: "2026-W11"))
        let manifest = LogEntry.manifest(epoch: epoch, sha256: .of([1]))
        Files.remove(log.path)
        let ruleset = try workspace.open().rulesets.first.contentHash
        let inputs = SealedInputs(epoch: epoch, sealedAsOf: Self.end, count: 1, root: .of([]))
        try log.append([.ruleset(ruleset), .inputsSealed(inputs), manifest])
        let before = try Files.tree(log.path)
        #expect(throws: LogError.self) { try workspace.closeDue(asOf: Self.end) }
        #expect(try Files.tree(log.path) == before)
        let findings = try WorkspaceCheck.run(workspace.open(), dataPercent: 0).findings
        #expect(findings.contains { $0.code == "log.conflict" })
    }

    @Test func findsWhatIsChanged() async throws {
        try await ingest()
        try workspace.closeDue(asOf: Self.end)
        for name in try Files.tree(log.path).keys.sorted()
        where !name.hasSuffix(".p/3") && !name.hasSuffix(".p/5") {
            let path = "\(log.path)/\(name)"
            for offset in [0, 20, try Files.bytes(path).count - 1] {
                try Files.flip(path, at: offset)
                let findings = try WorkspaceCheck.run(workspace.open(), dataPercent: 0).findings
                #expect(
                    !findings.isEmpty && findings.allSatisfy { $0.code.hasPrefix("log.") },
                    "\(name), \(offset)")
                try Files.flip(path, at: offset)
            }
        }
        try workspace.expectSound()
    }
}
