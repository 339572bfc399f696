/// Hostile CSV files, beside a file that begins as a photo.
enum CSVCases {
    @Sendable static func all() -> [HostileCase] {
        whole() + rows() + headers() + useless()
            + Mutation.cases(
                "csv",
                of: [
                    ("comma", utf8(header + row(0) + row(1))),
                    ("semicolon", utf8("lat;lon;time\n48,1173;11,5;1765835621\n")),
                ],
                count: 16, seed: 0x4353_5600, dictionary: ["\"", "\n", ",", "nan", "1e308", "\0"].map(utf8),
                upload: upload)
    }

    private static func upload(_ bytes: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [("photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9]), ("trace.csv", bytes)]
    }

    private static func make(_ name: String, _ bytes: [UInt8], _ expected: Expectation) -> HostileCase {
        HostileCase("csv/\(name)", upload(bytes), expected)
    }

    private static let header = "lat,lon,time\n"
    /// 2025-12-15T21:53:41Z and the seconds behind it.
    private static let start: Int64 = 1_765_835_621_000
    private static func row(_ second: Int) -> String { "48.1173,11.5,\(1_765_835_621 + second)\n" }
    private static func fix(_ second: Int) -> ExpectedFix {
        ExpectedFix(481_173_000, 115_000_000, start + Int64(second) * 1000)
    }
    private static let two = Expectation.trace([fix(0), fix(1)])

    /// Odd, and read right.
    private static func whole() -> [HostileCase] {
        let both = row(0) + row(1)
        let cases: [(String, [UInt8])] = [
            ("plain", utf8(header + both)), ("byte-order-mark", [0xEF, 0xBB, 0xBF] + utf8(header + both)),
            ("returns", utf8((header + both).replacing("\n", with: "\r"))),
            ("returns-and-feeds", utf8((header + both).replacing("\n", with: "\r\n"))),
            ("no-last-end", utf8(String((header + both).dropLast()))),
            ("blank-lines", utf8("\n\n" + header + "\n\n" + both + "\n\n")),
            ("comments", utf8("# a\n# lat lon\n" + header + both)),
            ("commented-header", utf8("#" + header + both)),
            (
                "separator-line",
                utf8("sep=;\nlat;lon;time\n48,1173;11,5;1765835621\n48,1173;11,5;1765835622\n")
            ),
            ("tabs", utf8((header + both).replacing(",", with: "\t"))),
            ("bars", utf8((header + both).replacing(",", with: "|"))),
            (
                "quotes",
                utf8(
                    "\"lat\",\"lon\",\"time\"\n\"48.1173\",\"11.5\",\"1765835621\"\n\"48.1173\",\"11.5\",\"1765835622\"\n"
                )
            ),
            (
                "quoted-line-end",
                utf8("lat,lon,time,note\n48.1173,11.5,1765835621,\"a\nb\"\n48.1173,11.5,1765835622,x\n")
            ),
            (
                "quoted-separator",
                utf8("note,lat,lon,time\n\"a,b\"\"c\",48.1173,11.5,1765835621\nx,48.1173,11.5,1765835622\n")
            ),
            ("capitals", utf8("LATITUDE,LONGITUDE,TIME\n" + both)),
            ("blanks", utf8(" lat , lon , time \n 48.1173 , 11.5 , 1765835621 \n48.1173,11.5,1765835622\n")),
            ("milliseconds", utf8(header + "48.1173,11.5,1765835621000\n48.1173,11.5,1765835622000\n")),
            (
                "nanoseconds",
                utf8(header + "48.1173,11.5,1765835621000000000\n48.1173,11.5,1765835622000000000\n")
            ),
            ("fraction", utf8(header + "48.1173,11.5,1765835621.000\n48.1173,11.5,1765835622.0004\n")),
            (
                "rfc3339",
                utf8(header + "48.1173,11.5,2025-12-15T21:53:41Z\n48.1173,11.5,2025-12-15 22:53:42+01:00\n")
            ),
            (
                "e7",
                utf8("lat_e7,lon_e7,time\n481173000,115000000,1765835621\n481173000,115000000,1765835622\n")
            ),
            ("e7-unnamed", utf8(header + "481173000,115000000,1765835621\n481173000,115000000,1765835622\n")),
            (
                "200-more-columns",
                utf8(
                    "lat,lon,time" + String(repeating: ",x", count: 200) + "\n48.1173,11.5,1765835621"
                        + String(repeating: ",1", count: 200) + "\n48.1173,11.5,1765835622\n")
            ),
            ("exponent", utf8(header + "4.81173e1,1.15e1,1765835621\n+48.1173,11.5,1765835622\n")),
        ]
        return cases.map { make("whole/\($0.0)", $0.1, two) } + [
            make(
                "whole/beyond-the-pole", utf8(header + "91,181,1765835621\n48.1173,11.5,1765835622\n"),
                .trace([ExpectedFix(910_000_000, 1_810_000_000, start), fix(1)])),
            make("whole/backwards", utf8(header + row(1) + row(0)), .trace([fix(1), fix(0)])),
        ]
    }

    /// One row of three that cannot be read: it is left out, and named by its line.
    private static func rows() -> [HostileCase] {
        let line3 = "1 row skipped; the first is line 3"
        let numbers = [
            "nan", "NaN", "inf", "-inf", "1e308", "1e400", "1e13", "0x30", "1.2.3", "north", "-", "1 2",
            "--1", "9".repeated(65), "9".repeated(4000), "\u{664}", "4\u{0}8",
        ]
        let times = [
            "yesterday", "2025-02-30T00:00:00Z", "2025-12-15T25:00:00Z", "0", "1", "-1765835621",
            "99999999999999999999999", "nan", "1e9", "2025-12-15T21:53:41+99:99", "12/15/2025 21:53",
        ]
        let odd: [(String, String, String)] = [
            (
                "field-of-5000-bytes", "9".repeated(5000) + ",1,1765835621\n",
                "a field of more than 4096 bytes"
            ),
            ("300-fields", "1" + ",1".repeated(299) + "\n", "more than 256 fields"),
            ("text-behind-a-quote", "\"48.1\"x,11.5,1765835621\n", "text behind a closing quote"),
            ("quote-open", "\"48.1,11.5,1765835621\n", "a quote that is not closed within 4096 bytes"),
            ("fields-missing", "48.1\n", "longitude"), ("latitude-missing", ",11.5,1765835621\n", "latitude"),
            ("not-utf8", "\u{FFFD},11.5,1765835621\n", "latitude"),
        ]
        func between(_ row: String) -> [UInt8] { utf8(header + self.row(0) + row + self.row(1)) }
        return numbers.enumerated().map { number, text in
            make(
                "row/number-\(number)", between("\(text),11.5,1765835621\n"),
                .trace([fix(0), fix(1)], remark: "\(line3): latitude"))
        }
            + numbers.prefix(6).enumerated().map { number, text in
                make(
                    "row/longitude-\(number)", between("48.1,\(text),1765835621\n"),
                    .trace([fix(0), fix(1)], remark: "\(line3): longitude"))
            }
            + times.enumerated().map { number, text in
                make(
                    "row/time-\(number)", between("48.1,11.5,\(text)\n"),
                    .trace([fix(0), fix(1)], remark: "\(line3): time"))
            }
            + odd.map { name, row, words in
                make("row/\(name)", between(row), .trace([fix(0), fix(1)], remark: "\(line3): \(words)"))
            } + [
                make(
                    "row/empty-position", between(",,1765835621\n"),
                    .trace([fix(0), fix(1)], remark: "1 row without a position")),
                make(
                    "row/line-of-a-megabyte", between("1,".repeated(500_000) + "\n"),
                    .trace([fix(0), fix(1)], remark: "more than 256 fields")),
                make(
                    "row/zeros", utf8(header + row(0) + row(1)) + [UInt8](repeating: 0, count: 1000),
                    .trace([fix(0), fix(1)], remark: "1 row skipped; the first is line 4")),
            ]
    }

    private static func headers() -> [HostileCase] {
        let unknown = Expectation.refused("upload.unknown_format")
        let cases: [(String, [UInt8], Expectation)] = [
            ("no-time", utf8("lat,lon\n1,2\n"), .refused("csv.no_columns", at: "trace.csv, line 1")),
            (
                "no-longitude", utf8("lat,time\n1,2\n"),
                .refused("csv.no_columns", at: "no column for longitude")
            ),
            (
                "no-latitude-on-line-3", utf8("\n\nlon,time\n1,2\n"),
                .refused("csv.no_columns", at: "trace.csv, line 3")
            ),
            (
                "utf16-little", [0xFF, 0xFE] + utf8(header + row(0)).flatMap { [$0, 0] },
                .refused("csv.encoding", at: "trace.csv")
            ),
            (
                "utf16-big", [0xFE, 0xFF] + utf8(header + row(0)).flatMap { [0, $0] },
                .refused("csv.encoding", at: "trace.csv")
            ),
            ("one-name", utf8("lat\n1\n"), unknown), ("none", utf8("1,2,3\n"), unknown),
            ("empty-lines", utf8("\n\n\n"), unknown),
            ("zeros", [UInt8](repeating: 0, count: 4096), unknown),
            ("of-a-megabyte", utf8("lat,lon,time," + "x".repeated(1_000_000)), unknown),
            ("behind-40-comments", utf8("# x\n".repeated(40) + header + row(0)), unknown),
            ("quote-open", utf8("\"lat,lon,time\n"), .lawful),
            ("commas", utf8(",".repeated(10_000) + "\n"), unknown),
            (
                "name-with-escape", utf8("lat,lon,\u{1B}[2J\n1,2,3\n"),
                .refused("csv.no_columns", at: "'\\u{1B}[2J'")
            ),
        ]
        return cases.map { make("header/\($0.0)", $0.1, $0.2) }
    }

    private static func useless() -> [HostileCase] {
        let bad = row(0) + "x,y,z\nx,y,z\n"
        let cases: [(String, String, Expectation)] = [
            ("no-rows", header, .refused("csv.no_fixes", at: "trace.csv, line 2")),
            (
                "no-positions", header + ",,1765835621\n,,1765835622\n",
                .refused("csv.no_fixes", at: "trace.csv, line 2")
            ),
            (
                "no-times", header + "48.1,11.5,\n48.1,11.5,\n",
                .refused("csv.no_times", at: "trace.csv, line 2")
            ),
            ("mostly-unreadable", header + bad, .refused("csv.bad_rows", at: "trace.csv, line 3")),
            ("all-unreadable", header + "x,y,z\n", .refused("csv.bad_rows", at: "trace.csv, line 2")),
            // Each quote is gone back to at most a hundred times.
            ("thousand-open-quotes", header + "\"x\n".repeated(1000), .lawful),
        ]
        return cases.map { make("useless/\($0.0)", utf8($0.1), $0.2) }
    }
}
