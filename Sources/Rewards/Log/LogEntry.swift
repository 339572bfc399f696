import Canonical

/// What a log says, one statement an entry. Its bytes are a line that names format and kind, and a line of canonical
/// JSON; a rotation of keys is a signed note of such a text.
public enum LogEntry: Sendable, Equatable {
    /// From here on epochs may be computed by the ruleset of this SHA-256.
    case ruleset(ContentHash)
    /// Which frames an epoch counts is fixed.
    case inputsSealed(SealedInputs)
    /// The epoch's manifest has this SHA-256.
    case manifest(epoch: Epoch, sha256: ContentHash)
    /// A correction with this SHA-256 was made to what the epoch has awarded.
    case correction(epoch: Epoch, sha256: ContentHash)
    /// Nobody can challenge the epoch's manifest, of this SHA-256, any more.
    case final(epoch: Epoch, sha256: ContentHash)
    /// The log is signed with another key.
    case keyRotation(KeyRotation)

    /// The most bytes an entry may have: tiles write their lengths in 16 bits.
    public static let maxBytes = 65_535

    /// Names in the first line.
    public enum Kind: String, CaseIterable, Sendable {
        /// A ruleset.
        case ruleset
        /// Inputs of an epoch.
        case inputsSealed = "inputs-sealed"
        /// A manifest.
        case manifest
        /// A correction.
        case correction
        /// A key that follows another.
        case keyRotation = "key-rotation"
        /// An epoch that is final.
        case final

        /// The first line, with its line feed.
        var line: String { "waggle-log/1 \(rawValue)\n" }
    }

    /// Which kind of statement it is.
    public var kind: Kind {
        switch self {
        case .ruleset: .ruleset
        case .inputsSealed: .inputsSealed
        case .manifest: .manifest
        case .correction: .correction
        case .final: .final
        case .keyRotation: .keyRotation
        }
    }

    /// The epoch it is about; nil where it is about none.
    public var epoch: Epoch? {
        switch self {
        case .ruleset, .keyRotation: nil
        case .inputsSealed(let sealed): sealed.epoch
        case .manifest(let epoch, _), .correction(let epoch, _), .final(let epoch, _): epoch
        }
    }

    /// What the log stores and hashes.
    public var bytes: [UInt8] {
        switch self {
        case .keyRotation(let rotation): rotation.note.bytes
        default: Array(kind.line.utf8) + body.line
        }
    }

    /// The hash of the entry as a leaf of the log.
    public var leafHash: ContentHash { MerkleTree.leafHash(of: bytes) }

    /// What the second line says; of a rotation, without its signatures.
    public var body: CanonicalJSON {
        switch self {
        case .ruleset(let hash): .object(["sha256": .string(hash.hex)])
        case .inputsSealed(let sealed): sealed.body
        case .manifest(let epoch, let hash), .correction(let epoch, let hash), .final(let epoch, let hash):
            .object(["epoch": .string(epoch.id), "sha256": .string(hash.hex)])
        case .keyRotation(let rotation): rotation.body
        }
    }
}

/// Which lines of `verdicts.jsonl` an epoch counts.
public struct SealedInputs: Sendable, Equatable {
    /// The epoch.
    public let epoch: Epoch
    /// The cutoff.
    public let sealedAsOf: UTCTime
    /// How many lines.
    public let count: UInt64
    /// The RFC 6962 root over them.
    public let root: ContentHash

    /// The inputs of `epoch`; `count` is at most 2^53 - 1.
    public init(epoch: Epoch, sealedAsOf: UTCTime, count: UInt64, root: ContentHash) {
        (self.epoch, self.sealedAsOf, self.count, self.root) = (epoch, sealedAsOf, count, root)
    }

    var body: CanonicalJSON {
        .object([
            "epoch": .string(epoch.id), "sealed_as_of": .integer(sealedAsOf.milliseconds),
            "inputs": .object(["count": .integer(count), "root": .string(root.hex)]),
        ])
    }
}
