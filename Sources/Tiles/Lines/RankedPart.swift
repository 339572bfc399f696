/// A part of a line on its way into a tile, as it looks at every tolerance.
struct RankedPart {
    let firstLink: UInt32
    let lastLink: UInt32
    /// The points that rank 0 keeps.
    private let points: [VectorPoint]
    /// The ranks of ``points``.
    private let ranks: [UInt8]
    /// The longer side of the box around them.
    private let size: Int32

    init(_ run: LineRun, _ simplification: inout LineSimplification) {
        firstLink = run.firstLink
        lastLink = run.lastLink
        simplification.rank(run.points.span)
        var (points, ranks): ([VectorPoint], [UInt8]) = ([], [])
        for (point, rank) in zip(run.points, simplification.ranks) where rank > 0 {
            points.append(point)
            ranks.append(rank)
        }
        (self.points, self.ranks) = (points, ranks)
        size = Self.size(points)
    }

    /// The points that are drawn at `rank`; none where the part has shrunk to a point. Above rank 0 none either
    /// where it is no longer than the tolerance: however short, a part costs two points, and a car on a road
    /// along a border leaves hundreds.
    func line(rank: UInt8) -> [VectorPoint] {
        guard rank == 0 || Int64(size) > LineSimplification.tolerance(rank: rank) else { return [] }
        var line: [VectorPoint] = []
        for (point, own) in zip(points, ranks) where own > rank && point != line.last { line.append(point) }
        return line.count > 1 ? line : []
    }

    private static func size(_ points: [VectorPoint]) -> Int32 {
        guard var least = points.first, var most = points.first else { return 0 }
        for point in points {
            (least.x, least.y) = (min(least.x, point.x), min(least.y, point.y))
            (most.x, most.y) = (max(most.x, point.x), max(most.y, point.y))
        }
        return max(most.x - least.x, most.y - least.y)
    }
}
