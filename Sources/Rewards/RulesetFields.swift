import Canonical
import Stages

/// The members of one part of the ruleset: keys, places and ranges, for writing and reading alike.
struct RulesetFields<Rules: Sendable>: Sendable {
    typealias Path<Value> = any WritableKeyPath<Rules, Value> & Sendable

    private struct Field: Sendable {
        let key: String
        let kind: RulesetField.Kind
        let get: @Sendable (Rules) -> CanonicalJSON
        let set: @Sendable (inout Rules, inout JSONObjectReader) throws(JSONError) -> Void
    }

    private var fields: [Field] = []

    /// All of it as the part `name` of the ruleset has it.
    func listed(_ name: String) -> [RulesetField] {
        fields.map { RulesetField(part: name, key: $0.key, kind: $0.kind) }
    }

    /// The members that say what `rules` has.
    func members(of rules: Rules) -> CanonicalJSON {
        var result: [String: CanonicalJSON] = [:]
        for field in fields { result[field.key] = field.get(rules) }
        return .object(result)
    }

    /// Sets every member of `rules` from `object`, which has all of them and no other.
    func read(_ rules: inout Rules, from object: JSONObjectReader) throws(JSONError) {
        var reader = object
        for field in fields { try field.set(&rules, &reader) }
        try reader.finish()
    }

    private func adding(
        _ key: String, _ kind: RulesetField.Kind, get: @escaping @Sendable (Rules) -> CanonicalJSON,
        set: @escaping @Sendable (inout Rules, inout JSONObjectReader) throws(JSONError) -> Void
    ) -> Self {
        var result = self
        result.fields.append(Field(key: key, kind: kind, get: get, set: set))
        return result
    }
}

extension RulesetFields {
    /// The same with an integer more.
    func integer(_ key: String, _ path: Path<Int64>, _ range: ClosedRange<Int64>) -> Self {
        adding(key, .integer(range)) {
            .integer($0[keyPath: path] as Int64)
        } set: { (rules, reader) throws(JSONError) in
            rules[keyPath: path] = try reader.integer(key, in: range)
        }
    }

    /// The same with an amount more.
    func amount(_ key: String, _ path: Path<UInt64>) -> Self {
        adding(key, .amount) {
            .amount($0[keyPath: path])
        } set: { (rules, reader) throws(JSONError) in
            rules[keyPath: path] = try reader.amount(key)
        }
    }

    /// The same with a ramp more, both ends of which lie in `range`.
    func ramp(_ key: String, _ path: Path<Ramp>, _ range: ClosedRange<Int64>) -> Self {
        adding(key, .ramp(range)) {
            let ramp = $0[keyPath: path]
            return .object(["zero": .integer(ramp.zero), "full": .integer(ramp.full)])
        } set: { (rules, reader) throws(JSONError) in
            var ends = try reader.object(key)
            let zero = try ends.integer("zero", in: range)
            let full = try ends.integer("full", in: range)
            guard zero != full else { throw JSONError(reason: "zero and full are equal", place: ends.path) }
            try ends.finish()
            rules[keyPath: path] = Ramp(zero: zero, full: full)
        }
    }

    /// The same with a curve more, of 1...16 points within `x` and `y`.
    func curve(_ key: String, _ path: Path<Curve>, x: ClosedRange<Int64>, y: ClosedRange<Int64>) -> Self {
        adding(key, .pairs(x, y, 1...16)) {
            .array($0[keyPath: path].points.map { .array([.integer($0.x), .integer($0.y)]) })
        } set: { (rules, reader) throws(JSONError) in
            let points = try reader.pairs(key, x, y, 1...16).map { Curve.Point(x: $0.0, y: $0.1) }
            guard let curve = Curve(points) else {
                throw JSONError(reason: "their first numbers do not ascend", place: "\(reader.path).\(key)")
            }
            rules[keyPath: path] = curve
        }
    }

    /// The same with levels of regions more.
    func levels(
        _ key: String, _ path: Path<[RegionLevel]>, precisions: ClosedRange<Int64>, limits: ClosedRange<Int64>
    ) -> Self {
        adding(key, .pairs(precisions, limits, 0...6)) {
            .array($0[keyPath: path].map { .array([.integer($0.precision), .integer($0.limit)]) })
        } set: { (rules, reader) throws(JSONError) in
            let levels = try reader.pairs(key, precisions, limits, 0...6)
                .map { RegionLevel(precision: $0.0, limit: $0.1) }
            guard zip(levels, levels.dropFirst()).allSatisfy({ $0.precision < $1.precision }) else {
                throw JSONError(reason: "their precisions do not ascend", place: "\(reader.path).\(key)")
            }
            rules[keyPath: path] = levels
        }
    }

    /// The same with a text more.
    func text(_ key: String, _ path: Path<String>) -> Self {
        adding(key, .text) {
            .string($0[keyPath: path])
        } set: { (rules, reader) throws(JSONError) in
            let text = try reader.string(key)
            guard (1...100).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
            else {
                throw JSONError(
                    reason: "not 1 to 100 printable ASCII characters", place: "\(reader.path).\(key)")
            }
            rules[keyPath: path] = text
        }
    }
}

extension JSONObjectReader {
    /// The array `key` of pairs of integers, the first of each within `x`, the second within `y`.
    fileprivate mutating func pairs(
        _ key: String, _ x: ClosedRange<Int64>, _ y: ClosedRange<Int64>, _ counts: ClosedRange<Int>
    ) throws(JSONError) -> [(Int64, Int64)] {
        let elements = try array(key)
        guard counts.contains(elements.count) else {
            throw JSONError(
                reason: "\(elements.count) pairs where \(counts.lowerBound)...\(counts.upperBound) may be",
                place: "\(path).\(key)")
        }
        var result: [(Int64, Int64)] = []
        for (index, element) in elements.enumerated() {
            guard case .array(let pair) = element, pair.count == 2, case .integer(let first) = pair[0],
                case .integer(let second) = pair[1]
            else { throw JSONError(reason: "no pair of integers", place: "\(path).\(key)[\(index)]") }
            guard x.contains(first), y.contains(second) else {
                throw JSONError(
                    reason: "[\(first),\(second)] is outside \(x.lowerBound)...\(x.upperBound), "
                        + "\(y.lowerBound)...\(y.upperBound)", place: "\(path).\(key)[\(index)]")
            }
            result.append((first, second))
        }
        return result
    }
}
