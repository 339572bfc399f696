/// What is known about the frames of one square of the map.
///
/// Merging is associative and commutative, so the summary of a set of frames does not depend on the order in
/// which they come or on how they were grouped before.
public struct SquareSummary: Hashable, Sendable {
    /// Frames in the square, 1...``maxFrames``.
    public let n: UInt64
    /// Sum of the frames' qualities in permille, 0...1000 * n.
    public let qualitySum: UInt64
    /// Day of the earliest frame, in days since 1970-01-01 UTC.
    public let firstDay: Int32
    /// Day of the latest frame, in days since 1970-01-01 UTC, not before ``firstDay``.
    public let lastDay: Int32

    /// The most frames one square can count: what JSON carries exactly (RFC 8785). Merging stops there.
    public static let maxFrames: UInt64 = 1 << 53 - 1

    /// The days with a four-digit year, 1000-01-01...9999-12-31: those that have an ISO 8601 date of ten
    /// characters.
    public static let days: ClosedRange<Int32> = -354_285...2_932_896

    /// A summary of `n` frames; nil where a value is out of its range.
    public init?(n: UInt64, qualitySum: UInt64, firstDay: Int32, lastDay: Int32) {
        guard (1...Self.maxFrames).contains(n), qualitySum <= 1000 * n, firstDay <= lastDay,
            Self.days.contains(firstDay), Self.days.contains(lastDay)
        else { return nil }
        self.init(checked: n, qualitySum, firstDay, lastDay)
    }

    /// The summary of one frame.
    public init(_ frame: LeafFrame) {
        self.init(checked: 1, UInt64(frame.quality), frame.day, frame.day)
    }

    private init(checked n: UInt64, _ qualitySum: UInt64, _ firstDay: Int32, _ lastDay: Int32) {
        self.n = n
        self.qualitySum = qualitySum
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    /// Mean quality in permille, 0...1000, rounded down.
    public var meanQuality: UInt64 { qualitySum / n }

    /// The summary of the frames of both; they must not share any.
    public func merged(with other: SquareSummary) -> SquareSummary {
        SquareSummary(
            checked: min(n + other.n, Self.maxFrames),
            min(qualitySum + other.qualitySum, 1000 * Self.maxFrames),
            min(firstDay, other.firstDay), max(lastDay, other.lastDay))
    }
}
