import Canonical
import Geo

/// When and where a frame was taken.
public struct Place: Sendable, Hashable {
    /// What the position comes from.
    public enum Basis: String, Sendable, Hashable {
        /// The position given for the frame itself.
        case own
        /// Interpolated between two fixes of the drive's trace.
        case trace
        /// Interpolated between the frames before and behind it, because its own position was impossible.
        case repaired
    }

    /// Capture time.
    public let time: UTCTime
    /// Position.
    public let position: Coordinate
    /// Direction of travel, hundredths of a degree clockwise from north, 0..<36_000; nil where unknown.
    public let heading: Int?
    /// Estimated horizontal error, millimetres; nil where unknown.
    public let horizontalError: Int64?
    /// What the position comes from.
    public let basis: Basis

    /// A place.
    public init(time: UTCTime, position: Coordinate, heading: Int?, horizontalError: Int64?, basis: Basis) {
        self.time = time
        self.position = position
        self.heading = heading
        self.horizontalError = horizontalError
        self.basis = basis
    }
}

/// The second stage: frames put on the trace.
public enum Locate {
    /// The place of every frame of `drive`, or why it has none.
    public static func frames(of drive: VerifiedDrive, rules: LocateRules) -> [Result<Place, Refusal>] {
        let track = Track(drive.trace, rules: rules)
        return drive.frames.map { frame in
            switch frame {
            case .failure(let refusal): return .failure(refusal)
            case .success(let frame):
                if drive.traceIsOfFrames || frame.isOwnPreferred, let own = frame.own {
                    return .success(track.place(of: own))
                }
                return interpolated(frame, on: track, isRepair: drive.traceIsOfFrames)
            }
        }
    }

    private static func interpolated(
        _ frame: VerifiedFrame, on track: Track, isRepair: Bool
    ) -> Result<Place, Refusal> {
        do throws(Refusal) {
            return .success(try track.place(at: frame.time, basis: isRepair ? .repaired : .trace))
        } catch {
            if let own = frame.own { return .success(track.place(of: own)) }
            // What made the own position unbelievable says more than the hole it leaves.
            return .failure(frame.doubt.map { Refusal($0) } ?? error)
        }
    }
}
