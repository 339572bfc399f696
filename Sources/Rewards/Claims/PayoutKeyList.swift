import Canonical

/// `payout-keys.json`: the keys whose bindings count, and when. No key is ever removed: its end is noted.
public struct PayoutKeyList: Sendable, Equatable {
    /// The keys, ascending by time, then by the bytes of key and account; the operator's before a device's.
    public private(set) var keys: [PayoutKey] = []

    /// The `format` of the file.
    public static let format = "waggle-payout-keys/1"
    /// The most bytes the file may have.
    public static let maxBytes = 1 << 26

    /// A list without keys.
    public init() {}

    /// Adds `key`, which holds from now on. False where it stands there already and has not ended.
    public mutating func add(_ key: VerifyingKey, of account: String?, from time: UTCTime) -> Bool {
        if keys.contains(where: { $0.isKey(key, of: account) && $0.until == nil }) { return false }
        keys.append(PayoutKey(key: key, account: account, from: time, until: nil))
        keys.sort(by: Self.precedes)
        return true
    }

    /// Ends `key` as of `time`, or as of its start where that is later. False where it does not stand there, or has ended.
    public mutating func end(_ key: VerifyingKey, of account: String?, at time: UTCTime) -> Bool {
        guard let index = keys.firstIndex(where: { $0.isKey(key, of: account) && $0.until == nil }) else {
            return false
        }
        let own = keys[index]
        keys[index] = PayoutKey(key: key, account: account, from: own.from, until: max(time, own.from))
        return true
    }

    private static func precedes(_ left: PayoutKey, _ right: PayoutKey) -> Bool {
        if left.from != right.from { return left.from < right.from }
        if left.key != right.key { return left.key.hex < right.key.hex }
        guard let account = right.account else { return false }
        return left.account?.precedes(account) ?? true
    }
}

extension PayoutKeyList {
    /// The list as it is published.
    public var canonicalJSON: CanonicalJSON {
        .object([
            "format": .string(Self.format),
            "keys": .array(
                keys.map { key in
                    .object([
                        "account": key.account.map { .string($0) } ?? .null, "key": .string(key.key.hex),
                        "from": .integer(key.from.milliseconds), "until": .time(key.until),
                    ])
                }),
        ])
    }

    /// The list written as `bytes`, in canonical form and in order.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong.
    public init(json bytes: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(maxBytes: Self.maxBytes, maxDepth: 3)
        var reader = try JSONObjectReader(try JSONReader.read(bytes, limits: limits))
        guard try reader.string("format") == Self.format else {
            throw JSONError(reason: "not '\(Self.format)'", place: "$.format")
        }
        for (index, value) in try reader.array("keys").enumerated() {
            var entry = try JSONObjectReader(value, path: "$.keys[\(index)]")
            let account = try entry.optionalString("account")
            guard let key = VerifyingKey(hex: try entry.string("key")) else {
                throw JSONError(reason: "no Ed25519 public key", place: "\(entry.path).key")
            }
            let (from, until) = (try entry.time("from"), try entry.optionalTime("until"))
            try entry.finish()
            let made = PayoutKey(key: key, account: account, from: from, until: until)
            guard until.map({ from <= $0 }) ?? true, keys.last.map({ !Self.precedes(made, $0) }) ?? true
            else {
                throw JSONError(reason: "it ends before it starts, or is out of order", place: entry.path)
            }
            keys.append(made)
        }
        try reader.finish()
        guard canonicalJSON.bytes == bytes else {
            throw JSONError(reason: "not in canonical form", place: "$")
        }
    }
}
