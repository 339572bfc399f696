import Canonical
import Geo
import Rewards
import Stages
import Store

/// What closing an epoch did.
public struct EpochReport: Sendable {
    /// The epoch.
    public let epoch: Epoch
    /// Its manifest.
    public let manifest: Manifest
    /// The path of the manifest.
    public let path: String
    /// Whether it was closed now, and not before.
    public let isNew: Bool
}

/// Seals reward weeks and publishes their manifests.
///
/// Sealing is one transaction that fixes which frames, takedowns, bounties and corrections the epoch counts. What
/// is published is a function of those alone, so a run that was killed after the seal is finished by the next one with the same bytes.
public struct EpochClosing {
    private let workspace: Workspace
    private let asOf: UTCTime

    /// Closes epochs of `workspace` as of `asOf`.
    public init(_ workspace: Workspace, asOf: UTCTime) {
        self.workspace = workspace
        self.asOf = asOf
    }

    /// Closes `epoch`; an epoch that is closed already is reported as it is. With `force` also where uploads wait unread.
    public func close(_ epoch: Epoch, force: Bool = false) throws -> EpochReport {
        let isNew = try seal(epoch, force: force)
        try finishSealed()
        let path = EpochFiles.directory(epoch, workspace.layout)
        return EpochReport(
            epoch: epoch, manifest: try EpochFiles.manifest(in: path),
            path: "\(path)/\(EpochFiles.manifestName)", isNew: isNew)
    }

    /// Closes every epoch that is due and has frames to count, the earliest first.
    public func closeDue(force: Bool = false) throws -> [EpochReport] {
        try finishSealed()
        var reports: [EpochReport] = []
        while let epoch = try earliestOpen(), deadline(of: epoch) <= asOf {
            reports.append(try close(epoch, force: force))
        }
        return reports
    }

    /// Seals `epoch`: from now on nothing changes what it counts. False where it was sealed before.
    public func seal(_ epoch: Epoch, force: Bool = false) throws -> Bool {
        let sealed = try workspace.catalog.sealedEpochs()
        if sealed.contains(where: { $0.id == epoch.id }) { return false }
        if let last = sealed.last.flatMap({ Epoch(id: $0.id) }), epoch < last {
            throw WorkspaceError.epochNotClosable(
                epoch.id,
                "\(last) is closed, and a closed epoch never changes; what came late is counted by the next one"
            )
        }
        let deadline = deadline(of: epoch)
        guard deadline <= asOf else {
            throw WorkspaceError.epochNotClosable(
                epoch.id, "uploads may arrive until \(deadline), and it is \(asOf); try again then")
        }
        let pending = try PendingUploads.before(deadline, in: workspace)
        if let first = pending.first, !force {
            throw WorkspaceError.epochPending(epoch.id, pending.count, first)
        }
        // A run killed while it compared frames left some unjudged.
        try Deduplication(workspace).run()
        // What decides is the deadline and not the moment of the run: closing a day later gives the same bytes.
        try workspace.catalog.seal(
            epoch.id, end: epoch.end, deadline: deadline, pendingUploads: pending.count)
        return true
    }

    /// The earliest epoch that will count a frame that none counts yet.
    public func earliestOpen() throws -> Epoch? {
        let last = try workspace.catalog.sealedEpochs().last.flatMap { Epoch(id: $0.id) }
        let longest = workspace.rulesets.all.map(\.reward.graceMilliseconds).max() ?? 0
        return try workspace.catalog.openDays().map { open in
            let captured = Epoch(containing: open.day.start)
            let receipt = open.earliestReceipt
            // No deadline is further from its epoch's end than the longest grace.
            let received = Epoch(containing: UTCTime(milliseconds: receipt.milliseconds - longest))
            var epoch = max(last.map { max(captured, $0.next) } ?? captured, received)
            while deadline(of: epoch) <= receipt, epoch < epoch.next { epoch = epoch.next }
            return epoch
        }.min()
    }

    /// Until when uploads of `epoch` may arrive.
    public func deadline(of epoch: Epoch) -> UTCTime {
        UTCTime(
            milliseconds: epoch.end.milliseconds
                + workspace.rulesets.ruleset(in: epoch).reward.graceMilliseconds)
    }

    /// Publishes what was sealed and not published, in order.
    private func finishSealed() throws {
        for sealed in try workspace.catalog.sealedEpochs() where sealed.body == nil { try publish(sealed) }
        try LogAppending(workspace).run()
    }

    private func publish(_ sealed: SealedEpoch) throws {
        guard let epoch = Epoch(id: sealed.id) else { throw WorkspaceError.noSuchEpoch(sealed.id) }
        let path = EpochFiles.directory(epoch, workspace.layout)
        let draft = EpochDraft(workspace, sealed, epoch)
        var settlement: EpochSettlement?
        if DirectoryListing.exists(path) {
            // Left by a run that was killed before it could note so. Its files are whole, and its manifest has their roots.
            let again = try draft.settle { _, _ in }
            guard
                try StoredFile.read(
                    "\(path)/\(EpochFiles.manifestName)", maxBytes: EpochFiles.maxManifestBytes)
                    == again.manifest.json
            else { throw WorkspaceError.publishedDamage("\(path) is not what its sealed frames give") }
            settlement = again
        } else {
            try DurableWrite.directory(at: path) { output in
                let files = try EpochOutput(output)
                let made = try draft.settle { file, line in try files.append(line, to: file) }
                try files.finish()
                try output.write(made.manifest.json, to: EpochFiles.manifestName)
                settlement = made
            }
        }
        guard let settlement else { throw WorkspaceError.noSuchEpoch(sealed.id) }
        try workspace.catalog.markPublished(settlement)
    }
}
