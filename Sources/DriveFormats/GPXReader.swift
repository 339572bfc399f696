import Canonical

/// Reads the track points of a GPX 1.0 or 1.1 file (https://www.topografix.com/GPX/1/1/), in the order of the file,
/// over all its tracks and segments; routes and waypoints are no trace.
struct GPXReader {
    /// Track points of one file that are read at most: 5.8 days at 1 Hz.
    static let maxPoints = 500_000

    private var xml: XMLTokenizer
    private let maxPoints: Int
    private var fixes: [RawFix] = []
    private var point: Point?
    private var field: Field?
    /// The text of `field` so far.
    private var fieldText: [UInt8] = []

    private struct Point {
        var depth: Int
        var fix: RawFix
    }

    /// An element of a track point whose text is wanted.
    private struct Field {
        var kind: Kind
        var depth: Int
        var offset: Int
    }

    private enum Kind { case time, hdop, speed, course }

    /// The fixes of the file that `input` reads.
    ///
    /// Latitude and longitude are degrees and may be out of range; speed is metres per second and course degrees, as
    /// GPX 1.0 has them or, in whatever namespace, an extension. A time without a zone is UTC (the schema's word).
    static func read(
        _ input: XMLInput, limits: XMLLimits = XMLLimits(), maxPoints: Int = GPXReader.maxPoints
    ) throws(XMLError) -> [RawFix] {
        var reader = GPXReader(xml: XMLTokenizer(input, limits: limits), maxPoints: maxPoints)
        while let token = try reader.xml.next() {
            switch token {
            case .start: try reader.start()
            case .text: try reader.text()
            case .end: try reader.end()
            }
        }
        return reader.fixes
    }

    private init(xml: XMLTokenizer, maxPoints: Int) {
        self.xml = xml
        self.maxPoints = maxPoints
    }

    private mutating func start() throws(XMLError) {
        guard xml.depth > 1 else {
            guard xml.isNamed("gpx") else { throw .syntax("the root element is not gpx", xml.tokenOffset) }
            return
        }
        guard field == nil else { return }
        guard let point else {
            if xml.isNamed("trkpt") { try startPoint() }
            return
        }
        if let kind = kind(isChild: xml.depth == point.depth + 1) {
            field = Field(kind: kind, depth: xml.depth, offset: xml.tokenOffset)
            fieldText.removeAll(keepingCapacity: true)
        }
    }

    private mutating func startPoint() throws(XMLError) {
        guard fixes.count < maxPoints else {
            throw .syntax("more than \(maxPoints) track points", xml.tokenOffset)
        }
        point = Point(
            depth: xml.depth,
            fix: RawFix(time: nil, latitude: try coordinate("lat"), longitude: try coordinate("lon")))
    }

    private func coordinate(_ name: StaticString) throws(XMLError) -> Double {
        guard let text = xml.attribute(name) else {
            throw .syntax("a track point without '\(name)'", xml.tokenOffset)
        }
        guard let value = DecimalNumber.value(text) else {
            throw .syntax(
                "\(name) '\(PrintableText.of(text, limit: 40))' is no finite number", xml.tokenOffset)
        }
        return value
    }

    /// What the element that has just begun holds. Only a point's own time and dilution count, while speed and course
    /// may stand in an extension; of one kind the first counts.
    private func kind(isChild: Bool) -> Kind? {
        guard let fix = point?.fix else { return nil }
        if isChild, fix.time == nil, xml.isNamed("time") { return .time }
        if isChild, fix.hdop == nil, xml.isNamed("hdop") { return .hdop }
        if fix.speed == nil, xml.isNamed("speed") { return .speed }
        if fix.heading == nil, xml.isNamed("course") { return .course }
        return nil
    }

    private mutating func text() throws(XMLError) {
        guard field?.depth == xml.depth else { return }
        fieldText += xml.text
        // Comments and CDATA sections can cut a text into any number of pieces.
        guard fieldText.count <= 1024 else {
            throw .syntax("more than 1024 bytes where a number or time should be", xml.tokenOffset)
        }
    }

    private mutating func end() throws(XMLError) {
        // The element that ended was one deeper.
        if let ended = field, xml.depth == ended.depth - 1 {
            try store(ended)
            field = nil
        }
        if let ended = point, xml.depth == ended.depth - 1 {
            fixes.append(ended.fix)
            point = nil
        }
    }

    private mutating func store(_ field: Field) throws(XMLError) {
        // An empty element says nothing.
        guard fieldText.contains(where: { !DecimalNumber.isSpace($0) }) else { return }
        if field.kind == .time {
            guard let time = Self.time(fieldText) else {
                throw .syntax("time '\(PrintableText.of(fieldText, limit: 40))' is none", field.offset)
            }
            point?.fix.time = time
            return
        }
        guard let value = DecimalNumber.value(fieldText) else {
            throw .syntax("'\(PrintableText.of(fieldText, limit: 40))' is no finite number", field.offset)
        }
        switch field.kind {
        case .hdop: point?.fix.hdop = value
        case .speed: point?.fix.speed = value
        case .course: point?.fix.heading = value
        case .time: break
        }
    }

    private static func time(_ text: [UInt8]) -> UTCTime? {
        let trimmed = text.drop(while: DecimalNumber.isSpace)
        guard let end = trimmed.lastIndex(where: { !DecimalNumber.isSpace($0) }) else { return nil }
        let string = String(decoding: trimmed[...end], as: UTF8.self)
        return UTCTime(rfc3339: string) ?? UTCTime(rfc3339: string + "Z")
    }
}
