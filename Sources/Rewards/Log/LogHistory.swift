import Canonical

/// What the entries of a log say, one after the other, and what of it is out of order.
public struct LogHistory: Sendable {
    /// An entry about an epoch: its number and the hash it has.
    public struct Statement: Sendable, Equatable {
        /// The number of the entry, from 0.
        public let index: Int
        /// The SHA-256 in it.
        public let sha256: ContentHash
    }

    /// The numbers of the entries that name rulesets, by these.
    public private(set) var rulesets: [ContentHash: Int] = [:]
    /// Which inputs are sealed, and the numbers of the entries that say so.
    public private(set) var inputs: [Epoch: (index: Int, sealed: SealedInputs)] = [:]
    /// The manifests.
    public private(set) var manifests: [Epoch: Statement] = [:]
    /// What corrections are about, by their hashes.
    public private(set) var corrections: [ContentHash: (index: Int, epoch: Epoch)] = [:]
    /// The epochs that are final.
    public private(set) var finals: [Epoch: Statement] = [:]
    /// The rotations of keys, in their order.
    public private(set) var rotations: [KeyRotation] = []
    /// What is out of order, or there twice.
    public private(set) var findings: [LogError] = []

    private var count = 0
    private var seen: Set<ContentHash> = []
    /// The epoch of the entry before, where that seals inputs.
    private var sealed: Epoch?
    private var latest: Epoch?

    /// What `entries`, those of a log from its beginning, say.
    public init(_ entries: [LogEntry]) {
        for entry in entries { append(entry) }
    }

    /// What is wrong where the log ends between the inputs of an epoch and its manifest, which the next entry may mend.
    public var unfinished: LogError? {
        sealed.map {
            LogError(
                .logConflict, "the log ends behind the inputs of \($0), without its manifest",
                at: "entry \(count - 1)")
        }
    }

    private mutating func find(_ reason: String, at index: Int) {
        findings.append(LogError(.logConflict, reason, at: "entry \(index)"))
    }

    private mutating func append(_ entry: LogEntry) {
        let (index, before) = (count, sealed)
        count += 1
        sealed = nil
        let name = entry.name
        if !seen.insert(entry.leafHash).inserted { find("the log has a \(name) twice", at: index) }
        if let before, entry.kind != .manifest || entry.epoch != before {
            find("the manifest of \(before) does not come directly behind its inputs", at: index)
        }
        switch entry {
        case .ruleset(let hash): rulesets[hash] = rulesets[hash] ?? index
        case .inputsSealed(let inputs):
            if let latest, inputs.epoch <= latest {
                find("the \(name) comes after that of \(latest)", at: index)
            }
            latest = max(latest ?? inputs.epoch, inputs.epoch)
            sealed = inputs.epoch
            self.inputs[inputs.epoch] = self.inputs[inputs.epoch] ?? (index, inputs)
        case .manifest(let epoch, let hash):
            if before != epoch { find("the \(name) does not come directly behind its inputs", at: index) }
            if manifests[epoch] != nil { find("the log has a second manifest of \(epoch)", at: index) }
            manifests[epoch] = manifests[epoch] ?? Statement(index: index, sha256: hash)
        case .correction(let epoch, let hash):
            if manifests[epoch] == nil { find("the \(name) comes before its manifest", at: index) }
            if let other = corrections[hash], other.epoch != epoch {
                find("the \(name) is one of \(other.epoch) before", at: index)
            }
            corrections[hash] = corrections[hash] ?? (index, epoch)
        case .final(let epoch, let hash):
            if let manifest = manifests[epoch] {
                if manifest.sha256 != hash { find("the \(name) is of another manifest", at: index) }
            } else {
                find("the \(name) comes before its manifest", at: index)
            }
            if finals[epoch] != nil { find("the log has \(epoch) as final before", at: index) }
            finals[epoch] = finals[epoch] ?? Statement(index: index, sha256: hash)
        case .keyRotation(let rotation):
            if let last = rotations.last, last.new != rotation.old {
                find("the key that is replaced is not the one that was put in use before", at: index)
            }
            rotations.append(rotation)
        }
    }

    /// `keys`, and those that rotations name before them: who trusts a key trusts what it says of the one before.
    public func keys(before keys: [NoteKey]) -> [NoteKey] {
        rotations.reversed().reduce(into: keys) { keys, rotation in
            if keys.contains(rotation.new), !keys.contains(rotation.old) { keys.append(rotation.old) }
        }
    }
}

extension LogEntry {
    /// Kind and epoch, for people.
    public var name: String { epoch.map { "\(kind.rawValue) of \($0)" } ?? kind.rawValue }
}
