import Canonical

/// Somebody who looks whether a log only ever grows, and says so by a cosignature.
public struct Witness: Sendable {
    private let signer: NoteSigner
    private let log: LogPolicy

    /// A witness that signs as `signer` what the log with one of `keys` has signed.
    public init(_ signer: NoteSigner, of keys: [NoteKey]) {
        self.signer = signer
        log = LogPolicy(logs: keys)
    }

    /// The note `checkpoint` with a cosignature of `time`, in seconds since 1970, below the other signatures.
    ///
    /// - Parameters:
    ///   - checkpoint: What the log has signed.
    ///   - last: The checkpoint that was cosigned last, nil where it is the first.
    ///   - proof: That `checkpoint` begins with the tree of `last`; empty where that is the first or of the same size.
    /// - Throws: ``LogError`` where the log has not signed it, where it is another log, or where the log has not only
    ///   grown since `last`. Two checkpoints that cannot both be true are proof that the log lies: keep both.
    public func cosign(
        _ checkpoint: SignedNote, after last: Checkpoint?, proof: [ContentHash], at time: UInt64
    ) throws(LogError) -> SignedNote {
        let verified = try log.verify(checkpoint).checkpoint
        if let last {
            guard last.origin.hasSameBytes(as: verified.origin) else {
                throw LogError(
                    .checkpointOrigin,
                    "a checkpoint of '\(verified.origin)', and the last was of '\(last.origin)'")
            }
            try MerkleProof.checkConsistency(
                from: last.size, last.root, to: verified.size, verified.root, proof: proof)
        } else {
            guard proof.isEmpty else {
                throw LogError(.proofMismatch, "there is nothing to prove for the first")
            }
        }
        // A second cosignature of the same key would stand beside the first; the later time replaces it.
        let key = try signer.noteKey(.cosignature)
        let others = checkpoint.signatures.filter { !key.isNamed(by: $0) }
        return try SignedNote(
            text: checkpoint.text,
            signatures: others + [try signer.cosignature(of: checkpoint.text, at: time)])
    }
}
