/// Hostile NMEA 0183 logs, beside a file that begins as a photo.
enum NMEACases {
    @Sendable static func all() -> [HostileCase] {
        skipped() + NMEAFieldFaults.all() + times() + refused()
            + Mutation.cases(
                "nmea", of: [("log", utf8(good(0) + good(1) + good(2) + good(3)))], count: 30,
                seed: 0x4E4D_4541,
                dictionary: ["$", "*", ",", "$GPRMC,", "\u{B5}b", "*00\r\n"].map(utf8), upload: upload)
    }

    static func upload(_ bytes: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [("photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9]), ("log", bytes)]
    }

    static func make(_ name: String, _ bytes: [UInt8], _ expected: Expectation) -> HostileCase {
        HostileCase("nmea/\(name)", upload(bytes), expected)
    }

    /// `$body*hh`, its checksum the exclusive or of the body's bytes, and the end of the line.
    static func sentence(_ body: String) -> String { "$\(body)*\(checksum(body))\r\n" }

    private static func checksum(_ body: String, wrong: UInt8 = 0) -> String {
        let sum = body.utf8.reduce(wrong, ^)
        return [sum >> 4, sum & 15].map { String($0, radix: 16, uppercase: true) }.joined()
    }

    /// The sentence of the standard's example, a second later each.
    static func good(_ second: Int) -> String { rmc(time: "12351\(second)") }

    static func rmc(
        time: String, latitude: String = "4807.038,N", longitude: String = "01131.000,E",
        date: String = "230394",
        status: String = "A", speed: String = "022.4", course: String = "084.4"
    ) -> String {
        sentence("GPRMC,\(time),\(status),\(latitude),\(longitude),\(speed),\(course),\(date),003.1,W")
    }

    /// 1994-03-23T12:35:10Z, at 48 deg 7.038', 11 deg 31.000'.
    static let start: Int64 = 764_426_110_000
    static func fix(_ second: Int) -> ExpectedFix {
        ExpectedFix(481_173_000, 115_166_667, start + Int64(second) * 1000)
    }

    /// Three good seconds with something odd behind the first.
    private static func around(_ odd: [UInt8]) -> [UInt8] { utf8(good(0)) + odd + utf8(good(1) + good(2)) }

    static let fixes = [fix(0), fix(1), fix(2)]

    /// What stands between good sentences is counted and costs nothing else.
    private static func skipped() -> [HostileCase] {
        let body = "GPRMC,123510,A,0000.000,N,00000.000,E,0,0,230394,,"
        let long = "GPRMC," + String(repeating: "1", count: 2000)
        let cases: [(String, [UInt8], String?)] = [
            ("nothing", [], nil),
            (
                "wrong-checksum", utf8("$\(body)*\(checksum(body, wrong: 1))\r\n"),
                "1 sentence with a wrong checksum"
            ),
            ("checksum-missing", utf8("$\(body)\r\n"), "1 sentence cut short: the checksum is missing"),
            ("checksum-cut", utf8("$\(body)*4\r\n"), "1 sentence cut short: the checksum is missing"),
            ("checksum-of-letters", utf8("$\(body)*ZZ\r\n"), "1 sentence cut short: the checksum is missing"),
            ("cut-by-the-next", utf8("$GPRMC,1235"), "1 sentence cut short: the checksum is missing"),
            ("too-long", utf8("$\(long)*00\r\n"), "1 sentence of more than 1024 bytes"),
            ("text", utf8("hello world\r\n"), "1 line without a sentence"),
            ("comment", utf8("# \(good(3))"), "1 comment line"),
            ("blank-lines", utf8("\r\n\r\n"), "2 blank lines"),
            ("proprietary", utf8(sentence("PUBX,00,1,2")), "1 proprietary sentence"),
            ("unknown-kind", utf8(sentence("GPXXX,1,2,3")), nil),
            ("dollars", [UInt8](repeating: 0x24, count: 5000) + [0x0A], "1 line without a sentence"),
            ("zeros", [UInt8](repeating: 0, count: 5000) + [0x0A], "5000 bytes of other binary data"),
            ("ff", [UInt8](repeating: 0xFF, count: 5000) + [0x0A], "5000 bytes of other binary data"),
            ("escape", utf8("\u{1B}[2J\u{1B}]0;x\u{7}\r\n"), "bytes of other binary data"),
            ("ubx", ubx([1, 2, 3, 4]) + [0x0A], "1 UBX frame"),
            ("ubx-with-a-sentence", ubx(utf8(good(3))) + [0x0A], "1 UBX frame"),
            ("ubx-false-checksum", ubx([1, 2, 3]).dropLast() + [0, 0x0A], "bytes of other binary data"),
            ("ubx-longer-than-the-file", [0xB5, 0x62, 1, 7, 255, 255, 0x0A], "bytes of other binary data"),
            (
                "ubx-beginnings",
                Array(repeatElement([0xB5, 0x62, 1, 7, 0, 8] as [UInt8], count: 2000).joined()) + [0x0A],
                "bytes of other binary data"
            ),
            ("address-only", utf8("$GPRMC\r\n"), nil), ("commas-only", utf8("$,,,,,*00\r\n"), nil),
            ("fields-empty", utf8(sentence("GPRMC,,,,,,,,,,")), nil),
            ("fields-missing", utf8(sentence("GPRMC,123510,A")), nil),
        ]
        return cases.map { make("skipped/\($0.0)", around($0.1), .trace(fixes, remark: $0.2)) } + [
            make(
                "skipped/no-line-ends", utf8((good(0) + good(1) + good(2)).replacing("\r\n", with: "")),
                .trace(fixes)),
            make(
                "skipped/line-feeds-only", utf8((good(0) + good(1) + good(2)).replacing("\r\n", with: "\n")),
                .trace(fixes)),
            make(
                "skipped/line-of-a-megabyte", around([]) + utf8("$GPRMC," + "1".repeated(1_000_000)),
                .trace(fixes, remark: "1 sentence of more than 1024 bytes")),
            make("skipped/byte-order-mark", [0xEF, 0xBB, 0xBF] + around([]), .trace(fixes)),
            make(
                "skipped/cut-at-the-end", around([]) + utf8("$GPRMC,123513,A,48"),
                .trace(fixes, remark: "the checksum is missing")),
        ]
    }

    private static func ubx(_ payload: [UInt8]) -> [UInt8] {
        let body = [0x01, 0x07, UInt8(payload.count & 0xFF), UInt8(payload.count >> 8)] + payload
        var (first, second) = (0, 0)
        for byte in body {
            first = (first + Int(byte)) % 256
            second = (second + first) % 256
        }
        return [0xB5, 0x62] + body + [UInt8(first), UInt8(second)]
    }

    private static func times() -> [HostileCase] {
        let day: Int64 = 86_400_000
        // From 23:59:59 to 00:00:00 without a date behind midnight.
        let before = rmc(time: "235959")
        let gga = { (time: String) in
            sentence("GPGGA,\(time),4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,")
        }
        let midnight = 764_380_800_000 + day
        func at(_ milliseconds: Int64) -> ExpectedFix { ExpectedFix(481_173_000, 115_166_667, milliseconds) }
        return [
            make(
                "time/over-midnight", utf8(before + gga("000000") + gga("000001")),
                .trace([at(midnight - 1000), at(midnight), at(midnight + 1000)])),
            make(
                "time/date-only-at-the-end", utf8(gga("123510") + gga("123511") + good(2)), .trace(fixes)),
            make(
                "time/backwards", utf8(good(2) + good(1) + good(0)), .trace([fix(2), fix(1), fix(0)])),
            make(
                "time/second-60", utf8(rmc(time: "123460") + good(1) + good(2)),
                .trace([at(764_426_100_000), fix(1), fix(2)])),
            make(
                "time/fraction-of-40-digits",
                utf8(rmc(time: "123510.\(String(repeating: "0", count: 40))") + good(1) + good(2)),
                .trace(fixes)),
            make(
                "time/february-30", utf8(good(0) + rmc(time: "123511", date: "300294") + good(2)),
                .trace(fixes)),
        ]
    }

    /// Logs of which nothing is left.
    private static func refused() -> [HostileCase] {
        let void = (0..<3).map { rmc(time: "12351\($0)", status: "V") }.joined()
        let typed = (0..<3).map {
            sentence("GPGGA,12351\($0),4807.038,N,01131.000,E,7,08,0.9,545.4,M,46.9,M,,")
        }.joined()
        let undated = (0..<3).map {
            sentence("GPGGA,12351\($0),4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,")
        }.joined()
        let untimed = (0..<3).map { _ in sentence("GPGLL,4807.038,N,01131.000,E") }.joined()
        let satellites = String(repeating: sentence("GPGSV,1,1,00"), count: 3)
        let cases: [(String, String, String, String)] = [
            ("void", void, "nmea.no_fixes", "log, lines 1 to 4"),
            ("typed-in", typed, "nmea.no_fixes", "log, lines 1 to 4"),
            ("undated", undated, "nmea.no_times", "log, lines 1 to 4"),
            ("untimed", untimed, "nmea.no_times", "log, lines 1 to 4"),
            ("satellites-only", satellites, "nmea.no_fixes", "log, lines 1 to 4"),
            // Fewer than three right checksums make no log.
            ("two-sentences", good(0) + good(1), "upload.unknown_format", ""),
            (
                "all-checksums-wrong", (0..<9).map { "$GPRMC,12351\($0),A*00\r\n" }.joined(),
                "upload.unknown_format", ""
            ),
            (
                "proprietary-only", String(repeating: sentence("PUBX,00"), count: 9), "upload.unknown_format",
                ""
            ),
        ]
        return cases.map {
            make("refused/\($0.0)", utf8($0.1), .refused($0.2, at: $0.3.isEmpty ? nil : $0.3))
        } + [
            make(
                "refused/utf16", [0xFF, 0xFE] + utf8(good(0) + good(1) + good(2)).flatMap { [$0, 0] },
                .refused("upload.unknown_format"))
        ]
    }
}
