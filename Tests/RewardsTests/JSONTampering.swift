import Canonical

/// Every document that differs from one in a single scalar.
enum JSONTampering {
    struct Change {
        let path: String
        let document: JSONValue
    }

    /// One change for each scalar: numbers grow by one, digits, booleans and letters become others, null a
    /// hash.
    static func changes(of value: JSONValue, path: String = "$") -> [Change] {
        switch value {
        case .null:
            return [Change(path: path, document: .string(String(repeating: "5", count: 64)))]
        case .bool(let flag): return [Change(path: path, document: .bool(!flag))]
        case .integer(let number): return [Change(path: path, document: .integer(number + 1))]
        case .decimal(let number): return [Change(path: path, document: .decimal(number + 1))]
        case .string(let text): return [Change(path: path, document: .string(changed(text)))]
        case .array(let elements):
            return elements.indices.flatMap { index in
                changes(of: elements[index], path: "\(path)[\(index)]").map { change in
                    var copy = elements
                    copy[index] = change.document
                    return Change(path: change.path, document: .array(copy))
                }
            }
        case .object(let members):
            return members.sorted { $0.key < $1.key }.flatMap { key, member in
                changes(of: member, path: "\(path).\(key)").map { change in
                    var copy = members
                    copy[key] = change.document
                    return Change(path: change.path, document: .object(copy))
                }
            }
        }
    }

    /// `text` with its last character exchanged for another of the same kind.
    private static func changed(_ text: String) -> String {
        guard let last = text.last else { return "a" }
        let other: Character =
            switch last {
            case "0"..."8": "9"
            case "9": "8"
            case "b": "c"
            default: "b"
            }
        return text.dropLast() + String(other)
    }
}
