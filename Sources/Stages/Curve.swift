/// A function given by points, linear between them, and level before the first and behind the last.
public struct Curve: Sendable, Equatable {
    /// One point of a curve.
    public struct Point: Sendable, Equatable {
        /// Where.
        public var x: Int64
        /// What the curve is worth there.
        public var y: Int64

        /// The point (`x`, `y`).
        public init(x: Int64, y: Int64) {
            self.x = x
            self.y = y
        }
    }

    /// At least one point; their `x` ascend.
    public let points: [Point]

    /// The curve through `points`; nil without any, or where their `x` do not ascend.
    public init?(_ points: [Point]) {
        guard !points.isEmpty, zip(points, points.dropFirst()).allSatisfy({ $0.x < $1.x }) else { return nil }
        self.points = points
    }

    /// The curve from (0, `start`) to (`x`, `end`).
    public init(from start: Int64, to end: Int64, over x: Int64) {
        points = x > 0 ? [Point(x: 0, y: start), Point(x: x, y: end)] : [Point(x: 0, y: end)]
    }

    /// What the curve is worth at `x`; between two points rounded towards the first one's worth.
    public func value(at x: Int64) -> Int64 {
        guard let after = points.firstIndex(where: { $0.x >= x }) else { return points.last?.y ?? 0 }
        let right = points[after]
        guard after > 0, right.x != x else { return right.y }
        let left = points[after - 1]
        let rise = Int128(right.y) - Int128(left.y)
        let step = rise * (Int128(x) - Int128(left.x)) / (Int128(right.x) - Int128(left.x))
        return Int64(clamping: Int128(left.y) + step)
    }

    /// Whether it nowhere falls.
    public var neverFalls: Bool { zip(points, points.dropFirst()).allSatisfy { $0.y <= $1.y } }
    /// Whether it nowhere rises.
    public var neverRises: Bool { zip(points, points.dropFirst()).allSatisfy { $0.y >= $1.y } }
}
