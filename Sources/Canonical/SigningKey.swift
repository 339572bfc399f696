import Crypto

/// An Ed25519 private key (RFC 8032).
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// What stands before the seed in a PKCS #8 document (RFC 8410, section 7).
    private static let documentStart: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]

    /// A new key from the system's random numbers.
    public init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// The key with the secret `seed` of 32 bytes; nil for any other count.
    public init?(seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
        self.key = key
    }

    /// The key in a PEM file, as `openssl genpkey -algorithm ed25519` writes it.
    public init(pem: [UInt8]) throws(KeyError) {
        let document = try PEMText.document(pem, label: PEMText.privateKey)
        guard document.starts(with: Self.documentStart),
            let key = SigningKey(seed: Array(document.dropFirst(Self.documentStart.count)))
        else { throw KeyError("a private key that is not an Ed25519 key (RFC 8410)") }
        self = key
    }

    /// The key as the text of a PEM file. Whoever has it can sign.
    public var pem: String {
        PEMText.text(Self.documentStart + key.rawRepresentation, label: PEMText.privateKey)
    }

    /// The public key that verifies its signatures.
    ///
    /// - Throws: ``KeyError``; never for a key that ``init()`` made.
    public func verifyingKey() throws(KeyError) -> VerifyingKey {
        guard let made = VerifyingKey(bytes: key.publicKey.rawRepresentation) else {
            throw KeyError("a private key without a usable public key")
        }
        return made
    }

    /// The 64 bytes of the signature of `message`.
    public func signature(of message: [UInt8]) throws(KeyError) -> [UInt8] {
        do { return Array(try key.signature(for: message)) } catch {
            throw KeyError("signing failed: \(error)")
        }
    }
}
