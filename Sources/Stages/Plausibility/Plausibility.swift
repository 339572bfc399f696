/// Says of a drive what no honest one has.
public enum Plausibility {
    /// What is implausible about `drive`, in the order of the rules; what the ruleset ignores is left out.
    public static func flags(of drive: VerifiedDrive, rules: PlausibilityRules) -> [Finding] {
        let signals = TraceSignals(drive.trace, rules: rules)
        return [
            flag(.traceTeleport, signals.teleports, rules.maxTeleports, "steps", rules),
            flag(.traceAcceleration, signals.acceleration, rules.maxAcceleration, "mm/s2", rules),
            flag(.traceConstantSpeed, signals.constantSpeed, rules.maxConstantSpeed, "permille", rules),
            flag(.traceTooSmooth, signals.deviation, rules.minDeviation, "mm", rules, isBelow: true),
        ].compactMap { $0 }
    }

    /// What is implausible about the pictures of a drive beside its trace, in the order of the rules; `frames` are all that
    /// were observed of it, in any order.
    public static func flags(of frames: [Observation], rules: PlausibilityRules) -> [Finding] {
        let signals = ImagerySignals(frames, rules: rules)
        return [
            flag(.traceFrozen, signals.frozen, rules.maxFrozen, "permille of moving frames", rules),
            flag(.traceMotion, signals.motion, rules.maxMotion, "permille of standing steps", rules),
            flag(
                .traceTurning, signals.turning, rules.minTurning, "permille of turning steps", rules,
                isBelow: true),
        ].compactMap { $0 }
    }

    private static func flag(
        _ rule: Rule, _ value: Int64?, _ limit: Int64, _ unit: String, _ rules: PlausibilityRules,
        isBelow: Bool = false
    ) -> Finding? {
        guard let value, isBelow ? value < limit : value > limit, let action = rules.action(of: rule),
            action != .ignore
        else { return nil }
        return Finding(rule, value: value, limit: limit, unit: unit)
    }

    /// The first flag that the ruleset refuses drives for.
    public static func refusal(for flags: [Finding], rules: PlausibilityRules) -> Refusal? {
        flags.first { rules.action(of: $0.rule) == .reject }.map { Refusal($0) }
    }

    /// `places` as the flags leave them: refused by the first flag that the ruleset refuses drives for.
    public static func apply(
        _ flags: [Finding], to places: [Result<Place, Refusal>], rules: PlausibilityRules
    ) -> [Result<Place, Refusal>] {
        guard let worst = refusal(for: flags, rules: rules) else { return places }
        return places.map { place in
            if case .success = place { .failure(worst) } else { place }
        }
    }
}
