import Canonical
import Geo

/// The trace of one drive, to be held against those of others.
public struct ComparedTrace: Sendable {
    /// The drive's name.
    public let drive: String
    /// Who delivered it, and what the upload calls the camera.
    public let contributor: String
    /// The camera; nil where it is not named.
    public let device: String?
    /// When it was received.
    public let receivedAt: UTCTime
    /// The fixes of each part in order of time; no part is empty.
    let parts: [[TracePoint]]

    /// A trace; parts without fixes are left out.
    public init(
        drive: String, contributor: String, device: String?, receivedAt: UTCTime, parts: [[TracePoint]]
    ) {
        self.drive = drive
        self.contributor = contributor
        self.device = device
        self.receivedAt = receivedAt
        self.parts = parts.filter { !$0.isEmpty }
    }

    /// The first and the last moment; nil where there is no fix.
    var span: ClosedRange<UTCTime>? {
        guard let first = parts.first?.first?.time, let last = parts.last?.last?.time, first <= last else {
            return nil
        }
        return first...last
    }

    /// Whether this drive came first: by receipt, then by its first fix, then by name.
    func precedes(_ other: ComparedTrace) -> Bool {
        let (a, b) = (
            parts.first?.first?.time.milliseconds ?? 0, other.parts.first?.first?.time.milliseconds ?? 0
        )
        if receivedAt != other.receivedAt { return receivedAt < other.receivedAt }
        return a == b ? drive.utf8.lexicographicallyPrecedes(other.drive.utf8) : a < b
    }

    /// Where the car was at `time`, between two fixes that are no more than `gap` milliseconds apart; nil in holes.
    func position(at time: UTCTime, gap: Int64) -> Coordinate? {
        let next = parts.partitionPoint { ($0.first?.time ?? time) <= time }
        guard next > 0 else { return nil }
        let fixes = parts[next - 1]
        let after = fixes.partitionPoint { $0.time <= time }
        guard after > 0 else { return nil }
        let from = fixes[after - 1]
        if from.time == time { return from.position }
        guard after < fixes.count, from.time.milliseconds(until: fixes[after].time) <= gap else { return nil }
        return Track.between(from, fixes[after], at: time)
    }
}
