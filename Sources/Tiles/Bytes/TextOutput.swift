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
    mutating func append(decimal number: UInt64) {
        // Most counts are small, and a division by a constant is a product.
        if number >= 1000 {
            append(decimal: number / 1000)
            append(digit: number / 100 % 10)
            append(digit: number / 10 % 10)
        } else if number >= 100 {
            append(digit: number / 100)
            append(digit: number / 10 % 10)
        } else if number >= 10 {
            append(digit: number / 10)
        }
        append(digit: number % 10)
    }

    @inline(__always)
    private mutating func append(digit: UInt64) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
    }
}
