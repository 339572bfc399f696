/// Writes the TIFF structure inside an EXIF block: three directories, of which the first points at the
/// others.
struct TIFFDirectory {
    /// A tag and its value.
    struct Entry {
        var tag: UInt16
        var value: Value

        init(_ tag: UInt16, _ value: Value) {
            self.tag = tag
            self.value = value
        }
    }

    enum Value {
        case bytes([UInt8])
        case text(String)
        case short(UInt16)
        case long(UInt32)
        case rationals([(UInt32, UInt32)])
        case undefined([UInt8])
    }

    let bigEndian: Bool
    private static let header = 8

    init(bigEndian: Bool) {
        self.bigEndian = bigEndian
    }

    /// The whole file; entries are in the order of their tags.
    func file(first: [Entry], exif: [Entry], gps: [Entry]?) -> [UInt8] {
        var pointers = 1
        if gps != nil { pointers += 1 }
        // The pointers' values do not change any length, so the lengths tell where the directories lie.
        let blank = (0..<pointers).map { Entry(UInt16(0x8769 + $0), .long(0)) }
        let exifStart = Self.header + directory(first + blank, at: Self.header).count
        let exifBytes = directory(exif, at: exifStart)
        let gpsStart = exifStart + exifBytes.count
        var links = [Entry(0x8769, .long(UInt32(exifStart)))]
        if gps != nil { links.append(Entry(0x8825, .long(UInt32(gpsStart)))) }
        var result = bigEndian ? Array("MM".utf8) : Array("II".utf8)
        result += number(42, bytes: 2) + number(UInt32(Self.header), bytes: 4)
        result += directory(first + links, at: Self.header) + exifBytes
        if let gps { result += directory(gps, at: gpsStart) }
        return result
    }

    /// A directory that begins at `start`, with the values too long for it behind.
    private func directory(_ entries: [Entry], at start: Int) -> [UInt8] {
        var table = number(UInt32(entries.count), bytes: 2)
        var behind: [UInt8] = []
        let behindStart = start + 2 + entries.count * 12 + 4
        for entry in entries {
            let (type, count, bytes) = encoded(entry.value)
            table +=
                number(UInt32(entry.tag), bytes: 2) + number(type, bytes: 2) + number(UInt32(count), bytes: 4)
            if bytes.count <= 4 {
                table += bytes + [UInt8](repeating: 0, count: 4 - bytes.count)
            } else {
                table += number(UInt32(behindStart + behind.count), bytes: 4)
                // Values begin at even places.
                behind += bytes + [UInt8](repeating: 0, count: bytes.count % 2)
            }
        }
        return table + number(0, bytes: 4) + behind
    }

    private func encoded(_ value: Value) -> (type: UInt32, count: Int, bytes: [UInt8]) {
        switch value {
        case .bytes(let bytes): (1, bytes.count, bytes)
        case .text(let text): (2, text.utf8.count + 1, Array(text.utf8) + [0])
        case .short(let value): (3, 1, number(UInt32(value), bytes: 2))
        case .long(let value): (4, 1, number(value, bytes: 4))
        case .rationals(let values):
            (5, values.count, values.flatMap { number($0.0, bytes: 4) + number($0.1, bytes: 4) })
        case .undefined(let bytes): (7, bytes.count, bytes)
        }
    }

    private func number(_ value: UInt32, bytes count: Int) -> [UInt8] {
        let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32($0 * 8)) }
        return bigEndian ? little.reversed() : little
    }
}
