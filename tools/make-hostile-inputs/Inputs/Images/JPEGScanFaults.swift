/// JPEG files whose scans are wrong, too many, or too large.
enum JPEGScanFaults {
    static func all() -> [HostileCase] { headers() + data() + bombs() }

    private static func headers() -> [HostileCase] {
        let base = JPEGParts.baseline
        let progressive = JPEGParts.progressive
        let faults: [(String, [UInt8])] = [
            ("no-components", base.with("SOS") { _ in JPEGParts.segment(0xDA, [0, 0, 63, 0]) }),
            ("unknown-component", base.with("SOS") { _ in JPEGParts.segment(0xDA, [1, 9, 0, 0, 63, 0]) }),
            (
                "component-twice",
                base.with("SOS") { _ in JPEGParts.segment(0xDA, [2, 1, 0, 1, 0, 0, 63, 0]) }
            ),
            ("table-3", base.with("SOS") { _ in JPEGParts.scan([0, 63, 0], tables: 0x33) }),
            ("table-15", base.with("SOS") { _ in JPEGParts.scan([0, 63, 0], tables: 0xFF) }),
            ("end-right-behind", base.without("data")),
            ("before-the-frame", base.without("SOS").dropLast(2) + base.bytes.dropFirst(2)),
            ("progressive-to-64", progressive.with("SOS2") { _ in JPEGParts.scan([1, 64, 3]) }),
            ("progressive-backwards", progressive.with("SOS2") { _ in JPEGParts.scan([5, 4, 3]) }),
            ("progressive-average-and-more", progressive.with("SOS") { _ in JPEGParts.scan([0, 5, 0]) }),
            ("progressive-bit-14", progressive.with("SOS2") { _ in JPEGParts.scan([1, 1, 14]) }),
            ("progressive-skips-a-bit", progressive.with("SOS2") { _ in JPEGParts.scan([1, 1, 0x53]) }),
            ("progressive-without-average", progressive.without("SOS").dropLast(2) + [0xFF, 0xD9]),
        ]
        return faults.map { JPEGCases.make("scan/\($0.0)", $0.1, JPEGCases.damaged) }
    }

    private static func data() -> [HostileCase] {
        let base = JPEGParts.baseline
        let restarts = JPEGParts.restarts
        func swapped(_ bytes: [UInt8]) -> [UInt8] {
            // The first two restart markers, FF D0 and FF D1, change places.
            var bytes = bytes
            (bytes[2], bytes[5]) = (bytes[5], bytes[2])
            return bytes
        }
        let faults: [(String, [UInt8])] = [
            ("bytes-behind", base.with("data") { $0 + [0, 0, 0, 0, 0, 0, 0, 0] }),
            ("one-byte-less", base.with("data") { Array($0.dropLast(2)) }),
            ("ones", base.with("data") { $0.flatMap { _ in [0xFF, 0x00] as [UInt8] } }),
            ("marker-inside", base.with("data") { $0.prefix(4) + JPEGParts.app0 + $0.dropFirst(4) }),
            (
                "restart-without-interval",
                base.with("data") { $0.prefix(4) + [0xFF, 0xD0] + $0.dropFirst(4) }
            ),
            ("interval-without-restarts", base.inserting(JPEGParts.segment(0xDD, [0, 1]), before: "SOS")),
            ("restarts-swapped", restarts.with("data", swapped)),
            ("restart-missing", restarts.with("data") { Array($0.prefix(1) + $0.dropFirst(3)) }),
            ("end-inside", base.with("data") { $0.prefix(3) + [0xFF, 0xD9] }),
        ]
        return faults.map { JPEGCases.make("data/\($0.0)", $0.1, JPEGCases.damaged) }
    }

    /// Few bytes that ask for much: refused for what they would cost, before any of it is paid.
    private static func bombs() -> [HostileCase] {
        let tooMany = Expectation.refused("too_many_scans")
        let twice = JPEGParts.progressive(width: 400, height: 300, scans: 253).bytes
        let scan = JPEGParts.scan([63, 63, 0x10])
        let bombs: [(String, [UInt8], Expectation)] = [
            ("100-scans", JPEGParts.progressive(width: 40, height: 40, scans: 100).bytes, .image(40, 40)),
            ("101-scans", JPEGParts.progressive(width: 40, height: 40, scans: 101).bytes, tooMany),
            ("253-scans", twice, tooMany),
            ("10000-scans", twice.dropLast(2) + repeated(scan + [0x2F], 10_000) + [0xFF, 0xD9], tooMany),
            (
                "60-scans-of-12-megapixels",
                JPEGParts.progressive(width: 4000, height: 3000, scans: 60).bytes, tooMany
            ),
            (
                "6-scans-of-100-megapixels",
                JPEGParts.progressive(width: 10_000, height: 10_000, scans: 6).bytes, tooMany
            ),
            // 2 bytes a sample have to be kept; 64 MiB are allowed.
            (
                "36-megapixels-to-keep", JPEGParts.progressive(width: 6_000, height: 6_000, scans: 2).bytes,
                .refused("too_much_memory")
            ),
            (
                "9-megapixels-to-keep", JPEGParts.progressive(width: 3_000, height: 3_000, scans: 2).bytes,
                .image(3000, 3000)
            ),
            ("sequential-scans", scans(101), tooMany),
        ]
        return bombs.map { JPEGCases.make("bomb/\($0.0)", $0.1, $0.2) }
    }

    private static func repeated(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
        Array(repeatElement(bytes, count: count).joined())
    }

    /// The first of three components, over and over.
    private static func scans(_ count: Int) -> [UInt8] {
        let parts = JPEGParts.scans
        let start = parts.offset(of: "SOS")
        return parts.bytes.prefix(start)
            + repeated(Array(parts.bytes[start..<parts.offset(of: "SOS2")]), count) + [0xFF, 0xD9]
    }
}
