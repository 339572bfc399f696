import Canonical

/// What one day of an audit of the store found, signed by whoever looked. Only signing, or reading, makes one.
public struct StorageReport: Sendable, Hashable {
    /// Which frames were looked at, and which of their bytes.
    public let challenge: StorageChallenge
    /// When.
    public let at: UTCTime
    /// How many frames were kept in all.
    public let kept: Int
    /// What was found, in the order of the visits.
    public let visits: [StorageVisit]
    /// The key that signed it.
    public let key: VerifyingKey
    /// The signature of the report without this member: 64 bytes.
    public let signature: [UInt8]

    /// The `format` of the report, which tells it from all else that is signed.
    public static let format = "waggle-storage-report/1"
    /// The most visits of a report; more frames take more days.
    public static let maxVisits = 250_000
    /// The most bytes of a report.
    public static let maxBytes = 1 << 26

    /// How many frames were found whole.
    public var passed: Int { visits.count(where: \.isPassed) }
    /// How many were not.
    public var faults: Int { visits.count - passed }
    /// The RFC 6962 root over the visits: leaves are the frame's hash and, where there is one, the answer.
    public var answers: ContentHash { MerkleTree.root(of: visits.lazy.map(\.leaf)) }

    /// The report of `visits`, in the order of `challenge`, signed with `key`.
    public init(
        _ challenge: StorageChallenge, at: UTCTime, kept: Int, visits: [StorageVisit], key: SigningKey
    ) throws(KeyError) {
        let verifyingKey = try key.verifyingKey()
        let unsigned = Self(challenge, at, kept, visits, verifyingKey, [])
        self.init(
            challenge, at, kept, visits, verifyingKey,
            try key.signature(of: CanonicalJSON.object(unsigned.members).bytes))
    }

    private init(
        _ challenge: StorageChallenge, _ at: UTCTime, _ kept: Int, _ visits: [StorageVisit],
        _ key: VerifyingKey, _ signature: [UInt8]
    ) {
        (self.challenge, self.at, self.kept, self.visits) = (challenge, at, kept, visits)
        (self.key, self.signature) = (key, signature)
    }

    /// Whether the key that the report names signed it.
    public var isSigned: Bool { key.isValid(signature, of: CanonicalJSON.object(members).bytes) }

    /// What is signed.
    private var members: [String: CanonicalJSON] {
        [
            "answers": .hash(answers), "at": .integer(CanonicalJSON.clamped(at.milliseconds)),
            "day": .integer(challenge.day), "days": .integer(challenge.days), "faults": .integer(faults),
            "format": .string(Self.format), "kept": .integer(kept), "key": .string(key.hex),
            "passed": .integer(passed), "period": .integer(Int64(clamping: challenge.period)),
            "root": .hash(challenge.root), "visits": .array(visits.map(\.canonicalJSON)),
        ]
    }
}

extension StorageReport {
    /// The report as canonical JSON.
    public var canonicalJSON: CanonicalJSON {
        .object(members.merging(["signature": .string(Hexadecimal.text(signature))]) { $1 })
    }

    /// The report written as `bytes`, in canonical form. Its counts and its root are those of its visits, and these are of its
    /// day and in order. Whether it ``isSigned`` is not looked at.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong.
    public init(json bytes: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(
            maxBytes: Self.maxBytes, maxDepth: 3, maxValues: 4 * Self.maxVisits + 100,
            maxObjects: Self.maxVisits + 1)
        var reader = try JSONObjectReader(try JSONReader.read(bytes, limits: limits))
        guard try reader.string("format") == Self.format else {
            throw JSONError(reason: "not '\(Self.format)'", place: "$.format")
        }
        let most = CanonicalJSON.integers.upperBound
        let (root, period) = (try reader.hash("root"), try reader.integer("period", in: 0...most))
        let (day, days) = (try reader.integer("day", in: 0...365), try reader.integer("days", in: 1...366))
        guard
            let challenge = StorageChallenge(
                root: root, period: UInt64(clamping: period), day: Int(day), of: Int(days))
        else { throw JSONError(reason: "no day of the period", place: "$.day") }
        let (at, kept) = (try reader.time("at"), try reader.integer("kept", in: 0...most))
        guard let key = VerifyingKey(hex: try reader.string("key")) else {
            throw JSONError(reason: "no Ed25519 public key", place: "$.key")
        }
        guard let signature = Hexadecimal.bytes(try reader.string("signature")), signature.count == 64 else {
            throw JSONError(reason: "not 128 lower-case hexadecimal digits", place: "$.signature")
        }
        var visits: [StorageVisit] = []
        for (index, value) in try reader.array("visits").enumerated() {
            visits.append(try StorageVisit(value, path: "$.visits[\(index)]"))
        }
        guard challenge.frames(of: visits.map(\.frame)) == visits.map(\.frame) else {
            throw JSONError(
                reason: "frames of another day, twice, or in another order", place: "$.visits")
        }
        self.init(challenge, at, Int(clamping: kept), visits, key, signature)
        // The three that follow from the visits are compared with all else.
        for member in ["answers", "faults", "passed"] { _ = try reader.required(member) }
        try reader.finish()
        guard canonicalJSON.bytes == bytes else {
            throw JSONError(
                reason: "counts or root are not those of the visits, or it is not in canonical form",
                place: "$")
        }
    }
}
