/// A PNG file as its chunks, with pixels that are stored rather than packed, so that nothing of it comes from a library.
struct PNGParts {
    var chunks: [(type: String, body: [UInt8])]

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    var bytes: [UInt8] { Self.signature + chunks.flatMap { Self.chunk($0.type, $0.body) } }

    /// Where the chunk `type` begins in the file.
    func offset(of type: String) -> Int {
        8 + chunks.prefix { $0.type != type }.reduce(0) { $0 + 12 + $1.body.count }
    }

    /// The same with `body` for the body of the chunk `type`.
    func with(_ type: String, _ body: [UInt8]) -> PNGParts {
        PNGParts(chunks: chunks.map { $0.type == type ? ($0.type, body) : $0 })
    }

    /// The same without the chunk `type`.
    func without(_ type: String) -> PNGParts { PNGParts(chunks: chunks.filter { $0.type != type }) }

    /// The same with a chunk before the chunk `type`.
    func inserting(_ new: String, _ body: [UInt8], before type: String) -> PNGParts {
        PNGParts(chunks: chunks.flatMap { $0.type == type ? [(new, body), $0] : [$0] })
    }
}

extension PNGParts {
    static let width = 48
    static let height = 40

    /// Black pixels of a kind: rows of a filter byte and as many zeros as the pixels take.
    static func image(
        _ width: Int = width, _ height: Int = height, depth: Int = 8, colour: Int = 0,
        interlaced: Bool = false,
        palette: [UInt8]? = nil, pixels: [UInt8]? = nil
    ) -> PNGParts {
        let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colour] ?? 1
        var raw: [UInt8] = []
        // Adam7: first column and row, and the steps between (PNG third edition, 8.1).
        let passes = [
            (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
        ]
        for (x, y, dx, dy) in interlaced ? passes : [(0, 0, 1, 1)] where x < width && y < height {
            let columns = (width - x + dx - 1) / dx
            let rows = (height - y + dy - 1) / dy
            let row = 1 + (columns * channels * depth + 7) / 8
            raw += [UInt8](repeating: 0, count: row * rows)
        }
        var chunks = [("IHDR", header(width, height, depth, colour, interlaced ? 1 : 0))]
        if let palette { chunks.append(("PLTE", palette)) }
        return PNGParts(chunks: chunks + [("IDAT", pixels ?? zlib(raw)), ("IEND", [])])
    }

    static func header(
        _ width: Int, _ height: Int, _ depth: Int, _ colour: Int, _ interlace: UInt8 = 0,
        compression: UInt8 = 0,
        filter: UInt8 = 0
    ) -> [UInt8] {
        long(width) + long(height)
            + [UInt8(depth & 255), UInt8(colour & 255), compression, filter, interlace]
    }

    static func chunk(_ type: String, _ body: [UInt8], checksum: UInt32? = nil, length: Int? = nil) -> [UInt8]
    {
        let covered = Array(type.utf8) + body
        return long(length ?? body.count) + covered + long(Int(checksum ?? crc(covered)))
    }

    /// Stored blocks (RFC 1951, 3.2.4) in a zlib stream (RFC 1950).
    static func zlib(_ raw: [UInt8], sum: Int? = nil) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(raw.count, start + 65_535)
            let length = UInt16(end - start)
            out.append(end == raw.count ? 1 : 0)
            for half in [length, ~length] { out += [UInt8(half & 0xFF), UInt8(half >> 8)] }
            out += raw[start..<end]
            start = end
        } while start < raw.count
        return out + long(sum ?? adler(raw))
    }

    /// `count` zeros in a hundred and fifty-ninth of the bytes: the code of 0, then copies of 258 bytes from one byte
    /// before, of 13 bits each (RFC 1951, 3.2.6).
    static func zeros(_ count: Int) -> [UInt8] {
        var (out, bits, used) = ([UInt8](), 0, 0)
        // Huffman codes come with their first bit first, everything else with its last.
        func put(_ code: Int, _ length: Int) {
            for index in (0..<length).reversed() {
                bits |= (code >> index & 1) << used
                used += 1
                if used == 8 {
                    out.append(UInt8(bits))
                    (bits, used) = (0, 0)
                }
            }
        }
        put(1, 1)
        put(0b10, 2)
        for _ in 0..<(count % 258 == 0 ? 258 : count % 258) { put(0b0011_0000, 8) }
        for _ in 0..<max(0, (count - 1) / 258) {
            put(0b1100_0101, 8)
            put(0, 5)
        }
        put(0, 7)
        if used > 0 { out.append(UInt8(bits)) }
        // Of zeros the first sum stays 1, and the second counts them.
        return [0x78, 0x01] + out + long((count % 65_521) << 16 | 1)
    }

    static func long(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func adler(_ bytes: [UInt8]) -> Int {
        var (a, b) = (1, 0)
        for byte in bytes {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }

    static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes { crc = crc >> 8 ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] }
        return ~crc
    }

    /// PNG third edition, annex D.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
}
