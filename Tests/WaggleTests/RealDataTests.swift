import Foundation
import TestSupport
import Testing

/// Real uploads through the real program, where the folder that WAGGLE_SHARED_DATA names has them; they are not ours
/// to publish.
@Suite(.enabled(if: RealData.folder != nil)) struct RealDataTests {
    private func ingest(_ hive: Hive, _ path: String, asOf: String, expecting status: Int32 = 0) throws
        -> [String: Any]
    {
        let folder = try #require(RealData.folder)
        return try Program.run(
            "ingest", "\(folder)/\(path)", "--contributor", "bee", "--as-of", asOf, "--json", "--workspace",
            hive.path, expecting: status
        ).summary()
    }

    @Test func theRealDrive() throws {
        let hive = try Hive()
        let drive = try ingest(hive, "drives/bee-sf", asOf: "2025-12-16T00:00:00Z")
        #expect(drive["accepted"] as? Int == 70 && drive["frames"] as? Int == 70)
        let frameKM = try ingest(hive, "framekm", asOf: "2025-12-16T00:00:00Z")
        #expect(frameKM["accepted"] as? Int == 1)
        #expect(frameKM["reasons"] as? [String: Int] == ["duplicate.exact": 2])
        try Program.run("build", "--workspace", hive.path, expecting: 0)
        let closed = try Program.run(
            "epoch", "close", "2025-W51", "--as-of", "2025-12-24T00:00:00Z", "--json", "--workspace",
            hive.path,
            expecting: 0
        ).summary()
        #expect(closed["frames"] as? Int == 73)
        #expect(closed["paid"] as? String == "990000000000")
        try Program.run("rewards", "verify", "--workspace", hive.path, expecting: 0)
        #expect(try hive.check().summary()["findings"] as? Int == 0)
        let zooms = try Program.run("tile", "stats", "--json", "--workspace", hive.path, expecting: 0)
            .records()
            .filter { $0["layer"] as? String == "coverage" }
        #expect(zooms.compactMap { $0["z"] as? Int } == Array(0...14))
        #expect(zooms.allSatisfy { $0["n"] as? Int == 71 })
        try SecondVerifier.check("\(hive.path)/published")
    }

    /// Every file of the foreign corpora as an upload: verdicts or quarantine, never a crash or a hang.
    @Test(arguments: ["hostile", "photos", "gpx", "nmea"])
    func everyFileAsAnUpload(corpus: String) throws {
        let hive = try Hive()
        let root = "\(try #require(RealData.folder))/\(corpus)"
        let files = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? [])
            .sorted()
        var count = 0
        for (number, file) in files.enumerated() {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(file)", isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            let name = String(file.split(separator: "/").last ?? "x")
            count += 1
            let upload = "\(hive.inbox)/mallory/\(number)"
            try Files.copy("\(root)/\(file)", to: "\(upload)/\(name)")
            guard number % 2 == 0 else { continue }
            // With a sidecar the image is decoded, whatever it is called.
            try Files.copy("\(root)/\(file)", to: "\(upload)/image.jpg")
            try Files.write(
                Array("{\"time\":1773225020554,\"lat\":48.2,\"lon\":11.0}".utf8), to: "\(upload)/image.json")
        }
        let run = try hive.run()
        #expect([0, 3].contains(run.status), "\(run.errors.suffix(2000))")
        let outcomes = run.records().filter { $0["type"] as? String == "upload" }
        #expect(outcomes.count == count)
        #expect(
            outcomes.allSatisfy {
                ["ingested", "repeated", "quarantined"].contains($0["outcome"] as? String ?? "")
            })
        #expect(run.peakMemory < 200 << 20, "\(run.peakMemory >> 20) MB")
        #expect(try hive.check().summary()["findings"] as? Int == 0)
    }
}

/// The folder of data that is not ours.
enum RealData {
    static let folder = ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"].flatMap { folder in
        FileManager.default.fileExists(atPath: "\(folder)/drives/bee-sf") ? folder : nil
    }
}
