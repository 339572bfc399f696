import Foundation
import TestSupport
import Testing

/// What `waggle rewards verify` and `waggle log verify` say of a log, and how they end.
@Suite struct LogExitCodeTests {
    private let hive: Hive
    private let folder: TemporaryFolder
    private let policy: String

    /// A signed log of two epochs, the first of which is final.
    init() throws {
        hive = try Hive()
        folder = try TemporaryFolder()
        try hive.deliverSamples(["cleo/2026-03-11-sidecars", "ben/2026-03-06-photos"])
        try hive.run()
        try Program.run(
            "epoch", "finalize", "--as-of", "2026-06-01T00:00:00Z", "--workspace", hive.path, expecting: 0)
        let key = "\(folder.path)/log.key"
        let made = try Program.run("key", "new", key, "--name", "example.org/hive", "--json", expecting: 0)
            .summary()
        try Program.run("log", "sign", "--key", key, "--workspace", hive.path, expecting: 0)
        policy = try folder.write("log \(try #require(made["log"] as? String))\nquorum none\n", to: "policy")
    }

    private var published: String { "\(hive.path)/published" }

    /// Requires that both end with these statuses, and tell findings of the code.
    private func expect(
        _ rewards: Int32, _ log: Int32, _ code: String, _ words: [String], in published: String,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        for (command, status) in [("rewards", rewards), ("log", log)] {
            let result = try Program.run(
                [command, "verify", "--published", published, "--json"] + words, expecting: status, location)
            let codes = result.records().compactMap { $0["code"] as? String }
            #expect(
                codes.contains { $0 == code } || code.isEmpty && codes.isEmpty, "\(command): \(codes)",
                sourceLocation: location)
        }
    }

    /// A copy of what is published that `change` has changed.
    private func copy(_ name: String, _ change: (String) throws -> Void) throws -> String {
        let path = "\(folder.path)/\(name)"
        try Files.copy(published, to: path)
        try change(path)
        return path
    }

    @Test func whatIsMissingIsIncomplete() throws {
        try expect(0, 0, "", ["--policy", policy], in: published)
        try expect(0, 0, "", [], in: published)
        let size = Files.names("\(published)/log/tile/0/000.p").compactMap { Int($0) }.max() ?? 0
        let rulesets = try #require(Files.names("\(published)/rulesets").first)
        for (number, name) in [
            "log/tile/0/000.p/\(size)", "log/tile/entries/000.p/\(size)", "finals/2026-W10.json",
            "epochs/2026-W10/manifest.note", "rulesets/\(rulesets)",
        ].enumerated() {
            let path = try copy("missing-\(number)") { Files.remove("\($0)/\(name)") }
            try expect(3, 3, "log.file.missing", ["--policy", policy], in: path)
        }
    }

    /// Tiles without anything that says up to where they count are a log that somebody has hidden.
    @Test func aLogWithoutHeadAndCheckpointIsNotPassedOver() throws {
        let path = try copy("tiles") {
            Files.remove("\($0)/log/head")
            Files.remove("\($0)/log/checkpoint")
        }
        try expect(3, 3, "log.file.missing", [], in: path)
        // With the checkpoint alone it can be read, and changes in it are found.
        let headless = try copy("headless") { Files.remove("\($0)/log/head") }
        try expect(0, 0, "", [], in: headless)
        Files.remove("\(headless)/finals/2026-W10.json")
        try expect(3, 3, "log.file.missing", [], in: headless)
    }

    @Test func whatTheLogLacksOrSaysOtherwiseIsFound() throws {
        let final = "finals/2026-W10.json"
        let early = try copy("early") { path in
            let text = String(decoding: try Files.bytes("\(path)/\(final)"), as: UTF8.self)
            let start = try #require(text.range(of: "\"final_at\":")?.upperBound)
            let end = try #require(text[start...].firstIndex(of: ","))
            let time = try #require(Int(text[start..<end]))
            try Files.write(
                Array(text.replacing("\(time)", with: "\(time - 1)").utf8), to: "\(path)/\(final)")
        }
        try expect(1, 4, "log.conflict", ["--policy", policy], in: early)
        let more = try copy("more") {
            try Files.write(try Files.bytes("\($0)/\(final)"), to: "\($0)/finals/2026-W30.json")
        }
        try expect(1, 4, "log.conflict", ["--policy", policy], in: more)
    }

    /// Corrections that the log does not know are read line by line, and of the findings there is an end.
    @Test func correctionsAreNotKeptInMemory() throws {
        let line = "{\"note\":\"\(String(repeating: "x", count: 1000))\"}\n"
        let path = try copy("many") {
            try Files.write(
                [UInt8](String(repeating: line, count: 64_000).utf8),
                to: "\($0)/epochs/2026-W10/corrections.jsonl")
        }
        let result = try Program.run("log", "verify", "--published", path, "--json", expecting: 4)
        let findings = result.records().filter { $0["type"] as? String == "finding" }
        #expect(findings.count == 1001 && findings.last?["code"] as? String == "log.more")
        #expect(findings.first?["code"] as? String == "log.missing")
        // The file has 65 MB; without it, the program takes 35.
        #expect(result.peakMemory < 60 << 20, "\(result.peakMemory >> 20) MB")
    }

    /// Files that were given, and are not what they should be, are no findings about the log.
    @Test func argumentsThatCannotBeUsedAreUsage() throws {
        let bad = try folder.write("nonsense\n", to: "bad")
        for command in ["rewards", "log"] {
            func run(_ words: String..., expecting status: Int32) throws -> String {
                try Program.run(
                    [command, "verify", "--published", published] + words, expecting: status
                ).errors
            }
            #expect(try run("--policy", bad, expecting: 64).contains(bad))
            #expect(try run("--from", bad, expecting: 64).contains(bad))
            for option in ["--policy", "--from"] {
                #expect(try run(option, "\(folder.path)/none", expecting: 1).contains("\(folder.path)/none"))
                #expect(try run(option, folder.path, expecting: 1).contains(folder.path))
            }
        }
    }
}
