import Foundation
import TestSupport
import Testing

/// What an outsider, an operator and a contributor ask of closed epochs and of the open one, through the real program.
@Suite struct RewardsAuditProgramTests {
    /// The sample drives, closed.
    private func closed() throws -> Hive {
        let hive = try Hive()
        try hive.deliverSamples()
        try hive.run(expecting: 3)
        return hive
    }

    private func waggle(
        _ words: String..., in hive: Hive, expecting status: Int32,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> Program.Result {
        try Program.run(words + ["--json", "--workspace", hive.path], expecting: status, location)
    }

    private func awards(_ result: Program.Result) -> [String: String] {
        var paid: [String: String] = [:]
        for record in result.records() where record["type"] as? String == "award" {
            paid[record["contributor"] as? String ?? ""] = record["paid"] as? String
        }
        return paid
    }

    @Test func theEstimateIsWhatIsPaid() throws {
        let hive = try Hive()
        try hive.deliverSamples()
        try Program.run("ingest", "--as-of", Program.asOf, "--workspace", hive.path, expecting: 3)
        let before = try hive.published()
        let estimate = try waggle("rewards", "estimate", "--as-of", Program.asOf, in: hive, expecting: 0)
        #expect(try hive.published() == before)
        #expect(estimate.summary()["epoch"] as? String == "2026-W10")
        #expect((estimate.summary()["later_frames"] as? Int ?? 0) > 0)
        let own = try waggle("rewards", "estimate", "ada", "--as-of", Program.asOf, in: hive, expecting: 0)
        try Program.run("epoch", "close", "--as-of", Program.asOf, "--workspace", hive.path, expecting: 0)
        let paid = awards(try waggle("rewards", "show", "2026-W10", in: hive, expecting: 0))
        #expect(awards(estimate) == paid && paid.count == 4)
        #expect(awards(own) == ["ada": paid["ada"] ?? ""])
        let text = try Program.run("rewards", "estimate", "--workspace", hive.path, expecting: 0)
        #expect(text.output.contains("No frame waits"))
    }

    @Test func replayAndBalance() throws {
        let hive = try closed()
        let replay = try waggle("rewards", "replay", in: hive, expecting: 0)
        let epochs = replay.records().filter { $0["type"] as? String == "epoch" }
        #expect(epochs.map { $0["epoch"] as? String } == ["2026-W10", "2026-W11"])
        #expect(epochs.allSatisfy { $0["differences"] as? Int == 0 && $0["same_bytes"] as? Bool == true })
        let balance = try waggle("epoch", "balance", in: hive, expecting: 0).summary()
        #expect(balance["frames"] as? Int == 218 && balance["findings"] as? Int == 0)
        let sum = ["accepted", "duplicate", "rejected"].compactMap { balance[$0] as? Int }.reduce(0, +)
        #expect(sum == 218)
        // A point more for somebody, in an epoch's awards.
        let path = "\(hive.path)/published/epochs/2026-W11/awards.jsonl"
        let text = String(decoding: try Files.bytes(path), as: UTF8.self)
        try Files.write(Array(text.replacing("\"accepted\":25", with: "\"accepted\":26").utf8), to: path)
        #expect(try waggle("rewards", "replay", in: hive, expecting: 1).summary()["differences"] as? Int == 1)
        let found = try waggle("epoch", "balance", "2026-W11", in: hive, expecting: 4)
        #expect(found.records().contains { $0["code"] as? String == "balance.awards" })
        try Program.run("epoch", "balance", "2026-W10", "--workspace", hive.path, expecting: 0)
        Files.remove(path)
        try Program.run("rewards", "replay", "--workspace", hive.path, expecting: 3)
    }

    /// The same bytes twice, what tar says of them, and a copy that verifies by both verifiers.
    @Test func theArchiveIsAllThatAVerifierNeeds() throws {
        let hive = try closed()
        let folder = try TemporaryFolder()
        let (first, second) = ("\(folder.path)/first.tar", "\(folder.path)/second.tar")
        let summary = try waggle("epoch", "archive", "2026-W11", "-o", first, in: hive, expecting: 0)
            .summary()
        #expect(summary["files"] as? Int == 17 && summary["epochs"] as? Int == 2)
        // Another machine, later: other times and owners of files, and a later epoch's.
        let other = try Hive(copying: hive)
        try Program.run(
            "epoch", "archive", "2026-W11", "--output", second, "--published", "\(other.path)/published",
            environment: ["TZ": "Asia/Kathmandu"], expecting: 0)
        #expect(try Files.bytes(first) == Files.bytes(second))
        #expect(summary["bytes"] as? Int == (try Files.bytes(first)).count)
        let listing = try Self.tar("-tf", first)
        #expect(
            listing.split(separator: "\n").count == 17 && listing.contains("epochs/2026-W10/verdicts.jsonl"))
        _ = try Self.tar("-xf", first, "-C", folder.path)
        let report = try Program.run(
            "rewards", "verify", "--json", "--published", folder.path, expecting: 0
        ).summary()
        #expect(report["manifests"] as? Int == 2 && report["frames"] as? Int == 218)
        try SecondVerifier.check(folder.path)
        try Program.run("epoch", "archive", "2026-W12", "-o", first, "--workspace", hive.path, expecting: 1)
        Files.remove("\(hive.path)/published/epochs/2026-W10/explain.jsonl")
        try Program.run("epoch", "archive", "2026-W11", "-o", second, "--workspace", hive.path, expecting: 4)
        #expect(try Files.bytes(first) == Files.bytes(second), "what was there stays")
    }

