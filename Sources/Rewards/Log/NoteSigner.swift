import Canonical

/// A private key with the name under which it signs.
public struct NoteSigner: Sendable {
    /// The name.
    public let name: String
    private let key: SigningKey

    /// Signs as `name` with `key`.
    public init(name: String, key: SigningKey) throws(LogError) {
        try NoteKey.check(name: name)
        self.name = name
        self.key = key
    }

    /// The public half, for signatures of `kind`.
    public func noteKey(_ kind: NoteKey.Kind) throws(LogError) -> NoteKey {
        let verifyingKey: VerifyingKey
        do throws(KeyError) { verifyingKey = try key.verifyingKey() } catch {
            throw LogError(.keyForm, error.description)
        }
        return try NoteKey(name: name, kind: kind, key: verifyingKey)
    }

    /// The signature of `text`, which a note has.
    public func signature(of text: [UInt8]) throws(LogError) -> NoteSignature {
        NoteSignature(of: try noteKey(.note), bytes: try sign(text))
    }

    /// The cosignature of the checkpoint `text` at `time`, in seconds since 1970.
    public func cosignature(of text: [UInt8], at time: UInt64) throws(LogError) -> NoteSignature {
        guard time <= UInt64(Int64.max) else { throw LogError(.noteForm, "the time \(time) is too large") }
        let signed = try sign(NoteKey.cosignedMessage(text: text, time: time))
        let stamp = (0..<8).map { UInt8(truncatingIfNeeded: time >> UInt64(56 - 8 * $0)) }
        return NoteSignature(of: try noteKey(.cosignature), bytes: stamp + signed)
    }

    private func sign(_ message: [UInt8]) throws(LogError) -> [UInt8] {
        do throws(KeyError) { return try key.signature(of: message) } catch {
            throw LogError(.keyForm, error.description)
        }
    }
}
