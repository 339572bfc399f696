import Canonical
import GRDB
import Rewards
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// Published frames measured again from the kept copies.
@Suite struct SampleAuditTests {
    private let shelf: DeliveryShelf
    private let workspace: TestWorkspace
    private static let end = UTCTime.at("2026-03-12T00:00:00Z")

    init() throws {
        shelf = try DeliveryShelf()
        workspace = try TestWorkspace(salt: Array("a secret that nobody knows".utf8))
    }

    /// One drive of four frames in a closed epoch.
    private func closeWeek(keeping: Ingest.Keeping) async throws {
        let captured = UTCTime.at("2026-03-02T08:00:00Z")
        let upload = TestUpload.drive(
            "ada", "one", pictures: 1, count: 4, captured: captured,
            received: UTCTime(milliseconds: captured.milliseconds + 3_600_000))
        try await workspace.ingest([shelf.delivery(upload)], asOf: Self.end, keeping: keeping)
        try workspace.closeDue(asOf: Self.end)
    }

    private func audit(percent: Int = 100, seed: String = "seed") throws -> SampleReport {
        let sample = try #require(FrameSample(percent: percent, seed: seed))
        return try SampleAudit.run(sample, of: workspace.open(), published: "\(workspace.path)/published")
    }

    private func copies() throws -> [String] {
        let blobs = try workspace.open().blobs
        return try blobs.contents().blobs.map { blobs.path(of: $0) }
    }

    private func change(_ sql: String) throws {
        try workspace.open().catalog.pool.write { database in
            try database.execute(sql: sql)
            #expect(database.changesCount > 0)
        }
    }

    @Test(arguments: [Ingest.Keeping.copy, .stripped])
    func whatIsKeptIsWhatWasPublished(keeping: Ingest.Keeping) async throws {
        try await closeWeek(keeping: keeping)
        let report = try audit()
        #expect(report.accepted == 4 && report.sampled == 4 && report.compared == 4 && report.missing == 0)
        #expect(report.findings == [] && report.differing == 0 && !report.isIncomplete)
        if keeping == .copy { #expect(report.asDelivered == 4) }
    }

    /// Which frames are drawn follows from the seed alone; the default is the last manifest's hash.
    @Test func theSeedDecides() async throws {
        try await closeWeek(keeping: .copy)
        let root = "\(workspace.path)/published"
        let manifest = try Files.bytes("\(root)/epochs/2026-W10/manifest.json")
        #expect(try SampleAudit.seed(ofPublished: root) == ContentHash.of(manifest).hex)
        let draws = try (0..<20).map { try audit(percent: 50, seed: "s\($0)").sampled }
        #expect(Set(draws).count > 1)
        #expect(try audit(percent: 50, seed: "s0").sampled == draws[0])
    }

    /// A copy exchanged for another picture, whether or not the catalog was made to fit.
    @Test(arguments: [false, true]) func anExchangedCopyIsFound(catalogFits: Bool) async throws {
        try await closeWeek(keeping: .copy)
        let other = try TestPicture.jpeg(99)
        let path = try copies()[0]
        try Files.write(other, to: path)
        if catalogFits {
            try change(
                "UPDATE frames SET kept_sha256 = x'\(ContentHash.of(other).hex)' WHERE kept_sha256 = x'\(path.suffix(64))'"
            )
        }
        let report = try audit()
        #expect(report.compared == 4 && report.differing == 1)
        let codes = Set(report.findings.map(\.code))
        #expect(codes.contains("sample.picture"))
        #expect(codes.contains("sample.copy") != catalogFits)
        #expect(Set(report.findings.map(\.frame)).count == 1)
    }

    @Test func aCopyThatIsNoPicture() async throws {
        try await closeWeek(keeping: .stripped)
        try Files.write([1, 2, 3], to: try copies()[0])
        #expect(Set(try audit().findings.map(\.code)) == ["sample.copy", "sample.image"])
    }

    /// A place moved within its cell is betrayed by the commitment, out of it by the cell.
    @Test(
        arguments: [(1, ["sample.location"]), (100_000, ["sample.cell", "sample.location"])]
            as [(Int, Set<String>)])
    func aMovedPlaceIsFound(by e7: Int, codes: Set<String>) async throws {
        try await closeWeek(keeping: .stripped)
        try change("UPDATE frames SET latitude_e7 = latitude_e7 + \(e7) WHERE number = 0")
        #expect(Set(try audit().findings.map(\.code)) == codes)
    }

    /// Published qualities that nobody measured: the whole chain of files may be consistent.
    @Test func anInventedQualityIsFound() async throws {
        try await closeWeek(keeping: .stripped)
        let path = "\(workspace.path)/published/epochs/2026-W10/verdicts.jsonl"
        let text = String(decoding: try Files.bytes(path), as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        let quality = try #require(lines[0].firstMatch(of: /"quality":([0-9]+)/)?.output.1)
        let invented = lines[0].replacing(
            "\"quality\":\(quality)", with: "\"quality\":\((Int(quality) ?? 0) - 1)")
        try Files.write(
            Array(([invented] + lines.dropFirst()).joined(separator: "\n").utf8) + [0x0A], to: path)
        let report = try audit()
        #expect(report.findings.map(\.code) == ["sample.quality"])
        #expect(report.findings[0].found == String(quality))
    }

    @Test func whatIsNotKeptIsMissing() async throws {
        try await closeWeek(keeping: .stripped)
        Files.remove(try copies()[0])
        let some = try audit()
        #expect(some.missing == 1 && some.compared == 3 && some.findings == [] && !some.isIncomplete)
        for path in try copies() { Files.remove(path) }
        #expect(try audit().isIncomplete)
    }

    @Test func aTakedownIsNoFinding() async throws {
        try await closeWeek(keeping: .copy)
        try workspace.record(Takedown(.contributor("ada"), reason: .privacy, by: "ops", at: Self.end))
        let report = try audit()
        #expect(report.missing == 4 && report.compared == 0 && report.findings == [])
    }
}
