/// JPEG files whose frame header or tables are wrong.
enum JPEGFrameFaults {
    static func all() -> [HostileCase] { sizes() + kinds() + components() + tables() }

    private static func frame(_ name: String, _ frame: [UInt8], _ expected: Expectation) -> HostileCase {
        JPEGCases.make("frame/\(name)", JPEGParts.baseline.with("SOF") { _ in frame }, expected)
    }

    private static func sizes() -> [HostileCase] {
        let tooMany = Expectation.refused("too_many_pixels")
        let sizes: [(Int, Int, Expectation)] = [
            (0, 40, JPEGCases.damaged), (48, 0, JPEGCases.damaged), (0, 0, JPEGCases.damaged),
            // libjpeg addresses 65,500 pixels a side (jmorecfg.h, JPEG_MAX_DIMENSION).
            (65_501, 1, tooMany), (1, 65_501, tooMany), (65_535, 65_535, tooMany), (65_500, 65_500, tooMany),
            (10_001, 10_000, tooMany), (20_000, 6_000, tooMany),
            // Within the limits, but not in the file.
            (10_000, 10_000, JPEGCases.damaged), (65_500, 1, JPEGCases.damaged),
            (1, 65_500, JPEGCases.damaged),
            (49, 40, JPEGCases.damaged), (48, 41, JPEGCases.damaged),
        ]
        return sizes.map { width, height, expected in
            frame("\(width)x\(height)", JPEGParts.frame(0xC0, width, height), expected)
        }
    }

    /// The processes of ITU-T T.81, table B.1: lossless, hierarchical and their kin are read by nobody.
    private static func kinds() -> [HostileCase] {
        let unread: [UInt8] = [0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xCB, 0xCD, 0xCE, 0xCF]
        return unread.map { frame("process-\($0)", JPEGParts.frame($0), JPEGCases.unsupported) }
            + [0, 1, 4, 7, 9, 12, 16, 255].map { precision in
                frame(
                    "precision-\(precision)", JPEGParts.frame(0xC0, precision: precision),
                    JPEGCases.unsupported)
            } + [
                // Huffman data read as the arithmetic coder's are some picture or none.
                frame("arithmetic", JPEGParts.frame(0xC9), .lawful),
                frame("progressive-with-sequential-scan", JPEGParts.frame(0xC2), JPEGCases.damaged),
                JPEGCases.make(
                    "frame/two", JPEGParts.baseline.with("SOF") { $0 + $0 }, JPEGCases.damaged),
                JPEGCases.make(
                    "frame/behind-the-scan",
                    JPEGParts.baseline.without("SOF").dropLast(2) + JPEGParts.frame(0xC0) + [0xFF, 0xD9],
                    JPEGCases.damaged),
                JPEGCases.make(
                    "frame/two-starts", JPEGParts.baseline.with("SOI") { $0 + $0 }, JPEGCases.damaged),
            ]
    }

    private static func components() -> [HostileCase] {
        func file(_ count: Int, inScan: Int, sampling: UInt8 = 0x11) -> [UInt8] {
            var parts = JPEGParts.baseline.parts
            for index in parts.indices {
                if parts[index].name == "SOF" {
                    parts[index].bytes = JPEGParts.frame(0xC0, components: count, sampling: sampling)
                }
                if parts[index].name == "SOS" {
                    parts[index].bytes = JPEGParts.scan([0, 63, 0], components: inScan)
                }
            }
            return JPEGParts(parts: parts).bytes
        }
        let cases: [(String, [UInt8], Expectation)] = [
            ("0", file(0, inScan: 1), JPEGCases.damaged),
            // Two, and four that are CMYK to libjpeg: no gray can be made of them.
            ("2", file(2, inScan: 2), JPEGCases.unsupported),
            ("4", file(4, inScan: 4), JPEGCases.unsupported),
            // Above libjpeg's MAX_COMPONENTS of 10.
            ("11", file(11, inScan: 1), JPEGCases.damaged), ("255", file(255, inScan: 1), JPEGCases.damaged),
            ("more-in-scan", file(1, inScan: 2), JPEGCases.damaged),
            ("five-in-scan", file(5, inScan: 5), JPEGCases.damaged),
            ("sampling-0", file(1, inScan: 1, sampling: 0), JPEGCases.damaged),
            ("sampling-5", file(1, inScan: 1, sampling: 0x55), JPEGCases.damaged),
            ("sampling-15", file(1, inScan: 1, sampling: 0xFF), JPEGCases.damaged),
        ]
        return cases.map { JPEGCases.make("components/\($0.0)", $0.1, $0.2) }
    }

    private static func tables() -> [HostileCase] {
        let base = JPEGParts.baseline
        func huffman(_ index: UInt8, _ counts: [UInt8], _ symbols: [UInt8]) -> [UInt8] {
            JPEGParts.segment(
                0xC4, [index] + counts + [UInt8](repeating: 0, count: 16 - counts.count) + symbols)
        }
        let of255 = [UInt8](repeating: 255, count: 16)
        let faults: [(String, [UInt8])] = [
            ("quantisation-4", base.with("DQT") { $0.prefix(4) + [4] + $0.dropFirst(5) }),
            ("quantisation-15", base.with("DQT") { $0.prefix(4) + [15] + $0.dropFirst(5) }),
            ("quantisation-16-bits-cut", base.with("DQT") { $0.prefix(4) + [0x10] + $0.dropFirst(5) }),
            ("quantisation-not-there", base.with("SOF") { _ in JPEGParts.frame(0xC0, table: 3) }),
            ("huffman-4", base.with("DC") { _ in huffman(4, [1], [0]) }),
            ("huffman-class-2", base.with("DC") { _ in huffman(0x20, [1], [0]) }),
            (
                "huffman-too-many",
                base.with("DC") { _ in huffman(0, of255, [UInt8](repeating: 0, count: 16 * 255)) }
            ),
            ("huffman-no-room", base.with("DC") { _ in huffman(0, [3], [0, 1, 2]) }),
            ("huffman-symbols-cut", base.with("DC") { _ in huffman(0, [1, 1], [0]) }),
            ("huffman-difference-of-16-bits", base.with("DC") { _ in huffman(0, [1], [16]) }),
            ("huffman-empty", base.with("DC") { _ in huffman(0, [], []) }),
            // Sixteen of either class (T.81, B.2.4.3, in libjpeg as 0...31).
            ("arithmetic-table-32", base.inserting(JPEGParts.segment(0xCC, [32, 0]), before: "SOS")),
            ("arithmetic-table-value", base.inserting(JPEGParts.segment(0xCC, [0, 0x0F]), before: "SOS")),
            ("restart-interval-cut", base.inserting(JPEGParts.segment(0xDD, [1]), before: "SOS")),
        ]
        return faults.map { JPEGCases.make("table/\($0.0)", $0.1, JPEGCases.damaged) }
    }
}
