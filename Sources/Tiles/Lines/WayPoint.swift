import Geo

/// One frame on the way of a drive: where on the map, and when.
public struct WayPoint: Hashable, Sendable {
    /// Column on the map of 2^32 columns, as `Mercator.column(of:)` counts them.
    public let column: UInt32
    /// Row on the map of 2^32 rows, as `Mercator.row(of:)` counts them.
    public let row: UInt32
    /// When it was taken, in milliseconds since 1970-01-01 UTC.
    public let capturedAt: Int64

    /// A way point.
    public init(column: UInt32, row: UInt32, capturedAt: Int64) {
        self.column = column
        self.row = row
        self.capturedAt = capturedAt
    }

    /// The longest pause, in milliseconds, over which a moving car is drawn on. Cameras take a frame every few
    /// metres or seconds; after a longer pause nobody knows the way between.
    static let longestPause: UInt64 = 15_000

    /// The longest way between two frames of a moving car, in metres: 72 km/h for the longest pause.
    static let longestLink: Int64 = 300

    /// Frames this near, in metres, are linked whatever the pause: those of a standing car are dropped as
    /// duplicates, and it drives on from where it stood.
    static let longestStandingLink: Int64 = 50

    /// Whether the drive is drawn as a straight line from here to `next`, its way point after this one.
    func isLinked(to next: WayPoint) -> Bool {
        let (pause, overflow) = next.capturedAt.subtractingReportingOverflow(capturedAt)
        let isMoving = !overflow && pause.magnitude <= Self.longestPause
        let metres = isMoving ? Self.longestLink : Self.longestStandingLink
        let reach = metres * Mercator.unitsPerKilometre(row: row) / 1000
        // The map is a ring of columns: the difference of 32 bits is the short way round.
        let east = Int64(Int32(bitPattern: next.column &- column))
        let south = Int64(next.row) - Int64(row)
        // At most 2^19, so that no square overflows.
        guard abs(east) <= reach, abs(south) <= reach else { return false }
        return east * east + south * south <= reach * reach
    }
}
