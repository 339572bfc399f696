import Canonical
import Geo

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

    /// A number that orders coverages as they are ordered, and is different for each.
    var key: UInt64 {
        // A bit in front of the cell's: those of longer cells lie higher. 60 bits of 12 characters, that one, and three.
        (1 << UInt64(truncatingIfNeeded: 5 * cell.precision) | cell.bits) << 3 | UInt64(octant.number)
    }

    /// Whether `left` comes first by cell, then octant.
    public static func < (left: Coverage, right: Coverage) -> Bool {
        left.cell == right.cell ? left.octant < right.octant : left.cell < right.cell
    }
}

/// What of an accepted frame counts for the rewards. Frames and drives go by number, so that millions fit in memory: who
/// numbers them does so by the bytes of their ids, and the lesser number is the lesser id.
public struct CreditedFrame: Sendable, Hashable {
    /// The frame's number.
    public let frame: UInt32
    /// The number of its drive.
    public let drive: UInt32
    /// When it was captured.
    public let capturedAt: UTCTime
    /// The cell it lies in, in the octant of its heading.
    public let coverage: Coverage
    /// Its quality, 0...1000 permille.
    public let quality: Int64

    /// A credited frame; the quality is brought into 0...1000.
    public init(
        frame: UInt32, drive: UInt32, capturedAt: UTCTime, coverage: Coverage, quality: Int64
    ) {
        self.frame = frame
        self.drive = drive
        self.capturedAt = capturedAt
        self.coverage = coverage
        self.quality = min(max(quality, 0), 1000)
    }
}

/// One drive through one cell in one octant, with what it earned and every number that went into it.
public struct Pass: Sendable, Hashable {
    /// What was covered.
    public let coverage: Coverage
    /// The number of the drive.
    public let drive: UInt32
    /// How many frames it has.
    public let frames: UInt32
    /// When the pass's first frame was captured.
    public let coveredAt: UTCTime
    /// The number of its best frame: highest quality, then earliest, then least.
    public let bestFrame: UInt32
    /// The quality of that frame, 0...1000 permille.
    public let quality: UInt16
    /// When the same cell was last covered in the same octant before; nil for the first time ever.
    public let previousAt: UTCTime?
    /// What it is worth by the time since ``previousAt``, 0...1000 permille.
    public let freshness: UInt16
    /// What of that is paid, where many drive through one cell, 0...1000 permille.
    public let credit: UInt16
    /// The cell's width against that of a cell on the equator, 0...1000 permille.
    public let area: UInt16
    /// What it is worth for how late it was delivered, 0...1000 permille.
    public let late: UInt16
    /// How far its device is trusted, 0...1000 permille.
    public let trust: UInt16

    /// A scored pass.
    public init(
        coverage: Coverage, drive: UInt32, frames: UInt32, coveredAt: UTCTime, bestFrame: UInt32,
        quality: UInt16, previousAt: UTCTime?, freshness: UInt16, credit: UInt16, area: UInt16, late: UInt16,
        trust: UInt16
    ) {
        self.coverage = coverage
        self.drive = drive
        self.frames = frames
        self.coveredAt = coveredAt
        self.bestFrame = bestFrame
        self.quality = quality
        self.previousAt = previousAt
        self.freshness = freshness
        self.credit = credit
        self.area = area
        self.late = late
        self.trust = trust
    }

    /// Micro-points: area x quality x credit x late x trust / 10^9, at most 1,000,000.
    public var points: UInt64 {
        let product = UInt64(area) * UInt64(quality) * UInt64(credit) * UInt64(late) * UInt64(trust)
        return product / 1_000_000_000
    }

    /// Why it has no points; nil where it has some.
    public var worthlessness: Worthlessness? {
        if points > 0 { return nil }
        if freshness == 0 { return .notFresh }
        if credit == 0 { return .saturated }
        if quality == 0 { return .noQuality }
        if late == 0 { return .tooLate }
        return trust == 0 ? .noTrust : .tooLittle
    }

    /// Why a pass has no points. The raw values are published and stable; the first that holds speaks.
    public enum Worthlessness: String, Sendable, Hashable, CaseIterable {
        /// The cell had just been covered.
        case notFresh = "not_fresh"
        /// Too many had been through the cell in this epoch.
        case saturated
        /// Its best frame has quality 0.
        case noQuality = "no_quality"
        /// It was delivered too late to be worth anything.
        case tooLate = "too_late"
        /// Its device is not trusted.
        case noTrust = "no_trust"
        /// All of it together is less than a micro-point.
        case tooLittle = "too_little"
    }
}
