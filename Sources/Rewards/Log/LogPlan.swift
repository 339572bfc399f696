import Canonical

/// Which entries a log must have.
public enum LogPlan {
    /// The entries that `epochs` need, in the order a log without any would get them: of each epoch the rulesets that its
    /// manifest lists and none before it has, the inputs and then the manifest; then corrections, then what is final.
    public static func entries(for epochs: [LoggedEpoch]) -> [LogEntry] {
        var entries: [LogEntry] = []
        var rulesets: Set<ContentHash> = []
        let ordered = epochs.sorted { $0.inputs.epoch < $1.inputs.epoch }
        for epoch in ordered {
            entries += epoch.rulesets.filter { rulesets.insert($0).inserted }.map { .ruleset($0) }
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

    /// What `existing` says that `wanted` does not, twice, or out of order; with `sparingStrangers`, what it says only of
    /// epochs that `wanted` is about.
    public static func conflicts(
        of existing: [LogEntry], wanted: [LogEntry], sparingStrangers: Bool = false
    ) -> [LogError] {
        let known = Set(wanted.map(\.bytes))
        let epochs = Set(wanted.compactMap(\.epoch))
        var found: [LogError] = []
        for (index, entry) in existing.enumerated() {
            if case .keyRotation = entry { continue }
            let isStranger = entry.epoch.map { !epochs.contains($0) } ?? true
            if !known.contains(entry.bytes), !(isStranger && sparingStrangers) {
                found.append(
                    LogError(
                        .logConflict, "the log has a \(entry.name) that is not what is published",
                        at: "entry \(index)"))
            }
        }
        return found + LogHistory(existing).findings
    }
}
