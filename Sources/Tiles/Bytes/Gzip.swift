import CZlib

/// Gzip members (RFC 1952) whose header says nothing about when and where they were made.
///
/// The deflate stream inside depends on the compressor, so content is compared and named uncompressed. It is
/// made by libdeflate and read by zlib, which gives it out piece by piece: a bomb is found out at the limit.
public enum Gzip {
    /// Magic, method deflate, no flags, time 0, no extra flags, operating system 255 (unknown).
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    /// Bytes an inflated piece may have before the next one is asked for.
    private static let pieceSize = 64 << 10

    /// Whether `bytes` begin as a gzip member does.
    public static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: header.prefix(2)) }

    /// The version of zlib that reads, as it names itself.
    public static var decompressorVersion: String { String(cString: zlibVersion()) }

    /// `bytes` as one gzip member. The same input gives the same bytes with the same libdeflate.
    ///
    /// - Throws: `overLimit` from 2^32 bytes on, `compression` where libdeflate has no memory.
    public static func compress(_ bytes: [UInt8]) throws(TileError) -> [UInt8] {
        guard let count = UInt32(exactly: bytes.count) else {
            throw TileError(.overLimit, at: 0, "\(bytes.count) bytes to compress at once")
        }
        return try Deflate.compress(
            bytes, after: header, before: littleEndian(Checksum.crc32(bytes)) + littleEndian(count))
    }

    /// The content of the one gzip member that `bytes` are.
    ///
    /// - Parameter limit: the most bytes the content may have.
    /// - Throws: `compression` for a damaged stream, a wrong checksum or length, or bytes behind the member;
    ///   `truncated`; `overLimit`. The offset is that in `bytes`.
    public static func decompress(_ bytes: [UInt8], limit: Int) throws(TileError) -> [UInt8] {
        guard let count = UInt32(exactly: bytes.count) else {
            throw TileError(.overLimit, at: 0, "\(bytes.count) bytes to decompress at once")
        }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        let opened = inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard opened == Z_OK else { throw TileError(.compression, at: 0, "inflateInit2 returned \(opened)") }
        defer { inflateEnd(stream) }

        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceSize)
        var status = Z_OK
        var consumed = 0
        while status == Z_OK {
            let made = bytes.withUnsafeBufferPointer { input in
                piece.withUnsafeMutableBufferPointer { output in
                    stream.pointee.next_in = input.baseAddress.map {
                        UnsafeMutablePointer(mutating: $0 + consumed)
                    }
                    stream.pointee.avail_in = count - UInt32(consumed)
                    stream.pointee.next_out = output.baseAddress
                    stream.pointee.avail_out = UInt32(pieceSize)
                    status = inflate(stream, Z_NO_FLUSH)
                    return pieceSize - Int(stream.pointee.avail_out)
                }
            }
            consumed = bytes.count - Int(stream.pointee.avail_in)
            guard made <= limit - content.count else {
                throw TileError(.overLimit, at: UInt64(consumed), "more than \(limit) bytes inside")
            }
            content.append(contentsOf: piece[0..<made])
        }
        // Z_BUF_ERROR: zlib wants more input than there is.
        if status == Z_BUF_ERROR {
            throw TileError(.truncated, at: UInt64(consumed), "the gzip member is cut off")
        }
        guard status == Z_STREAM_END else {
            let words = stream.pointee.msg.map { String(cString: $0) } ?? "inflate returned \(status)"
            throw TileError(.compression, at: UInt64(consumed), words)
        }
        guard consumed == bytes.count else {
            throw TileError(
                .compression, at: UInt64(consumed), "\(bytes.count - consumed) bytes behind the member")
        }
        return content
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        stride(from: UInt32(0), to: 32, by: 8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
