import Crypto

/// Why a key cannot be used.
public struct KeyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, in words.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// An Ed25519 public key (RFC 8032), which tells whether a signature is its owner's.
public struct VerifyingKey: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes of the key.
    public let bytes: [UInt8]

    /// The most bytes a key file may have.
    public static let maxFileBytes = 4096

    /// What stands before the key in its SubjectPublicKeyInfo (RFC 8410, section 4).
    private static let documentStart: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    /// The key whose 32 bytes are `bytes`.
    ///
    /// Nil for any other count, and for keys that anybody can sign for, or that are written in a second way.
    public init?(bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 32, Self.isCanonical(bytes), !Self.hasSmallOrder(bytes) else { return nil }
        self.bytes = bytes
    }

    /// The key written as 64 lower-case hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard let bytes = Hexadecimal.bytes(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The key in a PEM file, as `openssl pkey -pubout` writes it.
    public init(pem: [UInt8]) throws(KeyError) {
        let document = try PEMText.document(pem, label: PEMText.publicKey)
        guard document.starts(with: Self.documentStart), document.count == Self.documentStart.count + 32
        else {
            throw KeyError("a public key that is not an Ed25519 key (RFC 8410)")
        }
        guard let key = VerifyingKey(bytes: document.dropFirst(Self.documentStart.count)) else {
            throw KeyError("a public key that nobody can have made as RFC 8032 says")
        }
        self = key
    }

    /// The key as the text of a PEM file.
    public var pem: String { PEMText.text(Self.documentStart + bytes, label: PEMText.publicKey) }

    /// The key as 64 lower-case hexadecimal digits.
    public var hex: String { Hexadecimal.text(bytes) }

    /// The same as ``hex``.
    public var description: String { hex }

    /// Whether the 64 bytes `signature` are this key's signature of `message`.
    public func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == 64,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }

    /// Whether the y coordinate is below the prime 2^255 - 19: greater ones are other names of the same points.
    private static func isCanonical(_ bytes: [UInt8]) -> Bool {
        bytes[0] < 0xED || bytes[31] & 0x7F != 0x7F || bytes[1..<31].contains { $0 != 0xFF }
    }

    /// Whether eight times the point is zero. A signature of such a key can be made without any secret.
    private static func hasSmallOrder(_ bytes: [UInt8]) -> Bool {
        let point = bytes.dropLast() + [bytes[31] & 0x7F]
        return smallOrder.contains { $0.elementsEqual(point) }
    }

    /// The y coordinates of the eight points of small order, little-endian, without the sign of x: those of order 4, 1,
    /// 2, and the two of order 8.
    private static let smallOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        Hexadecimal.bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05") ?? [],
        Hexadecimal.bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a") ?? [],
    ]
}
