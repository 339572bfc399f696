/// One directory (IFD) of an EXIF block, read by tag; of a tag that occurs twice the first entry counts.
struct ExifDirectory {
    private let block: TIFFBlock
    private let entries: [TIFFBlock.Entry]

    init(_ block: TIFFBlock, _ entries: [TIFFBlock.Entry]) {
        self.block = block
        self.entries = entries
    }

    func entry(_ tag: UInt16) -> TIFFBlock.Entry? { entries.first { $0.tag == tag } }

    /// How many values `tag` has.
    func count(_ tag: UInt16) -> Int? { entry(tag).map { Int($0.count) } }

    /// The text of `tag`; nil where it is missing, blank or unreadable.
    func text(_ tag: UInt16) -> [UInt8]? {
        guard let entry = entry(tag), let text = block.text(entry) else { return nil }
        return text.allSatisfy { $0 == UInt8(ascii: " ") } ? nil : text
    }

    /// The text of `tag` as a string without blanks around it; a byte that is not UTF-8 becomes U+FFFD.
    func string(_ tag: UInt16) -> String? {
        text(tag).map { String(decoding: $0.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self) }
    }

    /// The first letter of the text of `tag` in upper case: references are one letter, some writers add a word.
    func letter(_ tag: UInt16) -> UInt8? {
        guard let letter = text(tag)?.first(where: { $0 != UInt8(ascii: " ") }) else { return nil }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) ? letter - 0x20 : letter
    }

    /// The one 16-bit number of `tag`.
    func short(_ tag: UInt16) -> Int? { entry(tag).flatMap { block.short($0) } }

    /// The ratio at `index` of `tag`; nil where it is missing, unreadable or has the denominator 0.
    func ratio(_ tag: UInt16, _ index: Int = 0) -> Ratio? { entry(tag).flatMap { block.ratio($0, index) } }
}

/// The directories of an EXIF block that matter: the first, and those that it names. Directories behind the first one
/// (the thumbnail's) and inside others are never followed, and none is read twice, so a loop has no length.
struct ExifDirectories {
    /// The first directory.
    let first: ExifDirectory
    /// What was wrong first, with its byte in the file.
    private(set) var fault: String?

    private let block: TIFFBlock
    private var visited: Set<Int>

    init(_ block: TIFFBlock) {
        self.block = block
        visited = [block.firstDirectory]
        let (entries, isWhole) = block.directory(at: block.firstDirectory)
        first = ExifDirectory(block, entries)
        if !isWhole { fault = Self.incomplete("first", block, block.firstDirectory) }
    }

    /// The directory whose offset stands in `tag` of the first one; empty where there is none.
    mutating func named(_ tag: UInt16, _ name: String) -> ExifDirectory {
        let nothing = ExifDirectory(block, [])
        guard let entry = first.entry(tag) else { return nothing }
        guard let offset = block.offset(entry) else {
            note("no offset of the \(name) directory at byte \(block.fileByte(entry.field))")
            return nothing
        }
        guard visited.insert(offset).inserted else {
            note("the \(name) directory at byte \(block.fileByte(offset)) is also another one")
            return nothing
        }
        let (entries, isWhole) = block.directory(at: offset)
        if !isWhole { note(Self.incomplete(name, block, offset)) }
        return ExifDirectory(block, entries)
    }

    private mutating func note(_ text: String) {
        if fault == nil { fault = text }
    }

    private static func incomplete(_ name: String, _ block: TIFFBlock, _ offset: Int) -> String {
        "the \(name) directory at byte \(block.fileByte(offset)) leaves the EXIF block or has more than "
            + "\(TIFFBlock.maxEntries) entries"
    }
}
