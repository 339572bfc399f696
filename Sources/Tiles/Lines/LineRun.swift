/// A part of a line while parts are joined: unlike a ``LinePart`` it may be a single point.
struct LineRun {
    let firstLink: UInt32
    private(set) var lastLink: UInt32
    private(set) var points: [VectorPoint]

    init(_ part: LinePart) {
        (firstLink, lastLink, points) = (part.firstLink, part.lastLink, part.points)
    }

    /// The parts of one drive in the four children of a tile as runs in the parent, where four units become one.
    ///
    /// Parts that meet at the border between two children are joined: one ends where the other begins, and
    /// within the same link or with the next one (a way point exactly on the border).
    static func joined(_ parts: [ChildPart]) -> [LineRun] {
        var runs: [LineRun] = []
        for part in parts.sorted(by: { $0.isBefore($1) }) {
            let next = LineRun(part)
            if let last = runs.indices.last, runs[last].meets(next) {
                runs[last].append(next)
            } else {
                runs.append(next)
            }
        }
        return runs
    }

    private init(_ child: ChildPart) {
        (firstLink, lastLink, points) = (child.part.firstLink, child.part.lastLink, [])
        points.reserveCapacity(child.part.points.count)
        for point in child.part.points {
            let position = child.position(point)
            let halved = VectorPoint(x: position.x >> 1, y: position.y >> 1)
            if halved != points.last { points.append(halved) }
        }
    }

    private func meets(_ next: LineRun) -> Bool {
        points.last == next.points.first
            && (Int64(lastLink)...Int64(lastLink) + 1).contains(Int64(next.firstLink))
    }

    private mutating func append(_ next: LineRun) {
        points.append(contentsOf: next.points.dropFirst())
        lastLink = next.lastLink
    }
}
