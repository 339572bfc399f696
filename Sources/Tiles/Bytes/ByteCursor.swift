/// Steps through bytes that nobody has checked: every read says where it failed, none traps.
struct ByteCursor {
    private let bytes: [UInt8]
    /// Where the next read starts, and the offset an error of that read carries.
    private(set) var position: Int
    /// The end of the part that may be read.
    let end: Int

    init(_ bytes: [UInt8]) {
        self.init(bytes, 0..<bytes.count)
    }

    /// A cursor over `range`, which must lie inside `bytes`; offsets stay those in all of `bytes`.
    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position >= end }

    /// Bytes left to read.
    var remaining: Int { end - position }

    func error(_ code: TileError.Code, _ reason: String) -> TileError {
        TileError(code, at: UInt64(position), reason)
    }

    mutating func byte() throws(TileError) -> UInt8 {
        guard position < end else { throw error(.truncated, "the bytes end here") }
        defer { position += 1 }
        return bytes[position]
    }

    /// The next base-128 varint, at most 64 bits in at most 10 bytes.
    @inline(__always)
    mutating func varint() throws(TileError) -> UInt64 {
        if position < end, bytes[position] < 0x80 {
            defer { position += 1 }
            return UInt64(bytes[position])
        }
        return try longVarint()
    }

    private mutating func longVarint() throws(TileError) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard position < end else { throw error(.truncated, "the bytes end inside a varint") }
            let byte = bytes[position]
            guard shift < 63 || byte <= 1 else { break }
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw TileError(.malformed, at: UInt64(start), "a varint of more than 64 bits")
    }

    /// The next varint in its shortest form; a value has one text only where this is asked for.
    @inline(__always)
    mutating func shortestVarint() throws(TileError) -> UInt64 {
        if position < end, bytes[position] < 0x80 {
            defer { position += 1 }
            return UInt64(bytes[position])
        }
        return try longShortestVarint()
    }

    private mutating func longShortestVarint() throws(TileError) -> UInt64 {
        let start = position
        let value = try varint()
        let needed = max(1, (64 - value.leadingZeroBitCount + 6) / 7)
        guard position - start == needed else {
            throw TileError(
                .malformed, at: UInt64(start), "a varint of \(position - start) bytes, \(needed) do")
        }
        return value
    }

    /// The next `count` bytes, least significant first, 1...8.
    mutating func littleEndian(_ count: Int) throws(TileError) -> UInt64 {
        guard remaining >= count else { throw error(.truncated, "\(remaining) bytes left of \(count)") }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[position + index]) << (8 * UInt64(index)) }
        position += count
        return value
    }

    /// A cursor over the next `length` bytes, which this one steps over.
    mutating func part(_ length: UInt64) throws(TileError) -> ByteCursor {
        guard let count = Int(exactly: length), count <= remaining else {
            throw error(.truncated, "\(length) bytes announced, \(remaining) left")
        }
        defer { position += count }
        return ByteCursor(bytes, position..<position + count)
    }

    /// All that is left, as text.
    func utf8() throws(TileError) -> String {
        guard let text = String(validating: bytes[position..<end], as: UTF8.self) else {
            throw error(.malformed, "a string is not UTF-8")
        }
        return text
    }
}

/// Signed numbers as unsigned ones that stay small near zero (Protocol Buffers, "Signed Integers").
enum ZigZag {
    static func encoded(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }

    static func decoded(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
