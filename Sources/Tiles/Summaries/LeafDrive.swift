/// A frame as the map sees it: which square of its leaf tile, how good, which day.
public struct LeafFrame: Hashable, Sendable {
    /// row * 64 + column in the leaf tile, 0..<4096.
    public let square: UInt16
    /// Quality in permille, 0...1000.
    public let quality: UInt16
    /// Days since 1970-01-01 UTC, within ``SquareSummary/days``.
    public let day: Int32

    /// A frame; nil where a value is out of its range.
    public init?(square: Int, quality: Int, day: Int) {
        guard (0..<SquareAddress.count).contains(square), (0...1000).contains(quality),
            let day = Int32(exactly: day), SquareSummary.days.contains(day)
        else { return nil }
        self.square = UInt16(square)
        self.quality = UInt16(quality)
        self.day = day
    }
}

/// The frames that one drive has in one leaf tile, and whose drive it is.
public struct LeafDrive: Hashable, Sendable {
    /// A hash that stands for the drive: any two drives have different ones, and over many drives they are
    /// spread evenly over the 64 bits, as the first bytes of a salted SHA-256 are.
    public let hash: UInt64
    /// A hash of the same kind that stands for the contributor.
    public let contributor: UInt64
    /// The frames, in any order.
    public let frames: [LeafFrame]

    /// The frames of a drive. A drive may come in several parts with the same hash.
    public init(hash: UInt64, contributor: UInt64, frames: [LeafFrame]) {
        self.hash = hash
        self.contributor = contributor
        self.frames = frames
    }
}
