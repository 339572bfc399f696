/// A TIFF structure (TIFF 6.0, section 2) as EXIF uses it, in either byte order. Every access is checked against the
/// block; offsets count from its first byte.
struct TIFFBlock {
    /// One entry of a directory; nothing in it has been checked.
    struct Entry {
        var tag: UInt16
        var type: UInt16
        /// Values, not bytes.
        var count: UInt32
        /// Where the four bytes of the entry's value or offset stand.
        var field: Int
    }

    /// Entries of one directory that are read; cameras write fewer than 100.
    static let maxEntries = 512

    private let bytes: [UInt8]
    /// The block's range in `bytes`.
    private let range: Range<Int>
    private let isBigEndian: Bool

    /// The block at `range` of `bytes`; nil unless a TIFF header stands there.
    init?(_ bytes: [UInt8], _ range: Range<Int>) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count, range.count >= 8 else { return nil }
        switch Array(bytes[range.prefix(4)]) {
        case [0x49, 0x49, 0x2A, 0x00]: isBigEndian = false
        case [0x4D, 0x4D, 0x00, 0x2A]: isBigEndian = true
        default: return nil
        }
        self.bytes = bytes
        self.range = range
    }

    /// Where the first directory should stand.
    var firstDirectory: Int { number(at: 4, bytes: 4) ?? 0 }

    /// The place of `offset` in the file the block was found in.
    func fileByte(_ offset: Int) -> Int { range.lowerBound + offset }

    /// The entries of the directory at `offset` as far as they lie in the block, and whether those are all it has.
    func directory(at offset: Int) -> (entries: [Entry], isWhole: Bool) {
        guard let count = number(at: offset, bytes: 2) else { return ([], false) }
        var entries: [Entry] = []
        let wanted = min(count, Self.maxEntries)
        entries.reserveCapacity(wanted)
        for index in 0..<wanted {
            let start = offset + 2 + index * 12
            guard let tag = number(at: start, bytes: 2), let type = number(at: start + 2, bytes: 2),
                let count = number(at: start + 4, bytes: 4), contains(start + 8, 4)
            else { return (entries, false) }
            entries.append(
                Entry(
                    tag: UInt16(truncatingIfNeeded: tag), type: UInt16(truncatingIfNeeded: type),
                    count: UInt32(truncatingIfNeeded: count), field: start + 8))
        }
        return (entries, wanted == count)
    }

    /// The offset that `entry` holds, of one directory; nil for another type or count.
    func offset(_ entry: Entry) -> Int? {
        guard entry.type == 4 || entry.type == 13, entry.count == 1 else { return nil }
        return number(at: entry.field, bytes: 4)
    }

    /// The unsigned 16-bit number that `entry` holds; nil for another type or count.
    func short(_ entry: Entry) -> Int? {
        guard entry.type == 3, entry.count == 1 else { return nil }
        return number(at: entry.field, bytes: 2)
    }

    /// The text of `entry` up to the first NUL, without spaces at its end, at most 64 bytes of it; nil for a type
    /// that is no text, or where it leaves the block.
    func text(_ entry: Entry) -> [UInt8]? {
        // ASCII; BYTE and UNDEFINED are written for it too. UTF-8 is type 129 since EXIF 3.0.
        guard [1, 2, 7, 129].contains(entry.type), let start = values(entry, size: 1) else { return nil }
        let length = min(Int(entry.count), 64)
        var text = Array(
            bytes[range.lowerBound + start..<range.lowerBound + start + length].prefix { $0 != 0 })
        while text.last == UInt8(ascii: " ") { text.removeLast() }
        return text
    }

    /// The ratio at `index` of `entry` (RATIONAL or SRATIONAL); nil for another type, outside the block, or where the
    /// denominator is 0, which is how writers say that a value is missing.
    func ratio(_ entry: Entry, _ index: Int = 0) -> Ratio? {
        guard entry.type == 5 || entry.type == 10, index >= 0, index < Int(entry.count),
            let start = values(entry, size: 8), let numerator = number(at: start + index * 8, bytes: 4),
            let denominator = number(at: start + index * 8 + 4, bytes: 4), denominator != 0
        else { return nil }
        guard entry.type == 10 else {
            return Ratio(numerator: Int64(numerator), denominator: Int64(denominator))
        }
        let top = Int64(Int32(truncatingIfNeeded: numerator))
        let bottom = Int64(Int32(truncatingIfNeeded: denominator))
        return bottom < 0
            ? Ratio(numerator: -top, denominator: -bottom) : Ratio(numerator: top, denominator: bottom)
    }

    /// Where the values of `entry` lie, of `size` bytes each: in the entry if they have room there.
    private func values(_ entry: Entry, size: Int) -> Int? {
        let length = Int(entry.count) * size
        let start = length <= 4 ? entry.field : number(at: entry.field, bytes: 4)
        guard let start, contains(start, length) else { return nil }
        return start
    }

    private func contains(_ offset: Int, _ length: Int) -> Bool {
        offset >= 0 && length <= range.count && offset <= range.count - length
    }

    private func number(at offset: Int, bytes count: Int) -> Int? {
        guard contains(offset, count) else { return nil }
        var value = 0
        for index in 0..<count {
            let position = range.lowerBound + offset + (isBigEndian ? index : count - 1 - index)
            value = value << 8 | Int(bytes[position])
        }
        return value
    }
}

/// A ratio of an EXIF block with a positive denominator.
struct Ratio: Equatable {
    var numerator: Int64
    var denominator: Int64

    /// The nearest double.
    var value: Double { Double(numerator) / Double(denominator) }

    /// The ratio times `factor` (up to 3,600,000), cut to a whole number; nil where it is negative.
    func scaled(by factor: Int64) -> Int64? {
        let (product, overflow) = numerator.multipliedReportingOverflow(by: factor)
        return overflow || product < 0 ? nil : product / denominator
    }
}
