import Canonical

/// The proof that an award is in a manifest that a log has: one file, which needs nothing but itself and a policy.
///
/// It is a ``LogProof`` of the manifest's entry, whose extra data holds what leads from the entry to the award: the
/// manifest's bytes, the award's line of `awards.jsonl`, and the line's inclusion proof below the awards root in the
/// manifest. None of it is believed; all of it is recomputed.
public struct AwardReceipt: Sendable, Equatable {
    /// The award's line, without its line feed.
    public let award: [UInt8]
    /// Which line it is, from 0.
    public let awardIndex: UInt64
    /// The inclusion proof of the line, from its sibling up.
    public let awardPath: [ContentHash]
    /// The bytes of `manifest.json`.
    public let manifest: [UInt8]
    /// The proof of the manifest's entry, without extra data.
    public let proof: LogProof

    /// The format of the extra data.
    static let format = "waggle-receipt/1"

    /// The receipt with these parts.
    public init(
        award: [UInt8], awardIndex: UInt64, awardPath: [ContentHash], manifest: [UInt8], proof: LogProof
    ) {
        (self.award, self.awardIndex, self.awardPath) = (award, awardIndex, awardPath)
        self.manifest = manifest
        self.proof = LogProof(index: proof.index, path: proof.path, checkpoint: proof.checkpoint)
    }

    /// The receipt whose file is `bytes`.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        try self.init(try LogProof(parsing: bytes))
    }

    /// The receipt that `proof` is by its extra data.
    public init(_ proof: LogProof) throws(LogError) {
        guard let extra = proof.extra else { throw LogError(.receiptForm, "the proof has no extra data") }
        let limits = JSONLimits(maxBytes: LogProof.maxBytes, maxDepth: 2, maxValues: 100)
        do throws(JSONError) {
            var members = try JSONObjectReader(try JSONReader.read(extra, limits: limits))
            let format = try members.string("format")
            guard format.hasSameBytes(as: Self.format) else {
                throw JSONError(reason: "'\(format)' is not '\(Self.format)'", place: "$.format")
            }
            let path = try members.array("path").map(Self.hash)
            self.init(
                award: Array(try members.string("award").utf8),
                awardIndex: UInt64(clamping: try members.integer("index", in: 0...1 << 53 - 1)),
                awardPath: path,
                manifest: Array(try members.string("manifest").utf8), proof: proof)
            try members.finish()
        } catch { throw LogError(.receiptForm, "\(error)", at: "extra") }
        guard self.extra == extra else {
            throw LogError(.receiptForm, "the JSON is not in its canonical form", at: "extra")
        }
    }

    /// The file.
    public var bytes: [UInt8] {
        LogProof(extra: extra, index: proof.index, path: proof.path, checkpoint: proof.checkpoint).bytes
    }

    private var extra: [UInt8] {
        CanonicalJSON.object([
            "format": .string(Self.format), "award": .string(String(decoding: award, as: UTF8.self)),
            "index": .integer(awardIndex), "path": .array(awardPath.map { .string($0.hex) }),
            "manifest": .string(String(decoding: manifest, as: UTF8.self)),
        ]).bytes
    }

    private static func hash(_ value: JSONValue) throws(JSONError) -> ContentHash {
        guard case .string(let text) = value, let hash = ContentHash(hex: text) else {
            throw JSONError(reason: "no 64 hexadecimal digits", place: "$.path")
        }
        return hash
    }

    /// What the receipt proves to those who trust `policy`.
    ///
    /// - Throws: ``LogError`` where any step from the award to the signatures does not hold.
    public func verify(policy: LogPolicy) throws(LogError) -> ProvenAward {
        let body = try AwardsOfManifest(manifest: manifest)
        guard !award.contains(0x0A) else { throw LogError(.receiptForm, "the award has more than one line") }
        try MerkleProof.checkInclusion(
            of: MerkleTree.leafHash(of: award), at: awardIndex, in: body.count, root: body.root,
            proof: awardPath)
        let entry = LogEntry.manifest(epoch: body.epoch, sha256: .of(manifest))
        return ProvenAward(
            award: award, epoch: body.epoch, checkpoint: try proof.verify(entry.bytes, policy: policy))
    }
}

/// An award that a receipt has proved. Only ``AwardReceipt/verify(policy:)`` makes it.
public struct ProvenAward: Sendable {
    /// The award's line of `awards.jsonl`.
    public let award: [UInt8]
    /// The epoch whose award it is.
    public let epoch: Epoch
    /// The checkpoint by which the log has the manifest.
    public let checkpoint: VerifiedCheckpoint

    fileprivate init(award: [UInt8], epoch: Epoch, checkpoint: VerifiedCheckpoint) {
        (self.award, self.epoch, self.checkpoint) = (award, epoch, checkpoint)
    }
}
