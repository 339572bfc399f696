import Canonical

/// What is published of an epoch, as far as the log says it.
public struct LoggedEpoch: Sendable, Equatable {
    /// The inputs; they name the epoch.
    public let inputs: SealedInputs
    /// The ruleset it was computed by.
    public let ruleset: ContentHash
    /// The SHA-256 of its manifest.
    public let manifest: ContentHash
    /// The SHA-256 of the corrections made to it since, in the order they were made.
    public let corrections: [ContentHash]
    /// Whether it can be challenged no more.
    public let isFinal: Bool

    /// What is published of an epoch.
    public init(
        inputs: SealedInputs, ruleset: ContentHash, manifest: ContentHash, corrections: [ContentHash] = [],
        isFinal: Bool = false
    ) {
        (self.inputs, self.ruleset, self.manifest) = (inputs, ruleset, manifest)
        (self.corrections, self.isFinal) = (corrections, isFinal)
    }
}

/// Which entries a log must have.
public enum LogPlan {
    /// The entries that `epochs` need, in the order a log without any would get them: each ruleset before the first epoch
    /// that uses it, of each epoch the inputs and then the manifest, then corrections, then what is final.
    public static func entries(for epochs: [LoggedEpoch]) -> [LogEntry] {
        var entries: [LogEntry] = []
        var rulesets: Set<ContentHash> = []
        let ordered = epochs.sorted { $0.inputs.epoch < $1.inputs.epoch }
        for epoch in ordered {
            if rulesets.insert(epoch.ruleset).inserted { entries.append(.ruleset(epoch.ruleset)) }
            entries.append(.inputsSealed(epoch.inputs))
            entries.append(.manifest(epoch: epoch.inputs.epoch, sha256: epoch.manifest))
        }
        for epoch in ordered {
            entries += epoch.corrections.map { .correction(epoch: epoch.inputs.epoch, sha256: $0) }
        }
        for epoch in ordered where epoch.isFinal {
            entries.append(.final(epoch: epoch.inputs.epoch, sha256: epoch.manifest))
        }
        return entries
    }

    /// The entries of ``entries(for:)`` that `existing`, a log from its beginning, lacks.
    ///
    /// - Throws: ``LogError`` with ``LogError/Code/logConflict`` where the log says something of one of `epochs` that is
    ///   not what is published, or says it in a wrong place: it can take nothing back. What it says of other epochs is
    ///   left alone: they may be about to be published once more, from a catalog that was restored.
    public static func missing(for epochs: [LoggedEpoch], in existing: [LogEntry]) throws(LogError)
        -> [LogEntry]
    {
        let wanted = entries(for: epochs)
        if let conflict = conflicts(of: existing, wanted: wanted, sparingStrangers: true).first {
            throw conflict
        }
        let there = Set(existing.map(\.bytes))
        return wanted.filter { !there.contains($0.bytes) }
    }

    /// What `existing` says that `wanted` does not, twice, or too early; with `sparingStrangers`, only of epochs that
    /// `wanted` is about.
    public static func conflicts(
        of existing: [LogEntry], wanted: [LogEntry], sparingStrangers: Bool = false
    ) -> [LogError] {
        let known = Set(wanted.map(\.bytes))
        let epochs = Set(wanted.compactMap(\.epoch))
        var found: [LogError] = []
        var seen: Set<[UInt8]> = []
        var manifests: Set<Epoch> = []
        var latest: Epoch?
        for (index, entry) in existing.enumerated() {
            func find(_ reason: String) { found.append(LogError(.logConflict, reason, at: "entry \(index)")) }
            if case .keyRotation = entry { continue }
            let name = entry.epoch.map { "\(entry.kind.rawValue) of \($0)" } ?? entry.kind.rawValue
            let isStranger = entry.epoch.map { !epochs.contains($0) } ?? true
            if !known.contains(entry.bytes), !(isStranger && sparingStrangers) {
                find("the log has a \(name) that is not what is published")
            }
            if !seen.insert(entry.bytes).inserted { find("the log has a \(name) twice") }
            switch entry {
            case .inputsSealed(let sealed):
                if let before = latest, sealed.epoch <= before {
                    find("the \(name) comes after that of \(before)")
                }
                latest = sealed.epoch
            case .manifest(let epoch, _):
                if latest != epoch { find("the \(name) does not come behind its inputs") }
                if !manifests.insert(epoch).inserted { find("the log has a second manifest of \(epoch)") }
            case .correction(let epoch, _), .final(let epoch, _):
                if !manifests.contains(epoch) { find("the \(name) comes before its manifest") }
            case .ruleset, .keyRotation: break
            }
        }
        return found
    }
}
