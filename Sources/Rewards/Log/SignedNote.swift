import Canonical

/// A text with the signatures below it (c2sp.org/signed-note), in the form it is published in.
///
/// Reading one checks its form alone. What it says counts only once ``verified(by:)`` has found a signature of a key
/// that is trusted.
public struct SignedNote: Sendable, Equatable {
    /// The text, with its last line feed.
    public let text: [UInt8]
    /// The signatures, in the order of their lines; at least one.
    public let signatures: [NoteSignature]

    /// The most bytes a note may have. Sixteen signatures of 5 kB, which others may add, fit many times over.
    public static let maxBytes = 1 << 20
    /// The most signatures a note may have; the specification asks for sixteen.
    public static let maxSignatures = 100

    /// The note of `text` and `signatures`.
    public init(text: [UInt8], signatures: [NoteSignature]) throws(LogError) {
        guard text.last == 0x0A else { throw LogError(.noteForm, "the text does not end in a line feed") }
        guard !signatures.isEmpty else { throw LogError(.noteForm, "a note without a signature") }
        try self.init(parsing: text + [0x0A] + signatures.flatMap(\.line))
    }

    /// The note whose published form is `bytes`.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= Self.maxBytes else {
            throw LogError(.noteForm, "\(bytes.count) bytes, limit \(Self.maxBytes)", at: "byte 0")
        }
        if let control = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x0A }) {
            throw LogError(.noteForm, "a control character", at: "byte \(control)")
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw LogError(.noteForm, "no UTF-8", at: "byte 0")
        }
        guard bytes.last == 0x0A else {
            throw LogError(.noteForm, "does not end in a line feed", at: "byte \(bytes.count)")
        }
        // The last empty line is the one that ends the text: signature lines are never empty.
        guard
            let blank = bytes.indices.dropFirst().last(where: { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A })
        else { throw LogError(.noteForm, "no empty line between text and signatures", at: "byte 0") }
        text = Array(bytes[..<blank])
        let lines = bytes[(blank + 1)...].split(separator: 0x0A)
        guard !lines.isEmpty else {
            throw LogError(.noteForm, "no signature behind the empty line", at: "byte \(blank)")
        }
        guard lines.count <= Self.maxSignatures else {
            throw LogError(
                .noteForm, "\(lines.count) signatures, limit \(Self.maxSignatures)", at: "byte \(blank)")
        }
        var signatures: [NoteSignature] = []
        for line in lines {
            guard let signature = NoteSignature(line: line) else {
                throw LogError(.noteForm, "no signature line", at: "byte \(line.startIndex)")
            }
            signatures.append(signature)
        }
        self.signatures = signatures
    }

    /// The published form.
    public var bytes: [UInt8] { text + [0x0A] + signatures.flatMap(\.line) }

    /// The note with `signature` below the others; the same where it is there already.
    public func adding(_ signature: NoteSignature) throws(LogError) -> SignedNote {
        if signatures.contains(signature) { return self }
        return try SignedNote(text: text, signatures: signatures + [signature])
    }

    /// What `keys` have signed of it. Signatures of other keys count for nothing.
    ///
    /// - Throws: ``LogError`` where a signature of one of `keys` is wrong, or where none of them has signed.
    public func verified(by keys: [NoteKey]) throws(LogError) -> VerifiedNote {
        var found: [VerifiedNote.Signature] = []
        for signature in signatures {
            for key in keys where key.isNamed(by: signature) {
                guard key.isValid(signature.bytes, of: text) else {
                    throw LogError(.noteSignature, "the signature of '\(key.name)' (\(key.idText)) is wrong")
                }
                if !found.contains(where: { $0.key == key }) {
                    found.append(.init(key: key, time: key.cosignedAt(signature.bytes)))
                }
            }
        }
        guard !found.isEmpty else { throw LogError(.noteUnsigned, "no key that is trusted has signed it") }
        return VerifiedNote(text: text, signatures: found)
    }
}

/// The text of a note that trusted keys have signed. Only ``SignedNote/verified(by:)`` makes it.
public struct VerifiedNote: Sendable, Equatable {
    /// A signature that was found right.
    public struct Signature: Sendable, Equatable {
        /// Whose it is.
        public let key: NoteKey
        /// Of a cosignature: when it was made, in seconds since 1970.
        public let time: UInt64?
    }

    /// The text.
    public let text: [UInt8]
    /// Who has signed, each key once; not empty.
    public let signatures: [Signature]

    fileprivate init(text: [UInt8], signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }
}
