import Canonical
import FoundationEssentials
import Geo
import Imaging
import Stages

/// A PDQ hash as 32 bytes, most significant first; its variants one after the other.
enum PackedHash {
    private static let size = 32

    static func bytes(_ hash: PDQHash) -> [UInt8] {
        [hash.w3, hash.w2, hash.w1, hash.w0].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
        }
    }

    static func bytes(_ variants: PDQVariants) -> [UInt8] { variants.all.flatMap { bytes($0) } }

    /// The hash that is all of `bytes`; nil where it has another length.
    static func hash(_ bytes: Data) -> PDQHash? { bytes.count == size ? hash(bytes, 0) : nil }

    /// The variants that are all of `bytes`; nil where they have another length.
    static func variants(_ bytes: Data) -> PDQVariants? {
        guard bytes.count == 3 * size else { return nil }
        return PDQVariants(
            mirrored: hash(bytes, 0), narrowCrop: hash(bytes, 1), wideCrop: hash(bytes, 2))
    }

    /// Appends the `count` hashes that are all of `bytes`; false where these have another length.
    static func append(_ bytes: UnsafeRawBufferPointer, count: Int, to hashes: inout [PDQHash]) -> Bool {
        guard bytes.count == count * size else { return false }
        for number in 0..<count { hashes.append(hash(bytes, number)) }
        return true
    }

    private static func hash(_ bytes: Data, _ number: Int) -> PDQHash {
        bytes.withUnsafeBytes { hash($0, number) }
    }

    /// The hash `number` of `bytes`, which have it.
    @inline(__always)
    private static func hash(_ bytes: UnsafeRawBufferPointer, _ number: Int) -> PDQHash {
        func word(_ place: Int) -> UInt64 {
            UInt64(
                bigEndian: bytes.loadUnaligned(fromByteOffset: number * size + place * 8, as: UInt64.self))
        }
        return PDQHash(w0: word(3), w1: word(2), w2: word(1), w3: word(0))
    }
}

/// The kept fixes of a drive as one blob: for every part its count, then for every fix the differences of time,
/// latitude and longitude to the fix before it, as zigzag varints.
enum PackedTrace {
    static func bytes(_ trace: Trace) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in trace.parts {
            append(Int64(part.count), to: &bytes)
            var last: (time: Int64, latitude: Int64, longitude: Int64) = (0, 0, 0)
            for fix in part {
                let next = (
                    fix.time.milliseconds, Int64(fix.position.latitudeE7), Int64(fix.position.longitudeE7)
                )
                append(next.0 - last.time, to: &bytes)
                append(next.1 - last.latitude, to: &bytes)
                append(next.2 - last.longitude, to: &bytes)
                last = next
            }
        }
        return bytes
    }

    /// The parts that were packed into `bytes`; nil where these are none.
    static func parts(_ bytes: [UInt8]) -> [[TracePoint]]? {
        var rest = bytes[...]
        var parts: [[TracePoint]] = []
        while !rest.isEmpty {
            // A fix has three bytes at least.
            guard let count = next(&rest), count > 0, count <= rest.count / 3 else { return nil }
            var part: [TracePoint] = []
            part.reserveCapacity(Int(count))
            var (time, latitude, longitude): (Int64, Int64, Int64) = (0, 0, 0)
            for _ in 0..<count {
                guard let elapsed = next(&rest), let north = next(&rest), let east = next(&rest) else {
                    return nil
                }
                (time, latitude, longitude) = (time &+ elapsed, latitude &+ north, longitude &+ east)
                guard
                    let position = Coordinate(
                        latitudeE7: Int(clamping: latitude), longitudeE7: Int(clamping: longitude))
                else { return nil }
                part.append(TracePoint(time: UTCTime(milliseconds: time), position: position))
            }
            parts.append(part)
        }
        return parts
    }

    private static func next(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
        }
        return nil
    }

    private static func append(_ value: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
