import Foundation
import TestSupport
import Testing

/// Whatever lies in the inbox: the good uploads are in, the bad ones in quarantine with what to do about them.
@Suite struct HostileInboxTests {
    @Test func oneBadUploadNeverHurtsAnother() throws {
        let hive = try Hive()
        let good = TestUpload.drive(
            "ada", "good", pictures: 1, count: 5, captured: .at("2026-03-05T10:00:00Z"),
            received: .at("2026-03-05T12:00:00Z"))
        try good.deliver(to: hive.inbox)
        let hostile = try HostileInbox(hive)
        let run = try hive.run(expecting: 3)
        let records = run.records()
        var outcomes: [String: [String: Any]] = [:]
        for record in records where record["type"] as? String == "upload" {
            outcomes[record["source"] as? String ?? ""] = record
        }
        #expect(outcomes["good"]?["outcome"] as? String == "ingested")
        let upload = try #require(outcomes["good"]?["upload"] as? String)
        let story = try Program.run(
            "explain", "upload", upload, "--json", "--workspace", hive.path, expecting: 0)
        #expect(story.summary()["accepted"] as? Int == 5)
        for (name, code) in hostile.quarantined {
            let outcome = outcomes[name] ?? [:]
            #expect(outcome["outcome"] as? String == "quarantined", "\(name): \(outcome)")
            if !code.isEmpty { #expect(outcome["code"] as? String == code, "\(name)") }
            for key in ["place", "reason", "remedy"] {
                #expect(outcome[key] as? String != "", "\(name) has no \(key)")
            }
            let record = outcome["quarantine"] as? String ?? "-"
            #expect(Files.names("\(hive.path)/quarantine/\(record)") == ["reason.json", "upload"], "\(name)")
        }
        let frames = try hive.check().summary()["frames"] as? Int
        #expect(frames == 5 + hostile.refused.values.reduce(0, +))
        for name in hostile.refused.keys {
            #expect(outcomes[name]?["outcome"] as? String == "ingested", "\(name): \(outcomes[name] ?? [:])")
        }
        let ignored = records.filter { $0["type"] as? String == "ignored" }.compactMap {
            $0["path"] as? String
        }
        #expect(ignored.map { $0.split(separator: "/").last } == ["a-file", "a-link"])
        #expect(outcomes.count == 1 + hostile.quarantined.count + hostile.refused.count)
        // Debug builds included: the bound is that of the issue.
        #expect(run.peakMemory < 200 << 20, "\(run.peakMemory >> 20) MB")
        // Nothing of the outside was read: its bytes are nowhere in the workspace, nor in what was said.
        #expect(!(run.output + run.errors).contains(HostileInbox.secret))
        for name in Files.paths("\(hive.path)/blobs", withPrefix: "") where name.utf8.count == 67 {
            #expect(try Files.bytes("\(hive.path)/blobs/\(name)") != Array(HostileInbox.secret.utf8))
        }
        #expect(!run.errors.utf8.contains(0x1B), "control characters are escaped")
        #expect(try hive.run(expecting: 0).summary()["changed"] as? Bool == false)
    }

    /// Said to people: no control character of a name reaches the terminal.
    @Test func escapesNamesForTheTerminal() throws {
        let hive = try Hive()
        try Files.write([1], to: "\(hive.inbox)/mallory/up\u{1B}[2J\u{202E}load\n/file")
        let run = try Program.run("run", "--workspace", hive.path, expecting: 3)
        let said = Array((run.output + run.errors).unicodeScalars)
        #expect(!said.contains("\u{1B}") && !said.contains("\u{202E}"))
        #expect(run.errors.contains("load"))
    }

    /// As somebody whom the system does not let into a directory.
    @Test(.enabled(if: getuid() != 0)) func anUnreadableDirectory() throws {
        let hive = try Hive()
        for name in ["open", "closed"] { try Files.write([1], to: "\(hive.inbox)/ada/\(name)/file") }
        chmod("\(hive.inbox)/ada/closed", 0)
        defer { chmod("\(hive.inbox)/ada/closed", 0o700) }
        let run = try hive.run(expecting: 3)
        #expect(
            run.records().contains {
                $0["outcome"] as? String == "deferred" && $0["source"] as? String == "closed"
            })
        #expect(
            run.records().contains {
                $0["outcome"] as? String == "quarantined" && $0["source"] as? String == "open"
            })
    }
}
