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
    /// How many times as long two stretches together may be: longer ones have holes in them, and tell nothing.
    public var maxAccelerationStretches: Int64
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
    /// What follows where pictures stay the same though the trace moves, and where they change though it stands; each is an
    /// ``Action``.
    public var frozenAction, motionAction: Int64
    /// The fewest frames of a moving car, or steps of a standing one, whose pictures tell anything.
    public var minImagerySteps: Int64
    /// How far a car must have moved for its picture to be another one, millimetres.
    public var imageryStep: Int64
    /// The greatest PDQ distance of a picture that did not change, bits.
    public var samePictureBits: Int64
    /// The lowest PDQ quality at which pictures tell anything, 0...100.
    public var minPictureQuality: Int64
    /// The largest share of a moving car's frames that show a picture of another place, permille.
    public var maxFrozen: Int64
    /// How many pictures of a drive a frame is held against.
    public var maxLoopPictures: Int64
    /// The longest step of a standing car, millimetres.
    public var standingDistance: Int64
    /// The longest time such a step takes, milliseconds.
    public var standingTime: Int64
    /// The least PDQ distance of a picture that changed as by driving, bits.
    public var otherPictureBits: Int64
    /// The largest share of a standing car's steps that change the picture so, permille.
    public var maxMotion: Int64
    /// What follows where the pictures do not turn with the trace; an ``Action``.
    public var turningAction: Int64
    /// The fewest steps in which the trace turns that tell anything.
    public var minTurningSteps: Int64
    /// The least and the greatest change of heading of such a step, hundredths of a degree: smaller ones are lost in what
    /// driving ahead does to the picture, and after greater ones it shows something else.
    public var minTurn, maxTurn: Int64
    /// The longest time such a step takes, milliseconds.
    public var turningTime: Int64
    /// How far the picture must have moved the other way, permille of its width.
    public var turningShift: Int64
    /// The smallest share of turning steps in which it has, permille.
    public var minTurning: Int64

    /// Rules with these limits.
    public init(
        teleportAction: Int64, accelerationAction: Int64, constantSpeedAction: Int64, tooSmoothAction: Int64,
        maxTeleports: Int64, maxAcceleration: Int64, accelerationTime: Int64, maxAccelerationStretches: Int64,
        maxConstantSpeed: Int64,
        constantSpeedTolerance: Int64, minDeviation: Int64, minMovingSteps: Int64, movingSpeed: Int64,
        minStepTime: Int64, frozenAction: Int64, motionAction: Int64, minImagerySteps: Int64,
        imageryStep: Int64,
        samePictureBits: Int64, minPictureQuality: Int64, maxFrozen: Int64, maxLoopPictures: Int64,
        standingDistance: Int64,
        standingTime: Int64, otherPictureBits: Int64, maxMotion: Int64, turningAction: Int64,
        minTurningSteps: Int64, minTurn: Int64,
        maxTurn: Int64, turningTime: Int64, turningShift: Int64, minTurning: Int64
    ) {
        self.teleportAction = teleportAction
        self.accelerationAction = accelerationAction
        self.constantSpeedAction = constantSpeedAction
        self.tooSmoothAction = tooSmoothAction
        self.maxTeleports = maxTeleports
        self.maxAcceleration = maxAcceleration
        self.accelerationTime = accelerationTime
        self.maxAccelerationStretches = maxAccelerationStretches
        self.maxConstantSpeed = maxConstantSpeed
        self.constantSpeedTolerance = constantSpeedTolerance
        self.minDeviation = minDeviation
        self.minMovingSteps = minMovingSteps
        self.movingSpeed = movingSpeed
        self.minStepTime = minStepTime
        self.frozenAction = frozenAction
        self.motionAction = motionAction
        self.minImagerySteps = minImagerySteps
        self.imageryStep = imageryStep
        self.samePictureBits = samePictureBits
        self.minPictureQuality = minPictureQuality
        self.maxFrozen = maxFrozen
        self.maxLoopPictures = maxLoopPictures
        self.standingDistance = standingDistance
        self.standingTime = standingTime
        self.otherPictureBits = otherPictureBits
        self.maxMotion = maxMotion
        self.turningAction = turningAction
        self.minTurningSteps = minTurningSteps
        self.minTurn = minTurn
        self.maxTurn = maxTurn
        self.turningTime = turningTime
        self.turningShift = turningShift
        self.minTurning = minTurning
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
            case .traceFrozen: frozenAction
            case .traceMotion: motionAction
            case .traceTurning: turningAction
            default: nil
            }
        return number.flatMap(Action.init(rawValue:))
    }
}
