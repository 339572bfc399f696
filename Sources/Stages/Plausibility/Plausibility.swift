/// Says of a drive what no honest one has.
public enum Plausibility {
    /// What is implausible about `drive`, in the order of the rules; what the ruleset ignores is left out.
    public static func flags(of drive: VerifiedDrive, rules: PlausibilityRules) -> [Finding] {
        let signals = TraceSignals(drive.trace, rules: rules)
        var flags: [Finding] = []
        func note(_ rule: Rule, _ value: Int64?, _ limit: Int64, _ unit: String, isBelow: Bool = false) {
            guard let value, isBelow ? value < limit : value > limit,
                let action = rules.action(of: rule), action != .ignore
            else { return }
            flags.append(Finding(rule, value: value, limit: limit, unit: unit))
        }
        note(.traceTeleport, signals.teleports, rules.maxTeleports, "steps")
        note(.traceAcceleration, signals.acceleration, rules.maxAcceleration, "mm/s2")
        note(.traceConstantSpeed, signals.constantSpeed, rules.maxConstantSpeed, "permille")
        note(.traceTooSmooth, signals.deviation, rules.minDeviation, "mm", isBelow: true)
        return flags
    }

    /// `places` as the flags leave them: refused by the first flag that the ruleset refuses drives for.
    public static func apply(
        _ flags: [Finding], to places: [Result<Place, Refusal>], rules: PlausibilityRules
    ) -> [Result<Place, Refusal>] {
        guard let worst = flags.first(where: { rules.action(of: $0.rule) == .reject }) else { return places }
        return places.map { place in
            if case .success = place { .failure(Refusal(worst)) } else { place }
        }
    }
}
