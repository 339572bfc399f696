import Foundation
import TestSupport
import Testing

/// `waggle ingest --dry-run` says what an ingest does, and leaves every byte as it was.
@Suite struct DryRunTests {
    /// What an ingest says of uploads, by contributor and folder.
    private func outcomes(_ records: [[String: Any]]) -> [String: String] {
        Dictionary(
            records.filter { $0["type"] as? String == "upload" }.map { record in
                let words = ["outcome", "upload", "format", "quarantine", "code"].map {
                    record[$0] as? String ?? ""
                }
                return (
                    "\(record["contributor"] ?? "")/\(record["source"] ?? "")", words.joined(separator: " ")
                )
            }
        ) { $0 + $1 }
    }

    /// The verdict of every frame with all that is said about it.
    private func frames(_ records: [[String: Any]]) -> [String: NSDictionary] {
        Dictionary(
            records.filter { $0["type"] as? String == "frame" }.map {
                ($0["frame"] as? String ?? "", $0 as NSDictionary)
            }
        ) { first, _ in first }
    }

    private func dryRun(_ hive: Hive, _ arguments: [String] = [], expecting status: Int32 = 3) throws
        -> [[String: Any]]
    {
        let before = try Files.tree(hive.path)
        let words = ["ingest", "--dry-run", "--json", "--as-of", Program.asOf, "--workspace", hive.path]
        let records = try Program.run(words + arguments, expecting: status).records()
        #expect(try Files.tree(hive.path) == before, "no byte may change")
        return records
    }

    private static let others: Set = [
        "ada/2026-03-08-sidecars", "ada/2026-03-12-framekm", "ben/2026-03-06-photos", "ben/2026-03-10-photos",
        "ben/2026-03-11-backup", "cleo/2026-03-07-photos-and-trace", "mallory/2026-03-09-sidecars",
        "mallory/2026-03-12-linked",
    ]

    /// Half of the samples are in already; of the other half some are duplicates of those.
    @Test func saysWhatTheIngestThenDoes() throws {
        let hive = try Hive()
        let scratch = try TemporaryFolder()
        try hive.deliverSamples(["ada/2026-03-05-framekm", "cleo/2026-03-11-sidecars"])
        try hive.run(expecting: 0)
        let zone = ["takedown", "zone", "u281z7h", "--reason", "privacy", "--by", "ops"]
        try Program.run(zone + ["--workspace", hive.path, "--as-of", Program.asOf], expecting: 0)
        try hive.deliverSamples(Self.others)
        let planned = try dryRun(hive)
        #expect(planned.last?["dry_run"] as? Bool == true)
        let done = try Program.run(
            "ingest", "--json", "--as-of", Program.asOf, "--workspace", hive.path,
            environment: ["TMPDIR": scratch.path], expecting: 3
        ).records()
        #expect(outcomes(planned) == outcomes(done))
        for count in ["frames", "accepted", "duplicate", "rejected", "uploads", "known", "quarantined"] {
            #expect(planned.last?[count] as? Int == done.last?[count] as? Int, "\(count)")
        }
        #expect(planned.last?["reasons"] as? [String: Int] == done.last?["reasons"] as? [String: Int])
        #expect(planned.last?["known"] as? Int == 2 && planned.last?["duplicate"] as? Int ?? 0 > 10)
        let said = frames(planned)
        #expect(said.count == planned.last?["frames"] as? Int)
        for upload in done.compactMap({ $0["upload"] as? String }) {
            let explained = frames(
                try Program.run(
                    "explain", "upload", upload, "--json", "--workspace", hive.path, expecting: 0
                ).records())
            #expect(!explained.isEmpty)
            for (name, frame) in explained { #expect(said[name] == frame, "\(name)") }
        }
    }

    @Test func leavesNothingBehind() throws {
        let hive = try Hive()
        let scratch = try TemporaryFolder()
        try hive.deliverSamples(["cleo/2026-03-11-sidecars"])
        // A fresh workspace, then one with a log that was not written back.
        for next: Set in [["ada/2026-03-08-sidecars"], ["ben/2026-03-06-photos"]] {
            let words = ["ingest", "--dry-run", "-v", "--as-of", Program.asOf, "--workspace", hive.path]
            let before = try Files.tree(hive.path)
            let said = try Program.run(words, environment: ["TMPDIR": scratch.path], expecting: 0)
            #expect(said.output.contains("Nothing is stored"))
            #expect(Files.names(scratch.path) == [])
            #expect(try Files.tree(hive.path) == before)
            try hive.deliverSamples(next)
            let process = try Program.start(["run", "--as-of", Program.asOf, "--workspace", hive.path])
            usleep(150_000)
            process.send(SIGKILL)
            process.wait()
        }
        let nowhere = ["TMPDIR": "\(scratch.path)/gone"]
        let failed = try Program.run(
            "ingest", "--dry-run", "--workspace", hive.path, environment: nowhere, expecting: 1)
        #expect(failed.errors.contains("gone"))
    }

    @Test func aRetryCanBeTriedOut() throws {
        let hive = try Hive()
        try hive.deliverSamples(["mallory/2026-03-12-linked", "ben/2026-03-11-backup"])
        try hive.run(expecting: 3)
        for link in Files.paths("\(hive.path)/quarantine", withPrefix: "more.jpg") {
            unlink("\(hive.path)/quarantine/\(link)")
        }
        let before = try Files.tree(hive.path)
        let tried = try Program.run(
            "quarantine", "retry", "--all", "--dry-run", "--json", "--as-of", Program.asOf, "--workspace",
            hive.path, expecting: 3)
        #expect(tried.summary()["released"] as? Int == 1)
        #expect(try Files.tree(hive.path) == before)
    }
}
