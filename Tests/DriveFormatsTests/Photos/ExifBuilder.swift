/// Makes EXIF blocks and the files around them, in either byte order.
struct ExifBuilder {
    enum Value {
        case ascii(String)
        case ratios([(UInt32, UInt32)])
        case long(UInt32)
        /// Anything: type, count and the four bytes of the entry's field.
        case raw(type: UInt16, count: UInt32, field: UInt32)
    }

    var isBigEndian = true
    var camera: [(UInt16, Value)] = []
    var exif: [(UInt16, Value)] = []
    var gps: [(UInt16, Value)] = []

    /// 37 deg 46' 30.5" N, 122 deg 25' 9" W, 2025-12-15T21:53:41.250Z by GPS.
    static func sample(isBigEndian: Bool) -> ExifBuilder {
        var builder = ExifBuilder()
        builder.isBigEndian = isBigEndian
        builder.camera = [(0x010F, .ascii("Make")), (0x0110, .ascii("Model"))]
        builder.exif = [
            (0x9003, .ascii("2025:12:15 22:53:42")), (0x9011, .ascii("+01:00")), (0x9291, .ascii("5")),
            (0xA431, .ascii("A-7")),
        ]
        builder.gps = [
            (0x01, .ascii("N")), (0x02, .ratios([(37, 1), (46, 1), (305, 10)])),
            (0x03, .ascii("W")), (0x04, .ratios([(122, 1), (25, 1), (9, 1)])),
            (0x07, .ratios([(21, 1), (53, 1), (4125, 100)])), (0x0B, .ratios([(3, 2)])),
            (0x0C, .ascii("N")), (0x0D, .ratios([(36, 1)])),
            (0x10, .ascii("T")), (0x11, .ratios([(901, 10)])),
            (0x1D, .ascii("2025:12:15")), (0x1F, .ratios([(7, 2)])),
        ]
        return builder
    }

    mutating func set(gps tag: UInt16, _ value: Value?) {
        gps.removeAll { $0.0 == tag }
        if let value { gps.append((tag, value)) }
    }

    mutating func set(exif tag: UInt16, _ value: Value?) {
        exif.removeAll { $0.0 == tag }
        if let value { exif.append((tag, value)) }
    }

    /// The TIFF block: header, the three directories, and behind them the values that do not fit an entry.
    var block: [UInt8] {
        let sizes = [camera.count + 2, exif.count, gps.count].map { 2 + $0 * 12 + 4 }
        let exifStart = 8 + sizes[0]
        let gpsStart = exifStart + sizes[1]
        var heapStart = gpsStart + sizes[2]
        var heap: [UInt8] = []
        var result: [UInt8] = isBigEndian ? [0x4D, 0x4D] : [0x49, 0x49]
        result += short(42) + long(8)
        let first = camera + [(0x8769, .long(UInt32(exifStart))), (0x8825, .long(UInt32(gpsStart)))]
        for entries in [first, exif, gps] {
            result += short(UInt16(entries.count))
            for (tag, value) in entries { result += entry(tag, value, &heap, &heapStart) }
            result += long(0)
        }
        return result + heap
    }

    /// A JPEG file up to its scan, with a JFIF segment before EXIF.
    var jpeg: [UInt8] { Self.jpeg([Self.segment(0xE1, text("Exif\0\0") + block)]) }

    /// A PNG file with an eXIf chunk; check sums are left 0.
    var png: [UInt8] {
        var result: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        for (type, content) in [("IHDR", [UInt8](repeating: 1, count: 13)), ("eXIf", block), ("IDAT", [0])] {
            result +=
                [0, 0, UInt8(content.count >> 8), UInt8(content.count & 255)] + text(type) + content + [
                    0, 0, 0, 0,
                ]
        }
        return result
    }

    static func jpeg(_ segments: [[UInt8]]) -> [UInt8] {
        [0xFF, 0xD8] + segment(0xE0, text("JFIF\0") + [1, 1, 0, 0, 1, 0, 1, 0, 0]) + segments.flatMap { $0 }
            + [0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]
    }

    static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 255)] + content
    }

    private func entry(_ tag: UInt16, _ value: Value, _ heap: inout [UInt8], _ heapStart: inout Int)
        -> [UInt8]
    {
        var bytes: [UInt8] = []
        let head: [UInt8]
        switch value {
        case .ascii(let string):
            bytes = text(string) + [0]
            head = short(tag) + short(2) + long(UInt32(bytes.count))
        case .ratios(let ratios):
            for (top, bottom) in ratios { bytes += long(top) + long(bottom) }
            head = short(tag) + short(5) + long(UInt32(ratios.count))
        case .long(let number): return short(tag) + short(4) + long(1) + long(number)
        case .raw(let type, let count, let field): return short(tag) + short(type) + long(count) + long(field)
        }
        if bytes.count <= 4 { return head + bytes + [UInt8](repeating: 0, count: 4 - bytes.count) }
        let start = heapStart + heap.count
        heap += bytes
        return head + long(UInt32(start))
    }

    private func short(_ value: UInt16) -> [UInt8] {
        let bytes = [UInt8(value >> 8), UInt8(value & 255)]
        return isBigEndian ? bytes : bytes.reversed()
    }

    private func long(_ value: UInt32) -> [UInt8] {
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
        return isBigEndian ? bytes : bytes.reversed()
    }
}
