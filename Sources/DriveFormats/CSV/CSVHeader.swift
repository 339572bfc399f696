/// The line of a CSV file that names its columns, and what stands before it.
struct CSVHeader: Equatable {
    /// What stands between two fields.
    let separator: UInt8
    /// The names as written.
    let names: [[UInt8]]
    /// Which of them are of use.
    let columns: CSVColumns
    /// The offset of the byte behind the header.
    let end: Int
    /// The line, from 1, that begins there.
    let nextLine: Int

    /// Bytes within which the header must end, and lines before it.
    static let maxBytes = 16 << 10
    private static let maxLines = 32
    /// Comma first: of two separators that give equally many known names, the first is taken.
    private static let separators = Array(",;\t|".utf8)

    /// The header in `bytes`, the beginning of a file; nil where none is found.
    ///
    /// Before it there may be a byte order mark, blank lines, comments (`#`), and the line `sep=;` for spreadsheets.
    /// The header itself may begin with `#`. It is one if it names two of latitude, longitude and time.
    static func find(in bytes: [UInt8]) -> CSVHeader? {
        var start = bytes.starts(with: FileBytes.byteOrderMark) ? 3 : 0
        var separators = separators
        for line in 1...maxLines {
            guard start < bytes.count else { return nil }
            let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D }
            guard let end = end ?? (bytes.count < maxBytes ? bytes.count : nil) else { return nil }
            let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
            let next = min(bytes.count, end + (isPair ? 2 : 1))
            let text = DecimalNumber.trimmed(bytes[start..<end])
            let isComment = text.first == UInt8(ascii: "#")
            let header = best(isComment ? text.dropFirst() : bytes[start..<end], separators)
            if let header {
                return CSVHeader(
                    separator: header.separator, names: header.names, columns: CSVColumns(header.names),
                    end: next, nextLine: line + 1)
            }
            if text.count == 5, text.starts(with: "sep=".utf8), let last = text.last {
                separators = [last]
            } else if !text.isEmpty, !isComment {
                return nil
            }
            start = next
        }
        return nil
    }

    private static func best(
        _ line: ArraySlice<UInt8>, _ separators: [UInt8]
    ) -> (separator: UInt8, names: [[UInt8]])? {
        var best: (separator: UInt8, names: [[UInt8]])?
        var most = 1
        for separator in separators {
            let names = split(line, separator)
            let known = CSVColumns(names).essentials
            if known > most {
                most = known
                best = (separator, names)
            }
        }
        return best
    }

    /// The fields of `line`, whose quotes are only taken off: no name has a separator inside.
    private static func split(_ line: ArraySlice<UInt8>, _ separator: UInt8) -> [[UInt8]] {
        line.split(separator: separator, maxSplits: CSVRows.maxColumns, omittingEmptySubsequences: false).map
        {
            let name = DecimalNumber.trimmed($0)
            let isQuoted = name.count > 1 && name.first == 0x22 && name.last == 0x22
            return Array(isQuoted ? name.dropFirst().dropLast() : name)
        }
    }
}

/// Which columns of a CSV file hold what, by their names.
struct CSVColumns: Equatable {
    /// A column with a number.
    struct Number: Equatable {
        var index: Int
        /// What the number is divided by to have degrees, metres per second or metres.
        var divisor: Double
    }

    private(set) var latitude: Number?
    private(set) var longitude: Number?
    private(set) var time: Int?
    private(set) var date: Int?
    private(set) var heading: Number?
    private(set) var speed: Number?
    private(set) var hdop: Number?
    private(set) var horizontalError: Number?
    /// The column of a speed that names no unit, which is why nothing is taken from it.
    private(set) var speedWithoutUnit: Int?

    /// How many of latitude, longitude and time there are.
    var essentials: Int {
        (latitude == nil ? 0 : 1) + (longitude == nil ? 0 : 1) + (time == nil && date == nil ? 0 : 1)
    }

    /// The columns called `names`; of two for one value, the one with the better name, then the first.
    init(_ names: [[UInt8]]) {
        // `x`, `y` beside `z` are no longitude and latitude but what an accelerometer writes.
        let isSpatial = names.contains { $0 == [UInt8(ascii: "z")] || $0 == [UInt8(ascii: "Z")] }
        var found: [FixField: (match: FixField.Match, index: Int)] = [:]
        for (index, name) in names.enumerated() where !(isSpatial && name.count == 1) {
            guard let match = FixField.match(name[...]) else { continue }
            if let other = found[match.field], other.match.rank <= match.rank { continue }
            found[match.field] = (match, index)
        }
        func number(_ field: FixField) -> Number? {
            guard let (match, index) = found[field], let divisor = match.divisor else { return nil }
            return Number(index: index, divisor: divisor)
        }
        latitude = number(.latitude)
        longitude = number(.longitude)
        heading = number(.heading)
        speed = number(.speed)
        hdop = number(.hdop)
        horizontalError = number(.horizontalError)
        time = found[.time]?.index
        date = found[.date]?.index
        if speed == nil { speedWithoutUnit = found[.speed]?.index }
    }
}
