import Foundation
import SeededNumbers
import TestSupport
import Testing

/// Quarantine through the real program.
@Suite struct QuarantineProgramTests {
    private static let linked = "mallory/2026-03-12-linked"
    private static let backup = "ben/2026-03-11-backup"

    private func quarantine(
        _ hive: Hive, _ arguments: [String], expecting status: Int32? = 0,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> Program.Result {
        try Program.run(
            ["quarantine"] + arguments + ["--json", "--workspace", hive.path], expecting: status, location)
    }

    private func hive() throws -> Hive {
        let hive = try Hive()
        try hive.deliverSamples([Self.linked, Self.backup])
        try hive.run(expecting: 3)
        return hive
    }

    private func listed(_ hive: Hive, _ arguments: [String] = []) throws -> [[String: Any]] {
        Array(try quarantine(hive, ["list"] + arguments).records().dropLast())
    }

    private func id(_ hive: Hive, _ contributor: String) throws -> String {
        let entry = try #require(try listed(hive, ["--contributor", contributor]).first)
        return try #require(entry["quarantine"] as? String)
    }

    @Test func listsAndShows() throws {
        let hive = try hive()
        #expect(Set(try listed(hive).compactMap { $0["contributor"] as? String }) == ["ben", "mallory"])
        let unsafe = try listed(hive, ["--code", "upload.unsafe_file"])
        #expect(unsafe.compactMap { $0["source"] as? String } == ["2026-03-12-linked"])
        #expect(unsafe.first?["files"] as? String == "quarantine")
        #expect(try listed(hive, ["--contributor", "ben", "--code", "upload.unsafe_file"]).isEmpty)
        let id = try id(hive, "mallory")
        let shown = try quarantine(hive, ["show", id])
        #expect(shown.summary()["code"] as? String == "upload.unsafe_file")
        let files = shown.records().dropLast()
        #expect(files.contains { $0["kind"] as? String == "link" && $0["path"] as? String == "more.jpg" })
        #expect(shown.summary()["listed"] as? Int == files.count)
        let few = try quarantine(hive, ["show", id, "--files", "1"])
        #expect(few.summary()["all_listed"] as? Bool == false && few.records().count == 2)
        let story = try Program.run("quarantine", "show", id, "--workspace", hive.path, expecting: 0)
        #expect(story.output.contains("what to do: deliver the files themselves"))
        for words in [["show", "nothing"], ["show", "../inbox"], ["retry"], ["retry", "0123456789abcdef"]] {
            _ = try quarantine(hive, words, expecting: 64)
        }
    }

    @Test func namesAreEscaped() throws {
        let hive = try Hive()
        try Files.write([1], to: "\(hive.inbox)/mallory/up\u{1B}[2J\u{202E}load/a\u{202E}b")
        try hive.run(expecting: 3)
        let id = try id(hive, "mallory")
        for words in [["list"], ["show", id]] {
            let said = try Program.run(["quarantine"] + words + ["--workspace", hive.path], expecting: 0)
            let scalars = Array((said.output + said.errors).unicodeScalars)
            #expect(!scalars.contains("\u{1B}") && !scalars.contains("\u{202E}"))
        }
    }

    @Test func retriesAndDrops() throws {
        let hive = try hive()
        let (linked, backup) = (try id(hive, "mallory"), try id(hive, "ben"))
        let time = ["--as-of", Program.asOf]
        let refused = try quarantine(hive, ["retry", "--all"] + time, expecting: 3)
        #expect(refused.summary()["retried"] as? Int == 2 && refused.summary()["released"] as? Int == 0)
        #expect(Set(try listed(hive).compactMap { $0["quarantine"] as? String }) == [linked, backup])
        unlink("\(hive.path)/quarantine/\(linked)/upload/more.jpg")
        let read = try quarantine(hive, ["retry", linked] + time)
        #expect(read.summary()["released"] as? Int == 1)
        let left = try #require(try listed(hive, ["--left"]).first)
        #expect(left["state"] as? String == "ingested" && left["quarantine"] as? String == linked)
        #expect(try quarantine(hive, ["show", linked]).summary()["state"] as? String == "ingested")
        _ = try quarantine(hive, ["drop", linked, "--yes"] + time, expecting: 64)

        let before = try Files.tree("\(hive.path)/quarantine")
        _ = try quarantine(hive, ["drop", backup] + time, expecting: 64)
        #expect(try Files.tree("\(hive.path)/quarantine") == before, "not without --yes")
        let dropped = try quarantine(hive, ["drop", backup, "--yes"] + time)
        #expect(dropped.summary()["dropped"] as? Int == 1)
        #expect(dropped.records().first?["left_at"] as? Int == 1_773_964_800_000)
        #expect(try listed(hive).isEmpty && Files.names("\(hive.path)/quarantine").isEmpty)
        _ = try hive.check()
        #expect(try hive.run(expecting: 0).summary()["quarantined"] as? Int == 0)
    }

    @Test func aDamagedEntryIsDamage() throws {
        let hive = try hive()
        let id = try id(hive, "ben")
        try Files.write(Array("{".utf8), to: "\(hive.path)/quarantine/\(id)/reason.json")
        let listed = try quarantine(hive, ["list"], expecting: 4)
        #expect(listed.summary()["damaged"] as? Int == 1 && listed.summary()["uploads"] as? Int == 1)
        #expect(listed.errors.contains(id))
        for words in [["show", id], ["retry", id], ["drop", id, "--yes"], ["retry", "--all"]] {
            _ = try quarantine(hive, words, expecting: 4)
        }
        #expect(try hive.check(expecting: 4).output.contains("quarantine.damaged"))
    }

    /// Killed anywhere, a retry or a drop loses nothing, and once more it ends as undisturbed.
    @Test func killedAnywhere() throws {
        let template = try hive()
        let (linked, backup) = (try id(template, "mallory"), try id(template, "ben"))
        let files = try Files.tree("\(template.path)/quarantine/\(linked)/upload").filter {
            $0.key != "more.jpg"
        }
        unlink("\(template.path)/quarantine/\(linked)/upload/more.jpg")
        let seed: UInt64 = 20_261_123
        var random = SplitMix64(seed: seed)
        for number in 0..<14 {
            let words = number % 2 == 0 ? ["retry", linked] : ["drop", backup, "--yes"]
            let all =
                ["quarantine"] + words + ["--as-of", Program.asOf, "--workspace"]
            let hive = try Hive(copying: template)
            let process = try Program.start(all + [hive.path])
            usleep(UInt32.random(in: 0..<(number % 2 == 0 ? 400_000 : 60_000), using: &random))
            process.send(SIGKILL)
            process.wait()
            let label = "seed \(seed), kill \(number)"
            let found = Files.paths(hive.path, withPrefix: "2026-03-12-linked").contains {
                !$0.hasSuffix(".json")
            }
            #expect(
                found || FileManager.default.fileExists(atPath: "\(hive.path)/quarantine/\(linked)/upload"),
                "\(label)")
            // Read or dropped already, it is in quarantine no more.
            let again = try Program.run(all + [hive.path])
            #expect([0, 64].contains(again.status), "\(label): \(again.errors)")
            let left = try listed(hive, ["--left"]).compactMap { $0["quarantine"] as? String }
            #expect(left == [number % 2 == 0 ? linked : backup], "\(label)")
            #expect(Files.names("\(hive.path)/quarantine") == [number % 2 == 0 ? backup : linked], "\(label)")
            if number % 2 == 0 {
                #expect(try Files.tree("\(hive.inbox)/\(Self.linked)") == files, "\(label)")
            }
            _ = try hive.check()
        }
    }
}
