import Canonical
import Geo

/// Walks through one line of canonical JSON whose members are known and whose texts stand for themselves, without making a
/// value of it.
///
/// Each step takes what comes next only where it is written in the one way that the canonical form has for it, and otherwise
/// says that it is not there.
struct PlainScanner {
    /// A text that line after line has, with the bytes it is written in.
    struct Known {
        fileprivate var bytes: [UInt8] = []
        /// The text.
        fileprivate(set) var text = ""
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    /// A scanner at the start of `bytes`.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Whether nothing is left.
    var isAtEnd: Bool { place == bytes.count }

    /// Whether `expected` comes next; goes behind it if so.
    mutating func skip(_ expected: StaticString) -> Bool {
        let isThere = bytes.has(expected, at: place)
        if isThere { place += expected.utf8CodeUnitCount }
        return isThere
    }

    private mutating func skip(_ expected: [UInt8]) -> Bool {
        let isThere = bytes.has(expected, at: place)
        if isThere { place += expected.count }
        return isThere
    }

    /// An integer that JSON can carry, without a leading zero.
    mutating func integer() -> Int64? {
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

    /// An integer in `range`.
    mutating func integer(in range: ClosedRange<Int64>) -> Int64? {
        integer().flatMap { range.contains($0) ? $0 : nil }
    }

    /// The bytes between quotation marks; nil where one of them is not printable ASCII, or escaped.
    private mutating func plain() -> UnsafeBufferPointer<UInt8>? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
        let start = place + 1
        var at = start
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            guard (0x20..<0x7F).contains(bytes[at]), bytes[at] != UInt8(ascii: "\\") else { return nil }
            at += 1
        }
        guard at < bytes.count else { return nil }
        place = at + 1
        return UnsafeBufferPointer(rebasing: bytes[start..<at])
    }

    /// A text.
    mutating func text() -> String? { plain().map { String(decoding: $0, as: UTF8.self) } }

    /// A text, which may be the one `known` from the line before; `known` is what it is afterwards.
    mutating func text(_ known: inout Known) -> String? {
        if !known.bytes.isEmpty, skip(known.bytes) { return known.text }
        let start = place
        guard let text = text() else { return nil }
        known = Known(bytes: Array(bytes[start..<place]), text: text)
        return text
    }

    /// The name of a member and the colon behind it, as ``text(_:)``.
    mutating func name(_ known: inout Known) -> String? {
        if !known.bytes.isEmpty, skip(known.bytes) { return known.text }
        let start = place
        guard let text = text(), skip(":") else { return nil }
        known = Known(bytes: Array(bytes[start..<place]), text: text)
        return text
    }

    /// A hash in hexadecimal.
    mutating func hash() -> ContentHash? {
        guard let digits = plain(), digits.count == 64 else { return nil }
        let raw = UnsafeRawBufferPointer(digits)
        func word(_ place: Int) -> UInt64? {
            func half(_ place: Int) -> UInt32? {
                Hexadecimal.number(
                    ofDigits: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
            }
            guard let high = half(place), let low = half(place + 8) else { return nil }
            return UInt64(high) << 32 | UInt64(low)
        }
        guard let first = word(0), let second = word(16), let third = word(32), let fourth = word(48) else {
            return nil
        }
        return ContentHash(words: (first, second, third, fourth))
    }

    /// A geohash in lower case.
    mutating func cell() -> Geohash? { plain().flatMap { Geohash(lowerCase: $0) } }
}
