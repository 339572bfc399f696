import Canonical

/// One entry of a `mapillary_image_description.json` (github.com/mapillary/mapillary_tools,
/// `schema/image_description_schema.json`, release 0.14).
struct MapillaryEntry {
    /// What the entry is about.
    enum Content {
        /// An image, with what is wrong with the entry.
        case image(fix: RawFix?, complaint: String?)
        /// An image or video that mapillary_tools refused, and why.
        case refused(String)
        /// A video.
        case video
    }

    /// The path on the machine where the description was made; `/` or `\` between folders.
    let filename: String
    let content: Content
    /// Which images belong together; nil where the entry does not say.
    let sequence: String?
    /// The camera: make, model and serial number.
    let device: String?

    /// Whether `value` has what tells such an entry from any other JSON object.
    static func isOne(_ value: JSONValue) -> Bool {
        guard case .object(let members) = value, case .string? = members["filename"] else { return false }
        if members.keys.contains(where: { $0.utf8.starts(with: "MAP".utf8) }) { return true }
        if case .object(let error)? = members["error"] { return error["type"] != nil }
        return false
    }

    /// Reads an entry; only one without a file name is refused.
    init(_ value: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(value)
        filename = try reader.string("filename")
        let type = Self.string("filetype", &reader)
        sequence = Self.string("MAPSequenceUUID", &reader)
        var names = ["MAPDeviceMake", "MAPDeviceModel"].compactMap { Self.string($0, &reader) }
        if let serial = Self.string("MAPCameraUUID", &reader) { names.append("#\(serial)") }
        device = names.isEmpty ? nil : names.joined(separator: " ")
        if case .object(let error)? = reader.optional("error") {
            let words = ["type", "message"].compactMap { key -> String? in
                if case .string(let text)? = error[key] { PrintableText.of(text, limit: 200) } else { nil }
            }
            content = .refused(words.joined(separator: ": "))
        } else if (type ?? "image") != "image" || reader.optional("MAPGPSTrack") != nil {
            content = .video
        } else {
            content = Self.image(&reader)
        }
    }

    private static func image(_ reader: inout JSONObjectReader) -> Content {
        do {
            let latitude = try reader.number("MAPLatitude")
            var fix = RawFix(time: nil, latitude: latitude, longitude: try reader.number("MAPLongitude"))
            fix.horizontalError = try? reader.optionalNumber("MAPGPSAccuracyMeters")
            if var heading = try? reader.object("MAPCompassHeading") {
                fix.heading = try? heading.optionalNumber("TrueHeading")
            }
            let time = try reader.string("MAPCaptureTime")
            fix.time = captureTime(time)
            return .image(
                fix: fix,
                complaint: fix.time == nil
                    ? "MAPCaptureTime '\(PrintableText.of(time, limit: 40))' is no time" : nil)
        } catch {
            return .image(fix: nil, complaint: "image description: \(PrintableText.of(error.description))")
        }
    }

    private static func string(_ key: String, _ reader: inout JSONObjectReader) -> String? {
        if case .string(let text)? = reader.optional(key), !text.isEmpty { text } else { nil }
    }

    /// `2018_10_16_15_17_51_350`, in UTC; the last number is the digits behind the decimal point.
    static func captureTime(_ text: String) -> UTCTime? {
        let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.count == 7, parts[6].count <= 9 else { return nil }
        let words = parts.map { String(decoding: $0, as: UTF8.self) }
        let date = words[0..<3].joined(separator: "-")
        let clock = words[3..<6].joined(separator: ":")
        return UTCTime(rfc3339: "\(date)T\(clock).\(words[6])Z")
    }
}
