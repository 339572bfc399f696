/// PNG files whose header, palette or order of chunks is wrong.
enum PNGHeaderFaults {
    static func all() -> [HostileCase] { sizes() + kinds() + palettes() + order() }

    private static func header(_ name: String, _ body: [UInt8], _ expected: Expectation) -> HostileCase {
        PNGCases.make("header/\(name)", PNGParts.image().with("IHDR", body).bytes, expected)
    }

    private static func sizes() -> [HostileCase] {
        let tooMany = Expectation.refused("too_many_pixels")
        let tooMuch = Expectation.refused("too_many_bytes")
        let sizes: [(Int, Int, Expectation)] = [
            (0, 40, PNGCases.damaged), (48, 0, PNGCases.damaged), (0, 0, PNGCases.damaged),
            // Sides have 31 bits (PNG third edition, 11.2.1).
            (0x8000_0000, 1, PNGCases.damaged), (1, 0xFFFF_FFFF, PNGCases.damaged),
            (0x7FFF_FFFF, 0x7FFF_FFFF, tooMany), (0x7FFF_FFFF, 1, tooMany), (1, 0x7FFF_FFFF, tooMany),
            (30_000, 30_000, tooMany), (10_001, 10_000, tooMany), (10_000, 10_000, PNGCases.damaged),
            (49, 40, PNGCases.damaged), (48, 41, PNGCases.damaged), (47, 40, PNGCases.damaged),
        ]
        return sizes.map { width, height, expected in
            header("\(width)x\(height)", PNGParts.header(width, height, 8, 0), expected)
        } + [
            // 100 million pixels of 8 bytes.
            header("unpacks-to-800-megabytes", PNGParts.header(10_000, 10_000, 16, 6), tooMuch),
            header("unpacks-to-300-megabytes", PNGParts.header(10_000, 10_000, 8, 2), tooMuch),
        ]
    }

    private static func kinds() -> [HostileCase] {
        // The pairs of PNG third edition, table 12, and all others up to 16 bits and type 7.
        let allowed = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
        var cases: [HostileCase] = []
        for colour in 0...7 {
            for depth in [0, 1, 2, 3, 4, 8, 16, 32] {
                if allowed[colour]?.contains(depth) == true {
                    let palette: [UInt8]? = colour == 3 ? [1, 2, 3] : nil
                    cases.append(
                        PNGCases.make(
                            "kind/type-\(colour)-depth-\(depth)",
                            PNGParts.image(depth: depth, colour: colour, palette: palette).bytes,
                            PNGCases.good))
                } else {
                    cases.append(
                        header(
                            "type-\(colour)-depth-\(depth)", PNGParts.header(48, 40, depth, colour),
                            PNGCases.damaged))
                }
            }
        }
        return cases + [
            header("compression-1", PNGParts.header(48, 40, 8, 0, compression: 1), PNGCases.damaged),
            header("filter-1", PNGParts.header(48, 40, 8, 0, filter: 1), PNGCases.damaged),
            header("interlace-2", PNGParts.header(48, 40, 8, 0, 2), PNGCases.damaged),
            header("interlace-255", PNGParts.header(48, 40, 8, 0, 255), PNGCases.damaged),
            header("empty", [], PNGCases.damaged),
            header("one-byte-less", PNGParts.header(48, 40, 8, 0).dropLast(), PNGCases.damaged),
            header("one-byte-more", PNGParts.header(48, 40, 8, 0) + [0], PNGCases.damaged),
        ]
    }

    private static func palettes() -> [HostileCase] {
        func image(_ palette: [UInt8]?) -> PNGParts { .image(depth: 8, colour: 3, palette: palette) }
        let two: [UInt8] = [0, 0, 0, 255, 255, 255]
        let index9 = PNGParts.zlib((0..<40).flatMap { _ in [0] + [UInt8](repeating: 9, count: 48) })
        let faults: [(String, [UInt8])] = [
            ("missing", image(nil).bytes), ("empty", image([]).bytes),
            ("4-bytes", image([1, 2, 3, 4]).bytes),
            ("257-entries", image([UInt8](repeating: 1, count: 257 * 3)).bytes),
            ("twice", image(two).inserting("PLTE", two, before: "IDAT").bytes),
            ("behind-the-pixels", image(nil).inserting("PLTE", two, before: "IEND").bytes),
            ("transparency-longer", image(two).inserting("tRNS", [1, 2, 3], before: "IDAT").bytes),
            ("transparency-before", image(two).inserting("tRNS", [1], before: "PLTE").bytes),
            (
                "transparency-of-rgba",
                PNGParts.image(colour: 6).inserting("tRNS", [1, 2], before: "IDAT").bytes
            ),
            ("transparency-cut", PNGParts.image().inserting("tRNS", [1], before: "IDAT").bytes),
        ]
        return faults.map { PNGCases.make("palette/\($0.0)", $0.1, PNGCases.damaged) } + [
            // What is beyond the palette is black to libpng, and no memory of others: it keeps 256 entries.
            PNGCases.make(
                "palette/index-beyond", PNGParts.image(colour: 3, palette: two, pixels: index9).bytes,
                PNGCases.good)
        ]
    }

    private static func order() -> [HostileCase] {
        let base = PNGParts.image()
        let header = base.chunks[0].body
        let faults: [(String, [UInt8])] = [
            ("no-header", base.without("IHDR").bytes), ("no-pixels", base.without("IDAT").bytes),
            ("no-end", base.without("IEND").bytes), ("nothing", PNGParts(chunks: []).bytes),
            ("two-headers", base.inserting("IHDR", header, before: "IDAT").bytes),
            ("header-behind-pixels", base.inserting("IHDR", header, before: "IEND").bytes),
            ("end-with-content", base.with("IEND", [1, 2, 3]).bytes),
            ("end-before-pixels", base.inserting("IEND", [], before: "IDAT").bytes),
            ("pixels-apart", apart(base).bytes),
            ("unknown-critical-chunk", base.inserting("WOOT", [], before: "IDAT").bytes),
            ("type-of-digits", base.inserting("1234", [], before: "IDAT").bytes),
            (
                "length-of-32-bits",
                Array(base.bytes.prefix(33)) + [255, 255, 255, 255] + utf8("IDAT") + [0, 0, 0, 0]
            ),
            (
                "length-of-31-bits",
                Array(base.bytes.prefix(33)) + [127, 255, 255, 255] + utf8("IDAT") + [0, 0, 0, 0]
            ),
        ]
        return faults.map { PNGCases.make("order/\($0.0)", $0.1, PNGCases.damaged) } + [
            // Stepped over unread wherever it stands.
            PNGCases.make(
                "order/text-first", base.inserting("tEXt", utf8("a\0b"), before: "IHDR").bytes, PNGCases.good)
        ]
    }

    /// Another chunk between two halves of the pixels.
    private static func apart(_ base: PNGParts) -> PNGParts {
        let pixels = base.chunks[1].body
        return PNGParts(chunks: [
            base.chunks[0], ("IDAT", Array(pixels.prefix(400))), ("tEXt", utf8("a\0b")),
            ("IDAT", Array(pixels.dropFirst(400))), ("IEND", []),
        ])
    }
}
