/// When two sources of one upload differ, and what it takes to put a clock right.
public struct SourceRules: Sendable, Equatable {
    /// How far two times of one frame may lie apart, milliseconds.
    public var maxTimeDifference: Int64
    /// How far two positions of one frame may lie apart, millimetres.
    public var maxPositionDifference: Int64
    /// The fewest frames that show by how much a clock is wrong.
    public var minClockWitnesses: Int64
    /// The smallest share of the frames asked that must agree on it, permille.
    public var minClockAgreement: Int64
    /// The largest share that another answer may have of those who agree, permille.
    public var maxClockRival: Int64
    /// How near a trace must pass the place of a frame to say when it was there, millimetres.
    public var witnessDistance: Int64
    /// The fewest frames in a row that show a receiver to be stuck, where another source moves.
    public var minStuckFrames: Int64
    /// How much of a trace beside the frames of several drives belongs to a drive before its first and behind its last
    /// frame, milliseconds.
    public var traceMargin: Int64
    /// About how many frames are asked by how much a clock is wrong, evenly over the drive.
    public var maxClockWitnesses: Int64
    /// How many steps of ``maxTimeDifference`` about the best answer say the same: a place is passed for some seconds.
    public var clockWindow: Int64
    /// The most fixes near a frame's place that are asked of one square: the car may have stood there.
    public var maxWitnessFixes: Int64
    /// The smallest share of the frames with a time that a clock must tell to be gone by, permille.
    public var minClockPresence: Int64
    /// The smallest share of its times that must be right for a clock that is not wrong by the same all the time, permille.
    public var minClockMatch: Int64
    /// The smallest share of frames with one and the same time that shows a clock to stand still, permille.
    public var minStuckClock: Int64

    /// Rules with these limits.
    public init(
        maxTimeDifference: Int64, maxPositionDifference: Int64, minClockWitnesses: Int64,
        minClockAgreement: Int64, maxClockRival: Int64, witnessDistance: Int64, minStuckFrames: Int64,
        traceMargin: Int64, maxClockWitnesses: Int64, clockWindow: Int64, maxWitnessFixes: Int64,
        minClockPresence: Int64, minClockMatch: Int64, minStuckClock: Int64
    ) {
        self.maxTimeDifference = maxTimeDifference
        self.maxPositionDifference = maxPositionDifference
        self.minClockWitnesses = minClockWitnesses
        self.minClockAgreement = minClockAgreement
        self.maxClockRival = maxClockRival
        self.witnessDistance = witnessDistance
        self.minStuckFrames = minStuckFrames
        self.traceMargin = traceMargin
        self.maxClockWitnesses = maxClockWitnesses
        self.clockWindow = clockWindow
        self.maxWitnessFixes = maxWitnessFixes
        self.minClockPresence = minClockPresence
        self.minClockMatch = minClockMatch
        self.minStuckClock = minStuckClock
    }
}

/// The rules of everything that is done with a drive before its images are looked at.
public struct DriveRules: Sendable, Equatable {
    /// Checks on times, coordinates and speeds.
    public var verify: VerifyRules
    /// Placing frames on the trace.
    public var locate: LocateRules
    /// Sources that differ.
    public var sources: SourceRules

    /// Rules of these parts.
    public init(verify: VerifyRules, locate: LocateRules, sources: SourceRules) {
        self.verify = verify
        self.locate = locate
        self.sources = sources
    }
}
