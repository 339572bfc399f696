/// Builds PNG files of any colour type, bit depth and interlacing, with stored (uncompressed) deflate blocks:
/// an encoder independent of libpng, and one that can be told to lie.
struct PNGBuilder {
    var width: Int
    var height: Int
    var bitDepth: UInt8 = 8
    var colourType: UInt8 = 0
    var interlaced = false
    /// Chunks between IHDR and IDAT, for example PLTE and tRNS.
    var extraChunks: [(type: String, body: [UInt8])] = []

    /// Adam7: first column, first row, column step, row step of each pass (PNG specification, 8.2).
    private static let passes = [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ]

    /// The file. `pixel` gives the bytes of one pixel (bit depths of 8 and 16 only).
    func file(pixel: (_ x: Int, _ y: Int) -> [UInt8]) -> [UInt8] {
        var raw: [UInt8] = []
        for (x0, y0, dx, dy) in interlaced ? Self.passes : [(0, 0, 1, 1)] where x0 < width && y0 < height {
            for y in stride(from: y0, to: height, by: dy) {
                raw.append(0)  // Filter: none.
                for x in stride(from: x0, to: width, by: dx) {
                    raw += pixel(x, y)
                }
            }
        }
        return file(idat: Self.zlib(raw))
    }

    /// The file with given compressed data.
    func file(idat: [UInt8]) -> [UInt8] {
        let header =
            Self.bigEndian(width) + Self.bigEndian(height) + [bitDepth, colourType, 0, 0, interlaced ? 1 : 0]
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += Self.chunk("IHDR", header)
        for extra in extraChunks {
            file += Self.chunk(extra.type, extra.body)
        }
        return file + Self.chunk("IDAT", idat) + Self.chunk("IEND", [])
    }

    static func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
        let covered = Array(type.utf8) + body
        return bigEndian(body.count) + covered + bigEndian(Int(crc32(covered)))
    }

    static func zlib(_ raw: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(raw.count, start + 65_535)
            let length = UInt16(end - start)
            out += [end == raw.count ? 1 : 0]
            for half in [length, ~length] {
                out += [UInt8(half & 0xFF), UInt8(half >> 8)]
            }
            out += raw[start..<end]
            start = end
        } while start < raw.count
        var a = 1
        var b = 0
        for byte in raw {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return out + bigEndian(b << 16 | a)
    }

    static func bigEndian(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 {
                crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1
            }
        }
        return ~crc
    }
}
