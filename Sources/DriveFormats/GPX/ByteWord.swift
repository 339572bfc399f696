/// Eight bytes that are looked at together, the first one lowest.
struct ByteWord {
    private let bits: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The bytes from `start`; nil where there are fewer.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, at start: Int) {
        guard start + 8 <= bytes.count else { return nil }
        // Compiled to one load.
        let eight = bytes.extracting(start..<start + 8)
        bits =
            UInt64(eight[0]) | UInt64(eight[1]) << 8 | UInt64(eight[2]) << 16 | UInt64(eight[3]) << 24
            | UInt64(eight[4]) << 32 | UInt64(eight[5]) << 40 | UInt64(eight[6]) << 48
            | UInt64(eight[7]) << 56
    }

    /// How many bytes stand before the first that is `byte`; 8 if none is.
    @inline(__always)
    func first(_ byte: UInt8) -> Int {
        let zero = bits ^ (Self.ones &* UInt64(byte))
        // Of the bytes that are 0, the lowest gets its highest bit; those above it may get theirs wrongly.
        return ((zero &- Self.ones) & ~zero & Self.highBits).trailingZeroBitCount / 8
    }

    /// How many bytes stand before the first that lies below `@` in ASCII, as letters do not; 8 if none does.
    @inline(__always)
    var letters: Int { (~bits & (Self.ones &* 0x40)).trailingZeroBitCount / 8 }

    /// The first `count` bytes, fewer than eight, as a number.
    @inline(__always)
    func prefix(_ count: Int) -> UInt64 { bits & ~(~0 << UInt64(8 * count)) }
}
