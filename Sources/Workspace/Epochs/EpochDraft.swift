import Canonical
import Geo
import Rewards
import Stages
import Store

/// Settles an epoch from what the catalog has of it.
struct EpochDraft {
    private let workspace: Workspace
    private let epoch: Epoch
    private let header: EpochHeader
    private let previous: ContentHash?

    /// A draft of the sealed epoch `sealed`, behind the manifest `previous`.
    init(_ workspace: Workspace, _ sealed: SealedEpoch, _ epoch: Epoch, previous: ContentHash?) {
        self.workspace = workspace
        self.epoch = epoch
        self.previous = previous
        header = EpochHeader(
            epoch: epoch, sealedAsOf: sealed.sealedAsOf, pendingUploads: sealed.pendingUploads)
    }

    /// Gives the lines of all files to `write`, each file's in order.
    ///
    /// - Throws: The first ``ManifestError`` there is; what `write` throws.
    func settle(_ write: (EpochFile, [UInt8]) throws -> Void) throws -> EpochSettlement {
        let catalog = workspace.catalog
        let drives = try catalog.drives(inEpoch: epoch.id)
        var ledger = try EpochLedger(
            header, ruleset: workspace.ruleset, drives: drives.map(\.input),
            takedowns: EpochTakedowns(
                new: try catalog.takedowns(publishedBy: epoch.id),
                earlier: try catalog.takedowns(publishedBefore: epoch.id)))
        let commitments = LocationCommitments(workspace)
        try catalog.forEachRecord(
            inEpoch: epoch.id, of: drives, cellPrecision: workspace.ruleset.cellPrecision,
            commitment: commitments.commitment
        ) { record in
            let line = record.line
            if let problem = ledger.add(record, line: line).first { throw problem }
            try write(.verdicts, line)
        }
        var state = try catalog.chainState(before: epoch.id)
        state.previous = previous
        state.history = try catalog.coverageHistory(ledger.coverages, before: epoch.id)
        for drive in drives where drive.isInEarlierEpoch { state.count(drive.input) }
        let corrections = try catalog.corrections(publishedBy: epoch.id)
        for correction in corrections {
            let statement = correction.statement
            if try catalog.hasAward(of: statement.contributor, in: statement.epoch) {
                state.award(statement.contributor, in: statement.epoch)
            }
        }
        let settlement = try ledger.settle(
            state, bounties: try catalog.bounties(publishedBy: epoch.id), corrections: corrections,
            write: write)
        if let problem = settlement.problems.first { throw problem }
        return settlement
    }
}
