import Canonical

extension VectorValue: CustomStringConvertible {
    /// The value as JSON writes it; null for an infinity or NaN, which JSON does not have.
    public var jsonText: String {
        switch self {
        case .string(let text): CanonicalJSON.string(text).text
        case .float(let bits): Self.text(Double(Float(bitPattern: bits)))
        case .double(let bits): Self.text(Double(bitPattern: bits))
        case .int(let value), .sint(let value): String(value)
        case .uint(let value): String(value)
        case .bool(let value): value ? "true" : "false"
        }
    }

    /// The value in a record of ours, which has no fractions and no integers beyond 2^53 - 1: these are strings.
    public var json: CanonicalJSON {
        switch self {
        case .string(let text): .string(text)
        case .bool(let value): .bool(value)
        case .int(let value), .sint(let value):
            value.magnitude < 1 << 53 ? .integer(value) : .string(String(value))
        case .uint(let value): value < 1 << 53 ? .integer(value) : .string(String(value))
        case .float, .double: .string(jsonText)
        }
    }

    /// The text of a string, else the same as ``jsonText``.
    public var description: String {
        if case .string(let text) = self { text } else { jsonText }
    }

    private static func text(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }
}
