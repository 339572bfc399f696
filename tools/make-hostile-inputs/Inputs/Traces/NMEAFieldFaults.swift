/// NMEA sentences with right checksums and fields that cannot be: the sentence is left out and counted.
enum NMEAFieldFaults {
    static func all() -> [HostileCase] {
        let bad = "1 sentence with a field that cannot be read"
        var cases: [HostileCase] = []
        func second(_ name: String, _ sentence: String, _ fixes: [ExpectedFix], _ remark: String?) {
            cases.append(
                NMEACases.make(
                    "field/\(name)",
                    utf8(NMEACases.good(0) + sentence + NMEACases.good(2) + NMEACases.good(3)),
                    .trace([NMEACases.fix(0)] + fixes + [NMEACases.fix(2), NMEACases.fix(3)], remark: remark))
            )
        }
        for (name, text) in angles {
            second("latitude-\(name)", NMEACases.rmc(time: "123511", latitude: "\(text),N"), [], bad)
        }
        for (name, text) in [
            ("181", "18100.000"), ("180-and-a-bit", "18000.001"), ("nan", "nan"), ("minutes-60", "01160.000"),
        ] {
            second("longitude-\(name)", NMEACases.rmc(time: "123511", longitude: "\(text),E"), [], bad)
        }
        for text in ["X", "NN", "1", "n"] {
            second("hemisphere-\(text)", NMEACases.rmc(time: "123511", latitude: "4807.038,\(text)"), [], bad)
        }
        for text in [
            "240000", "236000", "235961", "12351", "noon", "-12351", "123511x", "123511..5", "999999999999",
        ] {
            second("time-\(text)", NMEACases.rmc(time: text), [], bad)
        }
        for text in ["23039", "2303944", "nan", "-30394"] {
            second("date-\(text)", NMEACases.rmc(time: "123511", date: text), [], bad)
        }
        for text in ["nan", "inf", "1e308", "1..2", "0x1", "9".repeated(70)] {
            second("speed-\(text.prefix(8))", NMEACases.rmc(time: "123511", speed: text), [], bad)
            second("course-\(text.prefix(8))", NMEACases.rmc(time: "123511", course: text), [], bad)
        }
        // A half position, and none, are no position: the sentence is read and gives no fix.
        second("latitude-empty", NMEACases.rmc(time: "123511", latitude: ",N"), [], nil)
        second("hemisphere-empty", NMEACases.rmc(time: "123511", latitude: "4807.038,"), [], nil)
        second("position-empty", NMEACases.rmc(time: "123511", latitude: ",", longitude: ","), [], nil)
        let pole = ExpectedFix(900_000_000, 1_800_000_000, NMEACases.start + 1000)
        second(
            "pole", NMEACases.rmc(time: "123511", latitude: "9000.000,N", longitude: "18000.000,E"), [pole],
            nil)
        let exact = ExpectedFix(481_173_000, 115_166_667, NMEACases.start + 1000)
        second(
            "minutes-of-60-digits",
            NMEACases.rmc(time: "123511", latitude: "4807.038\("0".repeated(57)),N"), [exact], nil)
        return cases
    }

    private static let angles = [
        ("91", "9100.000"), ("90-and-a-bit", "9000.001"), ("nan", "nan"), ("inf", "inf"), ("1e308", "1e308"),
        ("minutes-60", "4860.000"), ("negative", "-4807.038"), ("two-points", "48.07.038"),
        ("letters", "48O7.038"),
        ("seven-digits", "4807038.0"), ("million", "9".repeated(900)), ("point-only", "."),
        ("blank", " 4807.038"),
        ("comma-for-point", "4807;038"),
    ]
}

extension String {
    /// The text `count` times over.
    func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
