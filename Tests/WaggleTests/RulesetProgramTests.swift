import Foundation
import TestSupport
import Testing

/// `waggle ruleset` and `init --ruleset`, through the program.
struct RulesetProgramTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func changed(_ old: String, _ new: String) throws -> String {
        let standard = try Program.run("ruleset", "show", "--standard", "--file", expecting: 0).output
        try #require(standard.contains(old))
        let path = "\(folder.path)/mine.json"
        try Files.write(Array(standard.replacing(old, with: new).utf8), to: path)
        return path
    }

    @Test func aWorkspaceGoesByTheRulesetItWasMadeWith() throws {
        let mine = try changed(
            "\"max_gap_mm\":100000,\"max_gap_ms\":10000", "\"max_gap_mm\":100000,\"max_gap_ms\":5000")
        let hive = "\(folder.path)/hive"
        try Program.run("init", "--workspace", hive, "--ruleset", mine, expecting: 0)
        let shown = try Program.run("ruleset", "show", "--workspace", hive, expecting: 0).output
        #expect(shown.contains("locate.max_gap_ms") && shown.contains(" 5000 "))
        let text = try Program.run("ruleset", "show", "--file", "--workspace", hive, expecting: 0).output
        #expect(text == (try String(contentsOfFile: mine, encoding: .utf8)))
        let check = try Program.run("ruleset", "check", mine, expecting: 0).output
        #expect(check.contains("1 of its") && check.contains("locate.max_gap_ms"))
        let difference = try Program.run(
            "ruleset", "diff", "\(hive)/ruleset.json", mine, expecting: 0)
        #expect(difference.output.contains("Both are ruleset"))
    }

    @Test func aFileThatIsNoRulesetIsRefusedByThePathOfTheNumber() throws {
        let mine = try changed("\"min_stuck_frames\":3", "\"min_stuck_frames\":1")
        for arguments in [
            ["ruleset", "check", mine], ["init", "--workspace", "\(folder.path)/w", "--ruleset", mine],
        ] {
            let refused = try Program.run(arguments, expecting: 1)
            #expect(refused.errors.contains("$.sources.min_stuck_frames"), "\(refused.errors)")
            #expect(refused.errors.contains("waggle ruleset show --standard"))
        }
        #expect(Files.names("\(folder.path)").sorted() == ["mine.json"], "nothing was made")
    }

    @Test func differencesAreListed() throws {
        let mine = try changed(
            "\"max_gap_mm\":100000,\"max_gap_ms\":10000", "\"max_gap_mm\":100000,\"max_gap_ms\":5000")
        let standard = "\(folder.path)/standard.json"
        let text = try Program.run("ruleset", "show", "--standard", "--file", expecting: 0).output
        try Files.write(Array(text.utf8), to: standard)
        let found = try Program.run("ruleset", "diff", standard, mine, "--json", expecting: 1)
        let records = found.records()
        #expect(records.map { $0["type"] as? String } == ["difference", "summary"])
        #expect(records[0]["number"] as? String == "locate.max_gap_ms")
        #expect(records[0]["old"] as? String == "10000" && records[0]["new"] as? String == "5000")
    }

    @Test func anotherRulesetIsAdoptedForAWeekToCome() throws {
        let mine = try changed("\"redundancy_target\":8", "\"redundancy_target\":5")
        let hive = "\(folder.path)/hive"
        try Program.run("init", "--workspace", hive, expecting: 0)
        let words = ["--workspace", hive, "--as-of", "2026-03-06T12:00:00Z"]
        let adopt = ["ruleset", "adopt", mine, "--from"]
        let begun = try Program.run(adopt + ["2026-W10"] + words, expecting: 1)
        #expect(begun.errors.contains("cannot hold from 2026-W10 on, which has begun"))
        let said = try Program.run(adopt + ["2026-W11"] + words, expecting: 0).output
        #expect(said.contains("From 2026-W11 on (2026-03-09T00:00:00Z)"))
        #expect(said.contains("score.redundancy_target") && said.contains("1 number "))
        let list = try Program.run("ruleset", "list", "--json", "--workspace", hive, expecting: 0).records()
        #expect(list.map { $0["from"] as? String } == [nil, "2026-W11", nil])
        #expect(list[1]["adopted_at"] as? Int == 1_772_798_400_000)
        let name = try #require(list[1]["ruleset"] as? String)
        #expect(Files.names("\(hive)/published/rulesets").contains("\(name).json"))
        for (week, target) in [("2026-W10", "8"), ("2026-W11", "5"), ("2030-W01", "5")] {
            let shown = try Program.run(
                "ruleset", "show", "--epoch", week, "--json", "--workspace", hive, expecting: 0
            ).records()
            let record = shown.first { $0["number"] as? String == "score.redundancy_target" }
            #expect(record?["value"] as? String == target, "\(week)")
        }
        try Program.run("check", "--workspace", hive, expecting: 0)
    }
}
