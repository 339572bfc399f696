/// How much an XML file may ask for.
struct XMLLimits {
    /// Elements inside one another.
    var maxDepth = 32
    /// Attributes of one element.
    var maxAttributes = 64
    /// Bytes of one name, attribute value, text, comment or other markup.
    var maxToken = 64 << 10
}

/// A strict pull tokenizer for XML 1.0 without document types: it knows the five predefined entities and numeric
/// references only, so no text can grow while it is read, and needs no more memory than one token.
///
/// Memory is bounded by ``XMLLimits`` and ``XMLInput/chunkSize``, time is linear in the size of the file.
struct XMLTokenizer {
    /// What ``next()`` found.
    enum Token: Equatable {
        /// An element begins: ``name`` and ``attribute(_:)`` tell which.
        case start
        /// The element that began last and has not ended ends.
        case end
        /// ``text`` is a part of the text of the innermost element.
        case text
    }

    /// Elements that have begun and not ended, the one that has just begun included.
    private(set) var depth = 0
    /// The text of the last `.text`.
    private(set) var text: [UInt8] = []
    /// Where the last token began.
    private(set) var tokenOffset = 0

    /// What comes next, for a reader that knows some of it better. It may step only over whole elements and white space,
    /// and only where ``isBetweenTokens``.
    var input: XMLInput
    let limits: XMLLimits
    /// The names of the open elements, one behind the other, and where each begins.
    private var openNames: [UInt8] = []
    private var nameStarts: [Int] = []
    /// Where the name that began last begins behind its prefix.
    private var localStart = 0
    /// Names and values of the last start tag's attributes, and where each lies in their bytes.
    private var attributes: [(name: Range<Int>, value: Range<Int>)] = []
    private var attributeBytes: [UInt8] = []
    private var endsAtOnce = false
    private var hadRoot = false

    init(_ input: XMLInput, limits: XMLLimits = XMLLimits()) {
        self.input = input
        self.limits = limits
    }

    /// Whether the next token begins with the next byte: not so behind `<a/>`, which is a start and an end.
    var isBetweenTokens: Bool { !endsAtOnce }

    /// The name of the element that has just begun, without its prefix.
    var localName: ArraySlice<UInt8> { openNames[min(localStart, openNames.count)...] }

    /// The value of the attribute written `name`, without a prefix, of the element that began last.
    func attribute(_ name: StaticString) -> ArraySlice<UInt8>? {
        for attribute in attributes where Self.holds(attributeBytes[attribute.name], name) {
            return attributeBytes[attribute.value]
        }
        return nil
    }

    private static func holds(_ bytes: ArraySlice<UInt8>, _ name: StaticString) -> Bool {
        bytes.count == name.utf8CodeUnitCount && name.withUTF8Buffer { bytes.elementsEqual($0) }
    }

    /// The next token; nil behind the end of the document.
    mutating func next() throws(XMLError) -> Token? {
        if endsAtOnce {
            endsAtOnce = false
            close()
            return .end
        }
        while true {
            tokenOffset = input.offset
            guard let byte = try input.peek() else {
                if depth > 0 { throw error("the text ends inside an element") }
                if !hadRoot { throw error("no element in the text") }
                return nil
            }
            guard byte == UInt8(ascii: "<") else {
                if try readText() { return .text }
                continue
            }
            input.skip()
            switch try input.peek() {
            case UInt8(ascii: "/"): return try endTag()
            case UInt8(ascii: "?"): try instruction()
            case UInt8(ascii: "!"):
                input.skip()
                if try declaration() { return .text }
            default:
                try startTag()
                return .start
            }
        }
    }

    private func error(_ reason: String) -> XMLError { .syntax(reason, input.offset) }

    private mutating func close() {
        depth -= 1
        openNames.removeSubrange((nameStarts.popLast() ?? 0)...)
    }

    private func checkLength(_ count: Int) throws(XMLError) {
        guard count <= limits.maxToken else {
            throw error("more than \(limits.maxToken) bytes in one token")
        }
    }
}

// MARK: - Tags

