/// Packs bits as deflate does: the first one into the lowest place of a byte (RFC 1951, 3.1.1).
struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var count = 0

    /// Appends the `count` lowest bits of `value`, at most 32; it has no others.
    @inline(__always)
    mutating func append(_ value: UInt32, count: Int) {
        pending |= UInt64(value) << UInt64(self.count)
        self.count += count
        while self.count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            self.count -= 8
        }
    }

    /// Appends the code of `symbol`.
    @inline(__always)
    mutating func append(_ code: HuffmanCode, _ symbol: Int) {
        append(UInt32(code.codes[symbol]), count: Int(code.lengths[symbol]))
    }

    /// The bytes, the last one filled up with zeros.
    mutating func finish() -> [UInt8] {
        append(0, count: (8 - count) % 8)
        return bytes
    }
}
