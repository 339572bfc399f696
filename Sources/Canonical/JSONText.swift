/// JSON documents of others as text, for people and other programs to read.
///
/// What is hashed or compared is written by ``CanonicalJSON``; this also writes fractions.
public enum JSONText {
    /// `value` without white space, keys sorted by their UTF-16 code units, fractions in their shortest form.
    public static func of(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .decimal(let value): "\(value)"
        case .string(let text): quoted(text)
        case .array(let elements): "[\(elements.map(of).joined(separator: ","))]"
        case .object(let members):
            "{"
                + members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
                .map { "\(quoted($0.key)):\(of($0.value))" }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String { CanonicalJSON.string(text).text }
}
