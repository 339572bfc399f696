/// Inputs that are too large for the tests and their corpus, of which the benchmark measures what they cost.
public enum LargeInputs {
    /// All of them, about 200 MB.
    public static var all: [HostileCase] {
        [
            // Just below the limits of 24 MiB, a million values and 210,000 objects.
            geojson("999000-arrays", "[],".repeated(999_000)),
            geojson("209000-objects", "{\"a\":1},".repeated(209_000)),
            geojson(
                "400000-strings",
                "\"abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstu\",".repeated(400_000)),
            HostileCase(
                "json/large-framekm",
                [
                    ("framekm/km_1", RecordCases.photo),
                    (
                        "metadata/km_1.json",
                        utf8("{\"bundle\":{},\"frames\":[\("{\"bytes\":1},".repeated(99_000))1]}")
                    ),
                ],
                .refused("framekm.bad_metadata", at: "$.frames[99000]")),
            // What took another reader 95 s of CPU.
            HostileCase(
                "gpx/large-quadratic",
                GPXCases.upload(
                    utf8(
                        "<!DOCTYPE gpx [<!ENTITY a '\("a".repeated(500_000))'>]><gpx>\("&a;".repeated(160_000))</gpx>"
                    )),
                .refused("gpx.bad_xml", at: "line 1, column 3")),
            HostileCase(
                "gpx/large-token", GPXCases.upload(utf8("<gpx><a>\("x".repeated(30_000_000))</a></gpx>")),
                .refused("gpx.bad_xml", at: "65536 bytes")),
            HostileCase(
                "csv/large-line",
                [
                    ("photo.jpg", RecordCases.photo),
                    ("a.csv", utf8("lat,lon,time\n\("1,".repeated(15_000_000))\n")),
                ],
                .refused("csv.bad_rows")),
            // Zeros of 5 GB, of which one row of a pixel is wanted.
            PNGCases.make(
                "large-bomb", PNGParts.image(1, 1, pixels: PNGParts.zeros(5_000_000_000)).bytes,
                .refused("damaged")),
            JPEGCases.make(
                "large-scans", JPEGParts.progressive(width: 7000, height: 7000, scans: 100).bytes,
                .refused("too_many_scans")),
        ]
    }

    private static func geojson(_ name: String, _ values: String) -> HostileCase {
        HostileCase(
            "json/large-geojson-\(name)",
            [
                ("photo.jpg", RecordCases.photo),
                (
                    "a.geojson",
                    utf8("{\"type\":\"Feature\",\"geometry\":null,\"y\":\"Point\",\"x\":[\(values)1]}")
                ),
            ], .refused("geojson.no_fixes"))
    }
}
