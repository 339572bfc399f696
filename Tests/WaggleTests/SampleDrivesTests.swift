import Foundation
import TestSupport
import Testing

/// The sample drives through the real program.
@Suite struct SampleDrivesTests {
    private struct Expected: Decodable {
        struct Frame: Decodable {
            let name, verdict: String
            let rule, group: String?
        }
        struct Upload: Decodable {
            let contributor, upload, outcome: String
            let reason: String?
            let frames: [Frame]
        }
        let as_of: String
        let uploads: [Upload]
    }

    @Test func everyFrameGetsTheVerdictThatItsMakerExpects() throws {
        let json = Data(try Files.bytes("\(Program.samples)/expected.json"))
        let expected = try JSONDecoder().decode(Expected.self, from: json)
        let hive = try Hive()
        let ingest = try Program.run(
            "ingest", Program.samples, "--json", "--as-of", expected.as_of, "--workspace", hive.path,
            expecting: 3)
        let outcomes = ingest.records().filter { $0["type"] as? String == "upload" }
        var frames = 0
        for upload in expected.uploads {
            let label = "\(upload.contributor)/\(upload.upload)"
            let outcome = try #require(
                outcomes.first {
                    $0["contributor"] as? String == upload.contributor
                        && $0["source"] as? String == upload.upload
                }, "\(label)")
            #expect(outcome["outcome"] as? String == upload.outcome, "\(label)")
            #expect(outcome["code"] as? String == upload.reason, "\(label)")
            guard let name = outcome["upload"] as? String else { continue }
            frames += upload.frames.count
            try compare(upload.frames, of: name, label, hive)
        }
        let summary = ingest.summary()
        #expect(summary["frames"] as? Int == frames)
        let sum = ["accepted", "duplicate", "rejected"].map { summary[$0] as? Int ?? -1 }.reduce(0, +)
        #expect(sum == frames)
        #expect(outcomes.count == expected.uploads.count)
    }

    private func compare(
        _ expected: [Expected.Frame], of upload: String, _ label: String, _ hive: Hive
    ) throws {
        let records = try Program.run(
            "explain", "upload", upload, "--json", "--workspace", hive.path, expecting: 0
        ).records().filter { $0["type"] as? String == "frame" }
        #expect(records.count == expected.count, "\(label)")
        var found: [String: [String: Any]] = [:]
        for record in records {
            let file = record["file"] as? String ?? ""
            found[file] = record
            // The first frame of a blob has its first byte behind its name only where the file holds more.
            if !file.contains("@") { found["\(file)@0"] = record }
        }
        var groups: [String: [String]] = [:]
        for frame in expected {
            let record = try #require(found[frame.name], "\(label) \(frame.name)")
            let verdict = record["verdict"] as? String ?? ""
            let rule = record["rule"] as? String
            if frame.verdict == "one_of" {
                groups[frame.group ?? "", default: []].append(verdict)
                if verdict != "accepted" { #expect(rule == frame.rule, "\(label) \(frame.name)") }
            } else {
                #expect(verdict == frame.verdict, "\(label) \(frame.name)")
                #expect(rule == frame.rule, "\(label) \(frame.name)")
            }
        }
        for (group, verdicts) in groups {
            #expect(verdicts.count { $0 == "accepted" } == 1, "\(label) \(group)")
            #expect(verdicts.allSatisfy { ["accepted", "duplicate"].contains($0) }, "\(label) \(group)")
        }
    }

    @Test func aSecondRunChangesNothing() throws {
        let hive = try Hive()
        try hive.deliverSamples()
        let first = try hive.run(expecting: 3).summary()
        #expect(first["changed"] as? Bool == true)
        #expect(first["epochs_closed"] as? [String] == ["2026-W10", "2026-W11"])
        let before = try hive.published()
        let second = try hive.run(expecting: 0).summary()
        #expect(second["changed"] as? Bool == false)
        #expect(try hive.published() == before)
        #expect(
            try Program.run("run", "--as-of", Program.asOf, "--workspace", hive.path, expecting: 0)
                .output.contains("Nothing new: no published byte has changed."))
        try Program.run("rewards", "verify", "--workspace", hive.path, expecting: 0)
        #expect(try hive.check().summary()["findings"] as? Int == 0)
        try SecondVerifier.check("\(hive.path)/published")
    }

    /// Reversed order of delivery, one job or two, other time zones and languages, other paths and directory orders.
    @Test func surroundingsDecideNothing() throws {
        let hive = try Hive()
        try hive.deliverSamples()
        try hive.run(jobs: 1, expecting: 3)
        let expected = try hive.published()
        let other = try Hive(name: "a b\u{E9}'\u{65}\u{301}")
        let environment = [
            "TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "LC_ALL": "de_DE.UTF-8", "PWD": "/nowhere",
        ]
        let uploads = Files.names(Program.samples).filter { !$0.contains(".") }.flatMap { contributor in
            Files.names("\(Program.samples)/\(contributor)").filter { !$0.hasSuffix(".receipt.json") }
                .map { "\(contributor)/\($0)" }
        }
        for (number, upload) in uploads.reversed().enumerated() {
            // Files made in the reverse order: the file system lists them otherwise.
            let source = "\(Program.samples)/\(upload)"
            let target = "\(other.folder.path)/shelf \(number)/\(upload.split(separator: "/")[1])"
            for file in try Files.tree(source).keys.sorted().reversed() {
                try Files.copy("\(source)/\(file)", to: "\(target)/\(file)")
            }
            try Files.copy("\(source).receipt.json", to: "\(target).receipt.json")
            try Program.run(
                "ingest", target, "--contributor", String(upload.split(separator: "/")[0]), "--jobs",
                String(number % 2 + 1), "--keep-frames", number % 3 == 0 ? "none" : "copy", "--as-of",
                Program.asOf, "--workspace", other.path, environment: environment)
        }
        try Program.run("build", "--workspace", other.path, environment: environment, expecting: 0)
        try Program.run(
            "epoch", "close", "--as-of", Program.asOf, "--workspace", other.path, environment: environment,
            expecting: 0)
        try Program.run(
            "epoch", "finalize", "--as-of", Program.asOf, "--workspace", other.path, environment: environment,
            expecting: 0)
        let found = try other.published()
        #expect(found.keys.sorted() == expected.keys.sorted())
        #expect(expected.keys.sorted().filter { found[$0] != expected[$0] } == [])
        try Program.run(
            "rewards", "verify", "--workspace", other.path, environment: environment, expecting: 0)
    }
}
