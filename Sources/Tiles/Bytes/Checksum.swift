import CDeflate

/// The checksums of compressed formats, by libdeflate.
enum Checksum {
    /// CRC-32 as gzip and PNG use it (RFC 1952, section 8).
    static func crc32(_ bytes: [UInt8]) -> UInt32 { libdeflate_crc32(0, bytes, bytes.count) }

    /// Adler-32 as zlib uses it (RFC 1950, section 9).
    static func adler32(_ bytes: [UInt8]) -> UInt32 { libdeflate_adler32(1, bytes, bytes.count) }
}

/// An Adler-32 of bytes that repeat, without going over each repetition.
struct Adler32 {
    private static let modulus: UInt64 = 65_521
    /// One plus the sum of the bytes.
    private var sum: UInt64 = 1
    /// The sum of all the sums there have been.
    private var sums: UInt64 = 0

    /// Appends `bytes` as often as `times` says.
    mutating func append(_ bytes: [UInt8], times: Int) {
        let alone = UInt64(Checksum.adler32(bytes))
        let count = UInt64(bytes.count) % Self.modulus
        // What the bytes add when they come behind nothing: the checksum begins with one.
        let added = (alone & 0xFFFF) + Self.modulus - 1
        let addedSums = (alone >> 16) + Self.modulus - count
        for _ in 0..<times {
            sums = (sums + count * sum + addedSums) % Self.modulus
            sum = (sum + added) % Self.modulus
        }
    }

    var value: UInt32 { UInt32(truncatingIfNeeded: sums << 16 | sum) }
}
