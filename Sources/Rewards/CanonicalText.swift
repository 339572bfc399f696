import Canonical
import Geo

/// Canonical JSON written straight to bytes, for lines there are millions of: one object or array at a time,
/// keys in the order they are given, which must be that of their bytes.
///
/// A member is appended in one piece wherever that can be: looking after the array costs more than writing to it.
struct CanonicalText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// A text that can grow to `capacity` bytes without being moved.
    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Begins anew in the same memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// An object whose members `write` appends, in ascending order of their keys.
    mutating func object(_ write: (inout CanonicalText) -> Void) {
        begin(UInt8(ascii: "{"))
        write(&self)
        end(UInt8(ascii: "}"))
    }

    /// The member `key`, an object.
    mutating func object(_ key: StaticString, _ write: (inout CanonicalText) -> Void) {
        append(key, upTo: 0) { _ in }
        needsComma = false
        object(write)
    }

    /// The member `key`, an array with one element for each of `elements`.
    mutating func array<Element>(
        _ key: StaticString, _ elements: some Sequence<Element>,
        _ write: (Element, inout CanonicalText) -> Void
    ) {
        append(key, upTo: 0) { _ in }
        needsComma = false
        begin(UInt8(ascii: "["))
        for element in elements { write(element, &self) }
        end(UInt8(ascii: "]"))
    }

    /// The member `key`, a string.
    mutating func string(_ key: StaticString, _ text: String) {
        var text = text
        // Nearly every string stands for itself; the others go the general way.
        let isPlain = text.withUTF8 { utf8 in
            guard utf8.standForThemselves else { return false }
            append(key, upTo: utf8.count + 2) { output in
                output.append(UInt8(ascii: "\""))
                output.append(contentsOf: utf8)
                output.append(UInt8(ascii: "\""))
            }
            return true
        }
        guard !isPlain else { return }
        append(key, upTo: 0) { _ in }
        bytes.append(contentsOf: CanonicalJSON.string(text).bytes)
    }

    /// The member `key`, a cell.
    mutating func cell(_ key: StaticString, _ cell: Geohash) {
        append(key, upTo: cell.precision + 2) { output in
            output.append(UInt8(ascii: "\""))
            for place in stride(from: 5 * (cell.precision - 1), through: 0, by: -5) {
                output.append(Geohash.letter(ofBits: cell.bits >> UInt64(truncatingIfNeeded: place)))
            }
            output.append(UInt8(ascii: "\""))
        }
    }

    /// The member `key`, a hash in hexadecimal.
    mutating func hash(_ key: StaticString, _ hash: ContentHash) {
        append(key, upTo: 66) { output in
            output.append(UInt8(ascii: "\""))
            hash.appendHex(to: &output)
            output.append(UInt8(ascii: "\""))
        }
    }

    /// The member `key`, an amount: a string of decimal digits.
    mutating func amount(_ key: StaticString, _ value: UInt64) {
        append(key, upTo: 22) { output in
            output.append(UInt8(ascii: "\""))
            output.appendDigits(value)
            output.append(UInt8(ascii: "\""))
        }
    }

    /// The member `key`, an integer.
    mutating func integer(_ key: StaticString, _ value: Int64) {
        append(key, upTo: 20) { output in output.append(value) }
    }

    /// The member `name`, an integer.
    mutating func integer(named name: String, _ value: Int64) {
        var letters = name
        let isPlain = letters.withUTF8 { utf8 in
            guard utf8.standForThemselves else { return false }
            append(utf8, upTo: 20) { output in output.append(value) }
            return true
        }
        if !isPlain { member(name, .integer(value)) }
    }

    /// The member `key`, an integer where there is one; no member where there is none.
    mutating func integerIfAny(_ key: StaticString, _ value: Int64?) {
        if let value { integer(key, value) }
    }

    /// The member `key`, a string where there is one; no member where there is none.
    mutating func stringIfAny(_ key: StaticString, _ text: String?) {
        if let text { string(key, text) }
    }

    /// The member `key`, a string where there is one; null where there is none.
    mutating func stringOrNull(_ key: StaticString, _ text: String?) {
        if let text { string(key, text) } else { null(key) }
    }

    /// The member `key`, which is null.
    mutating func null(_ key: StaticString) {
        append(key, upTo: 4) { output in
            for letter in "null".utf8 { output.append(letter) }
        }
    }

    /// An element of an array.
    mutating func element(_ value: CanonicalJSON) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: value.bytes)
        needsComma = true
    }

    /// The member `name`.
    mutating func member(_ name: String, _ value: CanonicalJSON) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: CanonicalJSON.string(name).bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: value.bytes)
        needsComma = true
    }

    /// Appends the member `key`, whose value is what `value` appends: at most `capacity` bytes.
    @inline(__always)
    private mutating func append(
        _ key: StaticString, upTo capacity: Int, _ value: (inout OutputSpan<UInt8>) -> Void
    ) {
        key.withUTF8Buffer { append($0, upTo: capacity, value) }
    }

    /// The same for a name that stands for itself.
    @inline(__always)
    private mutating func append(
        _ name: UnsafeBufferPointer<UInt8>, upTo capacity: Int, _ value: (inout OutputSpan<UInt8>) -> Void
    ) {
        let needsComma = needsComma
        let needed = name.count + 4 + capacity
        if bytes.capacity - bytes.count < needed {
            bytes.reserveCapacity(max(bytes.count + needed, 2 * bytes.capacity))
        }
        bytes.append(addingCapacity: needed) { (output: inout OutputSpan<UInt8>) in
            if needsComma { output.append(UInt8(ascii: ",")) }
            output.append(UInt8(ascii: "\""))
            output.append(contentsOf: name)
            output.append(UInt8(ascii: "\""))
            output.append(UInt8(ascii: ":"))
            value(&output)
        }
        self.needsComma = true
    }

    private mutating func begin(_ bracket: UInt8) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether JSON writes all of these bytes as they are.
    fileprivate var standForThemselves: Bool {
        // To the end in any case: the machine does many at once.
        var isPlain = true
        for byte in self {
            isPlain = isPlain && byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
        return isPlain
    }
}

extension OutputSpan<UInt8> {
    /// Appends `text`, for which there must be room.
    @inline(__always)
    fileprivate mutating func append(contentsOf text: UnsafeBufferPointer<UInt8>) {
        withUnsafeMutableBufferPointer { buffer, count in
            let room = UnsafeMutableBufferPointer(rebasing: buffer[count..<count + text.count])
            _ = room.initialize(from: text)
            count += text.count
        }
    }

    /// Appends `value` in decimal digits, behind a minus sign where it is negative.
    @inline(__always)
    fileprivate mutating func append(_ value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        appendDigits(value.magnitude)
    }

    /// Appends the decimal digits of `value`.
    @inline(__always)
    fileprivate mutating func appendDigits(_ value: UInt64) {
        // 2^64 - 1 has twenty.
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var start = 20
        var rest = value
        repeat {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        for place in start..<20 { append(digits[place]) }
    }
}
