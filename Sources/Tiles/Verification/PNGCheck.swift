import CZlib
import Imaging

/// Reads a PNG tile chunk by chunk (PNG specification, third edition, section 5), then its pixels.
struct PNGCheck {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// Tiles have 256 or 512 pixels a side, now and then 1024; decoding more takes longer than it says.
    private static let limits = ImageLimits(
        maxBytes: 8 << 20, maxPixels: 2048 * 2048, maxUnpackedBytes: 40_000_000, maxCodecMemory: 8 << 20)

    /// Bytes that the pixels may unpack to: four for each. 0 where the header cannot be read.
    static func cost(_ bytes: [UInt8]) -> Int {
        guard let image = try? ImageDecoder.header(bytes, limits: limits) else { return 0 }
        return image.width * image.height * 4
    }

    /// Adds what is wrong with `bytes`.
    static func run(_ bytes: [UInt8], _ faults: TileFaults) throws(TileError) {
        guard bytes.starts(with: signature) else {
            return try faults.add(.pictureChunk, at: 0, "the signature is damaged")
        }
        do throws(TileError) {
            try chunks(bytes)
        } catch {
            return try faults.add(.pictureChunk, error)
        }
        let image: DecodedImage
        do throws(ImageError) {
            image = try ImageDecoder.decode(bytes, limits: limits)
        } catch {
            return try faults.add(
                error.code == .damaged ? .picturePixels : .tileOverLimit, at: nil, "\(error)")
        }
        if image.width != image.height || image.width & (image.width - 1) != 0 {
            try faults.add(
                .pictureSize, at: 16, "\(image.width) x \(image.height) pixels are no square of 2^n")
        }
    }

    /// Refuses chunks out of order, with a wrong checksum, or with something behind them.
    private static func chunks(_ bytes: [UInt8]) throws(TileError) {
        var position = signature.count
        var isFirst = true
        while true {
            let start = UInt64(position)
            guard bytes.count - position >= 12 else {
                throw TileError(.truncated, at: start, "the picture ends without IEND")
            }
            let length = Int(number(bytes, position))
            guard length <= bytes.count - position - 12 else {
                throw TileError(
                    .truncated, at: start,
                    "a chunk of \(length) bytes, \(bytes.count - position - 12) are left")
            }
            let name = Array(bytes[position + 4..<position + 8])
            let checksum = bytes.withUnsafeBufferPointer { buffer in
                crc32(0, buffer.baseAddress.map { $0 + position + 4 }, UInt32(length + 4))
            }
            guard UInt32(truncatingIfNeeded: checksum) == number(bytes, position + 8 + length) else {
                throw TileError(.malformed, at: start, "a chunk's checksum is wrong")
            }
            guard isFirst == (name == Array("IHDR".utf8)) else {
                throw TileError(.malformed, at: start, "IHDR is not the first chunk, or there are two")
            }
            isFirst = false
            position += 12 + length
            guard name == Array("IEND".utf8) else { continue }
            guard position == bytes.count else {
                throw TileError(
                    .malformed, at: UInt64(position), "\(bytes.count - position) bytes behind the picture")
            }
            return
        }
    }

    /// The four bytes from `offset` on, most significant first.
    private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
