/// What of a trace no honest drive has, and what follows from it.
public struct PlausibilityRules: Sendable, Equatable {
    /// What follows where a trace has it; each is an ``Action``.
    public var teleportAction, accelerationAction, constantSpeedAction, tooSmoothAction: Int64
    /// The most steps no car can have made that a trace may have.
    public var maxTeleports: Int64
    /// The greatest change of speed, from one stretch of ``accelerationTime`` to the next, millimetres per second squared.
    public var maxAcceleration: Int64
    /// The shortest stretch a speed is taken from, milliseconds: noise of fixes must not count as acceleration.
    public var accelerationTime: Int64
    /// The largest share of steps that are as long as the median speed makes them, permille.
    public var maxConstantSpeed: Int64
    /// How much longer or shorter such a step may be, millimetres.
    public var constantSpeedTolerance: Int64
    /// The least median distance of a fix from the line between its neighbours, millimetres: receivers are never so steady.
    public var minDeviation: Int64
    /// The fewest steps of a moving car that tell anything.
    public var minMovingSteps: Int64
    /// The lowest speed that counts as moving, millimetres per second.
    public var movingSpeed: Int64
    /// The shortest step that is looked at, milliseconds: shorter ones show a receiver's filter, not the car.
    public var minStepTime: Int64

    /// Rules with these limits.
    public init(
        teleportAction: Int64, accelerationAction: Int64, constantSpeedAction: Int64, tooSmoothAction: Int64,
        maxTeleports: Int64, maxAcceleration: Int64, accelerationTime: Int64, maxConstantSpeed: Int64,
        constantSpeedTolerance: Int64, minDeviation: Int64, minMovingSteps: Int64, movingSpeed: Int64,
        minStepTime: Int64
    ) {
        self.teleportAction = teleportAction
        self.accelerationAction = accelerationAction
        self.constantSpeedAction = constantSpeedAction
        self.tooSmoothAction = tooSmoothAction
        self.maxTeleports = maxTeleports
        self.maxAcceleration = maxAcceleration
        self.accelerationTime = accelerationTime
        self.maxConstantSpeed = maxConstantSpeed
        self.constantSpeedTolerance = constantSpeedTolerance
        self.minDeviation = minDeviation
        self.minMovingSteps = minMovingSteps
        self.movingSpeed = movingSpeed
        self.minStepTime = minStepTime
    }

    /// What follows from a flag.
    public enum Action: Int64, Sendable, CaseIterable {
        /// Nothing; the drive carries no flag.
        case ignore = 0
        /// The drive carries the flag; its frames are judged as any others.
        case warn = 1
        /// The drive carries the flag, and its device is trusted less.
        case distrust = 2
        /// The same, and all frames of the drive are refused by the flag's rule.
        case reject = 3
    }

    /// What follows where `rule` speaks; nil for a rule that is none of a trace.
    public func action(of rule: Rule) -> Action? {
        let number: Int64? =
            switch rule {
            case .traceTeleport: teleportAction
            case .traceAcceleration: accelerationAction
            case .traceConstantSpeed: constantSpeedAction
            case .traceTooSmooth: tooSmoothAction
            default: nil
            }
        return number.flatMap(Action.init(rawValue:))
    }
}
