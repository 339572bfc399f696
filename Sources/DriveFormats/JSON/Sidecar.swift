import Canonical

/// What the JSON file beside a frame says of it: `{"time", "gnss_time", "lat", "lon", "img_id"}`, as Hivemapper's Bee
/// caches its frames (github.com/Hivemapper/bee-plugins, `fixtures`).
struct Sidecar: Equatable {
    var fix: RawFix?
    var capturedAt: UTCTime?
    /// The time of the receiver, `gnss_time`.
    private(set) var receiverTime: UTCTime?
    /// The time of the computer, `time`.
    private(set) var computerTime: UTCTime?
    /// What is wrong with it, with the byte or the path where.
    var complaint: String?

    /// Degrees and milliseconds since 1970; the GNSS clock is preferred to the camera's, and a clock at or before 0 has
    /// not been set and counts as none.
    init(_ bytes: [UInt8]) {
        do {
            var reader = try JSONObjectReader(try JSONReader.read(bytes, limits: JSONFile.limits))
            receiverTime = try Self.time("gnss_time", &reader)
            computerTime = try Self.time("time", &reader)
            capturedAt = receiverTime ?? computerTime
            let latitude = try reader.number("lat")
            fix = RawFix(time: capturedAt, latitude: latitude, longitude: try reader.number("lon"))
            if capturedAt == nil { complaint = "the sidecar has no time" }
        } catch {
            complaint = "sidecar: \(PrintableText.of(error.description))"
        }
    }

    /// Whether it has position and time, which is what tells a sidecar from any other JSON file.
    var isComplete: Bool { fix?.time != nil }

    private static func time(
        _ key: String, _ reader: inout JSONObjectReader
    ) throws(JSONError) -> UTCTime? {
        try reader.optionalTime(key).flatMap { $0.milliseconds > 0 ? $0 : nil }
    }

    /// The frame at `source` as it says.
    func frame(_ source: ByteSource, complaint: String?) -> RawFrame {
        var frame = RawFrame(
            source: source, fix: fix, capturedAt: capturedAt, complaint: complaint, origin: .sidecar,
            timeSource: receiverTime == nil ? .sidecarClock : .sidecar,
            clock: receiverTime == nil ? .device : .satellites)
        if receiverTime != nil, let computerTime {
            frame.others.append(RawTestimony(.sidecarClock, time: computerTime))
        }
        return frame
    }
}
