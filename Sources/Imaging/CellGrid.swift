/// A plane as a coarse grid of areas, each with its mean and its deviation: enough to tell what stays where it is while
/// all else moves by, in a few hundred bytes.
public struct CellGrid: Sendable, Equatable {
    /// Areas in a row.
    public static let columns = 16
    /// Rows of areas.
    public static let rows = 8

    /// Mean luma of every area, row by row from the top, rounded down.
    public let means: [UInt8]
    /// Standard deviation of the luma in every area, rounded down.
    public let deviations: [UInt8]

    /// A grid of these areas, each given by its samples' number, sum and sum of squares; those of no samples are black.
    init(_ areas: [(count: Int, sum: Int, squares: Int)]) {
        means = areas.map { UInt8(clamping: $0.count == 0 ? 0 : $0.sum / $0.count) }
        deviations = areas.map { area in
            guard area.count > 0 else { return 0 }
            // Never negative (Cauchy-Schwarz); at most 2^21 samples, so that all of it stays below 2^58.
            let variance = (area.count * area.squares - area.sum * area.sum) / (area.count * area.count)
            return Self.squareRoot(variance)
        }
    }

    /// The largest integer whose square is not above `variance`, which is at most 127.5^2.
    private static func squareRoot(_ variance: Int) -> UInt8 {
        var root = 0
        for bit in [64, 32, 16, 8, 4, 2, 1] where (root + bit) * (root + bit) <= variance { root += bit }
        return UInt8(clamping: root)
    }

    /// The groups of areas for which `isMember` holds and that touch each other at a side, each in ascending order.
    public static func groups(_ isMember: (Int) -> Bool) -> [[Int]] {
        var waiting = Set((0..<columns * rows).filter(isMember))
        var groups: [[Int]] = []
        for first in 0..<columns * rows where waiting.remove(first) != nil {
            var group = [first]
            var next = 0
            while next < group.count {
                for neighbour in neighbours(of: group[next]) where waiting.remove(neighbour) != nil {
                    group.append(neighbour)
                }
                next += 1
            }
            groups.append(group.sorted())
        }
        return groups
    }

    /// The areas that share a side with `area`.
    static func neighbours(of area: Int) -> [Int] {
        let (row, column) = area.quotientAndRemainder(dividingBy: columns)
        return [(row - 1, column), (row, column - 1), (row, column + 1), (row + 1, column)].compactMap {
            (0..<rows).contains($0.0) && (0..<columns).contains($0.1) ? $0.0 * columns + $0.1 : nil
        }
    }
}

extension CellGrid {
    /// The largest group of white areas with what it spills over to, permille of all areas.
    func glarePermille(_ levels: ImageLevels) -> Int {
        guard means.count == Self.columns * Self.rows else { return 0 }
        func isWhite(_ area: Int) -> Bool {
            Int64(means[area]) >= levels.whiteMean && Int64(deviations[area]) <= levels.whiteDeviation
        }
        let areas = Self.groups(isWhite).map { group in
            let around = Set(group.flatMap(Self.neighbours)).subtracting(group)
            return group.count
                + around.count {
                    Int64(means[$0]) >= levels.bloomMean && Int64(deviations[$0]) <= levels.bloomDeviation
                }
        }
        return (areas.max() ?? 0) * 1000 / (Self.columns * Self.rows)
    }
}
