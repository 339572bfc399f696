import Canonical

/// Whom somebody trusts about a log (c2sp.org/tlog-policy): the keys of logs, those of witnesses, and how many of the
/// witnesses must have seen a checkpoint.
public struct LogPolicy: Sendable {
    /// The keys of logs. A checkpoint needs a signature of one whose name is its origin.
    public let logs: [NoteKey]
    /// The keys of witnesses.
    public let witnesses: [NoteKey]
    /// Which of them must have cosigned; nil where none need have.
    let quorum: Quorum?

    /// What a name in a policy stands for.
    indirect enum Quorum: Sendable {
        case witness(NoteKey)
        case group(Int, of: [Quorum])

        /// Whether `keys` are enough.
        func isReached(by keys: [NoteKey]) -> Bool {
            switch self {
            case .witness(let key): keys.contains(key)
            case .group(let threshold, let members): members.count { $0.isReached(by: keys) } >= threshold
            }
        }
    }

    /// The policy that trusts `logs` and asks for no witness.
    public init(logs: [NoteKey]) {
        self.init(logs: logs, witnesses: [], quorum: nil)
    }

    init(logs: [NoteKey], witnesses: [NoteKey], quorum: Quorum?) {
        (self.logs, self.witnesses, self.quorum) = (logs, witnesses, quorum)
    }

    /// The checkpoint in `note`, signed by one of the logs and cosigned by a quorum.
    ///
    /// - Throws: ``LogError``; also where a signature of any key of the policy is wrong.
    public func verify(_ note: SignedNote) throws(LogError) -> VerifiedCheckpoint {
        let verified = try note.verified(by: logs + witnesses)
        let checkpoint = try Checkpoint(text: verified.text)
        let keys = verified.signatures.map(\.key)
        let signers = keys.filter { logs.contains($0) }
        guard !signers.isEmpty else {
            throw LogError(.noteUnsigned, "no log of the policy has signed the checkpoint")
        }
        guard signers.contains(where: { $0.name.hasSameBytes(as: checkpoint.origin) }) else {
            throw LogError(
                .checkpointOrigin,
                "the checkpoint of '\(checkpoint.origin)' is signed by the log '\(signers[0].name)'")
        }
        if let quorum, !quorum.isReached(by: keys) {
            let names = keys.filter { witnesses.contains($0) }.map(\.name)
            throw LogError(
                .policyQuorum,
                "too few witnesses have cosigned: "
                    + (names.isEmpty ? "none" : names.joined(separator: ", ")))
        }
        return VerifiedCheckpoint(
            checkpoint: checkpoint, logs: signers,
            cosignatures: verified.signatures.filter { witnesses.contains($0.key) })
    }
}

/// A checkpoint that those have signed whom a policy trusts. Only ``LogPolicy/verify(_:)`` makes it.
public struct VerifiedCheckpoint: Sendable {
    /// The checkpoint.
    public let checkpoint: Checkpoint
    /// The keys of logs that have signed it.
    public let logs: [NoteKey]
    /// The witnesses that have cosigned it, and when.
    public let cosignatures: [VerifiedNote.Signature]

    fileprivate init(checkpoint: Checkpoint, logs: [NoteKey], cosignatures: [VerifiedNote.Signature]) {
        (self.checkpoint, self.logs, self.cosignatures) = (checkpoint, logs, cosignatures)
    }
}
