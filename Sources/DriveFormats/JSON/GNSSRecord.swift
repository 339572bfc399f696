import Canonical

/// One record of the GNSS log of a Hivemapper dashcam (github.com/Hivemapper/hivemapper-data-logger,
/// `gnss-controller/device/neom9n/datafeed.go`).
struct GNSSRecord {
    /// What the receiver says of itself; `none` and the like are no position.
    let fix: RawFix?

    /// Whether `value` has what tells such a record from any other.
    static func isOne(_ value: JSONValue) -> Bool {
        guard case .object(let members) = unwrapped(value) else { return false }
        return members["timestamp"] != nil && (members["latitude"] != nil || members["lat"] != nil)
            && (members["longitude"] != nil || members["lon"] != nil)
    }

    /// Degrees, metres per second and metres, as the logger writes them.
    init(_ value: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(Self.unwrapped(value))
        guard Self.isFix(reader.optional("fix")) else {
            fix = nil
            return
        }
        let latitude = try Self.coordinate("latitude", "lat", &reader)
        let longitude = try Self.coordinate("longitude", "lon", &reader)
        var result = RawFix(time: try Self.time(&reader), latitude: latitude, longitude: longitude)
        // What is wrong in these costs no position.
        result.heading = try? reader.lenientNumber("heading")
        result.speed = try? reader.lenientNumber("speed")
        let flat = try? reader.lenientNumber("hdop")
        result.hdop = flat ?? Self.nestedHDOP(&reader)
        let errors = [try? reader.lenientNumber("eph"), try? reader.lenientNumber("horizontal_accuracy")]
        // The logger writes 0 for what it does not know.
        result.horizontalError = errors.compactMap { $0 }.first { $0 > 0 }
        fix = result
    }

    /// Older loggers put the record beside those of the other sensors.
    private static func unwrapped(_ value: JSONValue) -> JSONValue {
        if case .object(let members) = value, let inner = members["gnss_data"] { return inner }
        return value
    }

    /// UBX-NAV-PVT's fix types by number and by the logger's name. Dead reckoning alone is no GNSS position.
    private static func isFix(_ value: JSONValue?) -> Bool {
        switch value {
        case .string(let name):
            !["none", "no fix", "dead reckoning only", "time only fix", ""].contains(name.lowercased())
        case .integer(let type): ![0, 1, 5].contains(type)
        case .bool(let isFix): isFix
        default: true
        }
    }

    private static func coordinate(
        _ name: String, _ short: String, _ reader: inout JSONObjectReader
    ) throws(JSONError) -> Double {
        if let value = try reader.lenientNumber(name) { return value }
        guard let value = try reader.lenientNumber(short) else {
            throw JSONError(reason: "a member is missing", place: "\(reader.path).\(name)")
        }
        return value
    }

    private static func time(_ reader: inout JSONObjectReader) throws(JSONError) -> UTCTime? {
        guard let value = reader.optional("timestamp") else { return nil }
        // Go's time.Time before it is set.
        if case .string(let text) = value, text.utf8.starts(with: "0001-01-01T".utf8) { return nil }
        guard let time = TimeText.time(value) else {
            throw JSONError(reason: "no time", place: "\(reader.path).timestamp")
        }
        return time
    }

    private static func nestedHDOP(_ reader: inout JSONObjectReader) -> Double? {
        guard var inner = try? reader.object("dop") else { return nil }
        return try? inner.lenientNumber("hdop")
    }
}
