/// How many bytes a verification may still inflate and parse.
///
/// A hostile file of a few kilobytes can name gigabytes. Real files inflate to a few times their size, so work is
/// allowed in proportion to the bytes that are there, and some more for small files.
struct WorkBudget {
    /// A file of nothing but zeroes would inflate a thousandfold, tiles and directories some three- to tenfold.
    private static let factor = 32

    private var left: Int

    /// - Parameters:
    ///   - base: bytes allowed whatever the size.
    ///   - size: bytes of what is inflated.
    init(base: Int, size: UInt64) {
        let (allowed, overflow) = Int(clamping: size).multipliedReportingOverflow(by: Self.factor)
        left = overflow ? Int.max : base + min(allowed, Int.max - base)
    }

    /// What it may have cost to inflate `stored` bytes in vain: deflate makes at most 1032 of one, and nothing is
    /// inflated beyond `limit`.
    static func cost(ofFailed stored: UInt64, limit: Int) -> Int {
        stored > UInt64(limit / 1032) ? limit : Int(stored) * 1032
    }

    /// Whether nothing more may be done.
    var isSpent: Bool { left < 0 }

    /// Takes off `count` bytes; false where that many may not be worked on, from when on nothing may.
    mutating func spend(_ count: Int) -> Bool {
        left = count <= left ? left - count : -1
        return !isSpent
    }
}
