import Canonical
import Geo
import Stages

/// What a takedown looks at in a frame.
public struct TakedownSubject: Sendable {
    /// The ids of the frame, its drive and its contributor.
    public let frame, drive, contributor: String
    /// When it was received.
    public let receivedAt: UTCTime
    /// Where it is; nil where that is unknown, as it is for whoever has the published files alone.
    public let position: Coordinate?

    /// A frame as takedowns see it.
    public init(
        frame: String, drive: String, contributor: String, receivedAt: UTCTime, position: Coordinate?
    ) {
        self.frame = frame
        self.drive = drive
        self.contributor = contributor
        self.receivedAt = receivedAt
        self.position = position
    }
}

extension Takedown {
    /// Whether it withdraws `frame` for what that is itself; its duplicates go with it.
    public func matches(_ frame: TakedownSubject) -> Bool {
        switch target {
        case .frame(let id): id.hasSameBytes(as: frame.frame)
        case .drive(let id): id.hasSameBytes(as: frame.drive)
        case .contributor(let id): id.hasSameBytes(as: frame.contributor) && frame.receivedAt <= at
        case .zone(let zone): frame.position.map(zone.contains) ?? false
        }
    }
}

/// A set of takedowns, ordered so that it can be said at once which of them a frame falls under.
public struct StandingTakedowns: Sendable {
    private var frames: [ByteKey: [Takedown]] = [:]
    private var drives: [ByteKey: [Takedown]] = [:]
    private var contributors: [ByteKey: [Takedown]] = [:]
    private var zones: [Takedown] = []

    /// The set of `takedowns`.
    public init(_ takedowns: some Sequence<Takedown>) {
        for takedown in takedowns.sorted() {
            switch takedown.target {
            case .frame(let id): frames[ByteKey(id), default: []].append(takedown)
            case .drive(let id): drives[ByteKey(id), default: []].append(takedown)
            case .contributor(let id): contributors[ByteKey(id), default: []].append(takedown)
            case .zone: zones.append(takedown)
            }
        }
    }

    /// The first takedown, by time and id, that matches `frame` itself; nil where none does.
    public func first(matching frame: TakedownSubject) -> Takedown? {
        let candidates = [
            frames[ByteKey(frame.frame)], drives[ByteKey(frame.drive)],
            contributors[ByteKey(frame.contributor)], frame.position == nil ? nil : zones,
        ]
        return candidates.compactMap { $0?.first { $0.matches(frame) } }.min()
    }
}
