import Foundation
import TestSupport
import Testing

/// Audits of the store through the real program.
@Suite struct AuditProgramTests {
    private static let root = String(repeating: "5a", count: 32)

    @Test func aPeriodVisitsEveryFrameOnceAndListsWhatIsGone() throws {
        let hive = try Hive()
        let path = hive.folder.path
        try hive.deliverSamples(["ada/2026-03-05-framekm", "ben/2026-03-06-photos"])
        try Program.run("ingest", "--as-of", Program.asOf, "--workspace", hive.path, expecting: 0)
        func audit(_ day: Int, _ status: Int32?, _ words: [String] = []) throws -> Program.Result {
            try Program.run(
                ["audit", "storage", "--day", String(day), "--of", "5", "--json", "--workspace", hive.path]
                    + (words.contains("--checkpoint") ? [] : ["--root", Self.root]) + words, expecting: status
            )
        }
        func visits(_ result: Program.Result) -> [[String: Any]] {
            result.records().filter { $0["type"] as? String == "visit" }
        }
        let blobs = Files.paths("\(hive.path)/blobs", withPrefix: "").filter { $0.utf8.count == 67 }
            .map { String($0.suffix(64)) }
        let visited = try (0..<5).flatMap { try visits(audit($0, 0)).compactMap { $0["frame"] as? String } }
        #expect(visited.sorted() == blobs.sorted() && !blobs.isEmpty)
        _ = try audit(5, 64)
        #expect(
            try Program.run("audit", "storage", "--day", "0", "--of", "5", "--workspace", hive.path).status
                == 64)

        try Program.run("bundle", "key", "-o", "\(path)/key", expecting: 0)
        let day = try #require((0..<5).first { try !visits(audit($0, 0)).isEmpty })
        let report = "\(path)/report.json"
        let signing = ["--key", "\(path)/key", "-o", report]
        let told = try audit(day, 0, signing).summary()
        _ = try audit(day, 64, signing)
        let verify = [
            "audit", "verify", report, "--json", "--workspace", hive.path, "--key", "\(path)/key.pub",
        ]
        let verified = try Program.run(verify, expecting: 0).summary()
        #expect(verified["same"] as? Int == told["visited"] as? Int && verified["signed"] as? Bool == true)
        #expect(verified["unvisited"] as? Int == 0 && told["source"] as? String == "given")

        // The same root, as a log tells it.
        let base64 = Data([UInt8](repeating: 0x5A, count: 32)).base64EncodedString()
        let checkpoint = "\(path)/checkpoint"
        try Files.write(
            Array(
                "log.example\n12\n\(base64)\n\n\u{2014} log.example \(String(repeating: "A", count: 96))\n"
                    .utf8), to: checkpoint)
        #expect(try audit(day, 0, ["--checkpoint", checkpoint]).summary()["root"] as? String == Self.root)
        try Files.write(Array("log.example\n12\nAAAA\n".utf8), to: checkpoint)
        _ = try audit(day, 64, ["--checkpoint", checkpoint])

        let gone = try #require(visits(try audit(day, 0)).first?["frame"] as? String)
        let blob = "\(hive.path)/blobs/\(gone.prefix(2))/\(gone)"
        let bytes = try Files.bytes(blob)
        Files.remove(blob)
        let all = try (0..<5).map { try audit($0, $0 == day ? 4 : 0) }
        let faults = all.flatMap(visits).filter { $0["fault"] is String }
        #expect(faults.map { $0["frame"] as? String } == [gone])
        #expect(faults.first?["fault"] as? String == "missing")
        #expect(try Program.run(verify, expecting: 4).records().first?["code"] as? String == "audit.missing")
        _ = try Program.run(verify + ["--report-only"], expecting: 0)
        // A copy with one bit turned is no copy, wherever the bit is.
        try Files.write(bytes, to: blob)
        try Files.flip(blob, at: bytes.count - 1)
        let changed = visits(try audit(day, 4)).compactMap { $0["fault"] as? String }
        #expect(changed == ["changed"])

        try Files.flip(report, at: try Files.bytes(report).count - 10_000 > 0 ? 30 : 20)
        #expect(try [4, 12].contains(Program.run(verify + ["--report-only"]).status))
        _ = try Program.run("audit", "verify", "\(path)/key.pub", "--report-only", expecting: 4)
    }
}
