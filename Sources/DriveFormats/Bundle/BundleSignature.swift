import Canonical

/// The signature of a bundle: Ed25519 over a line that names the purpose, and the bytes of `upload.json` behind it.
public enum BundleSignature {
    /// The line before the statement, so that no signature made for anything else fits a bundle.
    static let prefix = Array("waggle-bundle-signature/1\n".utf8)

    /// What is signed of the statement whose text is `statement`.
    public static func message(_ statement: [UInt8]) -> [UInt8] { prefix + statement }

    /// The 64 bytes of `upload.sig` for the statement whose text is `statement`.
    public static func make(_ statement: [UInt8], key: SigningKey) throws(KeyError) -> [UInt8] {
        try key.signature(of: message(statement))
    }

    /// Whether `signature` is that of `key` for the statement whose text is `statement`.
    static func isValid(_ signature: [UInt8], of statement: [UInt8], by key: VerifyingKey) -> Bool {
        key.isValid(signature, of: message(statement))
    }
}
