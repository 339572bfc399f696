/// Base units of a token for a micro-point: 10^(decimals - 6). A point is a whole token.
public struct ClaimScale: Sendable, Hashable {
    /// Decimals of the token.
    public let decimals: Int
    /// Base units for one micro-point.
    public let factor: UInt128

    /// Decimals with which every amount of micro-points is a whole number of base units, and the greatest of them,
    /// (2^64 - 1) x 10^19, fits 128 bits.
    public static let decimals = 6...25

    /// The scale of a token of `decimals`.
    public init(decimals: Int) throws(ClaimError) {
        guard Self.decimals.contains(decimals) else { throw .badDecimals(decimals) }
        self.decimals = decimals
        var factor: UInt128 = 1
        for _ in 6..<decimals { factor *= 10 }
        self.factor = factor
    }

    /// What `points` micro-points are in base units; always exact.
    public func amount(_ points: UInt64) -> UInt128 { UInt128(points) * factor }
}
