import Foundation
import TestSupport
import Testing

/// What contributors keep to themselves, through the real program.
@Suite struct PrivacyProgramTests {
    @Test func nothingOfAPrivateFrameIsStored() throws {
        let hive = try Hive()
        try hive.deliverSamples()
        func privacy(_ arguments: String...) throws -> [String: Any] {
            try Program.run(
                ["privacy"] + arguments + ["--json", "--workspace", hive.path], expecting: 0
            ).summary()
        }
        #expect(
            try privacy("add", "ada", "--circle", "48.2183829,11.0428999,60")["zones"] as? Int == 1)
        #expect(try privacy("trim", "ben", "30")["trim_m"] as? Int == 30)
        #expect(try privacy("list")["contributors"] as? Int == 2)
        try Program.run("run", "--as-of", Program.asOf, "--workspace", hive.path, expecting: 3)
        let check = try hive.check().summary()
        #expect(check["findings"] as? Int == 0)
        try Program.run("rewards", "verify", "--workspace", hive.path, expecting: 0)
        try SecondVerifier.check("\(hive.path)/published")

        var rules: [String: Int] = [:]
        for epoch in ["2026-W10", "2026-W11"] {
            let path = "\(hive.path)/published/epochs/\(epoch)/verdicts.jsonl"
            for line in String(decoding: try Files.bytes(path), as: UTF8.self).split(separator: "\n") {
                let verdict =
                    try #require(
                        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                guard let rule = verdict["rule"] as? String, rule.hasPrefix("privacy.") else { continue }
                rules["\(verdict["contributor"] as? String ?? "") \(rule)", default: 0] += 1
                #expect(verdict["sha256"] == nil && verdict["captured_at"] is NSNull, "\(line)")
            }
        }
        #expect(rules["ada privacy.zone"] ?? 0 > 0)
        #expect(rules["ben privacy.trim"] ?? 0 > 0)
        #expect(Set(rules.keys) == ["ada privacy.zone", "ben privacy.trim"], "\(rules)")
    }

    /// The ruleset trims the drives of those who have not chosen; who chose not to be trimmed is not.
    @Test func theRulesetTrimsWhereNobodyHasChosen() throws {
        let folder = try TemporaryFolder()
        let (hive, rules) = ("\(folder.path)/hive", "\(folder.path)/rules.json")
        let standard = try Program.run("ruleset", "show", "--standard", "--file", expecting: 0).output
        try #require(standard.contains("\"trim_mm\":0"))
        try Files.write(
            Array(standard.replacing("\"trim_mm\":0", with: "\"trim_mm\":30000").utf8), to: rules)
        try Program.run("init", "--workspace", hive, "--ruleset", rules, expecting: 0)
        try Program.run("privacy", "trim", "ada", "0", "--workspace", hive, expecting: 0)
        for (contributor, upload) in [("ada", "2026-03-08-sidecars"), ("cleo", "2026-03-11-sidecars")] {
            let result = try Program.run(
                "ingest", "\(Program.samples)/\(contributor)/\(upload)", "--contributor", contributor,
                "--as-of", Program.asOf, "--workspace", hive, "--json", expecting: 0)
            let reasons = result.summary()["reasons"] as? [String: Int]
            #expect((reasons?["privacy.trim"] ?? 0 > 0) == (contributor == "cleo"), "\(contributor)")
        }
        let listed = try Program.run("privacy", "list", "--workspace", hive, "--json", expecting: 0).records()
        #expect(listed.first?["trim_m"] as? Int == 0, "ada's own choice")
    }

    /// Mallory's sidecar frames have their positions in their names: of those in a zone, the catalog has neither name.
    @Test func theNamesOfPrivateFramesAreNotStored() throws {
        let hive = try Hive()
        try hive.deliverSamples(["mallory/2026-03-09-sidecars"])
        let files = Files.names("\(hive.inbox)/mallory/2026-03-09-sidecars").filter { $0.hasSuffix(".jpg") }
        try Program.run(
            "privacy", "add", "mallory", "--circle", "48.2183829,11.0428999,30", "--workspace", hive.path,
            expecting: 0)
        try Program.run("run", "--as-of", Program.asOf, "--workspace", hive.path, expecting: 0)
        var catalog = Data()
        for file in try FileManager.default.contentsOfDirectory(atPath: hive.path)
        where file.hasPrefix("catalog.sqlite") {
            catalog += Data(try Files.bytes("\(hive.path)/\(file)"))
        }
        let stored = files.filter { catalog.range(of: Data($0.utf8)) != nil }
        #expect(!stored.isEmpty, "frames outside the zone are there")
        #expect(!stored.contains { $0.hasPrefix("1772703615015_48.218382932_11.042899904") })
        #expect(stored.count < files.count)
    }

    @Test func impossibleRequestsAreRefused() throws {
        let hive = try Hive()
        for arguments in [
            ["add", "ada"], ["add", "ada", "--circle", "91,0,5"], ["add", "ada", "--circle", "1,2,0"],
            ["add", "ada", "--polygon", "1,1 2,2"], ["add", ".ada", "--circle", "1,2,5"],
            ["drop", "ada", "1"], ["trim", "ada", "200000"],
        ] {
            let result = try Program.run(["privacy"] + arguments + ["--workspace", hive.path])
            #expect([1, 64].contains(result.status) && !result.errors.isEmpty, "\(arguments)")
        }
    }
}
