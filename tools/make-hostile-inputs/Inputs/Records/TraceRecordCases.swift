/// GeoJSON traces.
enum GeoJSONCases {
    private static let here = ExpectedFix(481_173_000, 115_000_000, RecordCases.time)
    private static let next = ExpectedFix(481_174_000, 115_001_000, RecordCases.time + 1000)
    private static let positions = "[11.5,48.1173],[11.5001,48.1174]"
    private static let times = "\"2025-12-15T21:53:41Z\",1765835622"

    static func all() -> [HostileCase] {
        let texts = JSONTexts.put(into: line(positions, times, extra: "\"x\":@,")).map { name, bytes, stop in
            // Behind so many digits nobody sees the marks of GeoJSON any more; that it is no JSON is said all the same.
            stop > 65_536
                ? make(
                    "text-\(name)", bytes,
                    .refused(
                        "upload.unknown_format",
                        at: "trace.geojson is not one JSON document: "
                            + "a number of more than 64 characters at byte \(stop)"))
                : make("text-\(name)", bytes, .refused("geojson.bad_json", at: "trace.geojson, byte \(stop)"))
        }
        let beforeString = utf8("{\"type\":\"FeatureCollection\",\"x\":\"LineString\",\"y\":\"")
        return texts + documents().map { make($0.0, utf8($0.1), $0.2) } + [
            make(
                "byte-order-mark", [0xEF, 0xBB, 0xBF] + utf8(line(positions, times)), .trace([here, next])),
            // Noticed behind the quote that ends the string.
            make(
                "not-utf8", beforeString + [0xFF] + utf8("\"}"),
                .refused("geojson.bad_json", at: "trace.geojson, byte \(beforeString.count + 2)")),
        ] + RecordCases.mutants("geojson", line(positions, times), seed: 0x4745_4F00, upload: upload)
    }

    private static func line(_ positions: String, _ times: String, extra: String = "") -> String {
        "{\"type\":\"Feature\",\(extra)\"geometry\":{\"type\":\"LineString\",\"coordinates\":[\(positions)]},"
            + "\"properties\":{\"coordTimes\":[\(times)]}}"
    }

    private static func documents() -> [(String, String, Expectation)] {
        let place = "trace.geojson, $.geometry.coordinates[0]"
        func position(_ text: String) -> String { line("\(text),\(positions)", "1765835620,\(times)") }
        let odd = [
            "[]", "[1]", "[1,2,3,4,5]", "[\"1\",2]", "[null,null]", "null", "\"1,2\"", "{\"x\":1}",
            "[[1,2],[3,4]]", "[1e308,1]", "[1,-1e13]",
        ]
        let badTimes = ["\"yesterday\"", "0", "-1", "true", "[]", "1e300", "\"2025-02-30T00:00:00Z\""]
        return [
            ("plain", line(positions, times), .trace([here, next])),
            (
                "count-differs", line(positions, "1765835621"),
                .refused("geojson.count_mismatch", at: "trace.geojson, $")
            ),
            (
                "no-times", "{\"type\":\"LineString\",\"coordinates\":[\(positions)],\"x\":\"Feature\"}",
                .refused("geojson.no_times", at: "trace.geojson, $")
            ),
            (
                "times-null", line(positions, "null,null"),
                .refused("geojson.no_times", at: "trace.geojson, $")
            ),
            ("no-positions", line("", ""), .refused("geojson.no_fixes", at: "trace.geojson, $")),
            ("all-wrong", line("[1],[2]", times), .refused("geojson.bad_points", at: place)),
            (
                "crs",
                "{\"crs\":{\"properties\":{\"name\":\"EPSG:3857\"}}," + line(positions, times).dropFirst(),
                .refused("geojson.crs", at: "$.crs")
            ),
            (
                "features-object", "{\"type\":\"FeatureCollection\",\"features\":{},\"x\":\"Point\"}",
                .refused("geojson.bad_json", at: "$.features")
            ),
            (
                "feature-text", "{\"type\":\"FeatureCollection\",\"features\":[\"Feature\",\"Point\"]}",
                .refused("geojson.bad_json", at: "$.features[0]")
            ),
            (
                "coordinates-missing", "{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\"}}",
                .refused("geojson.bad_json", at: "$.geometry.coordinates")
            ),
            (
                "coordinates-object",
                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":{}}}",
                .refused("geojson.bad_json", at: "$.geometry.coordinates")
            ),
            (
                "geometry-null", "{\"type\":\"Feature\",\"geometry\":null,\"x\":\"Point\"}",
                .refused("geojson.no_fixes", at: "trace.geojson, $")
            ),
            (
                "type-number", "{\"type\":1,\"x\":\"Feature\",\"y\":\"Point\"}",
                .refused("geojson.bad_json", at: "$.type")
            ),
            (
                "lines-of-lists",
                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":[1]}}",
                .refused("geojson.bad_json", at: "$.geometry.coordinates[0]")
            ),
            (
                "depth-17", "{\"Feature\":\"Point\",\"x\":" + "[".repeated(16),
                .refused("geojson.bad_json", at: "nested deeper than 16")
            ),
            (
                "depth-a-million", "{\"Feature\":\"Point\",\"x\":" + "[".repeated(1_000_000),
                .refused("geojson.bad_json", at: "nested deeper than 16")
            ),
            (
                "beyond-the-pole", line("[181,91]", "1765835621"),
                .trace([ExpectedFix(910_000_000, 1_810_000_000, RecordCases.time)])
            ),
        ]
            + odd.enumerated().map { number, text in
                (
                    "position-\(number)", position(text),
                    .trace([here, next], remark: "1 point skipped; the first is $.geometry.coordinates[0]")
                )
            }
            + badTimes.enumerated().map { number, text in
                (
                    "time-\(number)", line("[1,2],\(positions)", "\(text),\(times)"),
                    .trace([here, next], remark: "its time is none")
                )
            }
    }

