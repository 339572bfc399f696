/// Checks that bytes are UTF-8 (RFC 3629) and characters of XML 1.0 (2.2), piece by piece.
struct UTF8Checker {
    private var missing = 0
    private var code: UInt32 = 0
    private var least: UInt32 = 0

    /// Bytes that are looked at together: two vector registers of every x86-64 and ARM64 processor.
    private static let blockSize = 32

    /// Whether the bytes so far end inside a character.
    var isInsideCharacter: Bool { missing > 0 }

    /// The index of the first byte that cannot be, with the reason; nil if there is none.
    mutating func check(_ bytes: [UInt8]) -> (Int, String)? {
        let bytes = bytes.span
        var index = 0
        while index < bytes.count {
            if missing == 0 {
                while index + Self.blockSize <= bytes.count,
                    Self.isPlain(bytes.extracting(index..<index + Self.blockSize))
                {
                    index += Self.blockSize
                }
            }
            let end = min(bytes.count, index + Self.blockSize)
            while index < end {
                if let reason = step(bytes[index]) { return (index, reason) }
                index += 1
            }
        }
        return nil
    }

    /// Whether `block` is ASCII without control characters other than tab and line ends. Without a branch in the loop, it
    /// is compiled to a few vector instructions.
    @inline(__always)
    private static func isPlain(_ block: Span<UInt8>) -> Bool {
        var wrong: UInt8 = 0
        for index in 0..<blockSize {
            let byte = block[index]
            // The highest bit is set in what is not ASCII, and in what 0x20 is too much to take away from.
            let isSpace =
                (byte == 0x09 ? 0x80 : 0 as UInt8) | (byte == 0x0A ? 0x80 : 0) | (byte == 0x0D ? 0x80 : 0)
            wrong |= byte | (byte &- 0x20) & ~isSpace
        }
        return wrong & 0x80 == 0
    }

    private mutating func step(_ byte: UInt8) -> String? {
        if missing > 0 {
            guard byte & 0xC0 == 0x80 else { return Self.notUTF8 }
            code = code << 6 | UInt32(byte & 0x3F)
            missing -= 1
            guard missing == 0 else { return nil }
            return code >= least && Self.isCharacter(code) ? nil : Self.notUTF8
        }
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20..<0x80: return nil
        case 0xC2...0xDF: begin(1, UInt32(byte & 0x1F), 0x80)
        case 0xE0...0xEF: begin(2, UInt32(byte & 0x0F), 0x800)
        case 0xF0...0xF4: begin(3, UInt32(byte & 0x07), 0x10000)
        case 0..<0x20: return "a control character"
        default: return Self.notUTF8
        }
        return nil
    }

    private mutating func begin(_ missing: Int, _ code: UInt32, _ least: UInt32) {
        self.missing = missing
        self.code = code
        self.least = least
    }

    /// Whether XML 1.0 has the character (2.2, production 2).
    static func isCharacter(_ code: UInt32) -> Bool {
        switch code {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static let notUTF8 = "bytes that are no UTF-8 character"
}
