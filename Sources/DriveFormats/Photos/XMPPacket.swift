import Canonical

/// What the XMP of one image says of where and when it was taken (ISO 16684-1; the properties are those of CIPA DC-010 and,
/// for the heading of panoramas, of GPano, https://developers.google.com/streetview/spherical-metadata).
///
/// Properties count as attributes with the prefixes `exif` and `GPano`, which all writers use, or as elements of any
/// prefix. Of one property the first value counts.
struct XMPPacket {
    /// Degrees north and east.
    private(set) var position: ExifData.Position?
    /// `GPSTimeStamp`, or else `DateTimeOriginal`; a time without a zone is taken for UTC, as in EXIF.
    private(set) var time: UTCTime?
    /// Degrees clockwise from true north.
    private(set) var heading: Double?

    private enum Property: CaseIterable {
        case latitude, longitude, gpsTime, cameraTime, direction, directionReference, panoramaHeading

        var attribute: StaticString {
            switch self {
            case .latitude: "exif:GPSLatitude"
            case .longitude: "exif:GPSLongitude"
            case .gpsTime: "exif:GPSTimeStamp"
            case .cameraTime: "exif:DateTimeOriginal"
            case .direction: "exif:GPSImgDirection"
            case .directionReference: "exif:GPSImgDirectionRef"
            case .panoramaHeading: "GPano:PoseHeadingDegrees"
            }
        }

        var element: String {
            switch self {
            case .latitude: "GPSLatitude"
            case .longitude: "GPSLongitude"
            case .gpsTime: "GPSTimeStamp"
            case .cameraTime: "DateTimeOriginal"
            case .direction: "GPSImgDirection"
            case .directionReference: "GPSImgDirectionRef"
            case .panoramaHeading: "PoseHeadingDegrees"
            }
        }
    }

    /// The packet in `bytes`; nil for what is no XML, or says nothing that is looked for.
    init?(_ bytes: [UInt8]) {
        guard let values = try? Self.values(bytes), !values.isEmpty else { return nil }
        if let latitude = values[.latitude].flatMap({ Self.coordinate($0, "N", "S") }),
            let longitude = values[.longitude].flatMap({ Self.coordinate($0, "E", "W") })
        {
            position = ExifData.Position(latitude: latitude, longitude: longitude)
        }
        time = values[.gpsTime].flatMap(Self.time) ?? values[.cameraTime].flatMap(Self.time)
        let isTrue = values[.directionReference].map { $0 == Array("T".utf8) } ?? true
        heading =
            (isTrue ? values[.direction].flatMap(Self.ratio) : nil)
            ?? values[.panoramaHeading].flatMap { DecimalNumber.value($0) }
    }

    private static func values(_ bytes: [UInt8]) throws(XMLError) -> [Property: [UInt8]] {
        let packet = PacketContents(bytes)
        var xml = XMLTokenizer(XMLInput(packet.file, in: packet))
        var values: [Property: [UInt8]] = [:]
        var open: (property: Property, depth: Int)?
        while let token = try xml.next() {
            switch token {
            case .start:
                for property in Property.allCases where values[property] == nil {
                    if let value = xml.attribute(property.attribute) { values[property] = Array(value) }
                    if xml.localName.elementsEqual(property.element.utf8) { open = (property, xml.depth) }
                }
            case .text:
                if let open, open.depth == xml.depth { values[open.property, default: []] += xml.text }
            case .end:
                if let known = open, xml.depth < known.depth { open = nil }
            }
        }
        return values
    }

    /// `DDD,MM,SSk` or `DDD,MM.mmk`, k being one of the two letters (ISO 16684-1, 8.2.2.4), or plain degrees.
    private static func coordinate(_ text: [UInt8], _ positive: String, _ negative: String) -> Double? {
        guard let last = text.last else { return nil }
        let isPositive = positive.utf8.contains(last)
        guard isPositive || negative.utf8.contains(last) else { return DecimalNumber.value(text) }
        let parts = text.dropLast().split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var degrees = 0.0
        for (part, unit) in zip(parts, [1.0, 60, 3600]) {
            guard let value = DecimalNumber.value(part), value >= 0 else { return nil }
            degrees += value / unit
        }
        return isPositive ? degrees : -degrees
    }

    /// `numerator/denominator`, or a decimal number.
    private static func ratio(_ text: [UInt8]) -> Double? {
        let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { return DecimalNumber.value(text) }
        guard let value = DecimalNumber.value(parts[0]), let unit = DecimalNumber.value(parts[1]), unit != 0
        else { return nil }
        return value / unit
    }

    private static func time(_ text: [UInt8]) -> UTCTime? {
        let string = String(decoding: text, as: UTF8.self)
        return UTCTime(rfc3339: string) ?? UTCTime(rfc3339: string + "Z")
    }
}

/// A packet as the one file of an upload, as which XML is read.
private struct PacketContents: UploadContents {
    let file: UploadFile
    let bytes: [UInt8]
    var files: [UploadFile] { [file] }

    init(_ bytes: [UInt8]) {
        // Writers pad packets with blanks, and some with zeros, which are no XML.
        let end = bytes.lastIndex { $0 != 0 && !DecimalNumber.isSpace($0) }.map { $0 + 1 } ?? 0
        self.bytes = Array(bytes[..<end])
        file = UploadFile(path: "xmp", size: end)
    }

    func bytes(of file: UploadFile, range: Range<Int>) throws(UploadReadError) -> [UInt8] {
        Array(bytes[range.clamped(to: 0..<bytes.count)])
    }
}
