import Canonical

/// Canonical JSON written straight to bytes, for lines there are millions of: one object or array at a time,
/// keys in the order they are given, which must be that of their bytes.
struct CanonicalText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// A text that can grow to `capacity` bytes without being moved.
    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// An object whose members `write` appends, in ascending order of their keys.
    mutating func object(_ write: (inout CanonicalText) -> Void) {
        begin("{")
        write(&self)
        end("}")
    }

    /// The member `key`, an object.
    mutating func object(_ key: String, _ write: (inout CanonicalText) -> Void) {
        name(key)
        object(write)
    }

    /// The member `key`, an array with one element for each of `elements`.
    mutating func array<Element>(
        _ key: String, _ elements: some Sequence<Element>, _ write: (Element, inout CanonicalText) -> Void
    ) {
        name(key)
        begin("[")
        for element in elements { write(element, &self) }
        end("]")
    }

    /// The member `key`, a string.
    mutating func string(_ key: String, _ text: String) {
        name(key)
        needsComma = true
        var text = text
        // Nearly every string stands for itself; the others go the general way.
        let isPlain = text.withUTF8 { utf8 in
            guard utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
            else { return false }
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: utf8)
            bytes.append(UInt8(ascii: "\""))
            return true
        }
        if !isPlain { bytes.append(contentsOf: CanonicalJSON.string(text).bytes) }
    }

    /// The member `key`, a hash in hexadecimal.
    mutating func hash(_ key: String, _ hash: ContentHash) {
        name(key)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(addingCapacity: 64) { hash.appendHex(to: &$0) }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// The member `key`, an amount: a string of decimal digits.
    mutating func amount(_ key: String, _ value: UInt64) {
        name(key)
        bytes.append(UInt8(ascii: "\""))
        appendDigits(value)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// The member `key`, an integer.
    mutating func integer(_ key: String, _ value: Int64) {
        name(key)
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        appendDigits(value.magnitude)
        needsComma = true
    }

    private mutating func appendDigits(_ value: UInt64) {
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// The member `key`, an integer where there is one; no member where there is none.
    mutating func integerIfAny(_ key: String, _ value: Int64?) {
        if let value { integer(key, value) }
    }

    /// The member `key`, a string where there is one; no member where there is none.
    mutating func stringIfAny(_ key: String, _ text: String?) {
        if let text { string(key, text) }
    }

    /// An element of an array.
    mutating func element(_ value: CanonicalJSON) {
        if needsComma { append(",") }
        bytes.append(contentsOf: value.bytes)
        needsComma = true
    }

    /// The member `key`.
    mutating func member(_ key: String, _ value: CanonicalJSON) {
        name(key)
        bytes.append(contentsOf: value.bytes)
        needsComma = true
    }

    private mutating func name(_ key: String) {
        if needsComma { append(",") }
        append("\"")
        append(key)
        append("\":")
        needsComma = false
    }

    private mutating func begin(_ bracket: String) {
        if needsComma { append(",") }
        append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: String) {
        append(bracket)
        needsComma = true
    }

    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }
}
