/// GPX files whose numbers and times are none.
enum GPXValueFaults {
    static func all() -> [HostileCase] {
        numbers() + times() + fields() + useless()
    }

    private static func refused(_ name: String, _ second: String, _ what: String) -> HostileCase {
        let text =
            "<gpx><trk><trkseg>\n\(GPXCases.point("48.1173", "11.5"))\n\(second)\n</trkseg></trk></gpx>"
        return GPXCases.make("value/\(name)", utf8(text), .refused("gpx.bad_xml", at: what))
    }

    /// The second point stands on line 3.
    private static func numbers() -> [HostileCase] {
        let million = String(repeating: "9", count: 60_000)
        let texts: [(String, String)] = [
            ("nan", "nan"), ("NaN", "NaN"), ("inf", "inf"), ("infinity", "-Infinity"), ("1e308", "1e308"),
            ("1e400", "1e400"), ("1e13", "1e13"), ("comma", "1,5"), ("hexadecimal", "0x30"), ("empty", ""),
            ("blank", "  "),
            ("text", "north"), ("two-points", "1.2.3"), ("two-numbers", "1 2"), ("sign-only", "-"),
            ("point-only", "."),
            ("exponent-cut", "1e"), ("many-digits", million), ("zeros", String(repeating: "0", count: 65)),
            ("arabic-digits", "\u{664}\u{668}"), ("fullwidth-digits", "\u{FF14}\u{FF18}"),
            ("escape", "1\u{9}2"),
        ]
        return texts.flatMap { name, text in
            [
                refused("latitude-\(name)", GPXCases.point(text, "11.5"), "line 3, column 1"),
                refused("longitude-\(name)", GPXCases.point("48.1", text), "line 3, column 1"),
            ]
        } + [
            refused("latitude-missing", "<trkpt lon=\"1\"/>", "line 3, column 1"),
            refused("longitude-missing", "<trkpt lat=\"1\"/>", "line 3, column 1"),
            refused("names-in-capitals", "<trkpt LAT=\"1\" LON=\"1\"/>", "line 3, column 1"),
        ]
    }

    private static func times() -> [HostileCase] {
        let texts = [
            "yesterday", "2025-02-30T00:00:00Z", "2025-13-01T00:00:00Z", "2025-12-15T24:00:01Z",
            "2025-12-15T21:60:00Z",
            "2025-12-15T21:53:61Z", "2025-12-15", "1765835621", "2025-12-15T21:53:41+25:00",
            "99999-12-15T21:53:41Z",
            "2025-12-15T21:53:41.Z", "-025-12-15T21:53:41Z",
        ]
        return texts.enumerated().map { number, text in
            // The element begins behind `<trkpt lat="1" lon="1">`, on column 24.
            refused("time-\(number)", GPXCases.point("1", "1", "<time>\(text)</time>"), "line 3, column 24")
        } + [
            refused(
                "time-in-pieces",
                GPXCases.point("1", "1", "<time>\(String(repeating: "1<!---->", count: 2000))</time>"),
                "line 3, column")
        ]
    }

    private static func fields() -> [HostileCase] {
        ["hdop", "speed", "course"].flatMap { name in
            ["nan", "inf", "1e308", "1,5", "fast"].map { text in
                refused(
                    "\(name)-\(text)", GPXCases.point("1", "1", "<\(name)>\(text)</\(name)>"),
                    "line 3, column 24")
            }
        }
            + ["-1", "1.5", "65536", "nan"].map { text in
                refused("sat-\(text)", GPXCases.point("1", "1", "<sat>\(text)</sat>"), "line 3, column 24")
            }
    }

    /// Well-formed, and no trace.
    private static func useless() -> [HostileCase] {
        let cases: [(String, String, String)] = [
            ("nothing", "<gpx/>", "gpx.no_points"),
            ("no-points", "<gpx><trk><trkseg/></trk></gpx>", "gpx.no_points"),
            ("no-times", "<gpx>\(GPXCases.point("1", "2", ""))</gpx>", "gpx.no_times"),
            ("times-empty", "<gpx>\(GPXCases.point("1", "2", "<time> </time>"))</gpx>", "gpx.no_times"),
            ("route", "<gpx><rte><rtept lat='1' lon='2'/></rte></gpx>", "gpx.route_without_times"),
            (
                "waypoints", "<gpx><wpt lat='1' lon='2'><time>2025-12-15T21:53:41Z</time></wpt></gpx>",
                "gpx.only_waypoints"
            ),
        ]
        return cases.map { GPXCases.make("useless/\($0.0)", utf8($0.1), .refused($0.2, at: "trace.gpx")) }
    }
}
