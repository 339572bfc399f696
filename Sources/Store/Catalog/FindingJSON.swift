import Canonical
import Stages

extension Finding {
    /// The finding as the catalog keeps it, and as `--json` prints it.
    public var canonicalJSON: CanonicalJSON {
        .object([
            "rule": .string(rule.rawValue), "value": value.map { .integer($0) } ?? .null,
            "limit": limit.map { .integer($0) } ?? .null, "unit": unit.map { .string($0) } ?? .null,
            "message": message.map { .string($0) } ?? .null,
        ])
    }

    /// The finding written as `value`, which stands at `path`.
    init(_ value: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(value, path: path)
        let name = try reader.string("rule")
        guard let rule = Rule(rawValue: name) else {
            throw JSONError(reason: "no rule '\(name)'", place: "\(path).rule")
        }
        self.init(
            rule, value: try reader.optionalInteger("value"), limit: try reader.optionalInteger("limit"),
            unit: try reader.optionalString("unit"), message: try reader.optionalString("message"))
    }
}
