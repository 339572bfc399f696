import Canonical

/// A public key with the name under which it signs notes (c2sp.org/signed-note), or cosigns checkpoints
/// (c2sp.org/tlog-cosignature).
public struct NoteKey: Sendable, Equatable {
    /// What a key's signatures say. Its number is the signature type of c2sp.org/signed-note.
    public enum Kind: UInt8, Sendable {
        /// Ed25519 over the text of the note.
        case note = 0x01
        /// Ed25519 over a time and the text: a witness has seen the log grow up to here.
        case cosignature = 0x04
    }

    /// The name.
    public let name: String
    /// What its signatures say.
    public let kind: Kind
    /// The key.
    public let key: VerifyingKey
    /// The first four bytes of SHA-256(name, line feed, kind, key), big-endian. It tells keys of one name apart and
    /// proves nothing.
    public let id: UInt32

    /// The key `key` under `name`.
    public init(name: String, kind: Kind, key: VerifyingKey) throws(LogError) {
        try Self.check(name: name)
        self.name = name
        self.kind = kind
        self.key = key
        let hash = ContentHash.of(Array(name.utf8) + [0x0A, kind.rawValue] + key.bytes)
        id = hash.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The key written as `name+id+base64(kind, key)`, the text form of a verifier key.
    public init(vkey: String) throws(LogError) {
        let parts = vkey.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = String(parts[0]), let id = String(parts[1]),
            let bytes = Base64.bytes(Array(parts[2])), let first = bytes.first
        else { throw LogError(.keyForm, "no verifier key: it must read name+id+base64") }
        guard let kind = Kind(rawValue: first) else {
            throw LogError(
                .keyForm, "a key of signature type \(first); types 1 and 4 (Ed25519) are known here")
        }
        guard let key = VerifyingKey(bytes: bytes.dropFirst()) else {
            throw LogError(.keyForm, "the key of '\(name)' is no Ed25519 public key")
        }
        try self.init(name: name, kind: kind, key: key)
        guard self.idText == id else {
            throw LogError(.keyForm, "the key of '\(name)' has the id \(self.idText), not \(id)")
        }
    }

    /// The key in its text form.
    public var vkey: String { "\(name)+\(idText)+\(Base64.text([kind.rawValue] + key.bytes))" }

    /// The id as eight hexadecimal digits.
    var idText: String {
        Hexadecimal.text((0..<4).map { UInt8(truncatingIfNeeded: id >> UInt32(24 - 8 * $0)) })
    }

    /// Whether `signature` says that it is this key's.
    public func isNamed(by signature: NoteSignature) -> Bool {
        signature.keyID == id && signature.name.hasSameBytes(as: name)
    }

    /// Whether both are the same key under the same bytes of a name.
    public static func == (left: NoteKey, right: NoteKey) -> Bool {
        left.name.hasSameBytes(as: right.name) && left.kind == right.kind && left.key == right.key
    }

    /// Refuses what cannot be the name of a key: nothing, or something with a space, a plus or a control character.
    static func check(name: String) throws(LogError) {
        guard !name.isEmpty else { throw LogError(.keyForm, "the name of a key is empty") }
        for scalar in name.unicodeScalars
        where scalar.properties.isWhitespace || scalar == "+" || scalar.value < 0x20 {
            throw LogError(.keyForm, "the name of a key has a space, a plus or a control character")
        }
    }
}
