/// PNG files whose pixels are packed wrongly, or unpack to something else.
enum PNGDataFaults {
    static func all() -> [HostileCase] {
        let size = 40 * 49
        let raw = [UInt8](repeating: 0, count: size)
        let whole = PNGParts.zlib(raw)
        var filter5 = raw
        filter5[49] = 5
        var filter255 = raw
        filter255[0] = 255
        let faults: [(String, [UInt8])] = [
            ("empty", []), ("no-zlib", [1, 2, 3, 4, 5, 6, 7, 8]),
            ("method-7", [0x77, 0x09] + whole.dropFirst(2)),
            ("window-too-large", [0x88, 0x1C] + whole.dropFirst(2)),
            ("dictionary", [0x78, 0x20] + whole.dropFirst(2)),
            ("header-checksum", [0x78, 0x02] + whole.dropFirst(2)), ("block-type-3", [0x78, 0x01, 0x07]),
            ("stored-length", whole.prefix(3) + [0, 0, 0, 0] + whole.dropFirst(7)),
            ("sum-wrong", PNGParts.zlib(raw, sum: 1)), ("sum-missing", whole.dropLast(4)),
            ("one-byte-less", PNGParts.zlib(raw.dropLast())),
            ("one-row-less", PNGParts.zlib(raw.dropLast(49))),
            ("one-byte-more", PNGParts.zlib(raw + [0])), ("filter-5", PNGParts.zlib(filter5)),
            ("filter-255", PNGParts.zlib(filter255)), ("bomb-of-50-megabytes", PNGParts.zeros(50_000_000)),
            ("bytes-behind-the-stream", whole + [UInt8](repeating: 0, count: 100)),
        ]
        let bombs: [(String, PNGParts, Expectation)] = [
            // Packed to a few kilobytes, and just what the header says.
            ("9-megapixels", .image(3000, 3000, pixels: PNGParts.zeros(3000 * 3001)), .image(3000, 3000)),
            (
                "64-megapixels-of-1-bit", .image(8000, 8000, depth: 1, pixels: PNGParts.zeros(8000 * 1001)),
                .image(8000, 8000)
            ),
            (
                "one-row-of-15-megapixels", .image(15_000_000, 1, pixels: PNGParts.zeros(15_000_001)),
                .image(15_000_000, 1)
            ),
            // libpng keeps a row and the one before; 64 MiB are allowed.
            (
                "one-row-of-50-megapixels", .image(50_000_000, 1, pixels: PNGParts.zeros(1000)),
                .refused("too_much_memory")
            ),
            // A quarter of it each way would be a plane of more than 2^24 samples.
            (
                "one-row-of-90-megapixels", .image(90_000_000, 1, pixels: PNGParts.zeros(1000)),
                .refused("too_many_pixels")
            ),
        ]
        return faults.map { name, pixels in
            PNGCases.make("data/\(name)", PNGParts.image(pixels: Array(pixels)).bytes, PNGCases.damaged)
        } + bombs.map { PNGCases.make("bomb/\($0.0)", $0.1.bytes, $0.2) }
    }
}
