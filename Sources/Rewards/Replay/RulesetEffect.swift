import Stages

extension Ruleset {
    /// The paths of numbers that differ from those of `other` and that nothing follows from where verdicts, and the epochs that
    /// count them, are given: those of the stages before scoring, and when an epoch is sealed and final.
    public func numbersWithoutEffect(against other: Ruleset) -> [String] {
        Self.fields.filter { field in
            value(of: field) != other.value(of: field) && !Self.decidesAboutPay(field.path)
        }.map(\.path)
    }

    private static func decidesAboutPay(_ path: String) -> Bool {
        let parts = path.split(separator: ".", maxSplits: 1)
        switch parts.first {
        case "score", "trust": return true
        case "reward": return path != "reward.grace_ms" && path != "reward.challenge_ms"
        case "plausibility": return path.hasSuffix("_action")
        default: return false
        }
    }
}
