import Canonical
import Foundation
import TestSupport
import Testing

/// What mapillary_tools 0.14.7 was measured to get wrong with whole batches, and what happens here instead; what it gets
/// wrong with single frames is in `StagesTests/MapillaryFailureTests`.
@Suite("Where mapillary_tools fails with a batch")
struct MapillaryFailureProgramTests {
    private static let captured = UTCTime.at("2026-03-05T10:00:00Z")

    private static func drive(_ contributor: String, _ name: String, latitude: Double = 48.2) -> TestUpload {
        TestUpload.drive(
            contributor, name, pictures: 40, count: 8, captured: captured,
            received: .at(contributor == "ada" ? "2026-03-05T12:00:00Z" : "2026-03-06T12:00:00Z"),
            latitude: latitude)
    }

    private static func sentence(_ body: String) -> String {
        let sum = String(body.utf8.reduce(0 as UInt8, ^), radix: 16, uppercase: true)
        return "$\(body)*\(sum.utf8.count < 2 ? "0" : "")\(sum)\r\n"
    }

    @Test(
        "a log of GNRMC and GNGGA, a log with a cut sentence, a trace of 'inf' or 'nan': it ends with a traceback and no output for the batch, here each has its outcome and the drive beside them is ingested"
    )
    func tracesThatEndTheBatch() throws {
        let hive = try Hive()
        try Self.drive("ada", "good").deliver(to: hive.inbox)
        let log = (0..<5).map { second in
            Self.sentence("GNRMC,10000\(second).00,A,4812.000,N,01102.400,E,022.4,084.4,050326,,,A")
                + Self.sentence("GNGGA,10000\(second).00,4812.000,N,01102.400,E,1,08,0.9,545.4,M,46.9,M,,")
        }.joined()
        let gpx = { (latitude: String) in
            "<gpx><trk><trkseg>\n<trkpt lat=\"\(latitude)\" lon=\"11\"><time>2026-03-05T10:00:00Z</time></trkpt></trkseg></trk></gpx>"
        }
        let traces: [String: String] = [
            "talker": log, "cut": log + "$GNRMC,100005.00,A,48", "nan": gpx("nan"), "inf": gpx("inf"),
            "1e308": gpx("1e308"),
        ]
        for (name, trace) in traces {
            try Files.write(try TestPicture.jpeg(77), to: "\(hive.inbox)/mallory/\(name)/a.jpg")
            try Files.write(Array(trace.utf8), to: "\(hive.inbox)/mallory/\(name)/trace")
        }
        let run = try hive.run(expecting: 3)
        var outcomes: [String: [String: Any]] = [:]
        for record in run.records() where record["type"] as? String == "upload" {
            outcomes[record["source"] as? String ?? ""] = record
        }
        #expect(outcomes["good"]?["outcome"] as? String == "ingested")
        for name in ["talker", "cut"] {
            #expect(outcomes[name]?["outcome"] as? String == "ingested", "\(name)")
            #expect(outcomes[name]?["format"] as? String == "nmea", "\(name)")
        }
        for name in ["nan", "inf", "1e308"] {
            #expect(outcomes[name]?["code"] as? String == "gpx.bad_xml", "\(name)")
            #expect(outcomes[name]?["place"] as? String == "trace, line 2, column 1", "\(name)")
        }
        #expect(run.records().first { $0["type"] as? String == "ingest" }?["accepted"] as? Int == 8)
    }

    @Test(
        "the same drive in two folders, and the same pictures re-stamped 111 km away: it accepts all of them, here all later ones are duplicates"
    )
    func theSameDriveAgain() throws {
        let hive = try Hive()
        try Self.drive("ada", "first").deliver(to: hive.inbox)
        try Self.drive("ben", "second").deliver(to: hive.inbox)
        try Self.drive("mallory", "moved", latitude: 49.2).deliver(to: hive.inbox)
        let run = try hive.run(expecting: 0)
        let ingest = run.records().first { $0["type"] as? String == "ingest" }
        #expect(ingest?["accepted"] as? Int == 8)
        #expect(ingest?["duplicate"] as? Int == 16)
        let ada = try Program.run(
            "explain", "contributor", "ada", "--json", "--workspace", hive.path, expecting: 0)
        #expect(ada.summary()["accepted"] as? Int == 8)
    }
}