    private static func upload(_ bytes: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [("photo.jpg", RecordCases.photo), ("trace.geojson", bytes)]
    }

    private static func make(_ name: String, _ bytes: [UInt8], _ expected: Expectation) -> HostileCase {
        RecordCases.make("geojson-\(name)", upload(bytes), expected)
    }
}

/// GNSS logs of dashcams: the second record is the one in question.
enum GNSSCases {
    private static func fix(_ second: Int64) -> ExpectedFix {
        ExpectedFix(481_173_000, 115_000_000, RecordCases.time + second * 1000)
    }
    private static func record(_ second: Int) -> String {
        "{\"timestamp\":\"2025-12-15T21:53:4\(1 + second)Z\",\"latitude\":48.1173,\"longitude\":11.5}"
    }

    static func all() -> [HostileCase] {
        let first = "[\(record(0)),"
        let texts = JSONTexts.put(into: first + "{\"x\":@},\(record(2))]").map { name, bytes, _ in
            make(
                "text-\(name)", bytes,
                .refused("gnss.bad_json", at: "log.json, record 2 at byte \(first.utf8.count)"))
        }
        let lines = JSONTexts.put(into: "\(record(0))\n{\"x\":@}\n\(record(2))\n").filter {
            $0.name != "line-end-in-string"
        }
        .map { name, bytes, _ in
            make(
                "line-\(name)", bytes,
                .trace(
                    [fix(0), fix(2)],
                    remark: "1 record skipped; the first is record 2 at byte \(record(0).utf8.count + 1)"))
        }
        let place = "\"latitude\":48.1173,\"longitude\":11.5"
        let odd: [(String, String)] = [
            ("text", "\"x\""), ("number", "1"), ("null", "null"), ("array", "[]"),
            ("time-text", "{\"timestamp\":\"x\",\(place)}"),
            ("time-bool", "{\"timestamp\":true,\(place)}"),
            ("latitude-missing", "{\"timestamp\":1765835622,\"longitude\":1}"),
            ("latitude-nan", "{\"timestamp\":1765835622,\"latitude\":\"nan\",\"longitude\":1}"),
            ("latitude-1e13", "{\"timestamp\":1765835622,\"latitude\":\"1e13\",\"longitude\":1}"),
            ("longitude-object", "{\"timestamp\":1765835622,\"latitude\":1,\"longitude\":{}}"),
        ]
        let useless: [(String, String, Expectation)] = [
            (
                "no-fix", "[{\"timestamp\":1,\"latitude\":0,\"longitude\":0,\"fix\":\"none\"}]",
                .refused("gnss.no_fixes", at: "log.json")
            ),
            (
                "no-times", "[{\"timestamp\":\"0001-01-01T00:00:00Z\",\"latitude\":1,\"longitude\":1}]",
                .refused("gnss.no_times", at: "log.json")
            ),
            (
                "mostly-wrong", "[\(record(0)),1,2]",
                .refused("gnss.bad_records", at: "log.json, record 2 at byte")
            ),
            (
                "behind-the-end", "[\(record(0))]x",
                .refused("gnss.bad_json", at: "log.json, byte \(record(0).utf8.count + 2)")
            ),
            (
                "cut", "[\(record(0)),\(record(1).dropLast(9))",
                .trace([fix(0)], remark: "the file ends inside its array")
            ),
            (
                "comma-last", "[\(record(0)),]",
                .refused("gnss.bad_json", at: "record 2 at byte \(record(0).utf8.count + 2)")
            ),
            (
                "record-of-two-megabytes", "[\(record(0)),\"\("x".repeated(2 << 20))\"]",
                .refused("gnss.bad_json", at: "1048576 bytes")
            ),
            (
                "record-of-100000-values", "[\(record(0)),[\("1,".repeated(100_000))1]]",
                .refused("gnss.bad_json", at: "50000 values")
            ),
            (
                "depth-a-million", "[\(record(0)),\("[".repeated(1_000_000))",
                .refused("gnss.bad_json", at: "record 2 at byte \(record(0).utf8.count + 2)")
            ),
            (
                "depth-17", "[\(record(0)),\("[".repeated(17))\("]".repeated(17))]",
                .refused("gnss.bad_json", at: "nested deeper than 16 at its byte 16")
            ),
            (
                "first-wrong", "[NaN,\(record(0))]",
                .refused(
                    "upload.unknown_format",
                    at: "log.json is not one JSON document: "
                        + "no JSON value starts here at byte 1")
            ),
        ]
        return texts + lines
            + odd.map { name, text in
                make(
                    "record-\(name)", utf8("[\(record(0)),\(text),\(record(2))]"),
                    .trace(
                        [fix(0), fix(2)],
                        remark: "1 record skipped; the first is record 2 at byte \(first.utf8.count)"))
            } + useless.map { make($0.0, utf8($0.1), $0.2) }
            + RecordCases.mutants("gnss", "[\(record(0)),\(record(1))]", seed: 0x474E_5353, upload: upload)
    }

    private static func upload(_ bytes: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [("log.json", bytes), ("photo.jpg", RecordCases.photo)]
    }

    private static func make(_ name: String, _ bytes: [UInt8], _ expected: Expectation) -> HostileCase {
        RecordCases.make("gnss-\(name)", upload(bytes), expected)
    }
}
