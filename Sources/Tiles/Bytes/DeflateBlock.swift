/// One final deflate block with codes of its own (RFC 1951, 3.2.7) for bytes whose repetitions are known: runs
/// of one byte, and pieces that stand as they are a fixed distance before.
struct DeflateBlock {
    /// Below 256 a byte; from ``near`` on a copy of that many bytes more than three from one byte before, from ``far`` on
    /// one from the far distance.
    private var tokens: [UInt16] = []
    /// How often each literal, the end and each length symbol occurs.
    private var frequencies = [UInt32](repeating: 0, count: 286)
    private let farSymbol: Int

    private static let near: UInt16 = 256
    private static let far: UInt16 = 512
    private static let end = 256
    /// The order in which the lengths of the code for lengths come (3.2.7).
    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// - Parameter farDistance: the distance of far copies; a power of two plus one, 33...16,385. Distances of
    ///   that form begin the range of a symbol, so that the bits behind it are zeros.
    init(farDistance: Int) {
        // Symbol 2k stands for 2^k + 1 and up, with k - 1 bits behind it (3.2.5).
        farSymbol = 2 * (farDistance - 1).trailingZeroBitCount
        frequencies[Self.end] = 1
    }

    /// Appends bytes, runs of equal ones as a byte and a copy from one byte before.
    mutating func append(_ bytes: [UInt8]) {
        let bytes = bytes.span
        var start = 0
        while start < bytes.count {
            let byte = bytes[start]
            var next = start + 1
            while next < bytes.count, bytes[next] == byte { next += 1 }
            append(byte, times: next - start)
            start = next
        }
    }

    /// Appends a run of equal bytes, of which there is one at least. What is behind it must not go on with the same byte.
    @inline(__always)
    mutating func append(_ byte: UInt8, times: Int) {
        literal(byte)
        let more = times - 1
        if more >= 3 {
            copy(more, Self.near)
        } else {
            for _ in 0..<more { literal(byte) }
        }
    }

    /// Appends `count` bytes, at least three, as they stand at the far distance before.
    mutating func copyFar(_ count: Int) { copy(count, Self.far) }

    @inline(__always)
    private mutating func literal(_ byte: UInt8) {
        tokens.append(UInt16(byte))
        frequencies[Int(byte)] &+= 1
    }

    private mutating func copy(_ count: Int, _ kind: UInt16) {
        var rest = count
        while rest > 0 {
            // A copy has 3 to 258 bytes, so fewer than three must not be left over.
            let piece = rest <= 258 ? rest : min(258, rest - 3)
            tokens.append(kind + UInt16(truncatingIfNeeded: piece - 3))
            frequencies[LengthSymbol.of(piece).symbol] &+= 1
            rest -= piece
        }
    }

    /// The block, filled up with zeros to a whole byte.
    func bytes() -> [UInt8] {
        let code = HuffmanCode(frequencies: frequencies, limit: 15)
        var bits = BitWriter()
        // Final, dynamic codes.
        bits.append(0b101, count: 3)
        appendCode(code, to: &bits)
        bits.append(tokens, table(code))
        bits.append(code, Self.end)
        return bits.finish()
    }

    /// What every token is written as, for ``BitWriter/append(_:_:)``: there are many tokens and few kinds of them.
    private func table(_ code: HuffmanCode) -> [UInt64] {
        var table: [UInt64] = []
        table.reserveCapacity(768)
        for byte in 0..<256 { table.append(UInt64(code.codes[byte]) | UInt64(code.lengths[byte]) << 48) }
        // One bit tells the two distances apart; the bits behind that of the far one are zeros.
        for (distance, distanceCount) in [(UInt64(0), 1), (1, farSymbol / 2)] {
            for more in 0..<256 {
                let length = LengthSymbol.of(more + 3)
                let own = Int(code.lengths[length.symbol])
                let bits =
                    UInt64(code.codes[length.symbol]) | UInt64(length.extra) << UInt64(own)
                    | distance << UInt64(own + length.extraCount)
                table.append(bits | UInt64(own + length.extraCount + distanceCount) << 48)
            }
        }
        return table
    }

    /// Describes the codes: literals and lengths, then distances, 0 and the far symbol having one bit each.
    private func appendCode(_ code: HuffmanCode, to bits: inout BitWriter) {
        let used = (code.lengths.lastIndex { $0 > 0 } ?? Self.end) + 1
        var lengths = Array(code.lengths[..<max(257, used)])
        let literals = lengths.count
        lengths += [1] + [UInt8](repeating: 0, count: farSymbol - 1) + [1]
        let symbols = Self.zerosTogether(lengths)
        var frequencies = [UInt32](repeating: 0, count: 19)
        for symbol in symbols { frequencies[Int(symbol.symbol)] += 1 }
        let lengthCode = HuffmanCode(frequencies: frequencies, limit: 7)
        let last = Self.lengthOrder.lastIndex { lengthCode.lengths[$0] > 0 } ?? 3
        bits.append(UInt32(truncatingIfNeeded: literals - 257), count: 5)
        bits.append(UInt32(truncatingIfNeeded: farSymbol), count: 5)
        bits.append(UInt32(truncatingIfNeeded: max(3, last) - 3), count: 4)
        for symbol in Self.lengthOrder[...max(3, last)] {
            bits.append(UInt32(lengthCode.lengths[symbol]), count: 3)
        }
        for symbol in symbols {
            bits.append(lengthCode, Int(symbol.symbol))
            bits.append(symbol.extra, count: symbol.extraCount)
        }
    }

    /// The lengths as symbols of their own code: 17 and 18 stand for three zeros and more.
    private static func zerosTogether(
        _ lengths: [UInt8]
    ) -> [(symbol: UInt8, extra: UInt32, extraCount: Int)] {
        var result: [(symbol: UInt8, extra: UInt32, extraCount: Int)] = []
        var start = 0
        while start < lengths.count {
            var next = start
            while next < lengths.count, next - start < 138, lengths[next] == 0 { next += 1 }
            let zeros = next - start
            if zeros >= 11 {
                result.append((18, UInt32(truncatingIfNeeded: zeros - 11), 7))
            } else if zeros >= 3 {
                result.append((17, UInt32(truncatingIfNeeded: zeros - 3), 3))
            } else {
                next = start + 1
                result.append((lengths[start], 0, 0))
            }
            start = next
        }
        return result
    }
}

/// The symbol of a copy's length, and the bits behind it (RFC 1951, 3.2.5).
enum LengthSymbol {
    /// The symbol of `length`, 3...258.
    @inline(__always)
    static func of(_ length: Int) -> (symbol: Int, extra: UInt32, extraCount: Int) {
        // Symbols come in fours of one number of bits; the last length has one of its own, without bits.
        if length == 258 { return (285, 0, 0) }
        let offset = UInt32(truncatingIfNeeded: length - 3)
        let extraCount = max(0, 29 - offset.leadingZeroBitCount)
        return (257 + 4 * extraCount + Int(offset >> extraCount), offset & (1 << extraCount - 1), extraCount)
    }
}
