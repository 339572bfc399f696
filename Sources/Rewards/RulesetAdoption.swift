import Canonical

/// A line of a schedule as manifests publish it: which ruleset holds from when on.
public struct RulesetAdoption: Sendable, Equatable {
    /// The first week it holds in; nil of the ruleset that holds from the beginning.
    public let from: Epoch?
    /// When it was adopted; nil likewise.
    public let adoptedAt: UTCTime?
    /// Its name.
    public let ruleset: ContentHash

    var members: [String: CanonicalJSON] {
        [
            "from": from.map { .string($0.id) } ?? .null, "adopted_at": adoptedAt.map { .time($0) } ?? .null,
            "ruleset": .string(ruleset.hex),
        ]
    }
}

extension RulesetAdoption {
    /// The line that `object` has.
    init(_ object: consuming JSONObjectReader) throws(JSONError) {
        if let id = try object.optionalString("from") {
            guard let epoch = Epoch(id: id) else {
                throw JSONError(reason: "no ISO 8601 week", place: "\(object.path).from")
            }
            from = epoch
        } else {
            from = nil
        }
        adoptedAt = try object.optionalTime("adopted_at")
        ruleset = try object.hash("ruleset")
        try object.finish()
    }
}

extension JSONObjectReader {
    /// The schedule, the member `rulesets`.
    mutating func rulesets() throws(JSONError) -> [RulesetAdoption] {
        var adoptions: [RulesetAdoption] = []
        for (index, element) in try array("rulesets").enumerated() {
            adoptions.append(
                try RulesetAdoption(try JSONObjectReader(element, path: "\(path).rulesets[\(index)]")))
        }
        return adoptions
    }
}
