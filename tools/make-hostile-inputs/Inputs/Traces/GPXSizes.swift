/// GPX files that are too much of something.
enum GPXSizes {
    static func all() -> [HostileCase] {
        let long = String(repeating: "x", count: 70_000)
        let refused: [(String, String, String)] = [
            ("depth-33", "<gpx>" + String(repeating: "<a>", count: 32), "line 1, column 100"),
            ("depth-a-million", "<gpx>" + String(repeating: "<a>", count: 1_000_000), "line 1, column 100"),
            ("text", "<gpx>\(long)</gpx>", "more than 65536 bytes"),
            ("attribute", "<gpx a='\(long)'/>", "more than 65536 bytes"),
            ("name", "<gpx><\(long)/></gpx>", "more than 65536 bytes"),
            ("attribute-name", "<gpx \(long)='1'/>", "more than 65536 bytes"),
            ("comment", "<gpx><!--\(long)--></gpx>", "more than 65536 bytes"),
            ("instruction", "<gpx><?\(long)?></gpx>", "more than 65536 bytes"),
            ("cdata", "<gpx><![CDATA[\(long)]]></gpx>", "more than 65536 bytes"),
            (
                "thousand-attributes", "<gpx \((0..<1000).map { "a\($0)='1'" }.joined(separator: " "))/>",
                "64 attributes"
            ),
        ]
        let one = GPXCases.point("48.1173", "11.51666667")
        let blank = String(repeating: " ", count: 100_000)
        let whole: [(String, String)] = [
            // One line of 800 kilobytes, most of it not wanted.
            (
                "long-line",
                "<gpx>" + String(repeating: "<wpt lat='1' lon='2'><name>x</name></wpt>", count: 20_000) + one
                    + "</gpx>"
            ),
            ("empty-elements", "<gpx>" + String(repeating: "<a/>", count: 50_000) + one + "</gpx>"),
            ("comments", "<gpx>" + String(repeating: "<!---->", count: 30_000) + one + "</gpx>"),
            ("blanks-in-a-tag", "<gpx\(blank)>\(one)</gpx\(blank)>"),
        ]
        return refused.map { GPXCases.make("size/\($0.0)", utf8($0.1), .refused("gpx.bad_xml", at: $0.2)) }
            + whole.map { GPXCases.make("size/\($0.0)", utf8($0.1), .trace([GPXCases.fixes[0]])) }
    }
}
