import Canonical

/// The records of a JSON file one by one: the elements of the array it holds, or the values of a file that has one on
/// each line. Memory does not grow with the file.
struct JSONRecords {
    /// One record.
    enum Record {
        case value(JSONValue)
        /// A line that is no JSON value, and why; the lines behind it are not affected.
        case broken(String)
    }

    /// Limits of one record.
    static let limits = JSONLimits(maxBytes: 1 << 20, maxDepth: 16, maxValues: 50_000)

    private let maxRecords: Int
    private var input: FileBytes
    private var state = State.beginning
    private var bytes: [UInt8] = []
    private var start = 0

    private enum State { case beginning, array, closed, lines, end }

    /// How many records have been begun.
    private(set) var count = 0
    /// Whether an array ended without its bracket, as in a file that was not written to its end.
    private(set) var isCutOff = false

    init(
        _ file: UploadFile, in upload: any UploadContents, maxRecords: Int = RawTrace.maxFixes,
        chunkSize: Int = FileBytes.chunkSize
    ) {
        self.maxRecords = maxRecords
        input = FileBytes(file, in: upload, chunkSize: chunkSize)
    }

    /// Where the last record is, in words.
    var place: String { "record \(count) at byte \(start)" }

    /// The next record; nil behind the last one.
    ///
    /// - Throws: ``JSONRecordsError`` at what ends an array, or is in it, and is no JSON; records before it were given.
    mutating func next() throws(JSONRecordsError) -> Record? {
        if state == .beginning { try begin() }
        switch state {
        case .beginning, .end: return nil
        case .closed:
            try end()
            return nil
        case .array: return try element()
        case .lines: return try line()
        }
    }

    private mutating func begin() throws(JSONRecordsError) {
        do { try input.skip(mark: FileBytes.byteOrderMark) } catch { throw .unreadable(error) }
        try skipSpace()
        guard try peek() == UInt8(ascii: "[") else {
            state = .lines
            return
        }
        input.skip()
        state = .array
        try skipSpace()
        if try peek() == UInt8(ascii: "]") { state = .closed }
    }

    private mutating func peek() throws(JSONRecordsError) -> UInt8? {
        do { return try input.peek() } catch { throw .unreadable(error) }
    }

    /// Appends what comes before the next byte for which `isStop` holds; at most one byte more than a record may have.
    private mutating func append(until isStop: (UInt8) -> Bool) throws(JSONRecordsError) {
        do { try input.append(to: &bytes, limit: Self.limits.maxBytes, until: isStop) } catch {
            throw .unreadable(error)
        }
    }

    private mutating func startRecord() throws(JSONRecordsError) {
        start = input.offset
        count += 1
        bytes.removeAll(keepingCapacity: true)
        guard count <= maxRecords else { throw .tooMany(maxRecords, place) }
    }

    /// Steps over the bracket that ends the array; nothing may follow.
    private mutating func end() throws(JSONRecordsError) {
        input.skip()
        state = .end
        try skipSpace()
        if try peek() != nil {
            throw .syntax("text behind the end of the array", "byte \(input.offset)")
        }
    }

    private mutating func skipSpace() throws(JSONRecordsError) {
        while let byte = try peek(), DecimalNumber.isSpace(byte) { input.skip() }
    }

    private mutating func element() throws(JSONRecordsError) -> Record? {
        try skipSpace()
        try startRecord()
        guard try readElement() else {
            isCutOff = true
            state = .end
            return nil
        }
        let value: JSONValue
        do { value = try JSONReader.read(bytes, limits: Self.limits) } catch {
            throw .syntax("\(error.reason) at its \(error.place)", place)
        }
        switch try peek() {
        case UInt8(ascii: ","): input.skip()
        case UInt8(ascii: "]"): state = .closed
        default: throw .syntax("neither ',' nor ']' in an array", "byte \(input.offset)")
        }
        return .value(value)
    }

    /// Reads up to the comma or bracket behind an element; false where the file ends before.
    private mutating func readElement() throws(JSONRecordsError) -> Bool {
        var depth = 0
        while true {
            try append(until: Self.isStructure)
            guard bytes.count <= Self.limits.maxBytes else {
                throw .syntax("more than \(Self.limits.maxBytes) bytes in one record", place)
            }
            guard let byte = try peek() else { return false }
            switch byte {
            case UInt8(ascii: "\""):
                guard try readString() else { return false }
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                // Before a million more of them are looked for their ends.
                guard depth < Self.limits.maxDepth else {
                    throw .syntax(
                        "nested deeper than \(Self.limits.maxDepth) at its byte \(bytes.count)", place)
                }
                depth += 1
            case UInt8(ascii: ","): if depth == 0 { return true }
            default:
                if depth == 0 { return true }
                depth -= 1
            }
            bytes.append(byte)
            input.skip()
        }
    }

    /// Reads a string, quotes included; false where the file ends before.
    private mutating func readString() throws(JSONRecordsError) -> Bool {
        bytes.append(UInt8(ascii: "\""))
        input.skip()
        while bytes.count <= Self.limits.maxBytes {
            try append {
                $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\")
            }
            guard let byte = try peek() else { return false }
            bytes.append(byte)
            input.skip()
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\"), let escaped = try peek() {
                bytes.append(escaped)
                input.skip()
            }
        }
        return true
    }

    private static func isStructure(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: ","):
            true
        default: false
        }
    }

    private mutating func line() throws(JSONRecordsError) -> Record? {
        try skipSpace()
        guard try peek() != nil else {
            state = .end
            return nil
        }
        try startRecord()
        try append { $0 == 0x0A }
        do { try input.skip { $0 == 0x0A } } catch { throw .unreadable(error) }
        do { return .value(try JSONReader.read(bytes, limits: Self.limits)) } catch {
            return .broken("\(error.reason) at its \(error.place)")
        }
    }
}

/// Why a JSON file gives no more records.
enum JSONRecordsError: Error {
    /// A reason and a place in words.
    case syntax(String, String)
    /// More records than this, and the place of the first one beyond.
    case tooMany(Int, String)
    /// The file could not be read.
    case unreadable(UploadReadError)

    /// The refusal of `file`, which was taken for `kind`: `gnss.bad_json`.
    func refusal(of file: UploadFile, as kind: String) -> FormatError {
        let path = PrintableText.of(file.path)
        switch self {
        case .unreadable(let error): return FormatError(error)
        case .tooMany(let most, let place):
            return FormatError(
                code: "\(kind).too_many_records", place: "\(path), \(place)",
                reason: "more than \(most) records", remedy: "deliver each drive as an upload of its own")
        case .syntax(let reason, let place):
            return FormatError(
                code: "\(kind).bad_json", place: "\(path), \(place)", reason: PrintableText.of(reason),
                remedy: "deliver the file as it was written")
        }
    }
}
