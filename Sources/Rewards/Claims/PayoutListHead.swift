import Canonical

/// How far a list of payout keys went when somebody looked: who keeps it sees a list that was cut short or replaced.
public struct PayoutListHead: Sendable, Equatable {
    /// How many changes there were; at least 1.
    public let count: Int
    /// The id of the last of them, which covers all before it.
    public let id: ContentHash

    /// The `format` of the file.
    public static let format = "waggle-payout-head/1"
    /// The most bytes of the file.
    public static let maxBytes = 1024

    /// The head as it is stored.
    public var canonicalJSON: CanonicalJSON {
        .object(["count": .integer(count), "format": .string(Self.format), "sha256": .string(id.hex)])
    }
}

extension PayoutListHead {
    /// The head written as `bytes`.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong.
    public init(json bytes: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(maxBytes: Self.maxBytes, maxDepth: 1, maxValues: 4)
        var reader = try JSONObjectReader(try JSONReader.read(bytes, limits: limits))
        guard try reader.string("format") == Self.format else {
            throw JSONError(reason: "not '\(Self.format)'", place: "$.format")
        }
        guard let count = Int(exactly: try reader.integer("count")), count > 0 else {
            throw JSONError(reason: "no number of changes", place: "$.count")
        }
        (self.count, id) = (count, try reader.hash("sha256"))
        try reader.finish()
    }
}

extension PayoutKeyList {
    /// What the list has at its end; nil for one without keys.
    public var head: PayoutListHead? {
        changes.last.map { PayoutListHead(count: changes.count, id: $0.id) }
    }

    /// Checks that the list begins with all that `head` has seen.
    public func require(_ head: PayoutListHead) throws(PayoutListError) {
        guard head.count <= changes.count else {
            throw PayoutListError(
                .foreign, "\(head.count) changes were made, and \(changes.count) are there",
                line: changes.count)
        }
        guard changes[head.count - 1].id == head.id else {
            throw PayoutListError(.foreign, "not the change that was made", line: head.count)
        }
    }

    /// Checks that the list rests on `key`.
    public func require(root key: VerifyingKey) throws(PayoutListError) {
        // Who removes the list leaves everybody unpaid: that is no list of the operator's either.
        guard root != key else { return }
        let found = root.map { "it rests on key \($0)" } ?? "it names no key"
        throw PayoutListError(.foreign, "\(found), and so not on the operator's, \(key)", line: 1)
    }
}
