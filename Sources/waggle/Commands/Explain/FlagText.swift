import Stages

/// What is implausible about a drive, in words.
enum FlagText {
    /// The flag with what was measured and its limit.
    static func of(_ flag: Finding) -> String {
        let measured = Quantity.text(flag.value, flag.unit)
        let limit = Quantity.text(flag.limit, flag.unit)
        let words =
            switch flag.rule {
            case .traceTeleport: "\(measured) that no car can make, where \(limit) are allowed"
            case .traceAcceleration: "its speed changes by \(measured), more than \(limit)"
            case .traceConstantSpeed: "\(measured) of its steps have one speed, more than \(limit)"
            case .traceTooSmooth:
                "its fixes lie \(measured) beside the line, less than \(limit): receivers are never so steady"
            case .traceFrozen: "\(measured) show a picture of another place, more than \(limit)"
            case .traceTurning:
                "\(measured) move the picture the other way, less than \(limit): it does not turn with the trace"
            case .traceMotion: "\(measured) change the picture as driving does, more than \(limit)"
            default: "\(measured), limit \(limit)"
            }
        return "\(flag.rule.rawValue): \(words)"
    }
}