    private static func tar(_ words: String...) throws -> String {
        let folder = try TemporaryFolder()
        let process = try ChildProcess(["/bin/tar"] + words, standardOutput: "\(folder.path)/out")
        #expect(process.wait() == .exited(0))
        return String(decoding: try Files.bytes("\(folder.path)/out"), as: UTF8.self)
    }

    @Test func aSampleIsMeasuredAgain() throws {
        let hive = try closed()
        let result = try waggle("rewards", "verify", "--sample", "100", in: hive, expecting: 0)
        let sample = try #require(result.summary()["sample"] as? [String: Any])
        #expect(sample["accepted"] as? Int == 181 && sample["compared"] as? Int == 181)
        #expect(sample["missing"] as? Int == 0 && sample["differing"] as? Int == 0)
        let last = try Files.bytes("\(hive.path)/published/epochs/2026-W11/manifest.json")
        #expect((sample["seed"] as? String)?.count == 64 && !last.isEmpty)
        // Half of them by a seed: the same ones again, other ones by another.
        func drawn(_ seed: String) throws -> Int? {
            let some = try waggle(
                "rewards", "verify", "--sample", "50", "--seed", seed, in: hive, expecting: 0)
            return (some.summary()["sample"] as? [String: Any])?["sampled"] as? Int
        }
        #expect(try drawn("a") == drawn("a"))
        // One copy in the place of another one.
        let blobs = Files.paths("\(hive.path)/blobs", withPrefix: "").filter { $0.utf8.count == 67 }
            .map { "\(hive.path)/blobs/\($0)" }
        let pictures = try blobs.filter { try Files.bytes($0).starts(with: [0xFF, 0xD8]) }.sorted()
        try #require(pictures.count > 1)
        let other = try Files.bytes(pictures[1])
        try Files.write(other, to: pictures[0])
        let found = try waggle("rewards", "verify", "--sample", "100", in: hive, expecting: 1)
        #expect(found.records().contains { $0["code"] as? String == "sample.copy" })
        for path in blobs { Files.remove(path) }
        try Program.run("rewards", "verify", "--sample", "100", "--workspace", hive.path, expecting: 3)
        try Program.run("rewards", "verify", "--workspace", hive.path, expecting: 0)
    }

    @Test func anotherRulesetIsTried() throws {
        let hive = try closed()
        let folder = try TemporaryFolder()
        let mine = "\(folder.path)/mine.json"
        let own = try Program.run("ruleset", "show", "--file", "--workspace", hive.path, expecting: 0).output
        try Files.write(Array(own.utf8), to: mine)
        let same = try waggle("rewards", "simulate", "--ruleset", mine, in: hive, expecting: 0).summary()
        #expect(same["unchanged"] as? Int == 4 && same["gaining"] as? Int == 0)
        #expect(same["published"] as? String == same["simulated"] as? String)
        let halved = own.replacing(
            "\"budget_micro_points\":\"1000000000000\"", with: "\"budget_micro_points\":\"500000000000\"")
        #expect(halved != own)
        try Files.write(Array(halved.utf8), to: mine)
        let half = try waggle(
            "rewards", "simulate", "--ruleset", mine, "--epochs", "2026-W11..2026-W11", in: hive, expecting: 0
        )
        #expect(half.summary()["losing"] as? Int == 4)
        #expect(half.summary()["published"] as? String == "990000000000")
        #expect(half.summary()["simulated"] as? String == "495000000000")
        #expect(half.records().count { $0["type"] as? String == "contributor" } == 4)
        let coarse = own.replacing(
            "\"cell_precision_characters\":8", with: "\"cell_precision_characters\":7")
        #expect(coarse != own)
        try Files.write(Array(coarse.utf8), to: mine)
        try Program.run("rewards", "simulate", "--ruleset", mine, "--workspace", hive.path, expecting: 64)
    }

    @Test func usage() throws {
        let folder = try TemporaryFolder()
        for arguments in [
            ["rewards", "verify", "--sample", "0"], ["rewards", "verify", "--sample", "101"],
            ["rewards", "verify", "--seed", "x"], ["rewards", "simulate"], ["epoch", "archive", "2026-W10"],
            ["rewards", "simulate", "--ruleset", "x", "--epochs", "2026-W11..2026-W10"],
            ["rewards", "simulate", "--ruleset", "x", "--epochs", "2026-W11..2026-W12..2026-W13"],
            ["epoch", "balance", "W10"],
        ] {
            let process = try Program.start(arguments, environment: ["WAGGLE_WORKSPACE": folder.path])
            #expect(process.wait() == .exited(64), "\(arguments)")
        }
        for command in [["rewards", "estimate"], ["rewards", "replay"], ["epoch", "balance"]] {
            let process = try Program.start(command + ["--workspace", folder.path])
            #expect(process.wait() == .exited(10), "\(command)")
        }
    }
}
