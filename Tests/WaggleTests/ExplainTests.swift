import Foundation
import TestSupport
import Testing

/// `waggle explain` of every kind of verdict in the sample drives.
@Suite struct ExplainTests {
    private func explain(_ hive: Hive, _ words: [String]) throws -> [[String: Any]] {
        try Program.run(["explain"] + words + ["--json", "--workspace", hive.path], expecting: 0).records()
    }

    private func of(_ type: String, _ records: [[String: Any]]) -> [[String: Any]] {
        records.filter { $0["type"] as? String == type }
    }

    @Test func everyVerdictCanBeFollowed() throws {
        let hive = try Hive()
        try hive.deliverSamples()
        try hive.run(expecting: 3)
        var examples: [String: String] = [:]
        for contributor in ["ada", "ben", "cleo", "mallory"] {
            for frame in of("frame", try explain(hive, ["contributor", contributor])) {
                let kind = frame["rule"] as? String ?? "accepted \(frame["position_from"] ?? "")"
                examples[kind] = frame["frame"] as? String
            }
        }
        // Of these the sample drives have one at least.
        #expect(examples.count >= 16, "\(examples.keys.sorted())")
        for (kind, name) in examples.sorted(by: { $0.key < $1.key }) {
            let records = try explain(hive, ["frame", name])
            #expect(of("frame", records).count == 1)
            let checks = of("check", records)
            let failed = checks.filter { $0["result"] as? String == "failed" }
            let isAccepted = kind.hasPrefix("accepted")
            #expect(failed.compactMap { $0["rule"] as? String } == (isAccepted ? [] : [kind]))
            for check in checks where check["result"] as? String == "passed" {
                guard let value = check["value"] as? Int, let limit = check["limit"] as? Int else { continue }
                let isWithin =
                    switch check["side"] as? String {
                    case "at_least": value >= limit
                    case "at_most": value <= limit
                    default: value > limit
                    }
                #expect(isWithin, "\(kind): \(check)")
            }
            let fields = Set(of("field", records).compactMap { $0["field"] as? String })
            #expect(fields.count == 8, "\(kind): the upload is at hand")
            if ["accepted repaired", "accepted trace", "position.impossible_speed"].contains(kind) {
                #expect(!of("repair", records).isEmpty, "\(kind)")
            }

            let story = try Program.run("explain", "frame", name, "--workspace", hive.path, expecting: 0)
            for part in ["Where it comes from", "What was read", "What was checked", "Verdict: "] {
                #expect(story.output.contains(part), "\(kind)")
            }
            #expect(story.output.contains("FAILED") == !isAccepted, "\(kind)")
        }
    }

    @Test func drivesAndUploadsTellTheirTraces() throws {
        let hive = try Hive()
        try hive.deliverSamples(["cleo/2026-03-07-photos-and-trace"])
        try hive.run(expecting: 0)
        let upload = try explain(hive, ["upload", "2026-03-07-photos-and-trace"])
        let drive = try #require(of("drive", upload).first)
        #expect(drive["remarks"] as? [String] == [])
        let parts = of("part", upload)
        #expect(parts.count == drive["parts"] as? Int)
        #expect(parts.compactMap { $0["fixes"] as? Int }.reduce(0, +) == drive["fixes"] as? Int)
        let same = try explain(hive, ["drive", drive["drive"] as? String ?? ""])
        #expect(of("part", same).count == parts.count)
        #expect(of("frame", same).count == of("frame", upload).count)
    }

    /// Without its upload a frame is explained by what was kept.
    @Test func withoutItsSource() throws {
        let hive = try Hive()
        try hive.deliverSamples(["ben/2026-03-10-photos"])
        try hive.run(expecting: 0)
        let frame = try #require(
            of("frame", try explain(hive, ["contributor", "ben"])).first {
                $0["rule"] as? String == "position.impossible_speed"
            }?["frame"] as? String)
        let before = try explain(hive, ["frame", frame])
        Files.remove("\(hive.inbox)/ben/2026-03-10-photos")
        let after = try explain(hive, ["frame", frame])
        #expect(of("field", before).count >= 8 && of("field", after).isEmpty)
        for type in ["frame", "check", "repair"] {
            #expect(of(type, before) as NSArray == of(type, after) as NSArray)
        }
    }

    /// A sidecar that says another place than the file's name: the car could not have gone there.
    @Test func sourcesThatDiffer() throws {
        let hive = try Hive()
        try hive.deliverSamples(["ada/2026-03-08-sidecars"])
        let name = "1772976175176_48.219488495_11.042320843"
        let sidecar = "\(hive.inbox)/ada/2026-03-08-sidecars/\(name).json"
        let text = try String(contentsOfFile: sidecar, encoding: .utf8)
        try text.replacing("48.219488495", with: "48.229488495").write(
            toFile: sidecar, atomically: false, encoding: .utf8)
        try hive.run(expecting: 0)
        let frame = try #require(
            of("frame", try explain(hive, ["contributor", "ada"])).first {
                $0["file"] as? String == "\(name).jpg"
            })
        #expect(frame["verdict"] as? String == "accepted" && frame["latitude_e7"] as? Int == 482_194_885)
        let records = try explain(hive, ["frame", frame["frame"] as? String ?? ""])
        let believed = of("believed", records)
        #expect(believed.map { $0["source"] as? String } == ["file_name"])
        #expect(believed.map { $0["reason"] as? String } == ["reach"])
        let sources = of("source", records)
        #expect(
            sources.map { $0["source"] as? String }.prefix(2) == ["sidecar", "sidecar_clock"]
                && sources.last?["source"] as? String == "file_name")
        // 0.01 degree on the sphere of 6,371,008.8 m.
        #expect(abs((sources.first?["distance_mm"] as? Int ?? 0) - 1_111_949) < 3)
        let story = try Program.run(
            "explain", "frame", frame["frame"] as? String ?? "", "--workspace", hive.path, expecting: 0)
        #expect(story.output.contains("only from and to there a car can have gone"))
    }

    /// Of a frame that its contributor keeps to themselves nothing is said but that.
    @Test func whatIsPrivateStaysPrivate() throws {
        let hive = try Hive()
        try hive.deliverSamples(["ada/2026-03-08-sidecars"])
        try Program.run(
            "privacy", "add", "ada", "--circle", "48.2195562,11.0423201,30", "--workspace", hive.path,
            expecting: 0)
        try hive.run(expecting: 0)
        let frame = try #require(
            of("frame", try explain(hive, ["contributor", "ada"])).first {
                $0["rule"] as? String == "privacy.zone"
            }?["frame"] as? String)
        let records = try explain(hive, ["frame", frame])
        #expect(of("field", records).isEmpty && of("repair", records).isEmpty)
        #expect(of("check", records).compactMap { $0["rule"] as? String } == ["privacy.zone"])
        let story = try Program.run("explain", "frame", frame, "--workspace", hive.path, expecting: 0)
        #expect(story.output.contains("keeps it to themselves") && !story.output.contains("48.219"))
    }
}
