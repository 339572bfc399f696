/// Takes the members of one JSON object by name, and says by path what is missing, wrong or unknown.
public struct JSONObjectReader {
    /// The path of the object, as `$.verify`.
    public let path: String
    private var members: [String: JSONValue]

    /// A reader of `value`, which must be an object.
    public init(_ value: JSONValue, path: String = "$") throws(JSONError) {
        guard case .object(let members) = value else {
            throw JSONError(reason: "\(value.kind) where an object is needed", place: path)
        }
        self.members = members
        self.path = path
    }

    /// The names of the members not yet taken, sorted.
    public var remainingKeys: [String] { members.keys.sorted() }

    /// The member `key`, nil where it is absent or null.
    public mutating func optional(_ key: String) -> JSONValue? {
        switch members.removeValue(forKey: key) {
        case nil, .null: nil
        case let value?: value
        }
    }

    /// The member `key`.
    public mutating func required(_ key: String) throws(JSONError) -> JSONValue {
        guard let value = optional(key) else {
            throw JSONError(reason: "a member is missing", place: place(key))
        }
        return value
    }

    /// The integer `key` within `range`.
    public mutating func integer(
        _ key: String, in range: ClosedRange<Int64> = Int64.min...Int64.max
    ) throws(JSONError) -> Int64 {
        let value = try required(key)
        guard case .integer(let integer) = value else { throw mismatch(key, value, "an integer") }
        guard range.contains(integer) else {
            throw JSONError(
                reason: "\(integer) is outside \(range.lowerBound)...\(range.upperBound)", place: place(key))
        }
        return integer
    }

    /// The number `key`, integer or not; nil where it is absent or null.
    public mutating func optionalNumber(_ key: String) throws(JSONError) -> Double? {
        switch optional(key) {
        case nil: return nil
        case .integer(let value): return Double(value)
        case .decimal(let value): return value
        case let value?: throw mismatch(key, value, "a number")
        }
    }

    /// The string `key`.
    public mutating func string(_ key: String) throws(JSONError) -> String {
        let value = try required(key)
        guard case .string(let text) = value else { throw mismatch(key, value, "a string") }
        return text
    }

    /// The string `key`; nil where it is absent or null.
    public mutating func optionalString(_ key: String) throws(JSONError) -> String? {
        guard let value = optional(key) else { return nil }
        guard case .string(let text) = value else { throw mismatch(key, value, "a string") }
        return text
    }

    /// The array `key`.
    public mutating func array(_ key: String) throws(JSONError) -> [JSONValue] {
        let value = try required(key)
        guard case .array(let elements) = value else { throw mismatch(key, value, "an array") }
        return elements
    }

    /// A reader of the object `key`.
    public mutating func object(_ key: String) throws(JSONError) -> JSONObjectReader {
        try JSONObjectReader(try required(key), path: place(key))
    }

    /// Refuses the object if it has members that nobody took.
    public func finish() throws(JSONError) {
        if let unknown = remainingKeys.first {
            throw JSONError(reason: "an unknown member", place: place(unknown))
        }
    }

    private func place(_ key: String) -> String { "\(path).\(key)" }

    private func mismatch(_ key: String, _ value: JSONValue, _ wanted: String) -> JSONError {
        JSONError(reason: "\(value.kind) where \(wanted) is needed", place: place(key))
    }
}
