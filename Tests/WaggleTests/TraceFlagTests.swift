import Foundation
import TestSupport
import Testing

/// A simulated trace through the program: by the standard ruleset it is flagged, by a stricter one refused.
struct TraceFlagTests {
    /// The photos of cleo's drive with a trace of one speed, 12 m/s northwards, through all their times.
    private static func forgedUpload(in folder: String) throws -> String {
        let source = "\(Program.samples)/cleo/2026-03-07-photos-and-trace"
        let upload = "\(folder)/forged"
        try FileManager.default.copyItem(atPath: source, toPath: upload)
        let original = try String(contentsOfFile: "\(source)/trace.gpx", encoding: .utf8)
        let times = original.components(separatedBy: "<time>").dropFirst().compactMap {
            $0.components(separatedBy: "</time>").first
        }
        let format = ISO8601DateFormatter()
        format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        let plain = ISO8601DateFormatter()
        let dates = times.compactMap { format.date(from: $0) ?? plain.date(from: $0) }
        let (first, last) = (try #require(dates.min()), try #require(dates.max()))
        let points = (0...Int(last.timeIntervalSince(first)) + 60).map { second in
            let latitude = 48.2 + Double(second) * 12 / 111_194.926_6
            let time = plain.string(from: first.addingTimeInterval(Double(second)))
            return "<trkpt lat=\"\(latitude)\" lon=\"11.04\"><time>\(time)</time></trkpt>"
        }
        let gpx =
            "<gpx version=\"1.1\" creator=\"simulator\"><trk><trkseg>\(points.joined())</trkseg></trk></gpx>"
        try Files.write(Array(gpx.utf8), to: "\(upload)/trace.gpx")
        return upload
    }

    private static func ingest(_ upload: String, _ hive: String) throws -> (
        drive: [String: Any], rules: [String: Int]
    ) {
        let summary = try Program.run(
            "ingest", upload, "--contributor", "cleo", "--as-of", Program.asOf, "--workspace", hive, "--json",
            expecting: 0
        ).summary()
        let drive = try Program.run("drive", "list", "--workspace", hive, "--json", expecting: 0).records()[0]
        return (drive, summary["reasons"] as? [String: Int] ?? [:])
    }

    @Test func flagsWarnOrRefuseAsTheRulesetSays() throws {
        let folder = try TemporaryFolder()
        let upload = try Self.forgedUpload(in: folder.path)
        let lenient = "\(folder.path)/lenient"
        try Program.run("init", "--workspace", lenient, expecting: 0)
        let warned = try Self.ingest(upload, lenient)
        let flags = warned.drive["flags"] as? [[String: Any]] ?? []
        #expect(flags.map { $0["rule"] as? String } == ["trace.constant_speed", "trace.too_smooth"])
        #expect(flags.first?["limit"] as? Int == 500 && flags.first?["unit"] as? String == "permille")
        #expect(!warned.rules.keys.contains { $0.hasPrefix("trace.") })
        let name = warned.drive["drive"] as? String ?? ""
        let story = try Program.run("explain", "drive", name, "--workspace", lenient, expecting: 0).output
        #expect(story.contains("flag: trace.constant_speed") && story.contains("refuses no frame by itself"))

        let standard = try Program.run("ruleset", "show", "--standard", "--file", expecting: 0).output
        let rules = "\(folder.path)/strict.json"
        try Files.write(
            Array(
                standard.replacing("\"constant_speed_action\":1", with: "\"constant_speed_action\":3").utf8),
            to: rules)
        let strict = "\(folder.path)/strict"
        try Program.run("init", "--workspace", strict, "--ruleset", rules, expecting: 0)
        let refused = try Self.ingest(upload, strict)
        #expect(refused.rules["trace.constant_speed"] ?? 0 > 20, "\(refused.rules)")
        #expect(refused.drive["accepted"] as? Int == 0)
        let frame = try #require(
            try Program.run("explain", "drive", name, "--workspace", strict, "--json", expecting: 0).records()
                .first { $0["rule"] as? String == "trace.constant_speed" }?["frame"] as? String)
        let explained = try Program.run("explain", "frame", frame, "--workspace", strict, expecting: 0).output
        #expect(explained.contains("Its drive does not keep one speed all the time"))
        #expect(explained.contains("FAILED"))
    }

    /// One picture, encoded anew for each of forty frames that are eleven metres apart.
    @Test func aFrozenVideoIsFlaggedOrRefused() throws {
        let folder = try TemporaryFolder()
        var upload = TestUpload.drive(
            "cleo", "frozen", pictures: 1, count: 40, captured: .at("2026-03-07T10:00:00Z"),
            received: .at("2026-03-08T00:00:00Z"))
        for index in upload.frames.indices {
            upload.frames[index].picture = 1
            upload.frames[index].quality = index % 2 == 0 ? 90 : 60
        }
        let path = "\(folder.path)/frozen"
        try upload.write(to: path)
        let lenient = "\(folder.path)/lenient"
        try Program.run("init", "--workspace", lenient, expecting: 0)
        let flags = try Self.ingest(path, lenient).drive["flags"] as? [[String: Any]] ?? []
        #expect(flags.map { $0["rule"] as? String } == ["trace.frozen"])
        #expect(flags.first?["value"] as? Int == 975 && flags.first?["limit"] as? Int == 200)

        let standard = try Program.run("ruleset", "show", "--standard", "--file", expecting: 0).output
        let rules = "\(folder.path)/strict.json"
        try Files.write(
            Array(standard.replacing("\"frozen_action\":1", with: "\"frozen_action\":3").utf8), to: rules)
        let strict = "\(folder.path)/strict"
        try Program.run("init", "--workspace", strict, "--ruleset", rules, expecting: 0)
        let refused = try Self.ingest(path, strict)
        #expect(refused.rules == ["trace.frozen": 40])
        try Program.run("check", "--workspace", strict, expecting: 0)
        let name = refused.drive["drive"] as? String ?? ""
        let story = try Program.run("explain", "frame", "\(name)-00007", "--workspace", strict, expecting: 0)
            .output
        #expect(
            story.contains("Its drive's pictures change while its trace moves") && story.contains("FAILED"))
    }

    @Test func oneDriveOfTwoAccountsCollides() throws {
        let folder = try TemporaryFolder()
        let upload = try Self.forgedUpload(in: folder.path)
        let hive = "\(folder.path)/hive"
        try Program.run("init", "--workspace", hive, expecting: 0)
        for (contributor, day) in [("cleo", "19"), ("ben", "18")] {
            try Program.run(
                "ingest", upload, "--contributor", contributor, "--as-of", "2026-03-\(day)T00:00:00Z",
                "--workspace", hive, expecting: 0)
        }
        let drives = try Program.run("drive", "list", "--workspace", hive, "--json", expecting: 0).records()
        func drive(of contributor: String) -> String? {
            drives.first { $0["contributor"] as? String == contributor }?["drive"] as? String
        }
        let found = try Program.run("drive", "collisions", "--workspace", hive, "--json", expecting: 0)
            .records()
        #expect(found.map { $0["type"] as? String } == ["collision", "summary"])
        #expect(found[0]["kind"] as? String == "one_car" && found[0]["share"] as? Int == 1000)
        // Ben's was received a day before, though it was read later.
        #expect(found[0]["earlier"] as? String == drive(of: "ben"))
        #expect(found[0]["later"] as? String == drive(of: "cleo"))
    }
}
