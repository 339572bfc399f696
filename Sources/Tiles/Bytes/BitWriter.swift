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

    /// Appends what `table` has for each of `symbols`: the bits in the low 48, of which the first 40 may be used, and
    /// above them how many they are.
    mutating func append(_ symbols: [UInt16], _ table: [UInt64]) {
        var (pending, count) = (self.pending, self.count)
        bytes.append(addingCapacity: symbols.count * 5 + 8) { (output: inout OutputSpan<UInt8>) in
            let entries = table.span
            for symbol in symbols {
                let entry = entries[Int(symbol)]
                pending |= (entry & (1 << 48 - 1)) << UInt64(truncatingIfNeeded: count)
                count &+= Int(truncatingIfNeeded: entry >> 48)
                while count >= 16 {
                    output.append(UInt8(truncatingIfNeeded: pending))
                    output.append(UInt8(truncatingIfNeeded: pending >> 8))
                    pending >>= 16
                    count &-= 16
                }
            }
            while count >= 8 {
                output.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                count &-= 8
            }
        }
        (self.pending, self.count) = (pending, count)
    }

    /// The bytes, the last one filled up with zeros.
    mutating func finish() -> [UInt8] {
        append(0, count: (8 - count) % 8)
        return bytes
    }
}
