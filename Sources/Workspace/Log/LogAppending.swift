import Canonical
import Rewards
import Store

/// Keeps the log in step with what is published: what it must have and has not is appended. Nothing is signed here.
public struct LogAppending {
    private let workspace: Workspace

    /// Appends to the log of `workspace`.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    /// Appends what is missing. Called again, it does nothing.
    ///
    /// - Throws: ``LogError`` where the log says something else than what is published.
    public func run() throws {
        let log = LogDirectory(workspace.layout.log)
        try log.clean()
        let contents = try log.contents()
        try log.append(try LogPlan.missing(for: try epochs(besides: contents), in: contents.entries))
    }

    /// What is published, as the log is to say it. Of epochs that `contents` has, the manifests are not read again.
    func epochs(besides contents: LogContents) throws -> [LoggedEpoch] {
        var logged: [Epoch: SealedInputs] = [:]
        for case .inputsSealed(let sealed) in contents.entries { logged[sealed.epoch] = sealed }
        let all = try workspace.catalog.sealedEpochs()
        let published = Set(all.filter { $0.body != nil }.map(\.id))
        var corrections: [Epoch: [ContentHash]] = [:]
        for (correction, epoch) in try workspace.catalog.corrections() {
            guard let epoch, published.contains(epoch) else { continue }
            corrections[correction.statement.epoch, default: []].append(.of(correction.line))
        }
        return try all.compactMap { sealed in
            guard let body = sealed.body, let epoch = Epoch(id: sealed.id) else { return nil }
            if let inputs = logged[epoch], contents.index(of: .manifest(epoch: epoch, sha256: body)) != nil {
                return LoggedEpoch(
                    inputs: inputs, rulesets: listed(before: inputs.sealedAsOf), manifest: body,
                    corrections: corrections[epoch] ?? [], isFinal: sealed.isFinal)
            }
            let manifest = try EpochFiles.manifest(in: EpochFiles.directory(epoch, workspace.layout))
            guard let frames = manifest.roots[.verdicts] else { return nil }
            return LoggedEpoch(
                inputs: SealedInputs(
                    epoch: epoch, sealedAsOf: manifest.sealedAsOf, count: frames.count, root: frames.root),
                rulesets: manifest.rulesets.map(\.ruleset), manifest: body,
                corrections: corrections[epoch] ?? [],
                isFinal: sealed.isFinal)
        }
    }

    /// The rulesets that a manifest sealed at `time` lists.
    private func listed(before time: UTCTime) -> [ContentHash] {
        workspace.rulesets.adopted(before: time).published.map(\.ruleset)
    }
}
