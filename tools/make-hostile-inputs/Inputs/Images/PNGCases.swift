/// Hostile PNG files.
enum PNGCases {
    private static let palette: [UInt8] = [0, 0, 0, 255, 255, 255]
    private static let seeds: [(name: String, parts: PNGParts)] = [
        ("gray", .image()), ("rgba", .image(colour: 6)), ("bits", .image(depth: 1)),
        ("palette", .image(depth: 4, colour: 3, palette: palette)), ("adam7", .image(interlaced: true)),
        ("deep", .image(depth: 16, colour: 2)),
    ]

    @Sendable static func all() -> [HostileCase] {
        whole() + cut() + checksums() + PNGHeaderFaults.all() + PNGDataFaults.all()
            + Mutation.cases(
                "png", of: seeds.map { ($0.name, $0.parts.bytes) }, count: 20, seed: 0x504E_4700,
                dictionary: ["IHDR", "IDAT", "IEND", "PLTE", "tRNS", "zTXt"].map(utf8)
            ) { [("a.png", $0)] }
    }

    static func make(_ name: String, _ bytes: [UInt8], _ expected: Expectation) -> HostileCase {
        HostileCase("png/\(name)", [("a.png", bytes)], expected)
    }

    static let good = Expectation.image(PNGParts.width, PNGParts.height)
    static let damaged = Expectation.refused("damaged")

    /// Odd and yet what they say they are: everything that is no pixel is stepped over unread.
    private static func whole() -> [HostileCase] {
        let base = PNGParts.image()
        let bomb = PNGParts.zeros(50_000_000)
        let many = PNGParts(
            chunks: Array(base.chunks.prefix(1)) + (0..<5000).map { ("tEXt", utf8("Key\($0)\0value")) }
                + base.chunks.dropFirst())
        let odd: [(String, [UInt8])] = [
            ("ztxt-bomb", base.inserting("zTXt", utf8("Comment\0\0") + bomb, before: "IDAT").bytes),
            ("itxt-bomb", base.inserting("iTXt", utf8("Comment\0\u{1}\0\0\0") + bomb, before: "IDAT").bytes),
            ("iccp-bomb", base.inserting("iCCP", utf8("icc\0\0") + bomb, before: "IDAT").bytes),
            (
                "exif-broken",
                base.inserting("eXIf", utf8("MM\0*") + [255, 255, 255, 255], before: "IDAT").bytes
            ),
            ("gamma-0", base.inserting("gAMA", [0, 0, 0, 0], before: "IDAT").bytes),
            ("chromaticities-cut", base.inserting("cHRM", [1, 2, 3], before: "IDAT").bytes),
            ("unknown-chunk", base.inserting("woOt", [1, 2, 3], before: "IDAT").bytes),
            ("animation", base.inserting("acTL", [255, 255, 255, 255, 0, 0, 0, 0], before: "IDAT").bytes),
            ("five-thousand-texts", many.bytes), ("zip-behind", base.bytes + utf8("PK\u{3}\u{4}")),
            ("empty-idat-first", base.inserting("IDAT", [], before: "IDAT").bytes),
            ("a-byte-each", bytewise(base).bytes),
        ]
        return seeds.map { make("whole/\($0.name)", $0.parts.bytes, good) }
            + odd.map { make("whole/\($0.0)", $0.1, good) }
            + [make("whole/one-pixel-adam7", PNGParts.image(1, 1, interlaced: true).bytes, .image(1, 1))]
    }

    /// Every byte of the pixels in a chunk of its own.
    private static func bytewise(_ parts: PNGParts) -> PNGParts {
        PNGParts(
            chunks: parts.chunks.flatMap { chunk in
                chunk.type == "IDAT" ? chunk.body.map { ("IDAT", [$0]) } : [chunk]
            })
    }

    /// Cut at every border inside and between the chunks.
    private static func cut() -> [HostileCase] {
        seeds.prefix(5).flatMap { name, parts -> [HostileCase] in
            var ends: Set<Int> = [0, 1, 7, 8]
            var start = 8
            for chunk in parts.chunks {
                let end = start + 12 + chunk.body.count
                ends.formUnion([start + 4, start + 8, (start + end) / 2, end - 4, end - 1, end])
                start = end
            }
            ends.remove(parts.bytes.count)
            return ends.sorted().map { end in
                let expected: Expectation =
                    end == 0 ? .refused("empty") : end < 8 ? .refused("not_an_image") : damaged
                return make("cut/\(name)-at-\(end)", Array(parts.bytes.prefix(end)), expected)
            }
        }
    }

    /// One wrong checksum. libpng has read the chunk to its end by then.
    private static func checksums() -> [HostileCase] {
        let base = PNGParts.image(depth: 4, colour: 3, palette: palette)
            .inserting("tEXt", utf8("a\0b"), before: "IDAT")
        return base.chunks.map { chunk in
            let end = base.offset(of: chunk.type) + 12 + chunk.body.count
            var bytes = base.bytes
            bytes[end - 1] ^= 0x10
            return make("checksum/\(chunk.type)", bytes, .refused("damaged", at: "(byte \(end))"))
        }
    }
}
