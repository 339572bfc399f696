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
        points.last == next.points.first && (Int64(lastLink)...Int64(lastLink) + 1).contains(Int64(next.firstLink))
    }

    private mutating func append(_ next: LineRun) {
        points.append(contentsOf: next.points.dropFirst())
        lastLink = next.lastLink
    }
}

/// A part of a line in one child of a tile.
struct ChildPart {
    let quadrant: Quadrant
    let part: LinePart

    /// A point of the part in the parent, in units of the child.
    func position(_ point: VectorPoint) -> VectorPoint {
        VectorPoint(
            x: point.x + Int32(quadrant.column) * LinePart.extent,
            y: point.y + Int32(quadrant.row) * LinePart.extent)
    }

    /// Whether the drive has been here before it was at `other`.
    func isBefore(_ other: ChildPart) -> Bool {
        let (links, others) = ((part.firstLink, part.lastLink), (other.part.firstLink, other.part.lastLink))
        guard links == others else { return links < others }
        // Two parts with the same links lie on one link, so that the direction of both together tells which
        // is ahead; that of one alone may have lost a small component to rounding.
        guard let start = part.points.first, let end = part.points.last,
            let otherStart = other.part.points.first, let otherEnd = other.part.points.last
        else { return false }
        let (here, there) = (position(start), other.position(otherStart))
        let east = Int64(end.x - start.x) + Int64(otherEnd.x - otherStart.x)
        let south = Int64(end.y - start.y) + Int64(otherEnd.y - otherStart.y)
        return east * Int64(there.x - here.x) + south * Int64(there.y - here.y) > 0
    }
}
