import Canonical

/// A difference of a published manifest from the recomputed one, with the code of what it is about.
struct ManifestDifference {
    let code: ManifestFinding.Code
    let detail: String
    let expected: String?
    let found: String?

    /// The differences, `limit` at most, by the order of the format's keys; awards are matched by
    /// contributor.
    static func all(found: JSONValue, expected: JSONValue, limit: Int) -> [ManifestDifference] {
        guard case .object(var left) = found, case .object(var right) = expected else { return [] }
        var result: [ManifestDifference] = []
        if let published = left["awards"], let computed = right["awards"], published != computed {
            if case .array(let published) = published, case .array(let computed) = computed {
                result = awards(published, computed, limit)
                left["awards"] = nil
                right["awards"] = nil
            }
        }
        for difference in JSONDifference.all(found: .object(left), expected: .object(right), limit: limit) {
            let key = difference.path.dropFirst(2).prefix { $0 != "." && $0 != "[" }
            result.append(ManifestDifference(difference, code: code(of: String(key))))
        }
        return Array(result.prefix(limit))
    }

    private static func code(of key: String) -> ManifestFinding.Code {
        switch key {
        case "format": .formatUnknown
        case "previous": .previousWrong
        case "window": .windowWrong
        case "seed": .seedWrong
        case "inputs": .inputsWrong
        case "verdicts": .countsWrong
        case "budget": .budgetWrong
        case "awarded", "unallocated", "points_total": .totalsWrong
        case "takedowns": .takedownsWrong
        case "awards": .manifestUnreadable
        default: .memberUnknown
        }
    }

    private static func awards(
        _ published: [JSONValue], _ computed: [JSONValue], _ limit: Int
    ) -> [ManifestDifference] {
        var result: [ManifestDifference] = []
        var byContributor: [ByteKey: JSONValue] = [:]
        for award in published {
            guard let name = contributor(award),
                byContributor.updateValue(award, forKey: ByteKey(name)) == nil
            else {
                result.append(.init(.awardUnfounded, "an award without contributor, or the second of one"))
                continue
            }
        }
        for award in computed where result.count < limit {
            guard let name = contributor(award) else { continue }
            guard let published = byContributor.removeValue(forKey: ByteKey(name)) else {
                result.append(.init(.awardMissing, "contributor \(name) has no award"))
                continue
            }
            for difference in JSONDifference.all(found: published, expected: award, limit: limit) {
                let code: ManifestFinding.Code = difference.path == "$.amount" ? .amountWrong : .pointsWrong
                result.append(ManifestDifference(difference, code: code, of: name))
            }
        }
        for award in published.compactMap(contributor) where byContributor[ByteKey(award)] != nil {
            result.append(.init(.awardUnfounded, "contributor \(award) delivered nothing in this epoch"))
        }
        if result.isEmpty {
            result.append(.init(.awardOrder, "the awards are not in the order of their contributors"))
        }
        return result
    }

    private static func contributor(_ award: JSONValue) -> String? {
        guard case .object(let members) = award, case .string(let name)? = members["contributor"] else {
            return nil
        }
        return name
    }

    private init(_ code: ManifestFinding.Code, _ detail: String) {
        self.code = code
        self.detail = detail
        expected = nil
        found = nil
    }

    private init(_ difference: JSONDifference, code: ManifestFinding.Code, of contributor: String? = nil) {
        self.code = code
        detail = contributor.map { "\(difference.path) of \($0)'s award" } ?? difference.path
        expected = difference.expected
        found = difference.found
    }
}
