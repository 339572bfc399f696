import Canonical

/// The keys whose bindings count, and when: every change that was ever made to them, each signed by an operator's key
/// and naming the change before, so that none can be put in, altered, or left out before another.
///
/// The first change is an operator's key that names itself. Who the operator is, nobody can tell from the list:
/// ``root`` is to be compared with what the operator tells elsewhere.
public struct PayoutKeyList: Sendable, Equatable {
    /// The changes, in their order.
    public private(set) var changes: [PayoutKeyChange] = []
    /// The keys, in the order they were added.
    public private(set) var keys: [PayoutKey] = []
    /// Where in ``keys`` those are that hold.
    private var holding: [Holder: Int] = [:]

    /// A list without keys.
    public init() {}

    /// The operator's first key, on which all others rest; nil for a list without keys.
    public var root: VerifyingKey? { changes.first?.statement.key }

    /// When the last change was made, which no later one may precede.
    public var lastChange: UTCTime? { changes.last?.statement.at }

    /// Whether `key` holds now, for `account` or, where that is nil, for every one.
    public func holds(_ key: VerifyingKey, of account: String?) -> Bool {
        holding[Holder(key, account)] != nil
    }

    /// Whether the last change is `kind` of `key`.
    public func ends(with kind: PayoutKeyChange.Kind, of key: VerifyingKey, of account: String?) -> Bool {
        guard let last = changes.last?.statement else { return false }
        return last.kind == kind && Holder(last.key, last.account) == Holder(key, account)
    }

    /// Appends the change that `key` is added or ended for `account` as of `time`, signed with `signer`.
    ///
    /// - Throws: ``PayoutListError`` where the change is none that may follow, or cannot be signed.
    public mutating func append(
        _ kind: PayoutKeyChange.Kind, _ key: VerifyingKey, of account: String?, at time: UTCTime,
        signedWith signer: SigningKey
    ) throws(PayoutListError) {
        let change: PayoutKeyChange
        do throws(KeyError) {
            change = try PayoutKeyChange(
                PayoutKeyChange.Statement(
                    kind: kind, key: key, account: account, at: time, by: try signer.verifyingKey(),
                    previous: changes.last?.id), signedWith: signer)
        } catch {
            throw PayoutListError(.signature, error.description, line: changes.count + 1)
        }
        try append(change)
    }

    /// Appends `change`, if it may follow.
    private mutating func append(_ change: PayoutKeyChange) throws(PayoutListError) {
        let statement = change.statement
        let holder = Holder(statement.key, statement.account)
        func refusal(_ code: PayoutListError.Code, _ reason: String) -> PayoutListError {
            PayoutListError(code, reason, line: changes.count + 1)
        }
        if let account = statement.account, !PayoutStatement.isAccount(account) {
            throw refusal(.form, "not an account: 1 to 200 printable ASCII characters")
        }
        guard CanonicalJSON.integers.contains(statement.at.milliseconds) else {
            throw refusal(.form, "a time beyond 2^53 - 1 milliseconds")
        }
        guard statement.previous == changes.last?.id else {
            throw refusal(.chain, "it does not name the change before")
        }
        if let last = lastChange, statement.at < last {
            throw refusal(.chain, "it is dated before the change before it")
        }
        if changes.isEmpty {
            guard statement.kind == .add, statement.account == nil, statement.by == statement.key else {
                throw refusal(.chain, "the first change is not an operator's key that names itself")
            }
        } else {
            guard holds(statement.by, of: nil) else {
                throw refusal(.chain, "key \(statement.by) is no operator's that holds then")
            }
        }
        guard (holding[holder] == nil) == (statement.kind == .add) else {
            throw refusal(.chain, "the key holds already, or does not hold")
        }
        guard change.isSigned else {
            throw refusal(.signature, "not the signature of key \(statement.by)")
        }
        changes.append(change)
        if let index = holding.removeValue(forKey: holder) {
            keys[index] = PayoutKey(
                key: statement.key, account: statement.account, from: keys[index].from, until: statement.at)
        } else {
            holding[holder] = keys.count
            keys.append(
                PayoutKey(key: statement.key, account: statement.account, from: statement.at, until: nil))
        }
    }

    /// A key and what it may bind.
    private struct Holder: Hashable {
        let key: VerifyingKey
        let account: ByteKey?

        init(_ key: VerifyingKey, _ account: String?) {
            (self.key, self.account) = (key, account.map(ByteKey.init))
        }
    }
}

extension PayoutKeyList {
    /// The most bytes of the file: some 500,000 changes.
    public static let maxBytes = 1 << 28

    /// The list as it is published: a line of canonical JSON for each change.
    public var bytes: [UInt8] { changes.flatMap { $0.line + [UInt8(ascii: "\n")] } }

    /// The list written as `bytes`. Every signature is verified.
    ///
    /// - Throws: ``PayoutListError`` with the first line that is wrong.
    public init(bytes: [UInt8]) throws(PayoutListError) {
        guard !bytes.isEmpty, bytes.count <= Self.maxBytes, bytes.last == UInt8(ascii: "\n") else {
            throw PayoutListError(.form, "empty, too long, or without a line feed at the end", line: 1)
        }
        for line in bytes.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let change: PayoutKeyChange
            do throws(JSONError) { change = try PayoutKeyChange(line: Array(line)) } catch {
                throw PayoutListError(.form, error.description, line: changes.count + 1)
            }
            try append(change)
        }
    }
}

/// Why something is no list of payout keys.
public struct PayoutListError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of fault it is.
    public enum Code: Sendable {
        /// A line cannot be read.
        case form
        /// A line does not follow from those before it.
        case chain
        /// A signature is not that of the key it names.
        case signature
        /// The list is not the one that was trusted.
        case foreign
    }

    /// What kind of fault it is.
    public let code: Code
    /// What is wrong.
    public let reason: String
    /// Which line, from 1.
    public let line: Int

    /// A fault of line number `line`.
    public init(_ code: Code, _ reason: String, line: Int) {
        (self.code, self.reason, self.line) = (code, reason, line)
    }

    /// Whether somebody without an operator's key may have written the list.
    public var isOfSignature: Bool { code != .form }

    /// Line and reason.
    public var description: String { "the list of payout keys, line \(line): \(reason)" }
}
