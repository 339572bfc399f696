/// Reads the rows of a CSV text (RFC 4180) one by one, with any separator and any line end, under limits.
///
/// A row that is not as it should be has a ``fault`` and ends at the end of its line; the ones behind it are not
/// affected.
struct CSVRows {
    /// Bytes of one field that are read at most.
    static let maxFieldBytes = 4096
    /// Fields of one row that are kept at most.
    static let maxColumns = 256
    /// How often a quote that no other one closes is gone back to.
    private static let maxReturns = 100

    private var input: FileBytes
    private let separator: UInt8
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var nextLine: Int
    private var returns = 0

    /// The line, from 1, on which the last row began.
    private(set) var line: Int
    /// What is wrong with the last row.
    private(set) var fault: String?

    /// Reads `input` from where it stands, which is the beginning of `line`.
    init(_ input: FileBytes, separator: UInt8, line: Int = 1) {
        self.input = input
        self.separator = separator
        self.line = line
        nextLine = line
    }

    /// How many fields the last row has.
    var count: Int { ends.count }

    /// The field `index` of the last row; empty where it has no such field.
    func field(_ index: Int) -> ArraySlice<UInt8> {
        guard ends.indices.contains(index) else { return [] }
        return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// Steps to the next row that is not blank; false at the end of the file.
    mutating func next() throws(UploadReadError) -> Bool {
        while try input.peek() != nil {
            try readRow()
            if fault != nil || ends.count > 1 || !DecimalNumber.trimmed(bytes[...]).isEmpty { return true }
        }
        return false
    }

    private mutating func readRow() throws(UploadReadError) {
        line = nextLine
        fault = nil
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        repeat {
            try readField()
            if ends.count < Self.maxColumns {
                ends.append(bytes.count)
            } else {
                fault = fault ?? "more than \(Self.maxColumns) fields"
                bytes.removeLast(bytes.count - (ends.last ?? 0))
            }
        } while try take(separator)
        try endLine()
    }

    /// Whether `byte` was next; then it has been stepped over.
    private mutating func take(_ byte: UInt8) throws(UploadReadError) -> Bool {
        guard try input.peek() == byte else { return false }
        input.skip()
        return true
    }

    private mutating func readField() throws(UploadReadError) {
        let start = bytes.count
        let separator = separator
        let limit = start + Self.maxFieldBytes
        try input.append(to: &bytes, limit: limit) {
            $0 == Self.quote || Self.endsField($0, separator)
        }
        if try input.peek() == Self.quote {
            // Blanks before a quote are no field; a quote behind anything else is a character like any other.
            if bytes[start...].allSatisfy({ $0 == 0x20 }) {
                bytes.removeLast(bytes.count - start)
                return try readQuoted()
            }
            try input.append(to: &bytes, limit: limit) { Self.endsField($0, separator) }
        }
        guard bytes.count > limit else { return }
        fault = fault ?? "a field of more than \(Self.maxFieldBytes) bytes"
        bytes.removeLast(bytes.count - start)
        try input.skip { Self.endsField($0, separator) }
    }

    /// Reads from a quote to the one that closes it, line ends included, and on to the end of the field.
    private mutating func readQuoted() throws(UploadReadError) {
        input.skip()
        let beginning = input.offset
        let start = bytes.count
        let separator = separator
        if try readToClosingQuote() {
            nextLine += bytes[start...].count { $0 == Self.lineFeed }
            var rest: [UInt8] = []
            try input.append(to: &rest, limit: Self.maxFieldBytes) { Self.endsField($0, separator) }
            if !rest.allSatisfy({ $0 == 0x20 }) { fault = fault ?? "text behind a closing quote" }
        } else {
            fault = "a quote that is not closed within \(Self.maxFieldBytes) bytes"
            // What follows is taken for lines of its own; a file that is full of such quotes shall not take for ever.
            returns += 1
            if returns <= Self.maxReturns {
                input.seek(to: beginning)
            } else {
                nextLine += bytes[start...].count { $0 == Self.lineFeed }
            }
            bytes.removeLast(bytes.count - start)
        }
        try input.skip { Self.endsField($0, separator) }
    }

    /// Whether there is one; two quotes inside the field are one of its characters.
    private mutating func readToClosingQuote() throws(UploadReadError) -> Bool {
        let limit = bytes.count + Self.maxFieldBytes
        while true {
            try input.append(to: &bytes, limit: limit) { $0 == Self.quote }
            guard bytes.count <= limit, try take(Self.quote) else { return false }
            guard try take(Self.quote) else { return true }
            bytes.append(Self.quote)
        }
    }

    private static func endsField(_ byte: UInt8, _ separator: UInt8) -> Bool {
        byte == separator || byte == lineFeed || byte == carriageReturn
    }

    /// Steps over CR LF, LF or CR.
    private mutating func endLine() throws(UploadReadError) {
        let hasReturn = try take(Self.carriageReturn)
        let hasFeed = try take(Self.lineFeed)
        if hasReturn || hasFeed { nextLine += 1 }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
}
