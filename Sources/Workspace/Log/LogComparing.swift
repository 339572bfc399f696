import Canonical
import Rewards
import Store

extension LogVerification {
    private var epochs: String { "\(published)/epochs" }
    private var finals: String { "\(published)/finals" }

    /// Holds what the entries say against what is published. Corrections are read line by line, and all else one file
    /// after the other.
    mutating func compare(_ history: LogHistory) throws {
        try compareRulesets(history)
        var comparison = LogComparison(history)
        for name in try names(in: epochs) {
            let path = "\(epochs)/\(name)"
            // That a manifest is missing is found where the log has it, and where the chain is recomputed.
            guard DirectoryListing.exists("\(path)/\(EpochFiles.manifestName)") else { continue }
            guard let epoch = Epoch(id: name) else {
                find(LogError(.entryMissing, "no log has it: '\(name)' is no epoch", at: path))
                continue
            }
            try attempt(path) { this in
                let bytes = try StoredFile.read(
                    "\(path)/\(EpochFiles.manifestName)", maxBytes: EpochFiles.maxManifestBytes)
                for finding in comparison.findings(manifest: bytes, of: epoch) { this.find(finding) }
            }
            try attempt(path) { try $0.compareCorrections(in: path, &comparison) }
        }
        for name in try names(in: finals) { try compareFinal(name, &comparison) }
        for finding in comparison.unpublished() { find(finding) }
    }

    private mutating func compareRulesets(_ history: LogHistory) throws {
        for (hash, index) in history.rulesets.sorted(by: { $0.value < $1.value }) {
            let path = "\(published)/rulesets/\(hash.hex).json"
            try attempt(path) { _ in
                let found = ContentHash.of(try StoredFile.read(path, maxBytes: EpochFiles.maxRulesetBytes))
                if found != hash {
                    throw LogError(
                        .logConflict, "the ruleset of entry \(index) has the hash \(found.hex)", at: path)
                }
            }
        }
    }

    private mutating func compareCorrections(in path: String, _ comparison: inout LogComparison) throws {
        guard var reader = try EpochFiles.lines(of: .corrections, in: path) else { return }
        let file = "\(path)/\(EpochFile.corrections.name)"
        do {
            while let line = try reader.next() {
                let place = "\(file) line \(reader.count)"
                if let finding = comparison.finding(correction: line, at: place) { find(finding) }
            }
        } catch let error as JSONError { throw LogError(.logConflict, error.description, at: file) }
    }

    private mutating func compareFinal(_ name: String, _ comparison: inout LogComparison) throws {
        let path = "\(finals)/\(name)"
        try attempt(path) { this in
            guard name.hasSuffix(".json") else {
                throw LogError(.logConflict, "no record that an epoch is final", at: path)
            }
            let bytes = try StoredFile.read(path, maxBytes: FinalRecord.maxBytes)
            let finding = comparison.finding(final: bytes, named: String(name.dropLast(5))) { hash in
                challenge(of: hash, below: this.published)
            }
            if let finding { this.find(finding) }
        }
    }

    /// The names in `directory` but those of temporary files; none where it is not there.
    private func names(in directory: String) throws -> [String] {
        guard DirectoryListing.exists(directory) else { return [] }
        return try DirectoryListing.names(in: directory).filter { !$0.hasPrefix(".") }
    }
}

/// How long an epoch of the published ruleset `hash` can be challenged, milliseconds; nil where it cannot be read.
private func challenge(of hash: ContentHash, below published: String) -> Int64? {
    let path = "\(published)/rulesets/\(hash.hex).json"
    guard let bytes = try? StoredFile.read(path, maxBytes: EpochFiles.maxRulesetBytes) else { return nil }
    return (try? Ruleset(json: bytes))?.reward.challengeMilliseconds
}
