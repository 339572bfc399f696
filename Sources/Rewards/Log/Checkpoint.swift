import Canonical

/// How long a log is and what it holds up to there (c2sp.org/tlog-checkpoint): the text that the log signs.
public struct Checkpoint: Sendable, Equatable {
    /// Which log.
    public let origin: String
    /// How many entries it has.
    public let size: UInt64
    /// The RFC 6962 root over them.
    public let root: ContentHash
    /// Further lines, whose meaning only their writer knows. We write none.
    public let extensions: [String]

    /// The checkpoint of the log `origin`.
    ///
    /// - Throws: ``LogError`` where `origin` cannot be the name of a key, or begins as other texts that are signed do.
    public init(origin: String, size: UInt64, root: ContentHash) throws(LogError) {
        try NoteKey.check(name: origin)
        guard !NoteKey.isReserved(firstLine: origin) else {
            throw LogError(.checkpointForm, "'\(origin)' is no name for a log", at: "line 1")
        }
        (self.origin, self.size, self.root, extensions) = (origin, size, root, [])
    }

    /// The checkpoint that `text`, the text of a note, is.
    public init(text: [UInt8]) throws(LogError) {
        guard let string = String(validating: text, as: UTF8.self), text.last == 0x0A else {
            throw LogError(.checkpointForm, "no UTF-8 that ends in a line feed")
        }
        let lines = string.utf8.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        if let empty = lines.firstIndex(where: \.isEmpty) {
            throw LogError(.checkpointForm, "an empty line", at: "line \(empty + 1)")
        }
        guard lines.count >= 3 else {
            throw LogError(.checkpointForm, "\(lines.count) lines where three are needed: origin, size, root")
        }
        guard let size = Decimal.value(lines[1]) else {
            throw LogError(
                .checkpointForm, "the size is no decimal number without leading zeros", at: "line 2")
        }
        guard let root = Base64.bytes(Array(lines[2])).flatMap({ ContentHash(bytes: $0) }) else {
            throw LogError(.checkpointForm, "the root is no base64 of 32 bytes", at: "line 3")
        }
        let texts = lines.map { String(decoding: $0, as: UTF8.self) }
        guard !NoteKey.isReserved(firstLine: texts[0]) else {
            throw LogError(.checkpointForm, "'\(texts[0])' is no name for a log", at: "line 1")
        }
        (origin, self.size, self.root, extensions) = (texts[0], size, root, Array(texts.dropFirst(3)))
    }

    /// The text, for a note.
    public var text: [UInt8] {
        let lines = [origin, String(size), Base64.text(root.bytes)] + extensions
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Whether both are the same bytes.
    public static func == (left: Checkpoint, right: Checkpoint) -> Bool { left.text == right.text }
}

/// Decimal numbers as the C2SP formats write them.
enum Decimal {
    /// The number whose digits are `text`: no sign, no leading zero, no more than 64 bits; nil for anything else.
    static func value(_ text: some Collection<UInt8>) -> UInt64? {
        guard let first = text.first, text.count <= 20, first != UInt8(ascii: "0") || text.count == 1 else {
            return nil
        }
        var value: UInt64 = 0
        for byte in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (product, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            guard !over, !carry else { return nil }
            value = sum
        }
        return value
    }
}
