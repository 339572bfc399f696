import Geo

/// Text written into room that is there already, which is faster than byte by byte into an array.
extension OutputSpan<UInt8> {
    /// Appends a text whose bytes are copied at once.
    @inline(__always)
    mutating func append(_ literal: StaticString) {
        append(UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Appends bytes that are copied at once.
    @inline(__always)
    mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

    @inline(__always)
    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= freeCapacity)
        withUnsafeMutableBufferPointer { buffer, count in
            let room = UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
            room.copyMemory(from: bytes)
            count += bytes.count
        }
    }

    /// Appends the letters of `cell`.
    @inline(__always)
    mutating func append(_ cell: Geohash) {
        var rest = 5 * cell.precision
        while rest > 0 {
            rest -= 5
            append(Geohash.letter(ofBits: cell.bits >> UInt64(rest)))
        }
    }

    /// Appends `number` in decimal digits, at most 20.
    @inline(__always)
    mutating func append(decimal number: UInt64) {
        // Most counts are small.
        if number < 10 { return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
        var power: UInt64 = 10
        while number / power >= 10 { power *= 10 }
        while power > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / power % 10))
            power /= 10
        }
    }
}
