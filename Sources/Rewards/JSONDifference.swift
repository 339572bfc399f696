import Canonical

/// One place where two JSON documents differ.
struct JSONDifference: Equatable {
    /// The place, as `$.awards[3].amount`.
    let path: String
    /// The scalar that stands there, or the kind of value; nil where there is none.
    let found: String?
    /// What should stand there.
    let expected: String?

    /// The first difference of two documents; nil where they are equal.
    static func first(found: JSONValue, expected: JSONValue) -> JSONDifference? {
        all(found: found, expected: expected, limit: 1).first
    }

    /// The differences of two documents, `limit` at most.
    static func all(found: JSONValue, expected: JSONValue, limit: Int) -> [JSONDifference] {
        var result: [JSONDifference] = []
        collect(found, expected, "$", limit, &result)
        return result
    }

    private static func collect(
        _ found: JSONValue?, _ expected: JSONValue?, _ path: String, _ limit: Int,
        _ result: inout [JSONDifference]
    ) {
        guard result.count < limit, found != expected else { return }
        switch (found, expected) {
        case (.object(let left), .object(let right)):
            for key in Set(left.keys).union(right.keys).sorted() {
                collect(left[key], right[key], "\(path).\(key)", limit, &result)
            }
        case (.array(let left), .array(let right)):
            if left.count != right.count {
                result.append(
                    JSONDifference(
                        path: path, found: "\(left.count) elements", expected: "\(right.count) elements"))
            }
            for (index, pair) in zip(left, right).enumerated() {
                collect(pair.0, pair.1, "\(path)[\(index)]", limit, &result)
            }
        default:
            result.append(JSONDifference(path: path, found: found.map(text), expected: expected.map(text)))
        }
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .object, .array, .decimal: value.kind
        case .null, .bool, .integer, .string: (try? CanonicalJSON(value).text) ?? value.kind
        }
    }
}