extension XMLTokenizer {
    private mutating func startTag() throws(XMLError) {
        guard depth > 0 || !hadRoot else { throw error("a second element at the top") }
        guard depth < limits.maxDepth else { throw error("elements nested deeper than \(limits.maxDepth)") }
        hadRoot = true
        depth += 1
        nameStarts.append(openNames.count)
        localStart = openNames.count
        try Self.readName(from: &input, into: &openNames, limits: limits)
        if let colon = openNames[localStart...].lastIndex(of: UInt8(ascii: ":")) { localStart = colon + 1 }
        attributes.removeAll(keepingCapacity: true)
        attributeBytes.removeAll(keepingCapacity: true)
        while true {
            let before = input.offset
            try input.skipSpace()
            if try input.take(UInt8(ascii: ">")) { return }
            if try input.take(UInt8(ascii: "/")) {
                guard try input.take(UInt8(ascii: ">")) else { throw error("no '>' behind '/' in a tag") }
                endsAtOnce = true
                return
            }
            guard try input.peek() != nil else { throw error("the text ends inside a tag") }
            guard input.offset > before else { throw error("no blank before an attribute") }
            try readAttribute()
        }
    }

    private mutating func readAttribute() throws(XMLError) {
        guard attributes.count < limits.maxAttributes else {
            throw error("more than \(limits.maxAttributes) attributes in one tag")
        }
        let nameStart = attributeBytes.count
        try Self.readName(from: &input, into: &attributeBytes, limits: limits)
        let name = nameStart..<attributeBytes.count
        for other in attributes where attributeBytes[other.name] == attributeBytes[name] {
            throw error("an attribute occurs twice")
        }
        try input.skipSpace()
        guard try input.take(UInt8(ascii: "=")) else { throw error("no '=' behind the name of an attribute") }
        try input.skipSpace()
        guard let quote = try input.peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw error("no quote before the value of an attribute")
        }
        input.skip()
        let start = attributeBytes.count
        while true {
            let before = attributeBytes.count
            try input.append(
                to: &attributeBytes, until: quote, or: UInt8(ascii: "&"), limit: start + limits.maxToken)
            try checkLength(attributeBytes.count - start)
            // A reference may stand for it; the character itself would hide a missing quote.
            if attributeBytes[before...].contains(UInt8(ascii: "<")) {
                throw error("'<' in the value of an attribute")
            }
            if try input.take(quote) { break }
            guard try input.peek() != nil else { throw error("the text ends inside a tag") }
            attributeBytes += try readReference()
        }
        attributes.append((name, start..<attributeBytes.count))
    }

    private mutating func endTag() throws(XMLError) -> Token {
        let offset = tokenOffset
        input.skip()
        for index in (nameStarts.last ?? openNames.count)..<openNames.count {
            guard try input.take(openNames[index]) else {
                if try input.peek() == nil { throw error("the text ends inside a tag") }
                throw .syntax("an end tag without its start tag", offset)
            }
        }
        guard depth > 0 else { throw .syntax("an end tag without its start tag", offset) }
        try input.skipSpace()
        guard try input.take(UInt8(ascii: ">")) else { throw error("no '>' at the end of a tag") }
        close()
        return .end
    }

    /// Appends a name to `output`: no digit, `-` or `.` first.
    private static func readName(
        from input: inout XMLInput, into output: inout [UInt8], limits: XMLLimits
    ) throws(XMLError) {
        let start = output.count
        guard let first = try input.peek() else { throw .syntax("the text ends inside a tag", input.offset) }
        let mayBeFirst = first >= UInt8(ascii: ":")
        if mayBeFirst { try input.appendName(to: &output, limit: start + limits.maxToken) }
        guard output.count > start else { throw .syntax("no name where one should be", input.offset) }
        guard output.count - start <= limits.maxToken else {
            throw .syntax("more than \(limits.maxToken) bytes in one token", input.offset)
        }
    }
}

// MARK: - Text and other markup

extension XMLTokenizer {
    /// Reads text up to the next markup; false where it stands outside the root and is only white space.
    private mutating func readText() throws(XMLError) -> Bool {
        guard depth > 0 else {
            let before = input.offset
            // A byte order mark may stand before everything (XML 1.0, 4.3.3).
            if before == 0, try takeByteOrderMark() { return false }
            try input.skipSpace()
            guard input.offset > before else { throw error("text outside the root element") }
            return false
        }
        text.removeAll(keepingCapacity: true)
        while true {
            try input.append(
                to: &text, until: UInt8(ascii: "<"), or: UInt8(ascii: "&"), limit: limits.maxToken)
            try checkLength(text.count)
            guard try input.peek() == UInt8(ascii: "&") else { return true }
            text += try readReference()
        }
    }

