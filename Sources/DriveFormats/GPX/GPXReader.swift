import Canonical

/// Reads the points of a GPX 1.0 or 1.1 file (https://www.topografix.com/GPX/1/1/).
///
/// Nearly all points are written alike, and ``GPXPlainPoint`` reads those at many times the speed; whatever is written
/// in another way, or wrong, is read here, token by token.
struct GPXReader {
    private var xml: XMLTokenizer
    private let maxPoints: Int
    private let readsPlainPoints: Bool
    private var contents = GPXContents()
    private var hasReserved = false
    private var open: OpenPoint?
    private var field: OpenField?
    /// The text of `field` so far.
    private var fieldText: [UInt8] = []

    private struct OpenPoint {
        var depth: Int
        var point: GPXPoint
    }

    private struct OpenField {
        var kind: GPXPoint.Field
        var depth: Int
        var offset: Int
    }

    /// The points of the file that `input` reads.
    ///
    /// Latitude and longitude are degrees and may be out of range; speed is metres per second and course degrees, as
    /// GPX 1.0 has them or, in whatever namespace, an extension. A time without a zone is UTC (the schema's word).
    ///
    /// - Parameters:
    ///   - maxPoints: Track points that are read at most, and as many route points.
    ///   - readsPlainPoints: False reads every point token by token: the same points, or the same error.
    static func read(
        _ input: XMLInput, limits: XMLLimits = XMLLimits(), maxPoints: Int = RawTrace.maxFixes,
        readsPlainPoints: Bool = true
    ) throws(XMLError) -> GPXContents {
        var reader = GPXReader(
            xml: XMLTokenizer(input, limits: limits), maxPoints: maxPoints, readsPlainPoints: readsPlainPoints
        )
        while true {
            reader.readPlainPoints()
            guard let token = try reader.xml.next() else { return reader.contents }
            switch token {
            case .start: try reader.start()
            case .text: try reader.text()
            case .end: try reader.end()
            }
        }
    }

    private init(xml: XMLTokenizer, maxPoints: Int, readsPlainPoints: Bool) {
        self.xml = xml
        self.maxPoints = maxPoints
        self.readsPlainPoints = readsPlainPoints
    }

    /// Reads the plain points that come next, as far as they are at hand.
    private mutating func readPlainPoints() {
        guard readsPlainPoints, open == nil, xml.depth > 0, xml.isBetweenTokens else { return }
        let chunk = xml.input.chunk
        let room = xml.limits.maxDepth - xml.depth - 1
        var position = xml.input.position
        while !isFull(.track), !isFull(.route),
            let point = GPXPlainPoint(chunk.span, at: position, room: room)
        {
            contents.add(point.point)
            position = point.end
        }
        xml.input.skip(to: position)
        if !hasReserved, contents.track.count >= Self.pointsToReckon {
            hasReserved = true
            contents.reserve(share: xml.input.share, atMost: maxPoints)
        }
    }

    /// Points after which it is reckoned how many there will be.
    private static let pointsToReckon = 256

    /// Whether a further point of `kind` would be one too many. Those of routes do not matter beside a track.
    private func isFull(_ kind: GPXPoint.Kind) -> Bool {
        switch kind {
        case .track: contents.track.count >= maxPoints
        case .route: contents.track.isEmpty && contents.route.count >= maxPoints
        case .waypoint: false
        }
    }

    private mutating func start() throws(XMLError) {
        guard xml.depth > 1 else {
            guard xml.localName.elementsEqual("gpx".utf8) else {
                throw .syntax("the root element is not gpx", xml.tokenOffset)
            }
            return
        }
        guard field == nil else { return }
        let name = GPXName(xml.localName)
        guard let open else {
            if let kind = name.pointKind { try startPoint(kind) }
            return
        }
        if let kind = open.point.field(name, isChild: xml.depth == open.depth + 1) {
            field = OpenField(kind: kind, depth: xml.depth, offset: xml.tokenOffset)
            fieldText.removeAll(keepingCapacity: true)
        }
    }

    private mutating func startPoint(_ kind: GPXPoint.Kind) throws(XMLError) {
        var fix = RawFix(time: nil, latitude: 0, longitude: 0)
        if kind != .waypoint {
            guard !isFull(kind) else {
                throw .syntax("more than \(maxPoints) \(Self.noun(kind))s", xml.tokenOffset)
            }
            fix.latitude = try coordinate("lat", kind)
            fix.longitude = try coordinate("lon", kind)
        }
        open = OpenPoint(depth: xml.depth, point: GPXPoint(kind: kind, fix: fix))
    }

    private static func noun(_ kind: GPXPoint.Kind) -> String {
        switch kind {
        case .track: "track point"
        case .route: "route point"
        case .waypoint: "waypoint"
        }
    }

    private func coordinate(_ name: StaticString, _ kind: GPXPoint.Kind) throws(XMLError) -> Double {
        guard let text = xml.attribute(name) else {
            throw .syntax("a \(Self.noun(kind)) without '\(name)'", xml.tokenOffset)
        }
        guard let value = DecimalNumber.value(text) else {
            throw .syntax(
                "\(name) '\(PrintableText.of(text, limit: 40))' is no finite number", xml.tokenOffset)
        }
        return value
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
        if let ended = open, xml.depth == ended.depth - 1 {
            contents.add(ended.point)
            open = nil
        }
    }

    private mutating func store(_ field: OpenField) throws(XMLError) {
        // An empty element says nothing.
        guard fieldText.contains(where: { !DecimalNumber.isSpace($0) }) else { return }
        if field.kind == .time {
            guard let time = Self.time(fieldText) else {
                throw .syntax("time '\(PrintableText.of(fieldText, limit: 40))' is none", field.offset)
            }
            open?.point.fix.time = time
            return
        }
        guard let value = DecimalNumber.value(fieldText) else {
            throw .syntax("'\(PrintableText.of(fieldText, limit: 40))' is no finite number", field.offset)
        }
        guard open?.point.set(field.kind, value) == true else {
            throw .syntax(
                "'\(PrintableText.of(fieldText, limit: 40))' is no number of satellites", field.offset)
        }
    }

    private static func time(_ text: [UInt8]) -> UTCTime? {
        let trimmed = text.drop(while: DecimalNumber.isSpace)
        guard let end = trimmed.lastIndex(where: { !DecimalNumber.isSpace($0) }) else { return nil }
        let string = String(decoding: trimmed[...end], as: UTF8.self)
        return UTCTime(rfc3339: string) ?? UTCTime(rfc3339: string + "Z")
    }
}
