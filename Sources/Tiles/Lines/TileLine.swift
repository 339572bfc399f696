import Canonical

/// A drive as far as the lines of one tile show it.
public struct TileLine: Hashable, Sendable {
    /// A salted hash of the drive's name; the drives with the smallest ones are kept.
    public let hash: UInt64
    /// The drive's name, 1...``maxNameLength`` characters of printing ASCII.
    public let drive: String
    /// The contributor's salted pseudonym.
    public let contributor: UInt64
    /// Day of the drive's first frame, in days since 1970-01-01 UTC, within ``SquareSummary/days``.
    public let day: Int32
    /// The line inside the tile, in the order of links. None where nothing of it can be seen: the drive still
    /// counts as one that crosses the tile.
    public let parts: [LinePart]

    /// The longest name of a drive; with it the lines of a tile are bounded.
    public static let maxNameLength = 64

    /// A drive's line; nil where a value is out of its range or the parts are not in the order of links.
    public init?(hash: UInt64, drive: String, contributor: UInt64, day: Int32, parts: [LinePart]) {
        guard SquareSummary.days.contains(day), (1...Self.maxNameLength).contains(drive.utf8.count),
            drive.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            zip(parts, parts.dropFirst()).allSatisfy({ $0.mayPrecede($1) })
        else { return nil }
        self.init(hash, drive, contributor, day, parts)
    }

    private init(_ hash: UInt64, _ drive: String, _ contributor: UInt64, _ day: Int32, _ parts: [LinePart]) {
        self.hash = hash
        self.drive = drive
        self.contributor = contributor
        self.day = day
        self.parts = parts
    }

    /// Points of all parts.
    var pointCount: Int { parts.reduce(0) { $0 + $1.points.count } }

    /// The same drive with other parts, which the caller has put in order.
    func with(parts: [LinePart]) -> TileLine { TileLine(hash, drive, contributor, day, parts) }

    /// The order in which drives are kept.
    func isBefore(_ other: TileLine) -> Bool {
        hash != other.hash ? hash < other.hash : drive.precedes(other.drive)
    }
}
