import Canonical

/// Which kept frames are looked at on one day of an audit of the store, and which of their bytes.
///
/// A frame's day follows from SHA-256(seed || hash) alone. So every frame is visited exactly once in a period, whatever
/// else comes or goes meanwhile, and nobody knows the day before the checkpoint that seeds the period is signed; afterwards
/// everybody can work it out.
public struct StorageChallenge: Sendable, Hashable {
    /// The root that seeds the period: of a checkpoint, or of anything else that nobody could choose.
    public let root: ContentHash
    /// The number of the period, where one root seeds several.
    public let period: UInt64
    /// The day within the period, from 0.
    public let day: Int
    /// Days of the period.
    public let days: Int
    /// The seed of the period: SHA-256 of `waggle-storage-audit/1`, the checkpoint's root and the number of the period,
    /// separated by line feeds.
    public let seed: ContentHash
    /// The seed of the day: SHA-256 of the seed and of the day in decimal.
    public let daySeed: ContentHash

    /// Days a period may have.
    public static let dayRange = 1...366
    /// Most bytes that are looked at of one frame.
    public static let rangeBytes: UInt64 = 4096

    /// The challenge of `day` in the period number `period` of `days` days, seeded by `root`.
    ///
    /// Nil where there is no such day, or more than ``dayRange`` has.
    public init?(root: ContentHash, period: UInt64, day: Int, of days: Int) {
        guard Self.dayRange.contains(days), (0..<days).contains(day) else { return nil }
        self.root = root
        self.period = period
        self.day = day
        self.days = days
        seed = .of("waggle-storage-audit/1\n\(root.hex)\n\(period)")
        daySeed = .of(seed.bytes + Array(String(day).utf8))
    }

    /// The day on which the period visits `frame`: the first eight bytes of SHA-256(seed || hash) as a fraction of 2^64,
    /// times the days.
    public func day(of frame: ContentHash) -> Int { day(key: key(of: frame)) }

    private func key(of frame: ContentHash) -> ContentHash { .of(seed.bytes + frame.bytes) }

    private func day(key: ContentHash) -> Int {
        Int(key.words.0.multipliedFullWidth(by: UInt64(days)).high)
    }

    /// Those of `frames`, all kept ones in whatever order, that this day visits, ascending by SHA-256(seed || hash). A frame given
    /// twice counts once.
    public func frames(of frames: [ContentHash]) -> [ContentHash] {
        Set(frames).map { (key: key(of: $0), frame: $0) }.filter { day(key: $0.key) == day }
            .sorted { $0.key < $1.key }.map(\.frame)
    }

    /// Which bytes of `frame`, which has `size`, are looked at: all of a small one, otherwise ``rangeBytes`` from an offset
    /// that is the first eight bytes of SHA-256(day's seed || hash) modulo the offsets there are.
    public func range(of frame: ContentHash, size: UInt64) -> Range<UInt64> {
        guard size > Self.rangeBytes else { return 0..<size }
        let offset = ContentHash.of(daySeed.bytes + frame.bytes).words.0 % (size - Self.rangeBytes + 1)
        return offset..<offset + Self.rangeBytes
    }

    /// What shows that the bytes of the range are there: SHA-256(day's seed || bytes). It cannot be kept from an earlier
    /// day.
    public func answer(_ bytes: [UInt8]) -> ContentHash { .of(daySeed.bytes + bytes) }
}
