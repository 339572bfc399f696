import Canonical

/// Holds what a log says against what is published, one file or line after the other. Of these it keeps a few numbers of
/// each epoch, and nothing of what the log does not name.
public struct LogComparison: Sendable {
    private let history: LogHistory
    private var manifests: [Epoch: LoggedManifest] = [:]
    private var corrections: Set<ContentHash> = []
    private var finals: Set<Epoch> = []
    /// Rulesets of which something was found: every later manifest lists them, too.
    private var wrongRulesets: Set<ContentHash> = []

    /// Holds `history` against what is given next.
    public init(_ history: LogHistory) {
        self.history = history
    }

    /// What is wrong where `bytes` are the manifest of `epoch`. That the log has the hash of these bytes is not looked at.
    public mutating func findings(manifest bytes: [UInt8], of epoch: Epoch) -> [LogError] {
        let place = "epochs/\(epoch.id)/manifest.json"
        guard history.manifests[epoch] != nil else {
            return [LogError(.entryMissing, "the log lacks it", at: place)]
        }
        let manifest: LoggedManifest
        do throws(JSONError) { manifest = try LoggedManifest(json: bytes) } catch {
            return [LogError(.logConflict, "it cannot be held against the log: \(error)", at: place)]
        }
        manifests[epoch] = manifest
        // Without inputs the order is broken, which is found there.
        guard let (index, sealed) = history.inputs[epoch] else { return [] }
        var found: [LogError] = []
        for (what, said, published) in [
            ("epoch", sealed.epoch.id, manifest.inputs.epoch.id),
            (
                "sealed_as_of", "\(sealed.sealedAsOf.milliseconds)",
                "\(manifest.inputs.sealedAsOf.milliseconds)"
            ),
            ("inputs.count", "\(sealed.count)", "\(manifest.inputs.count)"),
            ("inputs.root", sealed.root.hex, manifest.inputs.root.hex),
        ] where !said.hasSameBytes(as: published) {
            found.append(
                LogError(
                    .logConflict, "\(what) is \(said), and \(published) in the manifest of \(epoch)",
                    at: "entry \(index)"))
        }
        return found + rulesets(of: manifest, before: index)
    }

    /// What is wrong with the rulesets that `manifest` lists, whose inputs are the entry `index`.
    private mutating func rulesets(of manifest: LoggedManifest, before index: Int) -> [LogError] {
        let epoch = manifest.inputs.epoch
        var found: [LogError] = []
        var (latest, seen): (Int, Set<ContentHash>) = (-1, [])
        for hash in manifest.rulesets + [manifest.ruleset] where seen.insert(hash).inserted {
            let place = history.rulesets[hash]
            let error: LogError? =
                switch place {
                case nil:
                    LogError(
                        .entryMissing, "the log lacks it, and \(epoch) lists it",
                        at: "rulesets/\(hash.hex).json")
                case let place? where place > index:
                    LogError(
                        .logConflict, "the ruleset comes behind \(epoch), which lists it",
                        at: "entry \(place)")
                case let place? where place < latest:
                    LogError(
                        .logConflict,
                        "the ruleset comes before entry \(latest), and behind it in the list of \(epoch)",
                        at: "entry \(place)")
                default: nil
                }
            latest = max(latest, place ?? latest)
            if let error, wrongRulesets.insert(hash).inserted { found.append(error) }
        }
        return found
    }

    /// What is wrong where `line` is a line of the file `place` of corrections.
    public mutating func finding(correction line: [UInt8], at place: String) -> LogError? {
        let hash = ContentHash.of(line)
        guard let (index, epoch) = history.corrections[hash] else {
            return LogError(.entryMissing, "the log lacks the correction \(hash.hex)", at: place)
        }
        corrections.insert(hash)
        do throws(JSONError) {
            let about = try Correction(line: line).statement.epoch
            return about == epoch
                ? nil
                : LogError(
                    .logConflict, "the correction is one of \(about), and of \(epoch) in the log",
                    at: "entry \(index)")
        } catch {
            return LogError(.logConflict, "the correction \(hash.hex) cannot be read: \(error)", at: place)
        }
    }

    /// What is wrong where `bytes` are the file `finals/<name>.json`.
    ///
    /// - Parameter challenge: How long an epoch of the ruleset of this name can be challenged, milliseconds; nil where
    ///   that cannot be told, which is found elsewhere.
    public mutating func finding(
        final bytes: [UInt8], named name: String, challenge: (ContentHash) -> Int64?
    ) -> LogError? {
        let place = "finals/\(name).json"
        func wrong(_ reason: String) -> LogError { LogError(.logConflict, reason, at: place) }
        if let epoch = Epoch(id: name) { finals.insert(epoch) }
        let record: FinalRecord
        do throws(JSONError) { record = try FinalRecord(json: bytes) } catch { return wrong("\(error)") }
        guard record.epoch.id.hasSameBytes(as: name) else { return wrong("it is about \(record.epoch)") }
        guard let said = history.finals[record.epoch] else {
            return LogError(.entryMissing, "the log lacks it", at: place)
        }
        guard record.manifest == said.sha256 else {
            return wrong("manifest: \(record.manifest.hex), and \(said.sha256.hex) in the log")
        }
        guard let manifest = manifests[record.epoch], let challenge = challenge(manifest.ruleset) else {
            return nil
        }
        let (end, overflow) = manifest.inputs.sealedAsOf.milliseconds.addingReportingOverflow(challenge)
        guard !overflow, record.finalAt.milliseconds == end else {
            return wrong("final_at: \(record.finalAt.milliseconds), and the challenge ends at \(end)")
        }
        return nil
    }

    /// What the log names and nothing was that was given.
    public func unpublished() -> [LogError] {
        let strangers = history.corrections.filter { !corrections.contains($0.key) }
        let records = history.finals.filter { !finals.contains($0.key) }
        return strangers.values.map(\.index).sorted().map {
            LogError(.logConflict, "the correction is nowhere published", at: "entry \($0)")
        }
            + records.sorted { $0.value.index < $1.value.index }.map {
                LogError(
                    .fileMissing, "it is not there, and the log says that \($0.key) is final",
                    at: "finals/\($0.key.id).json")
            }
    }
}
