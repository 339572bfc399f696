/// A JSON document as read: integers stay integers, everything else that has a point or exponent is a double.
public enum JSONValue: Equatable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without point and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number; always finite.
    case decimal(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; no key occurs twice in the text it was read from.
    case object([String: JSONValue])

    /// What a message calls this kind of value.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .decimal: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// How much a JSON text may ask for.
public struct JSONLimits: Sendable {
    /// Bytes of the text.
    public var maxBytes: Int
    /// Arrays and objects inside one another, the outermost included.
    public var maxDepth: Int
    /// Values in the whole text.
    public var maxValues: Int
    /// Objects among them; one takes about 180 bytes, eight times what any other value does.
    public var maxObjects: Int

    /// Limits; the defaults suit one metadata file of an upload.
    public init(
        maxBytes: Int = 16 << 20, maxDepth: Int = 32, maxValues: Int = 1_000_000,
        maxObjects: Int = .max
    ) {
        self.maxBytes = maxBytes
        self.maxDepth = maxDepth
        self.maxValues = maxValues
        self.maxObjects = maxObjects
    }
}

/// Why a JSON text or value was refused, and where.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, in words.
    public let reason: String
    /// Where: `byte 17` in a text, or `$.frames[3].bytes` in a value.
    public let place: String

    /// An error saying that `reason` holds at `place`.
    public init(reason: String, place: String) {
        self.reason = reason
        self.place = place
    }

    /// Reason and place in one line.
    public var description: String { "\(reason) at \(place)" }
}
