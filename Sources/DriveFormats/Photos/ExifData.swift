import Canonical

/// What the EXIF of one photo says about where, when and by which camera it was taken. The tags are those of JEITA
/// CP-3451 (Exif 2.2) and CIPA DC-008 (Exif 2.31); no maker note is looked at.
struct ExifData: Equatable {
    /// Degrees north and east, only both together and only with both references.
    var position: Position?
    /// Capture time: GPS date and time where there are both, else the camera's own clock.
    var time: UTCTime?
    /// What ``time`` was taken from.
    var clock = RawTestimony.Clock.local
    /// The camera's own clock where ``time`` is that of the satellites.
    var cameraTestimony: RawTestimony?
    /// Degrees clockwise from true north.
    var heading: Double?
    /// Metres per second.
    var speed: Double?
    /// Metres.
    var horizontalError: Double?
    /// Horizontal dilution of precision.
    var hdop: Double?
    /// Make, model and serial number of the body, as far as they are given.
    var device: String?
    /// The first thing that could not be understood, with its byte in the file.
    var fault: String?

    /// A position in degrees; may be out of range.
    struct Position: Equatable {
        var latitude: Double
        var longitude: Double
    }

    /// Nothing.
    init() {}

    /// What `block` says: of its first directory, and the Exif and GPS directories that it names.
    init(_ block: TIFFBlock) {
        var directories = ExifDirectories(block)
        let camera = directories.first
        let exif = directories.named(0x8769, "Exif")
        let gps = directories.named(0x8825, "GPS")
        fault = directories.fault
        position = Self.position(gps)
        let told = ExifTime(exif: exif, gps: gps)
        let cameraClock = told.isOffsetTold ? RawTestimony.Clock.device : .local
        time = told.capture
        clock = told.satellites == nil ? cameraClock : .satellites
        if told.satellites != nil {
            cameraTestimony = told.camera.map { RawTestimony(.exifClock, time: $0, clock: cameraClock) }
        }
        if fault == nil { fault = told.fault }
        heading = Self.heading(gps)
        speed = Self.speed(gps)
        horizontalError = gps.ratio(0x1F)?.value
        // With a three-dimensional fix ('3'), GPSDOP is the dilution of the position, not the horizontal one (4.6.6).
        if gps.letter(0x0A) != UInt8(ascii: "3") { hdop = gps.ratio(0x0B)?.value }
        device = Self.device(camera: camera, exif: exif)
    }

    private static func position(_ gps: ExifDirectory) -> Position? {
        guard let latitude = coordinate(gps, 0x02, reference: 0x01, positive: "N", negative: "S"),
            let longitude = coordinate(gps, 0x04, reference: 0x03, positive: "E", negative: "W")
        else { return nil }
        return Position(latitude: latitude, longitude: longitude)
    }

    /// Degrees, minutes and seconds; some writers put all into the degrees, or into degrees and minutes.
    private static func coordinate(
        _ gps: ExifDirectory, _ tag: UInt16, reference: UInt16, positive: Unicode.Scalar,
        negative: Unicode.Scalar
    ) -> Double? {
        let sign: Double
        switch gps.letter(reference) {
        case UInt8(ascii: positive): sign = 1
        case UInt8(ascii: negative): sign = -1
        default: return nil
        }
        guard let count = gps.count(tag), (1...3).contains(count) else { return nil }
        var degrees = 0.0
        for (index, unit) in [1.0, 60, 3600].prefix(count).enumerated() {
            guard let part = gps.ratio(tag, index) else { return nil }
            degrees += part.value / unit
        }
        return sign * degrees
    }

    /// The direction of the image, or that of the movement; both only against true north, which is what a missing
    /// reference means (CP-3451, 4.6.6).
    private static func heading(_ gps: ExifDirectory) -> Double? {
        for (reference, tag) in [(0x10, 0x11), (0x0E, 0x0F)] as [(UInt16, UInt16)] {
            guard let direction = gps.ratio(tag) else { continue }
            if let letter = gps.letter(reference), letter != UInt8(ascii: "T") { continue }
            return direction.value
        }
        return nil
    }

    /// Kilometres per hour ('K', also where the reference is missing), miles per hour ('M') or knots ('N').
    private static func speed(_ gps: ExifDirectory) -> Double? {
        guard let speed = gps.ratio(0x0D)?.value else { return nil }
        switch gps.letter(0x0C) {
        case nil, UInt8(ascii: "K"): return speed / 3.6
        case UInt8(ascii: "M"): return speed * 0.44704
        case UInt8(ascii: "N"): return speed * 1852 / 3600
        default: return nil
        }
    }

    private static func device(camera: ExifDirectory, exif: ExifDirectory) -> String? {
        var parts = [camera.string(0x010F), camera.string(0x0110)].compactMap { $0 }
        if let serial = exif.string(0xA431) { parts.append("#\(serial)") }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
