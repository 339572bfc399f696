import Canonical

/// Why something is no record: of a takedown, a bounty or a correction.
public struct RecordError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The member of the record that is wrong.
    public let member: String
    /// What is wrong with it.
    public let reason: String

    /// Member and reason in one line.
    public var description: String { "\(member): \(reason)" }
}

/// What texts in records may be: whoever reads them on a terminal must see what is there.
enum RecordText {
    /// Requires `text`, the member `member`, to be 1...`maxBytes` bytes that print.
    static func require(_ text: String, _ member: String, maxBytes: Int) throws(RecordError) {
        guard (1...maxBytes).contains(text.utf8.count) else {
            throw RecordError(
                member: member, reason: "\(text.utf8.count) bytes of text where 1 to \(maxBytes) are needed")
        }
        if let scalar = text.unicodeScalars.first(where: { !isPrintable($0) }) {
            throw RecordError(
                member: member,
                reason:
                    "the character U+\(String(scalar.value, radix: 16, uppercase: true)) in it, which does not print"
            )
        }
    }

    /// Requires what every record says of how it came to be.
    static func requireSigned(note: String?, by: String, at: UTCTime) throws(RecordError) {
        if let note { try require(note, "note", maxBytes: 1000) }
        try require(by, "by", maxBytes: 100)
        guard CanonicalJSON.integers.contains(at.milliseconds) else {
            throw RecordError(member: "at", reason: "a time beyond 2^53 - 1 milliseconds")
        }
    }

    /// Fixed ranges and no property of Unicode, which changes with its version: controls, line and paragraph
    /// separators, and the invisible characters that turn the direction of writing.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: false
        default: true
        }
    }
}

extension CanonicalJSON {
    /// The id of the record that this is: the first 16 hexadecimal digits of its hash. The same record written twice is one.
    var recordID: String { String(contentHash.hex.prefix(16)) }
}
