import Canonical
import Testing

@testable import DriveFormats

/// GNSS logs of Hivemapper dashcams.
struct GNSSTraceTests {
    private static func trace(_ content: String) throws -> RawTrace {
        let upload = MemoryUpload([("a.json", text(content))])
        #expect(try GNSSTrace().recognises(upload.files[0], in: upload))
        return try GNSSTrace().read(upload.files[0], in: upload)
    }

    /// A record with the members of github.com/Hivemapper/hivemapper-data-logger, `neom9n.Data`.
    private static func record(
        fix: String = "\"3D\"", time: String = "2023-05-01T12:00:00.123456789Z", latitude: String = "37.5"
    ) -> String {
        """
        {"ttff":30123,"systemtime":"2023-05-01T12:00:00.2Z","timestamp":"\(time)","fix":\(fix),\
        "latitude":\(latitude),"longitude":-122.25,"height":12.5,"heading":271.5,"speed":10.25,\
        "dop":{"gdop":2,"hdop":0.9,"pdop":99.99},"satellites":{"seen":20,"used":12},"sep":3.1,"eph":2.75,\
        "rf":{"jamming_state":"ok"}}
        """
    }

    private static let fix = RawFix(
        time: UTCTime(rfc3339: "2023-05-01T12:00:00.123Z"), latitude: 37.5, longitude: -122.25,
        heading: 271.5,
        speed: 10.25, horizontalError: 2.75, hdop: 0.9)

    @Test func arraysAndLines() throws {
        let record = Self.record()
        for content in [
            "[\(record)]", record, "\n\(record)\n", "[{\"acceleration\":{},\"gnss_data\":\(record)}]",
        ] {
            #expect(try Self.trace(content) == RawTrace(fixes: [Self.fix]))
        }
        #expect(try Self.trace("[\(record),\n\(record)]").fixes.count == 2)
        #expect(try Self.trace("\(record)\n\(record)\n").fixes.count == 2)
        let short =
            #"[{"lat":"37.5","lon":-122.25,"timestamp":1682942400123,"hdop":"0.9","eph":0,"speed":"fast"}]"#
        var expected = Self.fix
        (expected.heading, expected.speed, expected.horizontalError) = (nil, nil, nil)
        #expect(try Self.trace(short) == RawTrace(fixes: [expected]))
    }

    @Test func recordsWithoutFix() throws {
        let names = ["\"none\"", "\"time only fix\"", "\"dead reckoning only\"", "0", "5", "false"]
        let records =
            names.map { Self.record(fix: $0) } + ["\"2D\"", "3", "true", "null"].map { Self.record(fix: $0) }
        let trace = try Self.trace("[\(records.joined(separator: ","))]")
        #expect(trace.fixes.count == 4)
        #expect(trace.remarks == ["6 records without a fix"])
    }

    @Test func partsThatAreWrong() throws {
        let good = Self.record()
        let unset = Self.record(time: "0001-01-01T00:00:00Z")
        let broken = [Self.record(latitude: "\"x\""), Self.record(time: "noon"), "7"]
        let trace = try Self.trace("[\(([good, unset, good] + broken).joined(separator: ","))]")
        #expect(trace.fixes.map { $0.time != nil } == [true, false, true])
        let size = good.utf8.count + unset.utf8.count + good.utf8.count
        #expect(
            trace.remarks == [
                "3 records skipped; the first is record 4 at byte \(size + 4): a string that is no number at $.latitude"
            ])
        let cut = try Self.trace("[\(good),\(good.dropLast(20))")
        #expect(cut.fixes.count == 1)
        #expect(cut.remarks == ["the file ends inside its array; the records before are kept"])
        let lines = try Self.trace("\(good)\n\(good)\n\(good.dropLast(20))")
        #expect(lines.fixes.count == 2)
        #expect(
            lines.remarks[0].hasPrefix(
                "1 record skipped; the first is record 3 at byte \(2 * good.utf8.count + 2): "))
    }

    @Test(arguments: [
        ("[\(record()),x]", "gnss.bad_json"), ("[\(record())]]", "gnss.bad_json"),
        ("[\(record(fix: "\"none\""))]", "gnss.no_fixes"),
        ("[\(record(time: "0001-01-01T00:00:00Z"))]", "gnss.no_times"),
        ("[\(record(latitude: "[]"))]", "gnss.bad_records"), ("\(record())\n1\n2\n", "gnss.bad_records"),
    ])
    func refused(content: String, expected: String) {
        #expect(code { _ = try Self.trace(content) } == expected)
    }

    @Test(arguments: [
        "", "[]", "[1]", "{}", "7", #"{"time":1765835621771,"gnss_time":1,"lat":37.5,"lon":-122,"img_id":0}"#,
        #"[{"accel":{"x":0},"time":"2023-05-01T12:00:00Z"}]"#, #"{"bundle":{},"frames":[]}"#, "[nan",
    ])
    func noLog(content: String) throws {
        let upload = MemoryUpload([("a.json", text(content))])
        #expect(try !GNSSTrace().recognises(upload.files[0], in: upload))
    }

    /// Newer loggers write the receiver's own sentences into each record.
    @Test func sentencesInsideRecords() throws {
        let sentence = #""gga":"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47","#
        let record = Self.record().replacing(#""ttff""#, with: sentence + #""ttff""#)
        let upload = MemoryUpload([
            ("a.json", text("[" + [record, record, record, record].joined(separator: ",") + "]"))
        ])
        #expect(try TraceFormats.recognise(upload.files[0], in: upload)?.name == "gnss")
    }

    /// The camera begins a file every 15 seconds.
    @Test func piecesOfOneTrace() throws {
        let photo = (path: "a.jpg", bytes: ExifBuilder.sample(isBigEndian: true).jpeg)
        let first = (path: "gps/1.json", bytes: text("[\(Self.record(fix: "\"none\""))]"))
        let second = (path: "gps/2.json", bytes: text("[\(Self.record())]"))
        let third = (
            path: "gps/3.json", bytes: text("[\(Self.record(latitude: "38")),\(Self.record(fix: "0"))]")
        )
        let drives = try DriveFormats.drives([third, photo, second, first])
        #expect(drives.map { $0.trace.map(\.latitude) } == [[37.5, 38]])
        #expect(
            drives[0].remarks == [
                "gps/1.json: none of the 1 records has a fix (gnss.no_fixes)",
                "gps/3.json: 1 record without a fix",
            ])
        #expect(code { _ = try DriveFormats.drives([photo, first, first]) } == "gnss.no_fixes")
        let gpx = (path: "b.gpx", bytes: GPXBuilder.text([GPXBuilder.point()]))
        #expect(code { _ = try DriveFormats.drives([photo, second, third, gpx]) } == "trace.several")
    }
}
