/// When two drives say something about each other.
public struct CollisionRules: Sendable, Equatable {
    /// How far apart two drives of one account or camera must be at one time to be in two places, millimetres.
    public var twoPlacesDistance: Int64
    /// How near each other two drives of two accounts must be all the time to be in one car, or the same drive, millimetres.
    public var sameCarDistance: Int64
    /// The smallest share of their common moments at which this must hold, permille.
    public var minShare: Int64
    /// The fewest common moments that tell anything.
    public var minMoments: Int64
    /// The shortest way that is told from standing about, millimetres.
    public var minWay: Int64
    /// The longest time between two fixes that is interpolated, milliseconds.
    public var maxGapTime: Int64
    /// Steps in which the stay of a car in a cell is counted, milliseconds: noise moves the moment at which a border is
    /// crossed by a second or two. A replay is later by more than one of them.
    public var replayStep: Int64
    /// Characters of these cells.
    public var replayPrecision: Int64
    /// The fewest windows of four cells that must agree on a delay before two traces are held against each other.
    public var minReplayWindows: Int64
    /// One in so many of the later drive's windows must as well.
    public var replayWindowsPart: Int64

    /// Rules with these limits.
    public init(
        twoPlacesDistance: Int64, sameCarDistance: Int64, minShare: Int64, minMoments: Int64, minWay: Int64,
        maxGapTime: Int64, replayStep: Int64, replayPrecision: Int64, minReplayWindows: Int64,
        replayWindowsPart: Int64
    ) {
        self.twoPlacesDistance = twoPlacesDistance
        self.sameCarDistance = sameCarDistance
        self.minShare = minShare
        self.minMoments = minMoments
        self.minWay = minWay
        self.maxGapTime = maxGapTime
        self.replayStep = replayStep
        self.replayPrecision = replayPrecision
        self.minReplayWindows = minReplayWindows
        self.replayWindowsPart = replayWindowsPart
    }
}
