import Canonical

/// Capture times of EXIF.
///
/// GPSDateStamp with GPSTimeStamp is preferred: it is UTC. A camera's clock (DateTimeOriginal, SubSecTimeOriginal)
/// counts with its OffsetTimeOriginal; **where no offset is given it is taken for UTC**, because the zone of the
/// machine that reads the photo must never matter and any other guess would be one. An offset that is given but cannot
/// be read leaves no time. `24:00:00` is the start of the next day, second 60 counts as the second after 59.
struct ExifTime {
    /// `GPSDateStamp` with `GPSTimeStamp`.
    let satellites: UTCTime?
    /// The camera's clock.
    let camera: UTCTime?
    /// Whether the camera tells its clock's offset from UTC.
    let isOffsetTold: Bool
    /// What was wrong where there is no time.
    let fault: String?

    /// The capture time.
    var capture: UTCTime? { satellites ?? camera }

    /// What the directories say.
    init(exif: ExifDirectory, gps: ExifDirectory) {
        satellites = Self.fromGPS(gps)
        let (clock, isTold, wrong) = Self.fromCamera(exif)
        camera = clock
        isOffsetTold = isTold
        fault = satellites == nil ? wrong : nil
    }

    private static func fromCamera(
        _ exif: ExifDirectory
    ) -> (time: UTCTime?, isOffsetTold: Bool, fault: String?) {
        guard let text = exif.text(0x9003) else { return (nil, false, nil) }
        guard let local = local(text) else {
            // Cameras whose clock was never set write blanks or zeros between the colons (CP-3451, 4.6.5 D).
            let isUnset = text.allSatisfy { [0x20, 0x30, 0x3A].contains($0) }
            return (nil, false, isUnset ? nil : "DateTimeOriginal '\(PrintableText.of(text))' is no time")
        }
        let zone = exif.text(0x9011)
        guard let offset = offset(zone) else {
            return (nil, false, "OffsetTimeOriginal '\(PrintableText.of(zone ?? []))' is no offset")
        }
        let fraction = milliseconds(exif.text(0x9291) ?? [])
        return (UTCTime(milliseconds: local - (offset ?? 0) + fraction), offset != nil, nil)
    }

    /// GPSDateStamp and GPSTimeStamp; the day 1970-01-01 is what receivers write before they have a fix.
    private static func fromGPS(_ gps: ExifDirectory) -> UTCTime? {
        guard let text = gps.text(0x1D), gps.count(0x07) == 3, let hours = gps.ratio(0x07, 0),
            let minutes = gps.ratio(0x07, 1), let seconds = gps.ratio(0x07, 2)
        else { return nil }
        var scanner = ExifScanner(text)
        guard let day = scanner.day(), scanner.isAtEnd, day.number != 0,
            let hour = hours.scaled(by: 3_600_000), let minute = minutes.scaled(by: 60_000),
            let second = seconds.scaled(by: 1000), minute < 3_600_000, second < 61_000,
            hour < 86_400_000 || (hour == 86_400_000 && minute == 0 && second == 0)
        else { return nil }
        return UTCTime(milliseconds: day.start.milliseconds + hour + minute + second)
    }

    /// `YYYY:MM:DD hh:mm:ss` as milliseconds since 1970 in the camera's own zone.
    private static func local(_ text: [UInt8]) -> Int64? {
        var scanner = ExifScanner(text)
        guard let day = scanner.day(), scanner.take(anyOf: " T"), let hour = scanner.digits(2),
            scanner.take(anyOf: ":"), let minute = scanner.digits(2), scanner.take(anyOf: ":"),
            let second = scanner.digits(2), scanner.isAtEnd, minute < 60, second <= 60,
            hour < 24 || (hour == 24 && minute == 0 && second == 0)
        else { return nil }
        return day.start.milliseconds + (hour * 3600 + minute * 60 + second) * 1000
    }

    /// `+hh:mm`, `-hh:mm` or `Z` in milliseconds; an inner nil where it is missing or blank, nil where it is anything
    /// else.
    private static func offset(_ text: [UInt8]?) -> Int64?? {
        // Blanks between the colon say "unknown" (CIPA DC-008, 4.6.5 D).
        guard let text, text.contains(where: { $0 != 0x20 && $0 != 0x3A }) else { return .some(nil) }
        var scanner = ExifScanner(text)
        if scanner.take(anyOf: "Zz") { return scanner.isAtEnd ? .some(0) : nil }
        let isWest = scanner.take(anyOf: "-")
        guard isWest || scanner.take(anyOf: "+"), let hours = scanner.digits(2), scanner.take(anyOf: ":"),
            let minutes = scanner.digits(2), scanner.isAtEnd, hours < 24, minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isWest ? -1000 : 1000)
    }

    /// The leading digits of SubSecTimeOriginal as a fraction of a second; blanks count as 0, which is what a GoPro
    /// means by them (github.com/mapillary/mapillary_tools, issue 388).
    private static func milliseconds(_ text: [UInt8]) -> Int64 {
        var value: Int64 = 0
        var unit: Int64 = 100
        for byte in text.prefix(3) {
            let digit = byte == UInt8(ascii: " ") ? UInt8(ascii: "0") : byte
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { break }
            value += Int64(digit - UInt8(ascii: "0")) * unit
            unit /= 10
        }
        return value
    }
}

/// Reads the fixed-width fields of EXIF dates.
private struct ExifScanner {
    private var rest: ArraySlice<UInt8>

    init(_ text: [UInt8]) {
        rest = text[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The value of exactly `count` digits.
    mutating func digits(_ count: Int) -> Int64? {
        let field = rest.prefix(count)
        guard field.count == count else { return nil }
        var value: Int64 = 0
        for byte in field {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        rest = rest.dropFirst(count)
        return value
    }

    mutating func take(anyOf characters: String) -> Bool {
        guard let next = rest.first, characters.utf8.contains(next) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// `YYYY:MM:DD`; writers also use `-` and `/`.
    mutating func day() -> CalendarDay? {
        guard let year = digits(4), take(anyOf: ":-/"), let month = digits(2), take(anyOf: ":-/"),
            let day = digits(2)
        else { return nil }
        return CalendarDay(year: year, month: month, day: day)
    }
}
