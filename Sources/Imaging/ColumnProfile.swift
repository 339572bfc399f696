/// The light of a plane column by column, about where the horizon lies of a camera that looks ahead. When the camera turns, all
/// of it moves sideways.
public struct ColumnProfile: Sendable, Equatable {
    /// Columns, each a 64th of the width: a sixteenth is an area of a ``CellGrid``, which is four of them.
    public static let columns = 64
    /// The rows of a ``CellGrid`` it is taken from: below most of the sky, above most of the road and the bonnet.
    static let rows = 2..<5
    /// By how many columns two profiles are moved against each other at most: two thirds of both still overlap.
    private static let farthest = 20

    /// Mean luma of every column, rounded down.
    public let means: [UInt8]

    /// A profile of columns with these sums, of as many samples. Where some have none, as in a plane that is less than 64
    /// samples wide, all are black: gaps that never move would say that the picture does not.
    init(sums: [Int], counts: [Int]) {
        let isWhole = !counts.contains(0)
        means = zip(sums, counts).map { isWhole ? UInt8(clamping: $0 / $1) : 0 }
    }

    /// A profile of these means; columns that are missing are black.
    init(means: [UInt8]) {
        self.means = Array((means + [UInt8](repeating: 0, count: Self.columns)).prefix(Self.columns))
    }

    /// How far the picture has moved to the right from here to `later`, permille of its width: where the two profiles
    /// correlate most, and of equal ones where the least has moved. Nil where nothing correlates.
    public func shift(to later: ColumnProfile) -> Int64? {
        var best: (columns: Int, correlation: Correlation)?
        for distance in 0...Self.farthest {
            for columns in distance == 0 ? [0] : [-distance, distance] {
                let range = max(0, -columns)..<min(Self.columns, Self.columns - columns)
                guard let found = Correlation(range.lazy.map { (means[$0], later.means[$0 + columns]) })
                else { continue }
                if let best, !(best.correlation < found) { continue }
                best = (columns, found)
            }
        }
        return best.map { Int64($0.columns * 1000 / Self.columns) }
    }

    /// The square of a positive correlation coefficient, as an exact fraction.
    private struct Correlation {
        /// Both are below 2^57: at most 64 values of 8 bits.
        let numerator: Int
        let denominator: Int

        /// Of these pairs; nil where they do not correlate.
        init?(_ pairs: some Sequence<(UInt8, UInt8)>) {
            var (count, left, right, leftSquares, rightSquares, products) = (0, 0, 0, 0, 0, 0)
            for (a, b) in pairs {
                let (a, b) = (Int(a), Int(b))
                count += 1
                left += a
                right += b
                leftSquares += a * a
                rightSquares += b * b
                products += a * b
            }
            let covariance = count * products - left * right
            let variances = (count * leftSquares - left * left, count * rightSquares - right * right)
            guard covariance > 0, variances.0 > 0, variances.1 > 0 else { return nil }
            numerator = covariance * covariance
            denominator = variances.0 * variances.1
        }

        static func < (left: Correlation, right: Correlation) -> Bool {
            Int128(left.numerator) * Int128(right.denominator)
                < Int128(right.numerator) * Int128(left.denominator)
        }
    }
}
