import Canonical
import Testing

@testable import DriveFormats

/// CSV traces as loggers and spreadsheets write them.
struct CSVReaderTests {
    private static func trace(_ content: String) throws -> RawTrace { try trace(text(content)) }

    private static func trace(_ bytes: [UInt8]) throws -> RawTrace {
        let upload = MemoryUpload([("a.csv", bytes)])
        #expect(try CSVTrace().recognises(upload.files[0], in: upload))
        return try CSVTrace().read(upload.files[0], in: upload)
    }

    private static let time = UTCTime(rfc3339: "2025-12-15T21:53:41.771Z")
    private static let fix = RawFix(time: time, latitude: 41.879176, longitude: -87.649627)

    @Test(arguments: [
        "lat,lon,time\n41.879176,-87.649627,2025-12-15T21:53:41.771Z",
        "\u{FEFF}Latitude;Longitude;Timestamp\r\n41.879176;-87.649627;1765835621771\r\n",
        "latitude;longitude;utc\n41,879176;-87,649627;1765835621,771\n",
        "\"time\"\t\"GPS Longitude\"\t\"GPS Latitude\"\r\"1765835621.771\"\t\" -87.649627\"\t\"41.879176\"\r",
        "sep=|\n# made by a logger\n\n#y|x|datetime\n41.879176|-87.649627|2025-12-15 21:53:41.771",
        "time,lng,lat\n1765835621771000,-87.649627,41.879176",
        "time_ns,long,lat\n1765835621771000000,-87.649627,41.879176",
        "Date,Time,Lat (deg),Lon (deg)\n2025-12-15,21:53:41.771,41.879176,-87.649627",
        "date,utc time,latitude,longitude\n2025/12/15,21:53:41.771,41.879176,-87.649627",
        "date,time,latitude,longitude\n2025-12-16,2025-12-15T22:53:41.771+01:00,41.879176,-87.649627",
        "date,latitude,longitude\n2025-12-15 21:53:41.771 UTC,41.879176,-87.649627",
        "lat,lon,time\n418791760,-876496270,2025-12-15T21:53:41.771Z",
        "lat_e7,lonE7,time\n418791760,-876496270,2025-12-15 13:53:41.771-0800",
        "lat,lon,comment,time\n 41.879176 ,-87.649627,\"a, \"\"b\"\"\nc\",2025/12/15 21:53:41.771+00",
        "lat,lon,z,y,x,time\n41.879176,-87.649627,9.8,1,2,2025-12-15T21:53:41.771 GMT",
    ])
    func oneFix(content: String) throws {
        #expect(try Self.trace(content) == RawTrace(fixes: [Self.fix]))
    }

    /// 1 mile = 1,609.344 m, 1 nautical mile = 1,852 m (SI brochure, 9th edition, table 8; NIST SP 811).
    @Test(
        arguments: [
            ("Speed (km/h)", "36", 10.0), ("speed_kmh", "90", 25), ("GPS Speed [m/s]", "7.5", 7.5),
            ("sog_kn", "100", 51.444444444444), ("Speed (mph)", "100", 44.704), ("Groundspeed mps", "3", 3),
            ("velocity kph", "3.6", 1), ("speed", "10", nil), ("speed_furlongs", "10", nil),
            ("speed_kmh", "", nil),
            ("speed_kmh", "nan", nil),
        ] as [(String, String, Double?)])
    func speeds(name: String, value: String, expected: Double?) throws {
        let trace = try Self.trace("lat,lon,time,\(name)\n1,2,1765835621,\(value)\n")
        if let expected {
            #expect(abs((trace.fixes[0].speed ?? -1) - expected) < 1e-9)
        } else {
            #expect(trace.fixes[0].speed == nil)
        }
        #expect(
            trace.remarks
                == (name == "speed" ? ["column 'speed' names no unit of speed and is not taken"] : []))
    }

    @Test func otherValues() throws {
        let trace = try Self.trace(
            """
            ele,hdop,Horizontal Accuracy (m),Course (deg),lat,lon,time
            -72,0.8,3.5,271.25,1.5,2.5,2011-04-03T04:50:55Z
            ,,,,1.5,2.5,

            x,-,,n/a,1.5,2.5,2011-04-03 04:50:56
            """)
        #expect(
            trace.fixes == [
                RawFix(
                    time: UTCTime(milliseconds: 1_301_806_255_000), latitude: 1.5, longitude: 2.5,
                    heading: 271.25, horizontalError: 3.5, hdop: 0.8),
                RawFix(time: nil, latitude: 1.5, longitude: 2.5),
                RawFix(time: UTCTime(milliseconds: 1_301_806_256_000), latitude: 1.5, longitude: 2.5),
            ])
        #expect(trace.remarks.isEmpty)
    }

    @Test func skippedRowsAreCounted() throws {
        let good = "1,2,1765835621\n"
        let trace = try Self.trace(
            "lat,lon,time\n" + good + "nan,2,1765835621\n" + good + "1\n" + ",,1765835621\n" + good
                + "1,2,yesterday\n" + good)
        #expect(trace.fixes.count == 4)
        #expect(
            trace.remarks == [
                "3 rows skipped; the first is line 3: latitude 'nan' is no number",
                "1 row without a position",
            ])
    }

    /// One wrong number does not make 10^-7 degrees of the others.
    @Test func mostFixesDecideTheUnit() throws {
        let rows = ["41.5,-87.5", "415000000,1", "0,0", "41.25,-87.25"].map { "\($0),1765835621\n" }.joined()
        #expect(
            try Self.trace("lat,lon,time\n" + rows).fixes.map(\.latitude) == [41.5, 415_000_000, 0, 41.25])
        let other = ["0,0", "415000000,-875000000", "412500000,10"].map { "\($0),1765835621\n" }.joined()
        let fixes = try Self.trace("lat,lon,time\n" + other).fixes
        #expect(fixes.map(\.latitude) == [0, 41.5, 41.25])
        #expect(fixes.map(\.longitude) == [0, -87.5, 0.000001])
    }

    @Test func tracesByColumn() throws {
        let upload = MemoryUpload([
            ("a.csv", text("trip,lat,lon,time\nb,1,2,1765835621\na,3,4,1765835621\nb,5,6,1765835622\n"))
        ])
        let traces = try CSVTrace().traces(by: "trip", of: upload.files[0], in: upload)
        #expect(traces.map(\.name) == [text("b"), text("a")])
        #expect(traces.map { $0.fixes.map(\.latitude) } == [[1, 5], [3]])
        #expect(
            code { _ = try CSVTrace().traces(by: "drive", of: upload.files[0], in: upload) }
                == "csv.no_columns")
    }

    @Test(arguments: [
        "", "\n\n", "lat", "lat;lon,x", "a,b,c\n1,2,3", "time,x,y,z\n1,2,3,4", "{\"lat\",\"lon\"}",
        "<lat,lon>",
        "$GPRMC,lat,lon", "1,2\nlat,lon,time\n", "lat lon time\n1 2 3",
    ])
    func noTrace(content: String) throws {
        let upload = MemoryUpload([("a.csv", text(content))])
        #expect(try !CSVTrace().recognises(upload.files[0], in: upload))
    }

    @Test func photosOnATrace() throws {
        let drives = try DriveFormats.drives([
            ("a.jpg", ExifBuilder.sample(isBigEndian: true).jpeg),
            ("b.txt", text("lat,lon,time\n1,2,1765835621\n3,x,1765835622\n")),
        ])
        #expect(drives.map(\.trace.count) == [1])
        #expect(drives[0].remarks == ["1 row skipped; the first is line 3: longitude 'x' is no number"])
    }
}
