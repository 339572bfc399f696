import Foundation
import SeededNumbers
import TestSupport
import Testing

/// Takedowns through the real program.
@Suite struct TakedownProgramTests {
    private static let request = ["--reason", "privacy", "--by", "case-117", "--note", "a face"]

    private func takedown(
        _ hive: Hive, _ arguments: [String], at time: String = "2026-03-13T00:00:00Z",
        expecting status: Int32 = 0,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> Program.Result {
        let folder = try TemporaryFolder()
        let (output, errors) = ("\(folder.path)/out", "\(folder.path)/err")
        let words = ["takedown"] + arguments + ["--as-of", time, "--json", "--workspace", hive.path]
        let end = try Program.start(words, output: output, errors: errors).wait()
        let said = String(decoding: try Files.bytes(errors), as: UTF8.self)
        #expect(end == .exited(status), "\(words): \(said)", sourceLocation: location)
        return Program.Result(
            status: status, output: String(decoding: try Files.bytes(output), as: UTF8.self), errors: said,
            peakMemory: 0)
    }

    private func drive(_ hive: Hive, of source: String) throws -> String {
        let drives = try Program.run("drive", "list", "--json", "--workspace", hive.path, expecting: 0)
            .records()
        return try #require(drives.first { $0["source"] as? String == source }?["drive"] as? String)
    }

    /// One week is closed, then frames of both weeks are taken down, then the other week is closed.
    @Test func aClosedWeekStaysAndTheNextOneSaysSo() throws {
        let hive = try Hive()
        try hive.deliverSamples()
        try Program.run("run", "--as-of", "2026-03-12T20:00:00Z", "--workspace", hive.path, expecting: 3)
        let closed = try Files.tree("\(hive.path)/published/epochs")
        let files = ["awards", "corrections", "cumulative", "explain", "inputs", "scores", "verdicts"]
        #expect(
            Set(closed.keys)
                == Set(files.map { "2026-W10/\($0).jsonl" }).union(["2026-W10/manifest.json"]))
        let blobs = Files.paths("\(hive.path)/blobs", withPrefix: "").filter { $0.utf8.count == 67 }.count

        let ada = try drive(hive, of: "2026-03-05-framekm")
        let planned = try takedown(hive, ["drive", ada, "--dry-run"] + Self.request).summary()
        #expect(planned["dry_run"] as? Bool == true && planned["frames"] as? Int ?? 0 >= 28)
        #expect(
            Files.paths("\(hive.path)/blobs", withPrefix: "").filter { $0.utf8.count == 67 }.count == blobs)
        let done = try takedown(hive, ["drive", ada] + Self.request).summary()
        for member in ["frames", "tiles", "copies"] {
            #expect(done[member] as? Int == planned[member] as? Int, "\(member)")
        }
        #expect(done["new"] as? Bool == true)
        #expect(try takedown(hive, ["drive", ada] + Self.request).summary()["new"] as? Bool == false)
        let fraud = ["contributor", "mallory", "--reason", "fraud", "--by", "ops", "--build"]
        let built = try takedown(hive, fraud).records()
        #expect(built.contains { $0["type"] as? String == "build" })
        _ = try hive.check()

        let frames = try Program.run(
            "explain", "drive", ada, "--json", "--workspace", hive.path, expecting: 0)
        #expect(frames.summary()["withdrawn"] as? Int == 28)
        #expect(frames.summary()["accepted"] as? Int == 26, "its week is closed")
        let id = try #require(done["takedown"] as? String)
        let story = try Program.run(
            "explain", "frame", ada + "-00003", "--workspace", hive.path, expecting: 0)
        #expect(story.output.contains("by takedown \(id) of drive \(ada): privacy, by case-117"))
        // Mallory's copies of Ada's frames show the same pictures.
        let mallory = try Program.run(
            "explain", "contributor", "mallory", "--json", "--workspace", hive.path, expecting: 0)
        #expect(mallory.summary()["withdrawn"] as? Int == 24)
        #expect((mallory.summary()["reasons"] as? [String: Int])?["takedown"] == 14)

