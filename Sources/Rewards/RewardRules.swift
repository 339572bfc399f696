/// How points are paid.
public struct RewardRules: Sendable, Equatable {
    /// What an epoch pays out, micro-points.
    public var budget: UInt64
    /// The share of it that is kept for corrections, permille.
    public var reserve: Int64
    /// The largest share of what somebody earns in an epoch that goes into a debt, permille.
    public var debt: Int64
    /// What a device must earn in an epoch to earn anything, micro-points.
    public var deviceFloor: UInt64
    /// What of a device counts at most in an epoch, micro-points.
    public var deviceCeiling: UInt64
    /// The largest share of the coverage pool for one contributor, permille.
    public var accountCap: Int64
    /// How the coverage pool is split by place; empty where it is not.
    public var regions: [RegionLevel]
    /// How long after its end an epoch is still open for uploads, milliseconds: it is not sealed before.
    public var graceMilliseconds: Int64
    /// How long after its seal an epoch can be challenged, milliseconds: it is not final before.
    public var challengeMilliseconds: Int64
    /// What the seed of the first epoch is made from in place of a previous manifest's hash: 1...100
    /// printable ASCII characters.
    public var genesis: String

    /// Rules with these values.
    public init(
        budget: UInt64, reserve: Int64, debt: Int64, deviceFloor: UInt64, deviceCeiling: UInt64,
        accountCap: Int64, regions: [RegionLevel], graceMilliseconds: Int64, challengeMilliseconds: Int64,
        genesis: String
    ) {
        self.budget = budget
        self.reserve = reserve
        self.debt = debt
        self.deviceFloor = deviceFloor
        self.deviceCeiling = deviceCeiling
        self.accountCap = accountCap
        self.regions = regions
        self.graceMilliseconds = graceMilliseconds
        self.challengeMilliseconds = challengeMilliseconds
        self.genesis = genesis
    }
}

/// One level at which the coverage pool is split: cells with the same first characters are one region.
public struct RegionLevel: Sendable, Equatable {
    /// How many characters of a cell name the region.
    public var precision: Int64
    /// What of a region's weight counts against other regions, micro-points: the density clip of Helium's HIP-17.
    public var limit: Int64

    /// A level.
    public init(precision: Int64, limit: Int64) {
        self.precision = precision
        self.limit = limit
    }
}
