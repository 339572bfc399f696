/// Steps through the simplest markup of XML 1.0. Whatever is not of the simplest kind, or ends less than eight bytes before
/// the end of the bytes at hand, gives nil or false: then nothing is said about it.
struct PlainMarkup {
    /// The index of the next byte.
    private(set) var index: Int

    /// Bytes of a name, value or text. Far below what the tokenizer allows, so that none is taken here and refused there.
    private static let maxLength = 1024

    init(index: Int) {
        self.index = index
    }

    /// The next byte, which stays.
    @inline(__always)
    func next(_ bytes: Span<UInt8>) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Steps over `byte` if it is next.
    @inline(__always)
    mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    /// Steps over white space and says whether there was any.
    @inline(__always)
    mutating func skipSpace(_ bytes: Span<UInt8>) -> Bool {
        var end = index
        while end < bytes.count, DecimalNumber.isSpace(bytes[end]) { end += 1 }
        defer { index = end }
        return end > index
    }

    /// Steps over a name and gives what stands behind its prefix.
    @inline(__always)
    mutating func name(_ bytes: Span<UInt8>) -> GPXName? {
        guard let word = ByteWord(bytes, at: index) else { return nil }
        let length = word.letters
        // Most names are short and have no prefix. That its bytes are letters is known of a name that is known.
        if length < 8, let name = GPXName(rawValue: word.prefix(length)), name != .other,
            Self.endsName(bytes[index + length])
        {
            index += length
            return name
        }
        return longName(bytes)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ">") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "=")
    }

    private mutating func longName(_ bytes: Span<UInt8>) -> GPXName? {
        let limit = min(bytes.count, index + Self.maxLength)
        guard index < limit, Self.isLetter(bytes[index]) else { return nil }
        var start = index
        for end in index..<limit {
            let byte = bytes[end]
            if Self.isLetter(byte) || byte &- UInt8(ascii: "-") < 2 || byte &- UInt8(ascii: "0") < 10 {
                continue
            }
            if byte != UInt8(ascii: ":") {
                index = end
                guard end - start < 8 else { return .other }
                guard let word = ByteWord(bytes, at: start) else { return nil }
                return GPXName(rawValue: word.prefix(end - start)) ?? .other
            }
            start = end + 1
        }
        return nil
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
    }

    /// Steps over `="number"` and gives the number.
    @inline(__always)
    mutating func number(_ bytes: Span<UInt8>) -> Double? {
        guard take(UInt8(ascii: "="), bytes), let quote = next(bytes),
            quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let (value, end) = DecimalNumber.plain(bytes, from: index + 1), end < bytes.count,
            bytes[end] == quote
        else { return nil }
        index = end + 1
        return value
    }

    /// Steps over text and the `<` behind it, and gives where the text is.
    @inline(__always)
    mutating func text(_ bytes: Span<UInt8>) -> Range<Int>? {
        let start = index
        var end = start
        while end - start < Self.maxLength, let word = ByteWord(bytes, at: end) {
            let found = min(word.first(UInt8(ascii: "<")), word.first(UInt8(ascii: "&")))
            end += found
            if found < 8 {
                guard bytes[end] == UInt8(ascii: "<") else { return nil }
                index = end + 1
                return start..<end
            }
        }
        return nil
    }

    /// Steps over the rest of an end tag, behind its `/`, if it ends the element whose name begins at `nameStart`.
    @inline(__always)
    mutating func takeEnd(of nameStart: Int, _ bytes: Span<UInt8>) -> Bool {
        if let name = ByteWord(bytes, at: nameStart), let word = ByteWord(bytes, at: index) {
            let length = name.letters
            if length < 8, Self.endsName(bytes[nameStart + length]) {
                guard word.prefix(length) == name.prefix(length) else { return false }
                index += length
                return take(UInt8(ascii: ">"), bytes)
            }
        }
        return takeLongEnd(of: nameStart, bytes)
    }

    private mutating func takeLongEnd(of nameStart: Int, _ bytes: Span<UInt8>) -> Bool {
        var start = nameStart
        for end in index..<bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: ">") {
                index = end + 1
                // The name of the start tag must end here too.
                return bytes[start] == UInt8(ascii: ">") || DecimalNumber.isSpace(bytes[start])
            }
            guard byte == bytes[start] else { return false }
            start += 1
        }
        return false
    }
}
