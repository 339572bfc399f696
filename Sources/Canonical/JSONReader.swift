/// Reads one JSON text (RFC 8259) under limits, strictly: UTF-8 only, no byte order mark, no key twice,
/// no number that is not finite, nothing behind the document. Keys that differ only in how they compose an accent
/// are one key.
public struct JSONReader {
    private let bytes: [UInt8]
    private let limits: JSONLimits
    private var position = 0
    private var values = 0
    private var objects = 0

    private init(_ bytes: [UInt8], _ limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The document in `bytes`.
    ///
    /// - Throws: ``JSONError`` with the byte at which the text stops being one JSON document within `limits`.
    public static func read(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError)
        -> JSONValue
    {
        guard bytes.count <= limits.maxBytes else {
            throw JSONError(
                reason: "JSON text of \(bytes.count) bytes, limit \(limits.maxBytes)", place: "byte 0")
        }
        var reader = JSONReader(bytes, limits)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else {
            throw reader.error("text behind the end of the document")
        }
        return value
    }

    private func error(_ reason: String) -> JSONError {
        JSONError(reason: reason, place: "byte \(position)")
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        values += 1
        guard values <= limits.maxValues else { throw error("more than \(limits.maxValues) values") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < limits.maxDepth else { throw error("nested deeper than \(limits.maxDepth)") }
            return try next == UInt8(ascii: "{") ? object(depth: depth) : array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw error("text ends where a value should be")
        case let byte?
        where byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
            return try number()
        default: throw error("no JSON value starts here")
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw error("no JSON value starts here") }
        position += word.utf8.count
        return value
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"):
                position += 1
                return .array(elements)
            default: throw error("neither ',' nor ']' in an array")
            }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        objects += 1
        guard objects <= limits.maxObjects else { throw error("more than \(limits.maxObjects) objects") }
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if next == UInt8(ascii: "}") {
            position += 1
            return .object([:])
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("no key in an object") }
            let key = try string()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw error("no ':' after a key") }
            position += 1
            let member = try value(depth: depth + 1)
            guard members.updateValue(member, forKey: key) == nil else { throw error("a key occurs twice") }
            skipSpace()
            switch next {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"):
                position += 1
                return .object(members)
            default: throw error("neither ',' nor '}' in an object")
            }
        }
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        let first = next
        let whole = skipDigits()
        guard whole > 0, whole == 1 || first != UInt8(ascii: "0") else {
            throw error("a number has no digits or a leading zero")
        }
        var isInteger = true
        if next == UInt8(ascii: ".") {
            position += 1
            isInteger = false
            guard skipDigits() > 0 else { throw error("no digits after a decimal point") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            isInteger = false
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() > 0 else { throw error("no digits in an exponent") }
        }
        guard position - start <= 64 else { throw error("a number of more than 64 characters") }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw error("a number that is not finite") }
        return .decimal(value)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw error("a string is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0..<0x20: throw error("a control character in a string")
            default:
                content.append(byte)
                position += 1
            }
        }
        throw error("text ends inside a string")
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONError) {
        position += 1
        guard let byte = next else { throw error("text ends inside a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            var code = try codeUnit()
            if (0xD800..<0xDC00).contains(code) {
                guard next == UInt8(ascii: "\\") else { throw error("half of a surrogate pair") }
                position += 1
                guard next == UInt8(ascii: "u") else { throw error("half of a surrogate pair") }
                position += 1
                let low = try codeUnit()
                guard (0xDC00..<0xE000).contains(low) else { throw error("half of a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair") }
            content.append(contentsOf: Array(String(Character(scalar)).utf8))
        default: throw error("an unknown escape in a string")
        }
    }

    private mutating func codeUnit() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("no four hexadecimal digits after \\u")
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}
