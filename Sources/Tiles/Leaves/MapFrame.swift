import Geo

/// An accepted frame as its leaf tile keeps it: where in the tile, when, which way, how good.
public struct MapFrame: Hashable, Sendable {
    /// Its number in its drive; with the drive's name it names the frame.
    public let number: UInt32
    /// When it was captured, milliseconds since 1970.
    public let capturedAt: Int64
    /// Place in the tile, eastwards from its western edge, 0..<``side``.
    public let x: UInt32
    /// Place in the tile, southwards from its northern edge, 0..<``side``.
    public let y: UInt32
    /// Row of the geohash of ten characters that holds the frame, 0..<2^25 northwards from the south pole.
    /// Mercator rows are another grid, so a cell cannot be told from ``y``.
    public let cellRow: UInt32
    /// Hundredths of a degree clockwise from north, 0..<36_000; nil where unknown.
    public let heading: UInt16?
    /// Quality, 0...1000 permille.
    public let quality: UInt16

    /// Bits of ``x`` and ``y``: what a leaf tile leaves of a map of 2^32 columns.
    public static let placeBits: UInt32 = 32 - UInt32(SquareAddress.leafZoom)
    /// Places along one side of a leaf tile.
    public static let side: UInt32 = 1 << placeBits
    /// Bits of ``cellRow``.
    public static let cellRowBits: UInt32 = 25
    static let capturedRange: ClosedRange<Int64> =
        Int64(SquareSummary.days.lowerBound) * 86_400_000...Int64(SquareSummary.days.upperBound) * 86_400_000

    /// A frame at a place of the map of 2^32 x 2^32; nil where a value is out of its range.
    public init?(
        number: Int64, capturedAt: Int64, column: UInt32, row: UInt32, latitudeE7: Int32, heading: Int64?,
        quality: Int64
    ) {
        // The north pole belongs to the topmost row of cells.
        let latitude = min(UInt64(Int64(latitudeE7) + 900_000_000) << 25 / 1_800_000_000, 1 << 25 - 1)
        self.init(
            number: number, capturedAt: capturedAt, x: column & (Self.side - 1), y: row & (Self.side - 1),
            cellRow: UInt32(truncatingIfNeeded: latitude), heading: heading, quality: quality)
    }

    init?(
        number: Int64, capturedAt: Int64, x: UInt32, y: UInt32, cellRow: UInt32, heading: Int64?,
        quality: Int64
    ) {
        guard let number = UInt32(exactly: number), Self.capturedRange.contains(capturedAt), x < Self.side,
            y < Self.side, cellRow < 1 << Self.cellRowBits, (0...1000).contains(quality)
        else { return nil }
        if let heading {
            guard (0..<36_000).contains(heading) else { return nil }
            self.heading = UInt16(heading)
        } else {
            self.heading = nil
        }
        self.number = number
        self.capturedAt = capturedAt
        self.x = x
        self.y = y
        self.cellRow = cellRow
        self.quality = UInt16(quality)
    }

    /// The UTC day of capture, days since 1970-01-01.
    public var day: Int32 {
        let (days, rest) = capturedAt.quotientAndRemainder(dividingBy: 86_400_000)
        return Int32(truncatingIfNeeded: rest < 0 ? days - 1 : days)
    }

    /// The square of the tile's 64 x 64 grid, row * 64 + column.
    var square: Int { Int((y >> (Self.placeBits - 6)) << 6 | x >> (Self.placeBits - 6)) }
}
