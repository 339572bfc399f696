import Canonical
import Geo

/// One checked GNSS sample.
public struct Fix: Sendable, Hashable {
    /// When.
    public let time: UTCTime
    /// Where.
    public let position: Coordinate
    /// Direction of travel as the receiver gave it, hundredths of a degree clockwise from north, 0..<36_000.
    public let heading: Int?
    /// Estimated horizontal error, millimetres.
    public let horizontalError: Int64?

    init(time: UTCTime, position: Coordinate, heading: Int?, horizontalError: Int64?) {
        self.time = time
        self.position = position
        self.heading = heading
        self.horizontalError = horizontalError
    }
}

/// The checked fixes of a drive in order of time, cut wherever the car cannot have gone from one to the next.
///
/// Only the verify stage makes one.
public struct Trace: Sendable, Hashable {
    /// The parts in order of time; none is empty.
    public let parts: [[Fix]]
    /// How many fixes were left out because they are no time or place at all.
    public let refused: Int
    /// How many fixes were taken out because the car cannot have been there.
    public let outliers: Int
    /// The greatest speed that was believed, millimetres per second: where it was exceeded, the trace is cut.
    public let maxSpeed: Int64

    init(parts: [[Fix]], refused: Int, outliers: Int, maxSpeed: Int64) {
        self.parts = parts
        self.refused = refused
        self.outliers = outliers
        self.maxSpeed = maxSpeed
    }
}
