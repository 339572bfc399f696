import Canonical

/// One signature line of a note: who says to have signed, and the bytes.
public struct NoteSignature: Sendable, Equatable {
    /// The name of the key.
    public let name: String
    /// The id of the key.
    public let keyID: UInt32
    /// What the key made of the text; how long it is depends on the kind of key. Not empty.
    public let bytes: [UInt8]

    /// What a signature line begins with: an em dash and a space.
    static let lineStart = Array("\u{2014} ".utf8)

    /// The signature `bytes` of `key`.
    init(of key: NoteKey, bytes: [UInt8]) {
        (name, keyID, self.bytes) = (key.name, key.id, bytes)
    }

    /// The signature on `line`, which has no line feed; nil for anything that is no such line.
    init?(line: ArraySlice<UInt8>) {
        guard line.starts(with: Self.lineStart) else { return nil }
        let parts = line.dropFirst(Self.lineStart.count).split(
            separator: 0x20, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = String(validating: parts[0], as: UTF8.self),
            (try? NoteKey.check(name: name)) != nil,
            let bytes = Base64.bytes(Array(parts[1])), bytes.count > 4
        else { return nil }
        self.name = name
        keyID = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        self.bytes = Array(bytes.dropFirst(4))
    }

    /// The line with its line feed.
    var line: [UInt8] {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) }
        return Self.lineStart + Array(name.utf8) + [0x20] + Array(Base64.text(id + bytes).utf8) + [0x0A]
    }

    /// Whether both lines are the same bytes.
    public static func == (left: NoteSignature, right: NoteSignature) -> Bool {
        left.keyID == right.keyID && left.bytes == right.bytes && left.name.hasSameBytes(as: right.name)
    }
}
