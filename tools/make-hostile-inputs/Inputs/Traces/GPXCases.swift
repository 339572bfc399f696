/// Hostile GPX files, beside a file that begins as a photo.
enum GPXCases {
    @Sendable static func all() -> [HostileCase] {
        whole() + refusals() + GPXValueFaults.all() + GPXSizes.all()
            + Mutation.cases(
                "gpx", of: [("track", utf8(track)), ("odd", utf8(odd))], count: 30, seed: 0x4750_5831,
                dictionary: ["<", ">", "&", "]]>", "<!--", "<trkpt", "lat=\"nan\"", "\u{FEFF}"].map(utf8),
                upload: upload)
    }

    static func upload(_ bytes: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [("photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9]), ("trace.gpx", bytes)]
    }

    static func make(_ name: String, _ bytes: [UInt8], _ expected: Expectation) -> HostileCase {
        HostileCase("gpx/\(name)", upload(bytes), expected)
    }

    /// 2025-12-15T21:53:41Z.
    static let time: Int64 = 1_765_835_621_000
    /// The two points of ``track``.
    static let fixes = [
        ExpectedFix(481_173_000, 115_166_667, time), ExpectedFix(481_174_000, 115_167_000, time + 1000),
    ]

    static func point(
        _ latitude: String, _ longitude: String, _ inner: String = "<time>2025-12-15T21:53:41Z</time>"
    )
        -> String
    {
        "<trkpt lat=\"\(latitude)\" lon=\"\(longitude)\">\(inner)</trkpt>"
    }

    private static let second = point("48.1174", "11.5167", "<time>2025-12-15T21:53:42Z</time>")
    static let track =
        "<gpx version=\"1.1\"><trk><trkseg>\n\(point("48.1173", "11.51666667"))\n\(second)\n</trkseg></trk></gpx>\n"
    /// The same with everything XML allows.
    private static let odd =
        "<?xml version='1.0' encoding='utf-8' standalone=\"yes\"?><!-- a -- b --><?pi x?>\r\n<g:gpx xmlns:g='x'><g:trk>"
        + "<name><![CDATA[<trkpt lat='nan'>]]>&#x41;&amp;</name><trkseg >"
        + "<trkpt\tlon='&#49;1.51666667'\nlat = \"48.1173\"  ><ele/><time>2025-12-15<!-- x -->T21:53:41Z</time></trkpt >"
        + "<g:trkpt lat='+48.1174' lon='1.15167e1'><time><![CDATA[2025-12-15T22:53:42+01:00]]></time></g:trkpt>"
        + "</trkseg></g:trk></g:gpx><!-- end -->"

    private static func whole() -> [HostileCase] {
        let trk = "<gpx><trk><trkseg>"
        let end = "</trkseg></trk></gpx>"
        let one = [fixes[0]]
        let here = point("48.1173", "11.51666667")
        let cases: [(String, [UInt8], [ExpectedFix])] = [
            ("track", utf8(track), fixes), ("odd", utf8(odd), fixes),
            ("byte-order-mark", [0xEF, 0xBB, 0xBF] + utf8(track), fixes),
            ("blanks-around", utf8("\n\n" + track + "\n\n"), fixes),
            ("carriage-returns", utf8(track.replacing("\n", with: "\r")), fixes),
            ("depth-32", utf8(trk + here + nested(29) + end), one),
            ("64-attributes", utf8("<gpx \(attributes(64))><trk>\(here)</trk></gpx>"), one),
            (
                "value-of-65536-bytes",
                utf8("<gpx a='\(String(repeating: "x", count: 65_536))'><trk>\(here)</trk></gpx>"), one
            ),
            // Not taken from extensions: only a point's own time counts.
            (
                "time-in-extension",
                utf8(
                    trk
                        + point(
                            "48.1173", "11.51666667",
                            "<extensions><time>2000-01-01T00:00:00Z</time></extensions><time>2025-12-15T21:53:41Z</time>"
                        ) + end),
                one
            ),
            ("minus-0", utf8(trk + point("-0", "-0.0") + end), [ExpectedFix(0, 0, time)]),
            // Nothing is judged here: beyond the pole, and backwards in time, is for the stages.
            (
                "latitude-91", utf8(trk + point("91", "181") + end),
                [ExpectedFix(910_000_000, 1_810_000_000, time)]
            ),
            ("backwards", utf8(trk + second + here + end), [fixes[1], fixes[0]]),
            (
                "leap-second", utf8(trk + point("1", "2", "<time>2016-12-31T23:59:60Z</time>") + end),
                [ExpectedFix(10_000_000, 20_000_000, 1_483_228_800_000)]
            ),
            (
                "zone-missing",
                utf8(trk + point("48.1173", "11.51666667", "<time>2025-12-15T21:53:41</time>") + end), one
            ),
            (
                "fraction-of-30-digits",
                utf8(
                    trk
                        + point(
                            "48.1173", "11.51666667",
                            "<time>2025-12-15T21:53:41.\(String(repeating: "0", count: 30))Z</time>") + end),
                one
            ),
            (
                "second-time-ignored",
                utf8(
                    trk
                        + point(
                            "48.1173", "11.51666667",
                            "<time>2025-12-15T21:53:41Z</time><time>2000-01-01T00:00:00Z</time>") + end), one
            ),
            ("waypoint-of-nonsense", utf8("<gpx><wpt lat='nan' lon='x'/><trk>\(here)</trk></gpx>"), one),
        ]
        return cases.map { make("whole/\($0.0)", $0.1, .trace($0.2)) }
    }

    private static func nested(_ count: Int) -> String {
        String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
    }

    private static func attributes(_ count: Int) -> String {
        (0..<count).map { "a\($0)='1'" }.joined(separator: " ")
    }

    /// What is no XML, or XML of the kind that hurts. `|` stands before the character that is named in the refusal.
    private static func refusals() -> [HostileCase] {
        let cases: [(String, String)] = [
            ("doctype", "<!|DOCTYPE gpx><gpx/>"),
            ("doctype-behind-comment", "<!-- x -->\n<!|DOCTYPE gpx><gpx/>"),
            ("doctype-external", "<!|DOCTYPE gpx SYSTEM 'file:///etc/passwd'><gpx/>"),
            ("doctype-entity", "<!|DOCTYPE gpx [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<gpx>&x;</gpx>"),
            ("billion-laughs", "<?xml version='1.0'?>\n<!|DOCTYPE gpx [\(laughs)]><gpx>&l9;</gpx>"),
            (
                "quadratic",
                "<!|DOCTYPE gpx [<!ENTITY a '\(String(repeating: "a", count: 50_000))'>]><gpx>\(String(repeating: "&a;", count: 50_000))</gpx>"
            ),
            ("parameter-entity", "<!|DOCTYPE gpx [<!ENTITY % p SYSTEM 'http://x/'> %p;]><gpx/>"),
            ("entity-declaration-inside", "<gpx><!|ENTITY a 'b'></gpx>"),
            ("entity-unknown", "<gpx>\n  |&laughs;</gpx>"),
            ("entity-empty", "<gpx>|&;</gpx>"), ("entity-without-end", "<gpx>|&amp and</gpx>"),
            ("entity-long", "<gpx>|&\(String(repeating: "a", count: 100_000));</gpx>"),
            ("reference-0", "<gpx>|&#0;</gpx>"), ("reference-surrogate", "<gpx>|&#xD800;</gpx>"),
            ("reference-too-great", "<gpx>|&#x110000;</gpx>"), ("reference-signed", "<gpx>|&#+65;</gpx>"),
            ("reference-minus", "<gpx>|&#-1;</gpx>"), ("reference-empty", "<gpx>|&#;</gpx>"),
            ("reference-control", "<gpx>|&#27;</gpx>"), ("reference-ffff", "<gpx>|&#xFFFF;</gpx>"),
            ("reference-of-20-digits", "<gpx>|&#00000000000000000065;</gpx>"),
            ("attribute-twice", "<gpx a='1' a|='2'/>"), ("attribute-without-blank", "<gpx a='1'|b='2'/>"),
            ("attribute-without-quote", "<gpx a=|1/>"), ("attribute-without-value", "<gpx a|/>"),
            ("attribute-open", "<gpx a='1|"), ("name-missing", "<gpx><|></></gpx>"),
            ("name-of-digit", "<gpx><|1/></gpx>"),
            ("end-tag-wrong", "<gpx>|</gpy>"), ("tag-open", "<gpx|"),
            ("slash-without-end", "<gpx/| >"), ("second-root", "<gpx/><|gpx/>"), ("text-behind", "<gpx/>|x"),
            ("unclosed", "<gpx><trk>|"), ("comment-open", "<gpx><!-- x|"),
            ("cdata-open", "<gpx><![CDATA[ x|"),
            ("instruction-open", "<gpx><?x |"), ("declaration-inside", "<gpx>\n|<?xml version='1.0'?></gpx>"),
            ("encoding-latin1", "|<?xml version='1.0' encoding='ISO-8859-1'?><gpx/>"),
            ("encoding-utf16", "|<?xml version='1.0' encoding='UTF-16'?><gpx/>"),
            ("control-character", "<gpx>|\u{1}</gpx>"), ("nul", "<gpx>|\0</gpx>"),
            ("escape", "<gpx>\n\n   |\u{1B}[2J</gpx>"),
            ("65-attributes", "<gpx \(attributes(64)) |b='1'/>"),
        ]
        return cases.map { name, marked in
            let text = marked.replacing("|", with: "")
            let before = marked.prefix { $0 != "|" }
            let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
            let place =
                "trace.gpx, line \(lines.count), column \((lines.last?.unicodeScalars.count ?? 0) + 1)"
            return make("refused/\(name)", utf8(text), .refused("gpx.bad_xml", at: place))
        } + encodings()
    }

    private static let laughs = (1...9).map {
        "<!ENTITY l\($0) '\(String(repeating: "&l\($0 - 1);", count: 10))'>"
    }.joined()

    private static func encodings() -> [HostileCase] {
        let start = utf8("<gpx>")
        // The first byte that cannot be, behind five characters; where it is not the first of its own, behind six.
        let bytes: [(String, [UInt8], Int)] = [
            ("ff", [0xFF], 6), ("overlong", [0xC0, 0x80], 6), ("surrogate", [0xED, 0xA0, 0x80], 7),
            ("beyond-unicode", [0xF4, 0x90, 0x80, 0x80], 7), ("cut", [0xC3], 7), ("latin1", [0xE9, 0x20], 7),
            ("continuation", [0x80], 6), ("five-bytes", [0xF8, 0x88, 0x80, 0x80, 0x80], 6),
        ]
        let marks: [(String, [UInt8])] = [
            ("little", [0xFF, 0xFE] + utf8(track).flatMap { [$0, 0] }),
            ("big", [0xFE, 0xFF] + utf8(track).flatMap { [0, $0] }),
        ]
        return bytes.map {
            make(
                "encoding/\($0.0)", start + $0.1 + utf8("</gpx>"),
                .refused("gpx.bad_xml", at: "line 1, column \($0.2)"))
        }
            + marks.map {
                make("encoding/utf16-\($0.0)", $0.1, .refused("gpx.bad_xml", at: "line 1, column 1"))
            }
            // Without a mark nobody knows it, and the upload is of no format.
            + [
                make(
                    "encoding/utf16-unmarked", utf8(track).flatMap { [$0, 0] },
                    .refused("upload.unknown_format"))
            ]
    }
}
