/// The bytes of an XML file, read chunk by chunk and checked to be UTF-8 text as they come.
struct XMLInput {
    /// Bytes of one chunk: large enough that asking for it costs nothing, small enough to stay in the cache.
    static let chunkSize = 256 << 10

    private let upload: any UploadContents
    private let file: UploadFile
    private let chunkSize: Int
    /// The bytes at hand, and the index of the next among them.
    private(set) var chunk: [UInt8] = []
    private(set) var position = 0
    /// The offset in the file of the chunk's first byte, and of the first byte not yet read.
    private var chunkStart = 0
    private var nextStart = 0
    private var checker = UTF8Checker()
    /// What is wrong behind the chunk's last byte.
    private var failure: XMLError?

    init(_ file: UploadFile, in upload: any UploadContents, chunkSize: Int = XMLInput.chunkSize) {
        self.file = file
        self.upload = upload
        self.chunkSize = max(1, chunkSize)
    }

    /// The offset in the file of the next byte.
    var offset: Int { chunkStart + position }

    /// How much of the file lies before the next byte, 0...1.
    var share: Double { Double(offset) / Double(max(1, file.size)) }

    /// The next byte, which stays; nil at the end of the file.
    mutating func peek() throws(XMLError) -> UInt8? {
        if position < chunk.count { return chunk[position] }
        return try refill() ? chunk[position] : nil
    }

    /// Steps over the byte that ``peek()`` gave.
    mutating func skip() { position += 1 }

    /// Steps over the bytes of ``chunk`` before `position`.
    mutating func skip(to position: Int) { self.position = min(max(self.position, position), chunk.count) }

    /// Steps over `byte` if it is next.
    mutating func take(_ byte: UInt8) throws(XMLError) -> Bool {
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    /// Steps over white space, of any amount.
    mutating func skipSpace() throws(XMLError) {
        while let byte = try peek(), DecimalNumber.isSpace(byte) { position += 1 }
    }

    /// Appends to `output` the bytes before the next one that is `first` or `second`, or the end of the file, until
    /// `output` has more than `limit` bytes.
    mutating func append(
        to output: inout [UInt8], until first: UInt8, or second: UInt8, limit: Int
    ) throws(XMLError) {
        while try peek() != nil {
            let start = position
            let end = min(chunk.count, start + limit - output.count + 1)
            while position < end, chunk[position] != first, chunk[position] != second { position += 1 }
            output.append(contentsOf: chunk[start..<position])
            if position < chunk.count || output.count > limit { return }
        }
    }

    /// Appends to `output` the bytes of a name, as ``isNameByte(_:)`` knows them, until it has more than `limit` bytes.
    mutating func appendName(to output: inout [UInt8], limit: Int) throws(XMLError) {
        while try peek() != nil {
            let start = position
            let end = min(chunk.count, start + limit - output.count + 1)
            while position < end, Self.isNameByte(chunk[position]) { position += 1 }
            output.append(contentsOf: chunk[start..<position])
            if position < chunk.count || output.count > limit { return }
        }
    }

    /// Letters, digits, `_`, `-`, `.`, `:` and everything beyond ASCII.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...,
            UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private mutating func refill() throws(XMLError) -> Bool {
        if let failure { throw failure }
        chunkStart = nextStart
        position = 0
        do {
            chunk = try upload.bytes(of: file, range: chunkStart..<chunkStart + chunkSize)
        } catch {
            throw .unreadable(error)
        }
        nextStart = chunkStart + chunk.count
        if chunk.isEmpty {
            if checker.isInsideCharacter {
                throw .syntax("the text ends inside a UTF-8 character", chunkStart)
            }
            return false
        }
        if let (index, reason) = checker.check(chunk) {
            failure = .syntax(reason, chunkStart + index)
            // An earlier error in the valid part must be found first, whatever the size of the chunks.
            chunk.removeSubrange(index...)
            if chunk.isEmpty, let failure { throw failure }
        }
        return true
    }
}

/// Why an XML file was refused.
enum XMLError: Error, Equatable {
    /// A reason in words, and the offset of the byte where it was noticed.
    case syntax(String, Int)
    /// The file could not be read.
    case unreadable(UploadReadError)
}
