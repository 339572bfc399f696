import Canonical
import Geo
import Stages

/// Reads the lines of accepted frames, of which an epoch has millions, where they are written the plain way: members in
/// their order, and texts that stand for themselves. What is written otherwise is nil here, and read by the strict reader, which
/// says what is wrong with it.
///
/// Only what has the canonical form is read: each member is taken where that form has it and in the only way it can be written.
struct AcceptedLine {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    private static let maxBytes = 1 << 16
    private static let maxFactors = 100

    /// The record written as `line`; nil where it is another kind of line, or written in another way.
    static func record(_ line: [UInt8]) -> FrameRecord? {
        // What is larger may be beyond the strict reader's limits.
        guard line.count <= maxBytes else { return nil }
        return line.withUnsafeBufferPointer { buffer in
            var reader = AcceptedLine(bytes: buffer)
            return reader.record()
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func record() -> FrameRecord? {
        guard skip("{\"captured_at\":"), let capturedAt = integer(), skip(",\"cell\":"), let cell = cell(),
            skip(",\"contributor\":"), let contributor = text(), skip(",\"drive\":"), let drive = text(),
            skip(",\"factors\":{"), let factors = factors(), skip(",\"frame\":"), let frame = text(),
            skip(",\"heading_octant\":"), let octant = octant()
        else { return nil }
        var location: ContentHash?
        if skip(",\"location\":") {
            guard let hash = hash() else { return nil }
            location = hash
        }
        guard skip(",\"quality\":"), let quality = integer(), (0...1000).contains(quality),
            skip(",\"received_at\":"), let receivedAt = integer()
        else { return nil }
        var sha256: ContentHash?
        if skip(",\"sha256\":") {
            guard let hash = hash() else { return nil }
            sha256 = hash
        }
        guard skip(",\"upload\":"), let upload = text(), skip(",\"verdict\":\"accepted\"}"),
            place == bytes.count
        else { return nil }
        return FrameRecord(
            frame: frame, drive: drive, upload: upload, contributor: contributor, sha256: sha256,
            receivedAt: UTCTime(milliseconds: receivedAt), capturedAt: UTCTime(milliseconds: capturedAt),
            verdict: .accepted(
                FrameRecord.Acceptance(
                    cell: cell, octant: octant, quality: quality, inOrder: factors, location: location)))
    }

    /// Whether `expected` comes next; goes behind it if so.
    private mutating func skip(_ expected: StaticString) -> Bool {
        let count = expected.utf8CodeUnitCount
        guard bytes.count - place >= count else { return false }
        let isThere = expected.withUTF8Buffer { $0.elementsEqual(bytes[place..<place + count]) }
        if isThere { place += count }
        return isThere
    }

    /// An integer that JSON can carry, without a leading zero.
    private mutating func integer() -> Int64? {
        var at = place
        let isNegative = at < bytes.count && bytes[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let start = at
        var value: Int64 = 0
        while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) {
            // 2^53 - 1 has sixteen digits.
            guard at - start < 16 else { return nil }
            value = value * 10 + Int64(bytes[at] - UInt8(ascii: "0"))
            at += 1
        }
        guard at > start, bytes[start] != UInt8(ascii: "0") || (at == start + 1 && !isNegative),
            value <= CanonicalJSON.integers.upperBound
        else { return nil }
        place = at
        return isNegative ? -value : value
    }

    /// The bytes between quotation marks; nil where one of them is not printable ASCII, or escaped.
    private mutating func plain() -> UnsafeBufferPointer<UInt8>.SubSequence? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
        let start = place + 1
        var at = start
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            guard (0x20..<0x7F).contains(bytes[at]), bytes[at] != UInt8(ascii: "\\") else { return nil }
            at += 1
        }
        guard at < bytes.count else { return nil }
        place = at + 1
        return bytes[start..<at]
    }

    private mutating func text() -> String? { plain().map { String(decoding: $0, as: UTF8.self) } }

    private mutating func hash() -> ContentHash? {
        guard let digits = plain(), digits.count == 64 else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for digit in digits {
            let value: UInt64
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = UInt64(digit - UInt8(ascii: "a")) + 10
            default: return nil
            }
            words = (
                words.0 << 4 | words.1 >> 60, words.1 << 4 | words.2 >> 60, words.2 << 4 | words.3 >> 60,
                words.3 << 4 | value
            )
        }
        return ContentHash(bigEndianWords: [words.0, words.1, words.2, words.3])
    }

    /// A geohash in lower case.
    private mutating func cell() -> Geohash? {
        guard let bytes = plain(), bytes.allSatisfy({ !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { return nil }
        return Geohash(String(decoding: bytes, as: UTF8.self))
    }

    /// An octant or null; the outer nil where neither is there.
    private mutating func octant() -> HeadingOctant?? {
        if skip("null") { return .some(nil) }
        guard let number = integer(), let octant = HeadingOctant(number: number) else { return nil }
        return octant
    }

    /// The factors up to the closing brace, their names ascending.
    private mutating func factors() -> [FrameRecord.Acceptance.Factor]? {
        var result: [FrameRecord.Acceptance.Factor] = []
        result.reserveCapacity(12)
        if skip("}") { return result }
        var last: String?
        repeat {
            guard result.count < Self.maxFactors, let name = text(), !name.isEmpty, skip(":"),
                let value = integer(),
                (0...1000).contains(value),
                name.utf8.allSatisfy({
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
                })
            else { return nil }
            if let last, !last.precedes(name) { return nil }
            last = name
            result.append(.init(name: name, permille: value))
        } while skip(",")
        return skip("}") ? result : nil
    }
}
