import Canonical

/// A signed record that an account is paid at an address by a scheme. Only signing, or reading what verifies, makes one.
///
/// Records are never changed: a later one takes the place of an earlier one.
public struct PayoutBinding: Sendable, Hashable {
    /// The account: 1 to 200 printable ASCII characters without blanks.
    public var account: String { statement.account }
    /// The name of the ``ClaimScheme``.
    public var scheme: String { statement.scheme }
    /// Where it is paid.
    public var address: PayoutAddress { statement.address }
    /// From when on the record counts.
    public var at: UTCTime { statement.at }
    /// What it says.
    let statement: PayoutStatement
    /// The key that signed it.
    public let key: VerifyingKey
    /// The signature of the statement, which is the record without this member: 64 bytes.
    public let signature: [UInt8]
    /// The name of the record: the SHA-256 of the statement. Signed twice, the same statement is one record, though
    /// Ed25519 signatures of it may differ.
    public let id: ContentHash

    /// The `format` of the statement, which tells it from all else that is signed.
    public static let format = "waggle-binding/1"

    /// The record that `account` is paid at the address written as `address`, signed with `key`.
    public init(
        account: String, scheme: String, address: String, at: UTCTime, key: SigningKey
    ) throws(PayoutBindingError) {
        let statement = try PayoutStatement(account, scheme, address, at)
        do throws(KeyError) {
            let verifyingKey = try key.verifyingKey()
            let signature = try key.signature(of: statement.canonicalJSON(verifyingKey).bytes)
            self.init(statement, verifyingKey, signature)
        } catch {
            throw PayoutBindingError(member: "key", reason: error.description)
        }
    }

    init(_ statement: PayoutStatement, _ key: VerifyingKey, _ signature: [UInt8]) {
        self.statement = statement
        self.key = key
        self.signature = signature
        id = statement.canonicalJSON(key).contentHash
    }

    /// Whether this record is the one that counts where both name one account: the later, or, of two as late, the one
    /// of greater id.
    func supersedes(_ other: PayoutBinding) -> Bool {
        at == other.at ? other.id < id : other.at < at
    }
}

/// What a binding says, checked.
struct PayoutStatement: Sendable, Hashable {
    let account: String
    let scheme: String
    let address: PayoutAddress
    let at: UTCTime

    init(_ account: String, _ scheme: String, _ address: String, _ at: UTCTime) throws(PayoutBindingError) {
        guard Self.isAccount(account) else {
            throw PayoutBindingError(member: "account", reason: "not 1 to 200 printable ASCII characters")
        }
        guard CanonicalJSON.integers.contains(at.milliseconds) else {
            throw PayoutBindingError(member: "at", reason: "a time beyond 2^53 - 1 milliseconds")
        }
        var member = "scheme"
        do throws(ClaimError) {
            let found = try ClaimSchemes.named(scheme)
            member = "address"
            self.address = try found.address(address)
        } catch {
            throw PayoutBindingError(member: member, reason: error.description)
        }
        (self.account, self.scheme, self.at) = (account, scheme, at)
    }

    /// Whether `text` is an account that can be bound.
    static func isAccount(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// What is signed.
    func canonicalJSON(_ key: VerifyingKey) -> CanonicalJSON { .object(members(key)) }

    /// The members of what is signed; the record has the signature besides.
    func members(_ key: VerifyingKey) -> [String: CanonicalJSON] {
        [
            "account": .string(account), "address": .string(address.text), "at": .integer(at.milliseconds),
            "format": .string(PayoutBinding.format), "key": .string(key.hex), "scheme": .string(scheme),
        ]
    }
}

/// Why something is no binding.
public struct PayoutBindingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The member of the record that is wrong.
    public let member: String
    /// What is wrong with it.
    public let reason: String

    /// Member and reason in one line.
    public var description: String { "\(member): \(reason)" }
}
