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
        return try workspace.catalog.sealedEpochs().compactMap { sealed in
            guard let body = sealed.body, let epoch = Epoch(id: sealed.id) else { return nil }
            if let inputs = logged[epoch], contents.index(of: .manifest(epoch: epoch, sha256: body)) != nil {
                return LoggedEpoch(inputs: inputs, ruleset: workspace.ruleset.contentHash, manifest: body)
            }
            let manifest = try EpochFiles.manifest(in: EpochFiles.directory(epoch, workspace.layout))
            return LoggedEpoch(
                inputs: SealedInputs(
                    epoch: epoch, sealedAsOf: manifest.sealedAsOf, count: manifest.inputCount,
                    root: manifest.inputRoot),
                ruleset: manifest.ruleset, manifest: body)
        }
    }
}
