import Canonical
import Geo

/// One of the eight headings a cell can be covered in: octant 0 is centred on north, 1 on north-east, and so on.
public struct HeadingOctant: Hashable, Comparable, Sendable {
    /// 0...7, clockwise from north.
    public let number: UInt8

    /// The octant of a heading in hundredths of a degree, 0..<36_000. Each is half-open: 22.5 degrees is octant 1.
    public init(headingCentidegrees: Int) {
        let turned = (headingCentidegrees % 36_000 + 36_000 + 2250) % 36_000
        number = UInt8(truncatingIfNeeded: turned / 4500)
    }

    /// The octant `number`; nil outside 0...7.
    public init?(number: Int64) {
        guard (0...7).contains(number) else { return nil }
        self.number = UInt8(truncatingIfNeeded: number)
    }

    /// `N`, `NE`, ... `NW`.
    public var name: String { ["N", "NE", "E", "SE", "S", "SW", "W", "NW"][Int(number & 7)] }

    /// Whether `left` has the smaller number.
    public static func < (left: HeadingOctant, right: HeadingOctant) -> Bool { left.number < right.number }
}

/// What of an accepted frame counts for the rewards.
public struct CreditedFrame: Sendable, Hashable {
    /// The frame's id.
    public let frame: String
    /// The id of its drive.
    public let drive: String
    /// Who delivered it.
    public let contributor: String
    /// When it was captured.
    public let capturedAt: UTCTime
    /// The cell it lies in.
    public let cell: Geohash
    /// The octant of its heading; nil where the heading is unknown.
    public let octant: HeadingOctant?
    /// Its quality, 0...1000 permille.
    public let quality: Int64

    /// A credited frame.
    public init(
        frame: String, drive: String, contributor: String, capturedAt: UTCTime, cell: Geohash,
        octant: HeadingOctant?, quality: Int64
    ) {
        self.frame = frame
        self.drive = drive
        self.contributor = contributor
        self.capturedAt = capturedAt
        self.cell = cell
        self.octant = octant
        self.quality = quality
    }
}

/// What is covered: one cell in one octant.
public struct Coverage: Hashable, Comparable, Sendable {
    /// The cell.
    public let cell: Geohash
    /// The octant.
    public let octant: HeadingOctant

    /// `cell` in `octant`.
    public init(cell: Geohash, octant: HeadingOctant) {
        self.cell = cell
        self.octant = octant
    }

    /// Whether `left` comes first by cell, then octant.
    public static func < (left: Coverage, right: Coverage) -> Bool {
        (left.cell, left.octant) < (right.cell, right.octant)
    }
}

/// One drive through one cell in one octant, with what it earned and every number that went into it.
public struct Pass: Sendable, Hashable {
    /// What was covered.
    public let coverage: Coverage
    /// The drive.
    public let drive: String
    /// Who earns it.
    public let contributor: String
    /// When the pass's first frame was captured.
    public let coveredAt: UTCTime
    /// How many frames it has.
    public let frames: Int64
    /// The id of its best frame: highest quality, then earliest, then least id.
    public let bestFrame: String
    /// The quality of that frame, 0...1000 permille.
    public let quality: Int64
    /// When the same cell was last covered in the same octant before; nil for the first time ever.
    public let previousAt: UTCTime?
    /// 0...1000 permille, growing linearly with the time since ``previousAt``.
    public let freshness: Int64
    /// The cell's width against that of a cell on the equator, 0...1000 permille.
    public let area: Int64
    /// Micro-points: area x quality x freshness / 1000.
    public let points: UInt64

    /// A scored pass.
    public init(
        coverage: Coverage, drive: String, contributor: String, coveredAt: UTCTime, frames: Int64,
        bestFrame: String, quality: Int64, previousAt: UTCTime?, freshness: Int64, area: Int64, points: UInt64
    ) {
        self.coverage = coverage
        self.drive = drive
        self.contributor = contributor
        self.coveredAt = coveredAt
        self.frames = frames
        self.bestFrame = bestFrame
        self.quality = quality
        self.previousAt = previousAt
        self.freshness = freshness
        self.area = area
        self.points = points
    }
}
