import Canonical
import Geo

/// A kept fix of a drive, as far as the catalog has it: when and where.
public struct TracePoint: Sendable, Hashable {
    /// When.
    public let time: UTCTime
    /// Where.
    public let position: Coordinate

    /// A fix.
    public init(time: UTCTime, position: Coordinate) {
        self.time = time
        self.position = position
    }
}
