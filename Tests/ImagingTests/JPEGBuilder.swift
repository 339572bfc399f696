/// Builds JPEG files marker by marker, to say things no encoder would.
enum JPEGBuilder {
    /// A gray progressive file of black blocks: one DC scan, then `scans - 1` AC scans, each a legal step of
    /// the progression (one coefficient, one bit plane). Valid up to 1 + 63 * 4 scans.
    static func progressive(width: Int, height: Int, scans: Int) -> [UInt8] {
        let blocks = ((width + 7) / 8) * ((height + 7) / 8)
        var file: [UInt8] = [0xFF, 0xD8]
        file += segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
        file += frame(0xC2, width: width, height: height)
        // DC: the one code "0" means "no difference".
        file += segment(0xC4, [0x00] + [1] + [UInt8](repeating: 0, count: 15) + [0x00])
        // AC: "0" ends 2^14 blocks (and up to 2^14 - 1 more, by 14 bits), "10" ends one block.
        file += segment(0xC4, [0x10] + [1, 1] + [UInt8](repeating: 0, count: 14) + [0xE0, 0x00])
        file += segment(0xDA, [1, 1, 0x00, 0, 0, 0x00])
        file += [UInt8](repeating: 0x00, count: (blocks + 7) / 8)
        for scan in 0..<max(0, scans - 1) {
            let coefficient = UInt8(scan / 4 + 1)
            let low = UInt8(3 - scan % 4)
            let high: UInt8 = scan % 4 == 0 ? 0 : low + 1
            file += segment(0xDA, [1, 1, 0x00, coefficient, coefficient, high << 4 | low])
            file += endOfBand(blocks: blocks)
        }
        return file + [0xFF, 0xD9]
    }

    /// A file that ends after its frame header.
    static func header(width: Int, height: Int, components: UInt8 = 1) -> [UInt8] {
        var scan = [components]
        for component in 1...components { scan += [component, 0x00] }
        scan += [0, 63, 0]
        return [0xFF, 0xD8] + frame(0xC0, width: width, height: height, components: components)
            + segment(0xDA, scan) + [0xFF, 0xD9]
    }

    static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        let length = body.count + 2
        return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + body
    }

    private static func frame(_ marker: UInt8, width: Int, height: Int, components: UInt8 = 1) -> [UInt8] {
        var body = [8, UInt8(height >> 8), UInt8(height & 0xFF), UInt8(width >> 8), UInt8(width & 0xFF)]
        body.append(components)
        for component in 1...components { body += [component, 0x11, 0] }
        return segment(marker, body)
    }

    /// Entropy-coded data that ends every block: as many long runs as fit, then single ones.
    private static func endOfBand(blocks: Int) -> [UInt8] {
        var bits: [UInt8] = []
        var left = blocks
        while left >= 1 << 14 {
            let run = min(left, (1 << 15) - 1)
            bits.append(0)
            bits += (0..<14).map { UInt8((run - (1 << 14)) >> (13 - $0) & 1) }
            left -= run
        }
        bits += (0..<left).flatMap { _ -> [UInt8] in [1, 0] }
        while bits.count % 8 != 0 { bits.append(1) }
        return stride(from: 0, to: bits.count, by: 8).flatMap { start -> [UInt8] in
            let byte = bits[start..<start + 8].reduce(0) { $0 << 1 | $1 }
            return byte == 0xFF ? [0xFF, 0x00] : [byte]
        }
    }
}
