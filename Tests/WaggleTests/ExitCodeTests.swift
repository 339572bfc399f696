import Foundation
import TestSupport
import Testing

/// Exit statuses and records are a contract with whoever calls the program.
@Suite struct ExitCodeTests {
    @Test func withoutAWorkspace() throws {
        let folder = try TemporaryFolder()
        for command in [["run"], ["ingest"], ["build"], ["check"], ["epoch", "list"], ["tile", "stats"]] {
            let process = try Program.start(command + ["--workspace", folder.path])
            #expect(process.wait() == .exited(10), "\(command)")
        }
        #expect(Files.names(folder.path) == [], "nothing may be made on the way")
    }

    @Test func usage() throws {
        let folder = try TemporaryFolder()
        for arguments in [
            ["nonsense"], ["run", "--jobs", "0"], ["run", "--jobs", "257"], ["run", "--as-of", "yesterday"],
            ["ingest", "--contributor", "ada"], ["check", "--percent", "0"], ["epoch", "close", "2025-W54"],
            ["ingest", "--keep-frames", "some"], ["run", "--workspace"],
        ] {
            let process = try Program.start(arguments, environment: ["WAGGLE_WORKSPACE": folder.path])
            #expect(process.wait() == .exited(64), "\(arguments)")
        }
    }

    @Test func failures() throws {
        let hive = try Hive()
        try Program.run("init", "--workspace", hive.path, expecting: 1)
        try Program.run("init", "--workspace", hive.inbox, expecting: 0)
        try Program.run("init", "--workspace", "\(hive.path)/blobs", expecting: 1)
        try Program.run(
            "ingest", "/nowhere", "--contributor", "ada", "--workspace", hive.path, expecting: 1)
        try Program.run(
            "ingest", hive.inbox, "--contributor", "../ada", "--workspace", hive.path, expecting: 64)
        try Program.run(
            "epoch", "close", "2026-W10", "--as-of", "2026-03-09T00:00:00Z", "--workspace", hive.path,
            expecting: 1)
        try Program.run("--version", expecting: 0)
        try Program.run("--help", expecting: 0)
    }

    /// Every command's lines are records, the last one the summary; data goes to stdout and nothing else.
    @Test func everyCommandSpeaksJSON() throws {
        let hive = try Hive()
        try hive.deliverSamples(["cleo/2026-03-11-sidecars", "ben/2026-03-11-backup"])
        #expect(try hive.run(expecting: 3).summary()["quarantined"] as? Int == 1)
        let upload = try #require(
            try Program.run("drive", "list", "--json", "--workspace", hive.path, expecting: 0).records().first
        )
        let drive = try #require(upload["drive"] as? String)
        let commands: [[String]] = [
            ["ingest"], ["build"], ["build", "--full"], ["run"], ["epoch", "list"], ["epoch", "close"],
            ["rewards", "show"], ["rewards", "explain", "cleo"], ["rewards", "verify"], ["check"],
            ["takedown", "contributor", "cleo", "--reason", "error", "--by", "ops", "--dry-run"],
            ["takedown", "zone", "u0xf", "--reason", "error", "--by", "ops"], ["takedown", "list"],
            ["check", "--read-data", "--percent", "50"], ["doctor"], ["drive", "list"],
            ["drive", "show", drive],
            ["explain", "drive", drive], ["explain", "contributor", "cleo"],
            ["explain", "frame", drive + "-00000"],
            ["tile", "stats"], ["tile", "show"], ["tile", "at", "48.2185,11.0447"],
        ]
        for command in commands {
            let takesTime = [["ingest"], ["run"]].contains(command) || command.first == "epoch"
            let words =
                command + ["--json", "--workspace", hive.path] + (takesTime ? ["--as-of", Program.asOf] : [])
            let folder = try TemporaryFolder()
            let (output, errors) = ("\(folder.path)/out", "\(folder.path)/err")
            let end = try Program.start(words, output: output, errors: errors).wait()
            let text = String(decoding: try Files.bytes(output), as: UTF8.self)
            let said = String(decoding: try Files.bytes(errors), as: UTF8.self)
            let result = Program.Result(status: 0, output: text, errors: said, peakMemory: 0)
            #expect(end == .exited(0), "\(command): \(said)")
            _ = result.summary()
            #expect(
                result.records().dropLast().allSatisfy { $0["type"] as? String != "summary" }
            )
        }
    }
}
