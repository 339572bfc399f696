import Canonical

/// What a camera writes into its photos.
struct ExifBlock: Sendable {
    var make: String
    var model: String
    var bigEndian: Bool
    var time: UTCTime
    /// Hours by which the camera's clock is ahead of UTC.
    var offsetHours: Int64
    /// The GPS block; nil where the camera has no receiver.
    var position: Position?
    /// The direction in which the camera looks; nil where it does not know.
    var direction: Double?

    /// The payload of the APP1 marker.
    var payload: [UInt8] {
        let local = UTCTime(milliseconds: time.milliseconds + offsetHours * 3_600_000)
        let date = Self.date(local)
        let milliseconds = Self.padded(time.milliseconds % 1000, 3)
        let exif: [TIFFDirectory.Entry] = [
            .init(0x9000, .undefined(Array("0232".utf8))),
            .init(0x9003, .text(date)),
            .init(0x9011, .text("\(offsetHours < 0 ? "-" : "+")\(Self.padded(abs(offsetHours), 2)):00")),
            .init(0x9291, .text(milliseconds)),
        ]
        let first: [TIFFDirectory.Entry] = [
            .init(0x010F, .text(make)), .init(0x0110, .text(model)), .init(0x0112, .short(1)),
            .init(0x0132, .text(date)),
        ]
        let file = TIFFDirectory(bigEndian: bigEndian)
        return Array("Exif\0\0".utf8) + file.file(first: first, exif: exif, gps: position.map(gps))
    }

    private func gps(_ position: Position) -> [TIFFDirectory.Entry] {
        let inDay = time.milliseconds - time.day.number * UTCTime.millisecondsPerDay
        var entries: [TIFFDirectory.Entry] = [
            .init(0x0000, .bytes([2, 3, 0, 0])),
            .init(0x0001, .text(position.latitude < 0 ? "S" : "N")),
            .init(0x0002, .rationals(Self.sexagesimal(position.latitude))),
            .init(0x0003, .text(position.longitude < 0 ? "W" : "E")),
            .init(0x0004, .rationals(Self.sexagesimal(position.longitude))),
            .init(0x0005, .bytes([0])),
            .init(0x0006, .rationals([(51_230, 100)])),
            .init(
                0x0007,
                .rationals([
                    (UInt32(inDay / 3_600_000), 1), (UInt32(inDay / 60_000 % 60), 1),
                    (UInt32(inDay % 60_000), 1000),
                ])),
        ]
        if let direction {
            entries.append(.init(0x0010, .text("T")))
            entries.append(.init(0x0011, .rationals([(UInt32((direction * 100).rounded()), 100)])))
        }
        entries.append(.init(0x0012, .text("WGS-84")))
        entries.append(.init(0x001D, .text(String(Self.date(time).prefix(10)))))
        return entries
    }

    /// Degrees, minutes, and seconds to a hundred-thousandth (0.3 mm).
    private static func sexagesimal(_ degrees: Double) -> [(UInt32, UInt32)] {
        let units = UInt64((abs(degrees) * 3600 * 100_000).rounded())
        let minutes = units / 6_000_000
        return [(UInt32(minutes / 60), 1), (UInt32(minutes % 60), 1), (UInt32(units % 6_000_000), 100_000)]
    }

    /// `2026:03-06 10:15:00` with colons all through.
    private static func date(_ time: UTCTime) -> String {
        String(
            time.description.prefix(19).map { letter in letter == "-" ? ":" : letter == "T" ? " " : letter })
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
