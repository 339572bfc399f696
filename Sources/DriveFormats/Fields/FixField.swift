/// What a named value of a fix is: loggers agree on what to write, and hardly on what to call it.
enum FixField: Hashable {
    case latitude, longitude, time, date, heading, speed, hdop, horizontalError

    /// A name taken apart.
    struct Match: Equatable {
        let field: FixField
        /// Of two names for one field, the lesser rank is taken.
        let rank: Int
        /// What the value is divided by to have degrees, metres per second or metres; nil for a speed without a unit.
        let divisor: Double?
    }

    /// What a value called `name` is; nil for names that are of no use here.
    ///
    /// Case, blanks and punctuation do not count: `GPS Speed (km/h)` is `gpsspeedkmh`, which is the prefix `gps`, the
    /// name `speed` and the unit `kmh`.
    static func match(_ name: ArraySlice<UInt8>) -> Match? {
        guard name.count <= 64 else { return nil }
        let letters = name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            .filter { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        let key = String(decoding: letters, as: UTF8.self)
        for prefix in prefixes where key.hasPrefix(prefix) {
            if let match = plain(key.dropFirst(prefix.count)) { return match }
        }
        return nil
    }

    private static let prefixes = ["", "gps", "gnss", "location", "position", "wgs84"]

    private static func plain(_ key: Substring) -> Match? {
        for names in all {
            for (rank, name) in names.names.enumerated() where key.hasPrefix(name) {
                guard let unit = names.units.first(where: { $0.name == key.dropFirst(name.count) }) else {
                    continue
                }
                return Match(field: names.field, rank: rank, divisor: unit.divisor)
            }
        }
        return nil
    }

    private struct Names {
        let field: FixField
        let names: [Substring]
        let units: [(name: Substring, divisor: Double?)]
    }

    private static let degrees: [(name: Substring, divisor: Double?)] =
        ["", "deg", "degree", "degrees", "decimal", "decimaldegrees", "dd", "wgs84", "true", "truedeg"]
        .map { ($0, 1) }
    private static let sevenDigits: [(name: Substring, divisor: Double?)] =
        ["e7", "dege7", "degreese7"].map { ($0, 1e7) }
    private static let metres: [(name: Substring, divisor: Double?)] =
        [("", 1), ("m", 1), ("meter", 1), ("meters", 1), ("metre", 1), ("metres", 1), ("mm", 1000)]
    private static let speeds: [(name: Substring, divisor: Double?)] =
        [("", nil)] + ["ms", "mps", "msec", "mpersec", "meterspersecond"].map { ($0, 1) }
        + ["kmh", "kph", "kmph", "kmhr", "kmperhour"].map { ($0, 3.6) }
        // The international mile has 1,609.344 m, the nautical mile 1,852 m.
        + ["mph", "mileshour", "milesperhour"].map { ($0, 3600 / 1609.344) }
        + ["kn", "kt", "kts", "knot", "knots"].map { ($0, 3600.0 / 1852) }
    private static let times: [(name: Substring, divisor: Double?)] =
        [
            "", "utc", "gmt", "z", "iso", "iso8601", "rfc3339", "unix", "epoch", "s", "sec", "seconds", "ms",
            "msec", "millis", "milliseconds", "us", "usec", "micros", "microseconds", "ns", "nsec", "nanos",
            "nanoseconds",
        ].map { ($0, 1) }

    private static let all: [Names] = [
        Names(
            field: .latitude, names: ["latitude", "lat", "ycoord", "ycoordinate", "y"],
            units: degrees + sevenDigits),
        Names(
            field: .longitude, names: ["longitude", "lon", "lng", "long", "xcoord", "xcoordinate", "x"],
            units: degrees + sevenDigits),
        Names(
            field: .time,
            names: [
                "utcdatetime", "utctimestamp", "utctime", "utc", "timestamp", "datetime", "isotime", "time",
                "capturetime", "capturedat", "recordedat", "fixtime", "unixtimestamp", "unixtime", "unix",
                "epochtime", "epoch",
            ], units: times),
        Names(field: .date, names: ["utcdate", "date"], units: [("", 1), ("utc", 1)]),
        Names(
            field: .heading,
            names: ["heading", "course", "bearing", "cog", "courseoverground", "direction", "azimuth"],
            units: degrees),
        Names(
            field: .speed, names: ["speed", "groundspeed", "speedoverground", "sog", "velocity"],
            units: speeds),
        Names(field: .hdop, names: ["hdop"], units: [("", 1)]),
        Names(
            field: .horizontalError,
            names: [
                "horizontalaccuracy", "hacc", "eph", "horizontalerror", "hpositioningerror", "epe",
                "accuracy", "haccuracy",
            ], units: metres),
    ]
}
