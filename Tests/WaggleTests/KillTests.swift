import SeededNumbers
import Foundation
import TestSupport
import Testing

/// Killed anywhere and run again, a run ends where it would have ended undisturbed.
@Suite struct KillTests {
    private static let part: Set = [
        "cleo/2026-03-11-sidecars", "ben/2026-03-11-backup", "mallory/2026-03-12-linked",
    ]
    /// From the seed alone: which parts of a run are hit.
    private static let seed: UInt64 = 20_260_320
    private static let kills = 24

    @Test func killedAnywhereAndRunAgain() throws {
        let clean = try Hive()
        try clean.deliverSamples(Self.part)
        let template = try Hive()
        try template.deliverSamples(Self.part)
        let start = ContinuousClock.now
        try clean.run(expecting: 3)
        let duration = ContinuousClock.now - start
        let expected = try clean.published()
        let quarantined = Files.names("\(clean.path)/quarantine")
        var random = SplitMix64(seed: Self.seed)
        var hits = 0
        var tries = 0
        while hits < Self.kills, tries < 4 * Self.kills {
            let folder = try TemporaryFolder()
            let path = "\(folder.path)/hive"
            try Files.copy(template.path, to: path)
            // A quarter of them are killed a second time, while they recover.
            for _ in 0..<(tries % 4 == 3 ? 2 : 1) {
                let share = Double.random(in: 0..<1, using: &random)
                let process = try Program.start(
                    ["run", "--as-of", Program.asOf, "--jobs", "2", "--workspace", path])
                usleep(UInt32((duration * share) / .microseconds(1)))
                process.send(SIGKILL)
                if process.wait() == .killed(SIGKILL) { hits += 1 }
            }
            tries += 1
            let label = "seed \(Self.seed), try \(tries)"
            let again = try Program.run("run", "--as-of", Program.asOf, "--workspace", path)
            #expect([0, 3].contains(again.status), "\(label): \(again.errors)")
            let found = try Files.tree("\(path)/published")
            #expect(found.keys.sorted() == expected.keys.sorted(), "\(label)")
            #expect(expected.keys.sorted().filter { found[$0] != expected[$0] } == [], "\(label)")
            #expect(Files.names("\(path)/quarantine") == quarantined, "\(label)")
            #expect(Files.paths(path, withPrefix: ".waggle-tmp-") == [], "\(label)")
            #expect(Files.paths(path, withPrefix: "unfinished") == [], "\(label)")
            try Program.run("check", "--read-data", "--workspace", path, expecting: 0)
        }
        #expect(hits >= 20, "\(tries) tries")
    }

    /// The lock dies with its process: no stale lock, no unlock command.
    @Test func aKilledHolderHoldsNothing() throws {
        let hive = try Hive()
        try hive.deliverSamples(Self.part)
        let holder = try ChildProcess([
            "/usr/bin/flock", "--no-fork", "-x", "\(hive.path)/lock", "/bin/sleep", "600",
        ])
        // Whoever comes first; the run that is refused changes nothing.
        var refused: Program.Result?
        while refused == nil {
            try #require(!holder.hasEnded(), "flock of util-linux is needed")
            let build = try Program.run("build", "--json", "--workspace", hive.path)
            if build.status == 11 { refused = build }
        }
        let record =
            try JSONSerialization.jsonObject(with: Data((refused?.errors ?? "").utf8)) as? [String: Any]
        #expect(record?["exit_status"] as? Int == 11)
        for command in [["run"], ["ingest"], ["epoch", "close"]] {
            let words = command + ["--workspace", hive.path]
            #expect(try Program.start(words).wait() == .exited(11))
        }
        // Looking is allowed.
        try Program.run("check", "--workspace", hive.path, expecting: 0)
        holder.send(SIGKILL)
        holder.wait()
        let again = try hive.run()
        #expect([0, 3].contains(again.status), "\(again.errors)")
        _ = try hive.check()
    }

    @Test func aKilledInitIsFinishedByTheNext() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/hive"
        var random = SplitMix64(seed: 7)
        for _ in 0..<6 {
            let process = try Program.start(["init", "--workspace", path])
            usleep(UInt32.random(in: 0..<200_000, using: &random))
            process.send(SIGKILL)
            process.wait()
        }
        let last = try Program.run("init", "--workspace", path)
        #expect(last.status == 0 || last.errors.contains("is a workspace already"), "\(last.errors)")
        try Program.run("check", "--workspace", path, expecting: 0)
        try Program.run("build", "--workspace", path, expecting: 0)
        #expect(Files.paths(path, withPrefix: ".waggle-tmp-") == [])
    }
}
