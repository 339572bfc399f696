import Canonical

/// Walks through one canonical JSON text whose members are known, without making a value of all of it.
struct CanonicalScanner {
    private let bytes: [UInt8]
    private var position = 0

    /// A scanner at the start of `bytes`.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// An error at the place reached.
    func error(_ reason: String) -> JSONError { JSONError(reason: reason, place: "byte \(position)") }

    /// Passes over `text` if it comes next.
    mutating func accept(_ text: StaticString) -> Bool {
        guard text.utf8CodeUnitCount <= bytes.count - position else { return false }
        let isNext = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
        if isNext { position += text.utf8CodeUnitCount }
        return isNext
    }

    /// Passes over `text`, which must come next.
    mutating func expect(_ text: String) throws(JSONError) {
        guard bytes[position...].starts(with: text.utf8) else { throw error("not '\(text)'") }
        position += text.utf8.count
    }

    /// Passes over everything up to and including the next `text`.
    mutating func skip(until text: String) throws(JSONError) {
        let text = Array(text.utf8)
        var place = position
        while place + text.count <= bytes.count {
            if bytes[place] == text[0], bytes[place...].starts(with: text) {
                position = place + text.count
                return
            }
            place += 1
        }
        throw error("no '\(String(decoding: text, as: UTF8.self))' follows")
    }

    /// The string that comes next.
    mutating func string() throws(JSONError) -> String {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw error("no string") }
        var end = position + 1
        var isPlain = true
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] == UInt8(ascii: "\\") {
                isPlain = false
                end += 1
            }
            end += 1
        }
        guard end < bytes.count, end - position <= 4096 else {
            throw error("a string without end, or too long")
        }
        defer { position = end + 1 }
        if isPlain, let text = String(validating: bytes[position + 1..<end], as: UTF8.self) { return text }
        do throws(JSONError) {
            guard case .string(let text) = try JSONReader.read(Array(bytes[position...end])) else {
                throw error("no string")
            }
            return text
        } catch {
            throw self.error(error.reason)
        }
    }

    /// The amount that comes next: a string of decimal digits without leading zeros.
    mutating func amount() throws(JSONError) -> UInt128 {
        let start = position
        let text = try string()
        guard let value = UInt128(text), String(value) == text else {
            throw JSONError(reason: "no decimal amount", place: "byte \(start)")
        }
        return value
    }

    /// The number of up to four digits that comes next.
    mutating func integer() throws(JSONError) -> Int {
        let digits = bytes[position...].prefix(4).prefix {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else { throw error("no number") }
        position += digits.count
        return value
    }

    /// The array that comes next, each element read by `element`.
    mutating func array(
        _ element: (inout CanonicalScanner) throws(JSONError) -> Void
    ) throws(JSONError) {
        try expect("[")
        if accept("]") { return }
        repeat { try element(&self) } while accept(",")
        try expect("]")
    }
}
