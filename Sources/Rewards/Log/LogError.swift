/// Why a note, a checkpoint, a proof, an entry or a policy of the log is refused.
public struct LogError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of thing is wrong, by a stable name.
    public enum Code: String, Sendable {
        /// The text is no signed note.
        case noteForm = "note.form"
        /// A signature of a known key is not that key's.
        case noteSignature = "note.signature"
        /// No known key has signed.
        case noteUnsigned = "note.unsigned"
        /// A key's name or text form is wrong.
        case keyForm = "key.form"
        /// The key is not one that may sign here.
        case keyForeign = "key.foreign"
        /// The note's text is no checkpoint.
        case checkpointForm = "checkpoint.form"
        /// The checkpoint is another log's.
        case checkpointOrigin = "checkpoint.origin"
        /// The text is no proof.
        case proofForm = "proof.form"
        /// The proof does not lead to the root.
        case proofMismatch = "proof.mismatch"
        /// The bytes are no entry.
        case entryForm = "entry.form"
        /// The text is no policy.
        case policyForm = "policy.form"
        /// Too few witnesses have signed.
        case policyQuorum = "policy.quorum"
        /// A tile is missing hashes, or has others than it must.
        case tileDamaged = "tile.damaged"
        /// Two sizes or roots of the log contradict each other.
        case logInconsistent = "log.inconsistent"
        /// The log says something else than what is published.
        case logConflict = "log.conflict"
        /// The log lacks an entry for something that is published.
        case entryMissing = "log.missing"
        /// A file is missing that the log, or what it names, needs.
        case fileMissing = "file.missing"
        /// A receipt does not prove what it says.
        case receiptForm = "receipt.form"
    }

    /// What kind of thing is wrong.
    public let code: Code
    /// Where: a line, a byte, a tile.
    public let place: String
    /// What is wrong, in words.
    public let reason: String

    /// An error of this kind.
    public init(_ code: Code, _ reason: String, at place: String = "") {
        self.code = code
        self.place = place
        self.reason = reason
    }

    /// Whether it is about who signed, and not about form or damage.
    public var isOfSignature: Bool {
        switch code {
        case .noteSignature, .noteUnsigned, .keyForm, .keyForeign, .policyQuorum: true
        default: false
        }
    }

    /// Place and reason.
    public var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
