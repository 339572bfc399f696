import Canonical

/// A share of the accepted frames, drawn so that nobody can choose which: by the hash of a seed and the frame's id.
public struct FrameSample: Sendable, Hashable {
    /// The share, 1...100 percent.
    public let percent: Int
    /// What the draw follows from.
    public let seed: String

    /// A sample; nil where there is no such share.
    public init?(percent: Int, seed: String) {
        guard (1...100).contains(percent) else { return nil }
        self.percent = percent
        self.seed = seed
    }

    /// Whether it has the frame with this id: w x 100 / 2^64 is below the share, w being the first eight bytes of SHA-256 of
    /// `waggle-sample/1`, the seed and the id, separated by line feeds.
    public func has(_ frame: String) -> Bool {
        let word = ContentHash.of("waggle-sample/1\n\(seed)\n\(frame)").words.0
        return (UInt128(word) * 100) >> 64 < UInt128(percent)
    }

    /// At most how likely it is, millionths rounded up (by one more at most), that none of `compared` frames drawn is a wrong one where one of
    /// `n` is: ((n - 1) / n)^compared. Frames are drawn without putting them back, which makes it less.
    public static func chanceOfMissing(oneIn n: UInt64, compared: Int) -> UInt64 {
        guard n > 0 else { return 0 }
        let one: UInt128 = 1 << 60
        func product(_ a: UInt128, _ b: UInt128) -> UInt128 { (a * b + one - 1) >> 60 }
        var result = one
        var power = (one * UInt128(n - 1) + UInt128(n) - 1) / UInt128(n)
        var exponent = max(0, compared)
        while exponent > 0 {
            if exponent & 1 == 1 { result = product(result, power) }
            power = product(power, power)
            exponent >>= 1
        }
        return UInt64(clamping: (result * 1_000_000 + one - 1) >> 60)
    }
}
