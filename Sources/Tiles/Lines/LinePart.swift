/// A piece of one drive's line inside one tile.
public struct LinePart: Hashable, Sendable {
    /// Units along one side of a tile. Coordinates are 0...4096: the east and the south edge belong to the
    /// tile as far as a line inside it ends there.
    public static let extent: Int32 = 4096

    /// The link, a pair of consecutive way points of the drive counted from 0, that the piece begins in.
    public let firstLink: UInt32
    /// The link it ends in, not before ``firstLink``. With the same ends, links tell which pieces follow upon
    /// each other.
    public let lastLink: UInt32
    /// At least two points, each different from the one before.
    public let points: [VectorPoint]

    /// A piece; nil where a value is out of its range, or where two consecutive points are the same.
    public init?(firstLink: UInt32, lastLink: UInt32, points: [VectorPoint]) {
        let range = 0...Self.extent
        guard firstLink <= lastLink, points.count >= 2,
            points.allSatisfy({ range.contains($0.x) && range.contains($0.y) }),
            zip(points, points.dropFirst()).allSatisfy({ $0 != $1 })
        else { return nil }
        self.init(checked: firstLink, lastLink, points)
    }

    init(checked firstLink: UInt32, _ lastLink: UInt32, _ points: [VectorPoint]) {
        self.firstLink = firstLink
        self.lastLink = lastLink
        self.points = points
    }

    /// Whether `next` may stand behind this one in a ``TileLine``.
    func mayPrecede(_ next: LinePart) -> Bool {
        (firstLink, lastLink) <= (next.firstLink, next.lastLink)
    }
}
