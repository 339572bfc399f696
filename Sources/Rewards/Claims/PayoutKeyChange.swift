import Canonical

/// A signed statement that the bindings of a key count from a time on, or do not any more: one line of
/// `payout-keys.jsonl`. Only signing, or reading what verifies, makes one.
public struct PayoutKeyChange: Sendable, Hashable {
    /// What becomes of the key. The raw values are published and stable.
    public enum Kind: String, Sendable {
        /// It may bind from now on.
        case add
        /// It may not any more.
        case end
    }

    /// What a change says.
    struct Statement: Sendable, Hashable {
        /// What becomes of the key.
        let kind: Kind
        /// The key.
        let key: VerifyingKey
        /// The one account the key may bind; nil for an operator's, which may bind all.
        let account: String?
        /// From when on.
        let at: UTCTime
        /// The operator's key that signs.
        let by: VerifyingKey
        /// The id of the change before; nil for the first.
        let previous: ContentHash?
    }

    /// What becomes of which key.
    let statement: Statement
    /// The signature of the statement by its ``Statement/by``, 64 bytes.
    let signature: [UInt8]
    /// The SHA-256 of the statement, which the next change names. It does not cover the signature: two signatures of one
    /// statement are one change.
    public let id: ContentHash

    /// The `format` of a line, which tells it from all else that is signed.
    public static let format = "waggle-payout-key/1"
    /// The most bytes of a line.
    static let maxBytes = 4096

    /// `statement`, signed with `key`, which must be the one it names.
    init(_ statement: Statement, signedWith key: SigningKey) throws(KeyError) {
        self.init(statement, try key.signature(of: statement.canonicalJSON.bytes))
    }

    private init(_ statement: Statement, _ signature: [UInt8]) {
        self.statement = statement
        self.signature = signature
        id = statement.canonicalJSON.contentHash
    }

    /// Whether the signature is that of the key that the statement names as its signer.
    var isSigned: Bool { statement.by.isValid(signature, of: statement.canonicalJSON.bytes) }
}

extension PayoutKeyChange.Statement {
    /// What is signed.
    var canonicalJSON: CanonicalJSON { .object(members) }

    fileprivate var members: [String: CanonicalJSON] {
        [
            "account": account.map { .string($0) } ?? .null, "at": .integer(at.milliseconds),
            "by": .string(by.hex), "change": .string(kind.rawValue),
            "format": .string(PayoutKeyChange.format), "key": .string(key.hex), "prev": .hash(previous),
        ]
    }
}

extension PayoutKeyChange {
    /// The change as a line, without its line feed.
    var line: [UInt8] {
        var members = statement.members
        members["signature"] = .string(Hexadecimal.text(signature))
        return CanonicalJSON.object(members).bytes
    }

    /// The change written as `line`, in canonical form; its signature may be wrong.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong.
    init(line: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(maxBytes: Self.maxBytes, maxDepth: 1, maxValues: 9)
        var reader = try JSONObjectReader(try JSONReader.read(line, limits: limits))
        guard try reader.string("format") == Self.format else {
            throw JSONError(reason: "not '\(Self.format)'", place: "$.format")
        }
        guard let kind = Kind(rawValue: try reader.string("change")) else {
            throw JSONError(reason: "neither 'add' nor 'end'", place: "$.change")
        }
        func key(_ text: String, _ member: String) throws(JSONError) -> VerifyingKey {
            guard let key = VerifyingKey(hex: text) else {
                throw JSONError(reason: "no Ed25519 public key", place: "$.\(member)")
            }
            return key
        }
        let statement = Statement(
            kind: kind, key: try key(try reader.string("key"), "key"),
            account: try reader.optionalString("account"), at: try reader.time("at"),
            by: try key(try reader.string("by"), "by"), previous: try reader.optionalHash("prev"))
        guard let signature = Hexadecimal.bytes(try reader.string("signature")), signature.count == 64 else {
            throw JSONError(reason: "not 128 lower-case hexadecimal digits", place: "$.signature")
        }
        try reader.finish()
        self.init(statement, signature)
        guard self.line == line else { throw JSONError(reason: "not in canonical form", place: "$") }
    }
}
