/// Hostile JPEG files.
enum JPEGCases {
    private static let seeds: [(name: String, parts: JPEGParts)] = [
        ("baseline", .baseline), ("restarts", .restarts), ("colour", .colour), ("scans", .scans),
        ("progressive", .progressive),
    ]

    @Sendable static func all() -> [HostileCase] {
        whole() + cut() + missing() + lengths() + JPEGFrameFaults.all() + JPEGScanFaults.all()
            + Mutation.cases(
                "jpeg", of: seeds.map { ($0.name, $0.parts.bytes) }, count: 28, seed: 0x4A50_4547,
                dictionary: [
                    [0xFF, 0xD8], [0xFF, 0xD9], [0xFF, 0xDA], [0xFF, 0xC4, 0xFF, 0xFF], [0xFF, 0x00],
                ]
            ) { [("a.jpg", $0)] }
    }

    static func make(_ name: String, _ bytes: [UInt8], _ expected: Expectation) -> HostileCase {
        HostileCase("jpeg/\(name)", [("a.jpg", bytes)], expected)
    }

    static let good = Expectation.image(JPEGParts.width, JPEGParts.height)
    static let damaged = Expectation.refused("damaged")
    static let unsupported = Expectation.refused("unsupported")

    /// Odd and yet what they say they are.
    private static func whole() -> [HostileCase] {
        let base = JPEGParts.baseline
        let comment = JPEGParts.segment(0xFE, utf8("<html><script>alert(1)</script>"))
        let odd: [(String, [UInt8])] = [
            ("zip-behind", base.bytes + utf8("PK\u{3}\u{4}") + [UInt8](repeating: 0, count: 100)),
            ("second-image-behind", base.bytes + base.bytes),
            ("html-comment", base.inserting(comment, before: "DQT")),
            ("fill-bytes", base.inserting([UInt8](repeating: 0xFF, count: 1000), before: "DQT")),
            ("jfif-version-7", base.with("APP0") { $0.prefix(9) + [7] + $0.dropFirst(10) }),
            (
                "thumbnail-inside",
                base.inserting(JPEGParts.segment(0xE1, utf8("Exif\0\0") + base.bytes), before: "DQT")
            ),
            ("no-jfif", base.without("APP0")),
            ("thousand-comments", base.with("APP0") { _ in thousand(comment) }),
            ("quantisation-of-0", base.with("DQT") { $0.prefix(5) + [UInt8](repeating: 0, count: 64) }),
            ("zeros-behind", base.bytes + [UInt8](repeating: 0, count: 100_000)),
        ]
        return seeds.map { make("whole/\($0.name)", $0.parts.bytes, good) }
            + odd.map { make("whole/\($0.0)", $0.1, good) }
    }

    private static func thousand(_ segment: [UInt8]) -> [UInt8] {
        Array(repeatElement(segment, count: 1000).joined())
    }

    /// Cut at every border between parts, one byte behind it, and in the middle of each part.
    private static func cut() -> [HostileCase] {
        seeds.flatMap { name, parts -> [HostileCase] in
            let file = parts.bytes
            var ends: Set<Int> = []
            for part in parts.parts {
                let start = parts.offset(of: part.name)
                ends.formUnion([start, start + 1, start + part.bytes.count / 2])
            }
            return ends.sorted().map { end in
                let expected: Expectation =
                    switch end {
                    case 0: .refused("empty")
                    case 1...2: .refused("not_an_image")
                    // Whatever libjpeg had not read is missing: it says so where the file ends.
                    default: damaged
                    }
                return make("cut/\(name)-at-\(end)", Array(file.prefix(end)), expected)
            }
        }
    }

    /// Without one of its parts.
    private static func missing() -> [HostileCase] {
        ["DQT", "SOF", "DC", "AC", "SOS", "data", "EOI"].map {
            make("missing/\($0)", JPEGParts.baseline.without($0), damaged)
        } + [make("missing/SOI", JPEGParts.baseline.without("SOI"), .refused("not_an_image"))]
    }

    /// Segments whose length is not theirs.
    private static func lengths() -> [HostileCase] {
        ["DQT", "SOF", "DC", "AC", "SOS"].flatMap { part -> [HostileCase] in
            let own = JPEGParts.baseline.parts.first { $0.name == part }?.bytes ?? []
            let length = own.count - 2
            return [
                ("0", 0), ("1", 1), ("2", 2), ("one-less", length - 1), ("one-more", length + 1),
                ("most", 0xFFFF),
            ]
            .map { name, value in
                let bytes = JPEGParts.baseline.with(part) {
                    $0.prefix(2) + [UInt8(value >> 8), UInt8(value & 255)] + $0.dropFirst(4)
                }
                return make("length/\(part)-\(name)", bytes, damaged)
            }
        }
    }
}
