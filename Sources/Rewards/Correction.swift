import Canonical

/// A signed record that an award of an earlier epoch was wrong. The epoch stays as it is: what is missing is paid, and what
/// was too much is kept back, by later ones.
public struct Correction: Sendable, Hashable {
    /// What is corrected, and why.
    public struct Statement: Sendable, Hashable {
        /// Whose award was wrong.
        public let contributor: String
        /// In which epoch.
        public let epoch: Epoch
        /// Micro-points, not 0; negative where too much was paid.
        public let delta: Int64
        /// Why.
        public let reason: Reason
        /// The SHA-256 of the document that shows it.
        public let evidence: ContentHash
        /// More in words, 1...1000 bytes of printable UTF-8, if any.
        public let note: String?
        /// Who decided, 1...100 bytes of printable UTF-8.
        public let by: String
        /// When.
        public let at: UTCTime

        /// The largest correction, micro-points.
        public static let maxDelta: Int64 = 1 << 53 - 1

        /// A statement.
        ///
        /// - Throws: ``RecordError`` where the amount is 0 or too large, or a text is none.
        public init(
            contributor: String, epoch: Epoch, delta: Int64, reason: Reason, evidence: ContentHash,
            note: String? = nil, by: String, at: UTCTime
        ) throws(RecordError) {
            guard delta != 0, delta.magnitude <= UInt64(Self.maxDelta) else {
                throw RecordError(member: "delta", reason: "0, or more than 2^53 - 1 micro-points")
            }
            try RecordText.requireSigned(note: note, by: by, at: at)
            self.contributor = contributor
            self.epoch = epoch
            self.delta = delta
            self.reason = reason
            self.evidence = evidence
            self.note = note
            self.by = by
            self.at = at
        }
    }

    /// Why an award was wrong. The raw values are published and stable.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Recomputing gives another amount.
        case recomputeMismatch = "recompute_mismatch"
        /// The same work was paid twice.
        case doublePay = "double_pay"
        /// A rule was applied that does not apply.
        case wrongRule = "wrong_rule"
        /// Work was left out.
        case missingInput = "missing_input"
        /// A frame should not have been accepted.
        case ineligibleFrame = "ineligible_frame"
        /// A frame was not taken where it says.
        case locationFalse = "location_false"
        /// Somebody was heard.
        case appeal
        /// Anything else; the note says what.
        case other
    }

    /// What is corrected.
    public let statement: Statement
    /// The operator's key.
    public let key: VerifyingKey
    /// The 64 bytes of its signature of ``Statement/signedBytes``.
    public let signature: [UInt8]
    /// Its name: the first 16 hexadecimal digits of the SHA-256 of its statement's canonical JSON.
    public let id: String

    /// A correction with a signature, which may be wrong.
    init(_ statement: Statement, key: VerifyingKey, signature: [UInt8]) {
        self.statement = statement
        self.key = key
        self.signature = signature
        id = statement.canonicalJSON.recordID
    }

    /// `statement`, signed with `key`.
    public init(_ statement: Statement, signedWith key: SigningKey) throws(KeyError) {
        self.init(
            statement, key: try key.verifyingKey(), signature: try key.signature(of: statement.signedBytes))
    }

    /// Whether the signature is the key's.
    public var isSigned: Bool { key.isValid(signature, of: statement.signedBytes) }
}

extension Correction.Statement {
    /// The statement as canonical JSON.
    public var canonicalJSON: CanonicalJSON { .object(members) }

    /// What is signed. The first line keeps it apart from everything else that the key signs.
    public var signedBytes: [UInt8] { Array("waggle-correction/1\n".utf8) + canonicalJSON.bytes }

    var members: [String: CanonicalJSON] {
        var members: [String: CanonicalJSON] = [
            "at": .integer(at.milliseconds), "by": .string(by), "contributor": .string(contributor),
            "delta": .amount(delta), "epoch": .string(epoch.id), "evidence": .hash(evidence),
            "reason": .string(reason.rawValue),
        ]
        members["note"] = note.map { .string($0) }
        return members
    }

    init(_ reader: inout JSONObjectReader) throws(JSONError) {
        let reasonText = try reader.string("reason")
        guard let reason = Correction.Reason(rawValue: reasonText) else {
            throw JSONError(reason: "\"\(reasonText)\" is no reason", place: "\(reader.path).reason")
        }
        let deltaText = try reader.string("delta")
        guard let delta = Int64(deltaText), String(delta) == deltaText else {
            throw JSONError(reason: "no decimal number", place: "\(reader.path).delta")
        }
        let (contributor, epoch) = (try reader.string("contributor"), try reader.epoch("epoch"))
        let (evidence, at) = (try reader.hash("evidence"), try reader.time("at"))
        let (note, by) = (try reader.optionalString("note"), try reader.string("by"))
        do throws(RecordError) {
            try self.init(
                contributor: contributor, epoch: epoch, delta: delta, reason: reason, evidence: evidence,
                note: note, by: by, at: at)
        } catch {
            throw JSONError(reason: error.reason, place: "\(reader.path).\(error.member)")
        }
    }
}

extension Correction: Comparable {
    /// Whether `left` is earlier, or as early and of lesser id.
    public static func < (left: Correction, right: Correction) -> Bool {
        left.statement.at == right.statement.at
            ? left.id.precedes(right.id) : left.statement.at < right.statement.at
    }
}

extension Correction {
    /// The correction as a line of `corrections.jsonl`, without the line feed.
    public var line: [UInt8] {
        var members = statement.members
        members["id"] = .string(id)
        members["key"] = .string(key.hex)
        members["signature"] = .string(Hexadecimal.text(signature))
        return CanonicalJSON.object(members).bytes
    }

    /// The correction written as `line`; its signature may be wrong.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong.
    public init(line: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(line, limits: JSONLimits(maxBytes: 1 << 16, maxDepth: 2, maxValues: 20)))
        let (keyText, signatureText) = (try reader.string("key"), try reader.string("signature"))
        guard let key = VerifyingKey(hex: keyText) else {
            throw JSONError(reason: "no Ed25519 public key", place: "$.key")
        }
        guard let signature = Hexadecimal.bytes(signatureText), signature.count == 64 else {
            throw JSONError(reason: "not 128 lower-case hexadecimal digits", place: "$.signature")
        }
        _ = try reader.string("id")
        let statement = try Statement(&reader)
        try reader.finish()
        self.init(statement, key: key, signature: signature)
        guard self.line == line else { throw JSONError(reason: "not in canonical form", place: "$") }
    }
}
