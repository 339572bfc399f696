/// An EXIF block as its directories, whose entries can lie about everything.
struct TIFFParts {
    /// One entry of a directory.
    struct Entry {
        var tag, type: UInt16
        var count: UInt32
        var content: Content

        /// What its four last bytes are.
        enum Content {
            /// The value itself, or where it lies if it is longer than four bytes.
            case bytes([UInt8])
            /// Any number at all.
            case field(UInt32)
        }
    }

    var isBigEndian: Bool
    var first: [Entry] = []
    var exif: [Entry] = []
    var gps: [Entry] = []
    /// Where the first directory is said to be.
    var start: UInt32 = 8
    /// Where the two other directories are said to be; nil for where they are.
    var exifStart, gpsStart: UInt32?
    /// How many entries the directories are said to have.
    var counts: [UInt16?] = [nil, nil, nil]

    /// Where the directory of positions is.
    var gpsPlace: Int { 8 + [first.count + 2, exif.count].reduce(0) { $0 + 6 + 12 * $1 } }

    var bytes: [UInt8] {
        let exifPlace = 8 + 6 + 12 * (first.count + 2)
        var heapPlace = gpsPlace + 6 + 12 * gps.count
        var heap: [UInt8] = []
        var out: [UInt8] = (isBigEndian ? [0x4D, 0x4D] : [0x49, 0x49]) + short(42) + long(start)
        let pointers = [
            Entry(tag: 0x8769, type: 4, count: 1, content: .field(exifStart ?? UInt32(exifPlace))),
            Entry(tag: 0x8825, type: 4, count: 1, content: .field(gpsStart ?? UInt32(gpsPlace))),
        ]
        for (entries, count) in zip([first + pointers, exif, gps], counts) {
            out += short(count ?? UInt16(entries.count))
            for entry in entries {
                out += short(entry.tag) + short(entry.type) + long(entry.count)
                switch entry.content {
                case .field(let number): out += long(number)
                case .bytes(let bytes) where bytes.count <= 4:
                    out += bytes + [UInt8](repeating: 0, count: 4 - bytes.count)
                case .bytes(let bytes):
                    out += long(UInt32(heapPlace))
                    heap += bytes
                    heapPlace += bytes.count
                }
            }
            out += long(0)
        }
        return out + heap
    }

    func ascii(_ tag: UInt16, _ text: String) -> Entry {
        Entry(tag: tag, type: 2, count: UInt32(text.utf8.count + 1), content: .bytes(Array(text.utf8) + [0]))
    }

    func ratios(_ tag: UInt16, _ ratios: [(UInt32, UInt32)], type: UInt16 = 5) -> Entry {
        Entry(
            tag: tag, type: type, count: UInt32(ratios.count),
            content: .bytes(ratios.flatMap { long($0.0) + long($0.1) }))
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

extension TIFFParts {
    /// 37 deg 46' 30.5" N, 122 deg 25' 9" W at 2025-12-15T21:53:41.250Z by GPS, of a camera called `Make Model`.
    static func sample(isBigEndian: Bool) -> TIFFParts {
        var parts = TIFFParts(isBigEndian: isBigEndian)
        parts.first = [parts.ascii(0x010F, "Make"), parts.ascii(0x0110, "Model")]
        parts.exif = [parts.ascii(0x9003, "2025:12:15 21:53:42"), parts.ascii(0x9011, "+00:00")]
        parts.gps = [
            parts.ascii(0x01, "N"), parts.ratios(0x02, [(37, 1), (46, 1), (305, 10)]), parts.ascii(0x03, "W"),
            parts.ratios(0x04, [(122, 1), (25, 1), (9, 1)]),
            parts.ratios(0x07, [(21, 1), (53, 1), (4125, 100)]), parts.ascii(0x1D, "2025:12:15"),
        ]
        return parts
    }

    /// The position of the sample: 37.77513888... and -122.41916666... degrees.
    static let latitudeE7 = 377_751_389
    static let longitudeE7 = -1_224_191_667
    /// Its time by GPS, and by the camera's own clock.
    static let gpsTime: Int64 = 1_765_835_621_250
    static let cameraTime: Int64 = 1_765_835_622_000

    /// The same with `entry` for the one of its tag in the directory of positions.
    func with(gps entry: Entry) -> TIFFParts {
        var parts = self
        parts.gps = gps.map { $0.tag == entry.tag ? entry : $0 }
        if !gps.contains(where: { $0.tag == entry.tag }) { parts.gps.append(entry) }
        return parts
    }

    /// The same with `entry` for the one of its tag in the camera's directory.
    func with(exif entry: Entry) -> TIFFParts {
        var parts = self
        parts.exif = exif.map { $0.tag == entry.tag ? entry : $0 }
        if !exif.contains(where: { $0.tag == entry.tag }) { parts.exif.append(entry) }
        return parts
    }

    /// The same without the entry `tag` of the directory of positions.
    func without(gps tag: UInt16) -> TIFFParts {
        var parts = self
        parts.gps.removeAll { $0.tag == tag }
        return parts
    }
}
