/// A JSON document of integers, strings, booleans, arrays and objects, and its one canonical text.
///
/// The text is that of RFC 8785 (JSON Canonicalization Scheme) for this subset: no white space, keys sorted by
/// their UTF-16 code units, shortest escapes. There is no case for a fraction: amounts that may exceed 2^53 - 1
/// are written as decimal strings.
public indirect enum CanonicalJSON: Equatable, Sendable {
    /// `null`: a value that is known to be unknown.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// An integer; RFC 8785 can carry -(2^53 - 1)...2^53 - 1.
    case integer(Int64)
    /// A string.
    case string(String)
    /// An array.
    case array([CanonicalJSON])
    /// An object.
    case object([String: CanonicalJSON])

    /// An integer of any width as a string of decimal digits.
    public static func amount(_ value: some BinaryInteger) -> CanonicalJSON { .string(String(value)) }

    /// An integer.
    @_disfavoredOverload  // The case itself is meant where both fit.
    public static func integer(_ value: some FixedWidthInteger) -> CanonicalJSON {
        .integer(Int64(clamping: value))
    }

    /// The canonical text in UTF-8.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        append(to: &result)
        return result
    }

    /// The canonical text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The name of the document: the hash of its canonical text.
    public var contentHash: ContentHash { .of(bytes) }

    /// The value of `read` where it has a canonical form.
    ///
    /// - Throws: ``JSONError`` naming the path of a fraction or of an integer beyond 2^53 - 1.
    public init(_ read: JSONValue, path: String = "$") throws(JSONError) {
        switch read {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value):
            guard value.magnitude <= 1 << 53 - 1 else {
                throw JSONError(reason: "an integer beyond 2^53 - 1", place: path)
            }
            self = .integer(value)
        case .decimal: throw JSONError(reason: "a number that is no integer", place: path)
        case .string(let value): self = .string(value)
        case .array(let elements):
            var result: [CanonicalJSON] = []
            for (index, element) in elements.enumerated() {
                result.append(try CanonicalJSON(element, path: "\(path)[\(index)]"))
            }
            self = .array(result)
        case .object(let members):
            var result: [String: CanonicalJSON] = [:]
            for (key, member) in members { result[key] = try CanonicalJSON(member, path: "\(path).\(key)") }
            self = .object(result)
        }
    }

    private func append(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): output.append(contentsOf: String(value).utf8)
        case .string(let value): Self.append(value, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.append(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.append(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.append(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): output.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): output.append(contentsOf: "\\\\".utf8)
            case 0x08: output.append(contentsOf: "\\b".utf8)
            case 0x09: output.append(contentsOf: "\\t".utf8)
            case 0x0A: output.append(contentsOf: "\\n".utf8)
            case 0x0C: output.append(contentsOf: "\\f".utf8)
            case 0x0D: output.append(contentsOf: "\\r".utf8)
            case 0..<0x20: output.append(contentsOf: "\\u00\(Hexadecimal.text([byte]))".utf8)
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

extension CanonicalJSON {
    /// The canonical text and a line feed: one line of a file of JSON lines.
    public var line: [UInt8] { bytes + [0x0A] }
}