    private mutating func takeByteOrderMark() throws(XMLError) -> Bool {
        for byte in [0xEF, 0xBB, 0xBF] as [UInt8] {
            guard try input.take(byte) else { return false }
        }
        return true
    }

    /// One of `&amp; &lt; &gt; &quot; &apos; &#10; &#xA;`.
    private mutating func readReference() throws(XMLError) -> [UInt8] {
        let start = input.offset
        input.skip()
        var name: [UInt8] = []
        while let byte = try input.peek(), byte != UInt8(ascii: ";") {
            guard name.count < 10 else { throw .syntax("an entity that is not predefined", start) }
            name.append(byte)
            input.skip()
        }
        guard try input.take(UInt8(ascii: ";")) else { throw error("the text ends inside a reference") }
        switch String(decoding: name, as: UTF8.self) {
        case "amp": return [UInt8(ascii: "&")]
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        case let text where text.hasPrefix("#"):
            let isHex = text.hasPrefix("#x")
            let digits = text.dropFirst(isHex ? 2 : 1)
            // UInt32 would take a sign.
            guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
                let code = UInt32(digits, radix: isHex ? 16 : 10), UTF8Checker.isCharacter(code),
                let scalar = Unicode.Scalar(code)
            else { throw .syntax("a reference to no character", start) }
            return Array(String(Character(scalar)).utf8)
        default: throw .syntax("an entity that is not predefined", start)
        }
    }

    /// Behind `<!`: true for a CDATA section, whose text is then in ``text``; false for a comment.
    private mutating func declaration() throws(XMLError) -> Bool {
        if try input.take(UInt8(ascii: "-")) {
            guard try input.take(UInt8(ascii: "-")) else {
                throw error("neither a comment nor a CDATA section")
            }
            _ = try markup(until: "-->", reason: "the text ends inside a comment")
            return false
        }
        guard try input.take(UInt8(ascii: "[")) else {
            throw error("a document type or other declaration; none is accepted")
        }
        guard depth > 0 else { throw error("text outside the root element") }
        for byte in "CDATA[".utf8 {
            guard try input.take(byte) else { throw error("neither a comment nor a CDATA section") }
        }
        text = try markup(until: "]]>", reason: "the text ends inside a CDATA section")
        return true
    }

    /// `<?...?>`: skipped, but an XML declaration must stand first and name no other encoding than UTF-8.
    private mutating func instruction() throws(XMLError) {
        let start = tokenOffset
        input.skip()
        let content = try markup(until: "?>", reason: "the text ends inside a processing instruction")
        guard content.starts(with: "xml".utf8), content.count == 3 || DecimalNumber.isSpace(content[3]) else {
            return
        }
        guard start == 0 || start == 3, depth == 0, !hadRoot else {
            throw .syntax("an XML declaration that does not stand first", start)
        }
        if let encoding = XMLDeclaration.encoding(content), !XMLDeclaration.accepted.contains(encoding) {
            throw .syntax("encoding '\(PrintableText.of(encoding, limit: 40))'; only UTF-8 is read", start)
        }
    }

    /// The bytes before the next `mark` (three or two ASCII characters), and steps over it.
    private mutating func markup(until mark: String, reason: String) throws(XMLError) -> [UInt8] {
        let mark = Array(mark.utf8)
        guard let last = mark.last else { return [] }
        var content: [UInt8] = []
        while true {
            try input.append(to: &content, until: last, or: last, limit: limits.maxToken)
            try checkLength(content.count)
            guard try input.take(last) else { throw error(reason) }
            content.append(last)
            if content.suffix(mark.count) == mark[...] { return Array(content.dropLast(mark.count)) }
        }
    }
}

/// The XML declaration `<?xml version="1.0" encoding="UTF-8"?>`.
enum XMLDeclaration {
    /// Names, in lower case, of encodings that are UTF-8 or a part of it.
    static let accepted: Set<String> = ["utf-8", "utf8", "us-ascii", "ascii"]

    /// What stands between the quotes behind `encoding`, in lower case; nil where there is none.
    static func encoding(_ content: [UInt8]) -> String? {
        let text = String(decoding: content, as: UTF8.self)
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "\"" || $0 == "'" }
        for (key, value) in zip(parts, parts.dropFirst()) {
            let name = key.filter { $0 != " " && $0 != "\t" && $0 != "\n" && $0 != "\r" && $0 != "\r\n" }
            if name == "encoding=" { return value.lowercased() }
        }
        return nil
    }
}