        try hive.run(expecting: 0)
        let after = try Files.tree("\(hive.path)/published/epochs")
        for (file, bytes) in closed { #expect(after[file] == bytes, "\(file)") }
        let manifest =
            try JSONSerialization.jsonObject(
                with: Data(try #require(after["2026-W11/manifest.json"]))) as? [String: Any] ?? [:]
        let published = manifest["takedowns"] as? [[String: Any]] ?? []
        #expect(Set(published.compactMap { $0["target"] as? String }) == [ada, "mallory"])
        #expect(Set(published.compactMap { $0["frames"] as? Int }) == [0, 14])
        #expect(published.contains { $0["note"] as? String == "a face" && $0["by"] as? String == "case-117" })
        let listed = try Program.run("takedown", "list", "--json", "--workspace", hive.path, expecting: 0)
        #expect(listed.records().dropLast().allSatisfy { $0["epoch"] as? String == "2026-W11" })
        #expect(listed.summary()["takedowns"] as? Int == 2)
        try Program.run("rewards", "verify", "--workspace", hive.path, expecting: 0)
        try SecondVerifier.check("\(hive.path)/published")
        _ = try hive.check()
    }

    /// Killed anywhere and given again, or followed by a run: nothing of it is left to do.
    @Test func killedAndGivenAgain() throws {
        let template = try Hive()
        try template.deliverSamples(["cleo/2026-03-11-sidecars"])
        try Program.run("run", "--as-of", "2026-03-12T20:00:00Z", "--workspace", template.path, expecting: 0)
        let words = ["contributor", "cleo"] + Self.request
        let clean = try Hive(copying: template)
        let start = ContinuousClock.now
        _ = try takedown(clean, words)
        let duration = ContinuousClock.now - start
        try clean.run(expecting: 0)
        let expected = try clean.published()
        var random = SplitMix64(seed: 20_260_313)
        for attempt in 0..<4 {
            let hive = try Hive(copying: template)
            let process = try Program.start(
                ["takedown"] + words + ["--as-of", "2026-03-13T00:00:00Z", "--workspace", hive.path])
            let share = Double.random(in: 0.1..<1, using: &random)
            usleep(UInt32((duration * share) / .microseconds(1)))
            process.send(SIGKILL)
            process.wait()
            let listed = try Program.run("takedown", "list", "--json", "--workspace", hive.path, expecting: 0)
            let isRecorded = listed.summary()["takedowns"] as? Int == 1
            if !isRecorded || attempt % 2 == 0 { _ = try takedown(hive, words) }
            try hive.run(expecting: 0)
            let found = try hive.published()
            #expect(found.keys.sorted() == expected.keys.sorted(), "attempt \(attempt)")
            #expect(expected.keys.sorted().filter { found[$0] != expected[$0] } == [], "attempt \(attempt)")
            #expect(Files.paths("\(hive.path)/blobs", withPrefix: "").filter { $0.utf8.count == 67 } == [])
            _ = try hive.check()
        }
    }

    @Test func refusesWhatIsNotThere() throws {
        let hive = try Hive()
        try hive.deliverSamples(["cleo/2026-03-11-sidecars"])
        try Program.run("run", "--as-of", "2026-03-12T20:00:00Z", "--workspace", hive.path, expecting: 0)
        for words in [
            ["frame", "x"], ["drive", "x"], ["contributor", "zoe"], ["zone", "x,y"], ["zone", "1,2,1,3"],
            ["zone", "u281i"], ["frame", ""],
        ] { _ = try takedown(hive, words + Self.request, expecting: 64) }
        for options in [
            ["--reason", "whim", "--by", "ops"], ["--reason", "error"], ["--by", "ops"],
            ["--reason", "error", "--by", ""], ["--reason", "error", "--by", "a\nb"],
            ["--reason", "error", "--by", "ops", "--note", String(repeating: "x", count: 1001)],
            ["--reason", "error", "--by", "ops", "--build", "--dry-run"],
        ] { _ = try takedown(hive, ["contributor", "cleo"] + options, expecting: 64) }
        let drive = try drive(hive, of: "2026-03-11-sidecars")
        let frames = try Program.run(
            "explain", "drive", drive, "--json", "--workspace", hive.path, expecting: 0
        ).records()
        let file = try #require(frames.first { $0["type"] as? String == "frame" }?["file"] as? String)
        // The file's name is not the frame's id, but tells it.
        #expect(
            try takedown(hive, ["frame", file] + Self.request, expecting: 64).errors.contains("\(drive)-0"))
        #expect(
            try Program.run("takedown", "list", "--workspace", hive.path).output
                == "Nothing was taken down.\n")
        let south = ["zone"] + Self.request + ["--", "-33.93,18.41,-33.92,18.42"]
        let process = try Program.start(["takedown"] + south, environment: ["WAGGLE_WORKSPACE": hive.path])
        #expect(process.wait() == .exited(0))
        _ = try hive.check()
    }
}
