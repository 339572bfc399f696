import Canonical

/// A point written as nearly all are: whole in the bytes at hand, with `lat` and `lon` as its only attributes, and in it
/// elements without attributes; no references, comments, CDATA sections or processing instructions.
///
/// Whatever it takes, ``GPXReader`` would take as the same point, token by token. Whatever it does not know, and whatever
/// is wrong, it leaves alone.
struct GPXPlainPoint {
    /// The point.
    let point: GPXPoint
    /// The index of the first byte behind it.
    let end: Int

    /// Elements inside one another in a point.
    private static let maxDepth = 8

    /// The point that begins at `start`, but for white space before it; nil where none is plain enough.
    ///
    /// - Parameter room: How many elements may be inside one another in the point.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, at start: Int, room: Int) {
        var markup = PlainMarkup(index: start)
        _ = markup.skipSpace(bytes)
        guard room >= 0, markup.take(UInt8(ascii: "<"), bytes) else { return nil }
        let nameStart = markup.index
        guard let name = markup.name(bytes), let kind = name.pointKind,
            let (latitude, longitude) = Self.coordinates(bytes, &markup)
        else { return nil }
        var point = GPXPoint(kind: kind, fix: RawFix(time: nil, latitude: latitude, longitude: longitude))
        if markup.take(UInt8(ascii: "/"), bytes) {
            guard markup.take(UInt8(ascii: ">"), bytes) else { return nil }
        } else {
            guard markup.take(UInt8(ascii: ">"), bytes),
                Self.readElements(bytes, &markup, of: nameStart, room: min(room, Self.maxDepth), &point)
            else { return nil }
        }
        self.point = point
        end = markup.index
    }

    /// Reads the attributes `lat` and `lon` of a start tag, up to its `>` or `/`.
    @inline(__always)
    private static func coordinates(
        _ bytes: Span<UInt8>, _ markup: inout PlainMarkup
    ) -> (latitude: Double, longitude: Double)? {
        var latitude: Double?
        var longitude: Double?
        while true {
            let isSeparate = markup.skipSpace(bytes)
            switch markup.next(bytes) {
            case UInt8(ascii: ">"), UInt8(ascii: "/"):
                guard let latitude, let longitude else { return nil }
                return (latitude, longitude)
            default: break
            }
            let start = markup.index
            guard isSeparate, let name = markup.name(bytes) else { return nil }
            // With a prefix it would be another attribute.
            guard markup.index - start == 3, let value = markup.number(bytes) else { return nil }
            switch name {
            case .lat where latitude == nil: latitude = value
            case .lon where longitude == nil: longitude = value
            default: return nil
            }
        }
    }

    /// Reads what stands in `point`, its end tag included. Its own name begins at `nameStart`.
    @inline(__always)
    private static func readElements(
        _ bytes: Span<UInt8>, _ markup: inout PlainMarkup, of nameStart: Int, room: Int,
        _ point: inout GPXPoint
    ) -> Bool {
        var nameStarts = InlineArray<8, Int>(repeating: 0)
        var depth = 0
        var field: GPXPoint.Field?
        while let text = markup.text(bytes) {
            if markup.take(UInt8(ascii: "/"), bytes) {
                guard markup.takeEnd(of: depth == 0 ? nameStart : nameStarts[depth - 1], bytes) else {
                    return false
                }
                if depth == 0 { return true }
                depth -= 1
                if let ended = field {
                    guard point.set(ended, bytes, text) else { return false }
                    field = nil
                }
                continue
            }
            let start = markup.index
            // A field in a field, of which only the outer one's text would count, is rare.
            guard field == nil, depth < room, let name = markup.name(bytes) else { return false }
            if markup.take(UInt8(ascii: ">"), bytes) {
                nameStarts[depth] = start
                depth += 1
                field = point.field(name, isChild: depth == 1)
            } else {
                guard markup.take(UInt8(ascii: "/"), bytes), markup.take(UInt8(ascii: ">"), bytes) else {
                    return false
                }
            }
        }
        return false
    }

}

extension GPXPoint {
    /// Takes `text` for `field`; false where it is not plain enough.
    @inline(__always)
    fileprivate mutating func set(_ field: Field, _ bytes: Span<UInt8>, _ text: Range<Int>) -> Bool {
        // An empty element says nothing.
        if text.isEmpty { return true }
        if field == .time {
            fix.time = UTCTime(plain: bytes, in: text)
            return fix.time != nil
        }
        guard let value = DecimalNumber.value(bytes, in: text) else { return false }
        return set(field, value)
    }
}
