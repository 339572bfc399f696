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

    mutating func field(_ number: UInt64, packed values: [UInt32]) {
        varint(number << 3 | WireType.lengthDelimited.rawValue)
        varint(values.reduce(0) { $0 + Self.size(UInt64($1)) })
        for value in values { varint(UInt64(value)) }
    }

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

    mutating func append(_ more: ProtobufWriter) { bytes.append(contentsOf: more.bytes) }

    /// Bytes of `value` as a varint.
    @inline(__always)
    static func size(_ value: UInt64) -> UInt64 {
        value < 0x80 ? 1 : UInt64((64 - value.leadingZeroBitCount + 6) / 7)
    }
}
