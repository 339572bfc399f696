/// All hostile inputs but those that are paths. The same ones on every machine, made anew each time.
public enum HostileInputs {
    /// The families, each with what makes it.
    public static let families: [(name: String, make: @Sendable () -> [HostileCase])] = [
        ("jpeg", JPEGCases.all), ("png", PNGCases.all), ("exif", ExifCases.all), ("gpx", GPXCases.all),
        ("nmea", NMEACases.all), ("csv", CSVCases.all), ("json", RecordCases.all),
    ]

    /// The cases of the family `name`.
    public static func cases(_ name: String) -> [HostileCase] {
        families.first { $0.name == name }?.make() ?? []
    }

    /// All cases.
    public static var all: [HostileCase] { families.flatMap { $0.make() } }
}
