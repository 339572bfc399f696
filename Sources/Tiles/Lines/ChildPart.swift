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
