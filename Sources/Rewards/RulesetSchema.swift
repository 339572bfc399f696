import Canonical

extension Ruleset {
    /// What a ruleset may be, as a JSON schema (https://json-schema.org/draft/2020-12/schema). Contradictions between two
    /// numbers are beyond it.
    public static var schema: CanonicalJSON {
        var parts: [String: CanonicalJSON] = ["format": .object(["const": .string(format)])]
        for (part, fields) in Dictionary(grouping: fields, by: \.part) {
            var members: [String: CanonicalJSON] = [:]
            for field in fields { members[field.key] = field.schema }
            parts[part] = object(members)
        }
        guard case .object(var schema) = object(parts) else { return .null }
        schema["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
        schema["title"] = .string("Waggle ruleset")
        return .object(schema)
    }

    fileprivate static func object(_ members: [String: CanonicalJSON]) -> CanonicalJSON {
        .object([
            "type": .string("object"), "properties": .object(members), "additionalProperties": .bool(false),
            "required": .array(members.keys.sorted().map { .string($0) }),
        ])
    }
}

extension RulesetField {
    fileprivate var schema: CanonicalJSON {
        var members: [String: CanonicalJSON]
        switch kind {
        case .integer(let range): members = Self.integer(range)
        case .ramp(let range):
            let end = CanonicalJSON.object(Self.integer(range))
            guard case .object(let ramp) = Ruleset.object(["zero": end, "full": end]) else { return .null }
            members = ramp
        case .pairs(let x, let y, let counts):
            let pair: [String: CanonicalJSON] = [
                "type": .string("array"), "minItems": .integer(2), "maxItems": .integer(2),
                "prefixItems": .array([.object(Self.integer(x)), .object(Self.integer(y))]),
            ]
            members = [
                "type": .string("array"), "minItems": .integer(counts.lowerBound),
                "maxItems": .integer(counts.upperBound), "items": .object(pair),
            ]
        case .amount: members = ["type": .string("string"), "pattern": .string("^(0|[1-9][0-9]{0,19})$")]
        case .text: members = ["type": .string("string"), "pattern": .string("^[ -~]{1,100}$")]
        }
        members["description"] = .string(meaning)
        return .object(members)
    }

    private static func integer(_ range: ClosedRange<Int64>) -> [String: CanonicalJSON] {
        [
            "type": .string("integer"), "minimum": .integer(range.lowerBound),
            "maximum": .integer(range.upperBound),
        ]
    }
}
