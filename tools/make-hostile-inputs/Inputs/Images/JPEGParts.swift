/// A JPEG file as its parts, which can be left out, doubled, cut and lied about. All pictures are of one gray, so that their
/// entropy-coded data can be written by hand: every block is the code `0` (no difference) and the code `0` (end of block).
struct JPEGParts {
    /// Name and bytes of every part, in order.
    var parts: [(name: String, bytes: [UInt8])]

    var bytes: [UInt8] { parts.flatMap(\.bytes) }

    /// The file with the part `name` changed.
    func with(_ name: String, _ change: ([UInt8]) -> [UInt8]) -> [UInt8] {
        parts.flatMap { $0.name == name ? change($0.bytes) : $0.bytes }
    }

    /// The file without the part `name`.
    func without(_ name: String) -> [UInt8] { with(name) { _ in [] } }

    /// The file with `bytes` before the part `name`.
    func inserting(_ bytes: [UInt8], before name: String) -> [UInt8] { with(name) { bytes + $0 } }

    /// Where the part `name` begins in the file.
    func offset(of name: String) -> Int { parts.prefix { $0.name != name }.reduce(0) { $0 + $1.bytes.count } }
}

extension JPEGParts {
    static let width = 48
    static let height = 40
    private static let blocks = 30

    /// 8-bit gray, baseline.
    static let baseline = JPEGParts(parts: [
        ("SOI", [0xFF, 0xD8]), ("APP0", app0), ("DQT", quantisation), ("SOF", frame(0xC0)),
        ("DC", table(0x00, 0)),
        ("AC", table(0x10, 0)), ("SOS", scan([0, 63, 0])), ("data", zeros(bits: 2 * blocks)),
        ("EOI", [0xFF, 0xD9]),
    ])

    /// The same with a restart marker behind every block.
    static let restarts: JPEGParts = {
        var data: [UInt8] = []
        for block in 0..<blocks {
            data += [0x3F]
            if block < blocks - 1 { data += [0xFF, 0xD0 + UInt8(block % 8)] }
        }
        var parts = baseline.parts.map { $0.name == "data" ? ("data", data) : $0 }
        parts.insert(("DRI", segment(0xDD, [0, 1])), at: 6)
        return JPEGParts(parts: parts)
    }()

    /// The same as three components in one scan, chroma at half the size: 9 macroblocks of 6 blocks.
    static let colour = JPEGParts(parts: [
        ("SOI", [0xFF, 0xD8]), ("APP0", app0), ("DQT", quantisation),
        (
            "SOF",
            segment(0xC0, [8, 0, UInt8(height), 0, UInt8(width), 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0])
        ),
        ("DC", table(0x00, 0)), ("AC", table(0x10, 0)),
        ("SOS", segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0])), ("data", zeros(bits: 2 * 9 * 6)),
        ("EOI", [0xFF, 0xD9]),
    ])

    /// Three components in three scans.
    static let scans = JPEGParts(
        parts: Array(colour.parts.prefix(6)) + [
            ("SOS", segment(0xDA, [1, 1, 0, 0, 63, 0])), ("data", zeros(bits: 2 * 30)),
            ("SOS2", segment(0xDA, [1, 2, 0, 0, 63, 0])), ("data2", zeros(bits: 2 * 9)),
            ("SOS3", segment(0xDA, [1, 3, 0, 0, 63, 0])), ("data3", zeros(bits: 2 * 9)),
            ("EOI", [0xFF, 0xD9]),
        ])

    /// Gray and progressive: the averages, then one coefficient.
    static let progressive = progressive(width: width, height: height, scans: 2)

    /// A progressive file of `scans` scans, legal up to 1 + 63 x 4 of them: one coefficient at one bit each.
    static func progressive(width: Int, height: Int, scans: Int) -> JPEGParts {
        let blocks = ((width + 7) / 8) * ((height + 7) / 8)
        var parts: [(name: String, bytes: [UInt8])] = [
            ("SOI", [0xFF, 0xD8]), ("DQT", quantisation), ("SOF", frame(0xC2, width, height)),
            ("DC", table(0x00, 0)),
            // `0` ends 2^14 blocks and, by the 14 bits behind it, up to 2^14 - 1 more; `10` ends one.
            ("AC", segment(0xC4, [0x10, 1, 1] + [UInt8](repeating: 0, count: 14) + [0xE0, 0x00])),
            ("SOS", scan([0, 0, 0])), ("data", zeros(bits: blocks)),
        ]
        for number in 0..<max(0, scans - 1) {
            let coefficient = UInt8(truncatingIfNeeded: number / 4 % 63 + 1)
            let low = UInt8(3 - number % 4)
            let high: UInt8 = number % 4 == 0 ? 0 : low + 1
            parts.append(("SOS\(number + 2)", scan([coefficient, coefficient, high << 4 | low])))
            parts.append(("data\(number + 2)", endOfBand(blocks: blocks)))
        }
        return JPEGParts(parts: parts + [("EOI", [0xFF, 0xD9])])
    }

    static let app0 = segment(0xE0, utf8("JFIF\0") + [1, 1, 0, 0, 1, 0, 1, 0, 0])
    static let quantisation = segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))

    static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        [
            0xFF, marker, UInt8(truncatingIfNeeded: (body.count + 2) >> 8),
            UInt8(truncatingIfNeeded: body.count + 2),
        ]
            + body
    }

    /// A frame header of gray, or of as many components as are asked for.
    static func frame(
        _ marker: UInt8, _ width: Int = width, _ height: Int = height, precision: UInt8 = 8,
        components: Int = 1,
        sampling: UInt8 = 0x11, table: UInt8 = 0
    ) -> [UInt8] {
        let size = [
            UInt8(height >> 8 & 255), UInt8(height & 255), UInt8(width >> 8 & 255), UInt8(width & 255),
        ]
        let list = (0..<components).flatMap { [UInt8($0 + 1), sampling, table] }
        return segment(marker, [precision] + size + [UInt8(components)] + list)
    }

    /// A Huffman table with the one code `0`, which stands for `symbol`.
    static func table(_ index: UInt8, _ symbol: UInt8) -> [UInt8] {
        segment(0xC4, [index, 1] + [UInt8](repeating: 0, count: 15) + [symbol])
    }

    /// A scan header of the first component, or of as many as are asked for.
    static func scan(_ end: [UInt8], components: Int = 1, tables: UInt8 = 0) -> [UInt8] {
        segment(0xDA, [UInt8(components)] + (0..<components).flatMap { [UInt8($0 + 1), tables] } + end)
    }

    /// Zeros, and ones up to the end of the last byte.
    private static func zeros(bits: Int) -> [UInt8] {
        let rest = bits % 8
        return [UInt8](repeating: 0, count: bits / 8) + (rest == 0 ? [] : [0xFF >> UInt8(rest)])
    }

    /// Ends every block of a band: as many long runs as fit, then single ones.
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
