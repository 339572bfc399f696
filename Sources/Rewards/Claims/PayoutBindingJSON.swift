import Canonical

extension PayoutBinding {
    /// The most bytes a record may have.
    public static let maxBytes = 4096

    /// The record as canonical JSON: the statement, and its signature.
    public var canonicalJSON: CanonicalJSON {
        var members = statement.members(key)
        members["signature"] = .string(Hexadecimal.text(signature))
        return .object(members)
    }

    /// The record written as `bytes`, in canonical form, and signed by the key it names.
    ///
    /// Whether that key may speak for the account is for ``PayoutSigners`` to say.
    ///
    /// - Throws: ``PayoutBindingRefusal``; of its form a ``JSONError`` naming the path of what is missing, unknown or wrong.
    public init(json bytes: [UInt8]) throws(PayoutBindingRefusal) {
        do throws(JSONError) { try self.init(unverified: bytes) } catch { throw .form(error) }
        guard key.isValid(signature, of: statement.canonicalJSON(key).bytes) else { throw .signature }
    }

    /// The record written as `bytes`, whoever signed it.
    private init(unverified bytes: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(maxBytes: Self.maxBytes, maxDepth: 1, maxValues: 8)
        var reader = try JSONObjectReader(try JSONReader.read(bytes, limits: limits))
        let format = try reader.string("format")
        guard format == Self.format else {
            throw JSONError(reason: "not '\(Self.format)'", place: "$.format")
        }
        let (account, scheme) = (try reader.string("account"), try reader.string("scheme"))
        let (address, at) = (try reader.string("address"), try reader.time("at"))
        guard let key = VerifyingKey(hex: try reader.string("key")) else {
            throw JSONError(reason: "no Ed25519 public key", place: "$.key")
        }
        guard let signature = Hexadecimal.bytes(try reader.string("signature")), signature.count == 64 else {
            throw JSONError(reason: "not 128 lower-case hexadecimal digits", place: "$.signature")
        }
        try reader.finish()
        let statement: PayoutStatement
        do throws(PayoutBindingError) {
            statement = try PayoutStatement(account, scheme, address, at)
        } catch {
            throw JSONError(reason: error.reason, place: "$.\(error.member)")
        }
        self.init(statement, key, signature)
        guard canonicalJSON.bytes == bytes else {
            throw JSONError(reason: "not in canonical form", place: "$")
        }
    }
}

/// Why bytes are no record that somebody has signed.
public enum PayoutBindingRefusal: Error, Sendable, CustomStringConvertible {
    /// They are none of a record.
    case form(JSONError)
    /// The signature is not that of the record by the key it names.
    case signature

    /// What is wrong.
    public var description: String {
        switch self {
        case .form(let error): error.description
        case .signature: "$.signature: not the signature of this record by its key"
        }
    }
}
