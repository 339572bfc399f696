import Canonical

extension NoteKey {
    /// What stands before the time and the text that a witness signs (c2sp.org/tlog-cosignature).
    private static let cosignatureHeader = "cosignature/v1"
    /// Bytes of an Ed25519 signature.
    private static let signatureBytes = 64

    /// Whether `signature`, without the key's id, is this key's of a note with `text`.
    func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        switch kind {
        case .note: return key.isValid(signature, of: text)
        case .cosignature:
            guard let time = cosignedAt(signature) else { return false }
            return key.isValid(
                Array(signature.dropFirst(8)), of: Self.cosignedMessage(text: text, time: time))
        }
    }

    /// When a witness made `signature`, in seconds since 1970; nil where it has no such form.
    func cosignedAt(_ signature: [UInt8]) -> UInt64? {
        guard kind == .cosignature, signature.count == 8 + Self.signatureBytes else { return nil }
        let time = signature.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        return time <= UInt64(Int64.max) ? time : nil
    }

    /// What a witness signs of the note with `text` at `time`.
    static func cosignedMessage(text: [UInt8], time: UInt64) -> [UInt8] {
        Array("\(cosignatureHeader)\ntime \(time)\n".utf8) + text
    }

    /// Whether a checkpoint of this origin, or another text that begins with such a line, could be taken for something
    /// else that the same key signs.
    static func isReserved(firstLine: String) -> Bool {
        ["cosignature/", "waggle-log/", "waggle-manifest-note/"].contains { firstLine.hasPrefix($0) }
    }
}
