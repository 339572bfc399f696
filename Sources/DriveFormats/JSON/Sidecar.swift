import Canonical

/// What the JSON file beside a frame says of it: `{"time", "gnss_time", "lat", "lon", "img_id"}`, as Hivemapper's Bee
/// caches its frames (github.com/Hivemapper/bee-plugins, `fixtures`).
struct Sidecar: Equatable {
    var fix: RawFix?
    var capturedAt: UTCTime?
    /// What is wrong with it, with the byte or the path where.
    var complaint: String?

    /// Degrees and milliseconds since 1970; the GNSS clock is preferred to the camera's, and a clock at or before 0 has
    /// not been set and counts as none.
    init(_ bytes: [UInt8]) {
        do {
            var reader = try JSONObjectReader(try JSONReader.read(bytes, limits: JSONFile.limits))
            capturedAt = try Self.time(&reader)
            let latitude = try reader.number("lat")
            fix = RawFix(time: capturedAt, latitude: latitude, longitude: try reader.number("lon"))
            if capturedAt == nil { complaint = "the sidecar has no time" }
        } catch {
            complaint = "sidecar: \(PrintableText.of(error.description))"
        }
    }

    /// Whether it has position and time, which is what tells a sidecar from any other JSON file.
    var isComplete: Bool { fix?.time != nil }

    private static func time(_ reader: inout JSONObjectReader) throws(JSONError) -> UTCTime? {
        let clocks = [try reader.optionalTime("gnss_time"), try reader.optionalTime("time")]
        return clocks.compactMap { $0 }.first { $0.milliseconds > 0 }
    }
}
