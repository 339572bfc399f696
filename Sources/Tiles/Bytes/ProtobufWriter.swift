/// Writes Protocol Buffers messages: the wire types vector tiles need
/// (https://protobuf.dev/programming-guides/encoding).
///
/// Fields come out in the order of the calls, varints in their shortest form.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    enum WireType: UInt64 {
        case varint = 0
        case eightBytes = 1
        case lengthDelimited = 2
        case fourBytes = 5
    }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    @inline(__always)
    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func field(_ number: UInt64, varint value: UInt64) {
        varint(number << 3 | WireType.varint.rawValue)
        varint(value)
    }

    mutating func field(_ number: UInt64, bytes content: [UInt8]) {
        varint(number << 3 | WireType.lengthDelimited.rawValue)
        varint(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    mutating func field(_ number: UInt64, string: String) { field(number, bytes: Array(string.utf8)) }

    mutating func field(_ number: UInt64, fourBytes value: UInt32) {
        varint(number << 3 | WireType.fourBytes.rawValue)
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    mutating func field(_ number: UInt64, eightBytes value: UInt64) {
        varint(number << 3 | WireType.eightBytes.rawValue)
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// Appends what `body` writes, at most `count` bytes; faster than one byte after the other.
    @inline(__always)
    mutating func append(atMost count: Int, _ body: (inout OutputSpan<UInt8>) -> Void) {
        bytes.append(addingCapacity: count, initializingWith: body)
    }

    mutating func append(_ more: ProtobufWriter) { bytes.append(contentsOf: more.bytes) }

    /// Bytes of `value` as a varint.
    @inline(__always)
    static func size(_ value: UInt64) -> UInt64 {
        // One more than a seventh of the bits above the lowest, by a product that is exact up to 64 bits.
        UInt64(truncatingIfNeeded: (64 &- (value | 1).leadingZeroBitCount) &* 9 &+ 64) >> 6
    }

    /// Bytes of `values` as varints, one after the other.
    static func size(packed values: Span<UInt32>) -> UInt64 {
        var sum: UInt64 = 0
        for index in values.indices { sum &+= size(UInt64(values[index])) }
        return sum
    }
}

extension OutputSpan<UInt8> {
    @inline(__always)
    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    @inline(__always)
    mutating func field(_ number: UInt64, varint value: UInt64) {
        varint(number << 3 | ProtobufWriter.WireType.varint.rawValue)
        varint(value)
    }

    /// The head of a field whose content, `count` bytes, is written next.
    @inline(__always)
    mutating func header(_ number: UInt64, count: UInt64) {
        varint(number << 3 | ProtobufWriter.WireType.lengthDelimited.rawValue)
        varint(count)
    }

    /// - Parameter count: the size of `values`, see ``ProtobufWriter/size(packed:)``.
    @inline(__always)
    mutating func field(_ number: UInt64, packed values: Span<UInt32>, count: UInt64) {
        header(number, count: count)
        for index in values.indices { varint(UInt64(values[index])) }
    }
}
