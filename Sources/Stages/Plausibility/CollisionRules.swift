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

    /// Rules with these limits.
    public init(
        twoPlacesDistance: Int64, sameCarDistance: Int64, minShare: Int64, minMoments: Int64, minWay: Int64
    ) {
        self.twoPlacesDistance = twoPlacesDistance
        self.sameCarDistance = sameCarDistance
        self.minShare = minShare
        self.minMoments = minMoments
        self.minWay = minWay
    }
}
