import Canonical
import Geo
import Rewards
import Stages
import Store

/// Settles an epoch from what the catalog has of it: one that is sealed, or one that is open as if it were.
struct EpochDraft {
    private let workspace: Workspace
    private let selection: EpochSelection
    private let header: EpochHeader
    private var epoch: Epoch { header.epoch }

    /// A draft of the sealed epoch `sealed`, behind the one before, which is published.
    init(_ workspace: Workspace, _ sealed: SealedEpoch, _ epoch: Epoch) {
        self.init(
            workspace, .sealed(sealed.id),
            EpochHeader(epoch: epoch, sealedAsOf: sealed.sealedAsOf, pendingUploads: sealed.pendingUploads))
    }

    /// A draft of an epoch with this header and what is in `selection`, behind the one before, which is published.
    init(_ workspace: Workspace, _ selection: EpochSelection, _ header: EpochHeader) {
        self.workspace = workspace
        self.selection = selection
        self.header = header
    }

    /// Gives the lines of all files to `write`, each file's in order.
    ///
    /// - Throws: The first ``ManifestError`` there is; what `write` throws.
    func settle(_ write: (EpochFile, [UInt8]) throws -> Void) throws -> EpochSettlement {
        let catalog = workspace.catalog
        let drives = try catalog.drives(selection, of: epoch.id)
        var ledger = try EpochLedger(
            header, rulesets: workspace.rulesets.adopted(before: header.sealedAsOf),
            drives: drives.map(\.input),
            takedowns: EpochTakedowns(
                new: try catalog.takedowns(selection),
                earlier: try catalog.takedowns(publishedBefore: epoch.id)))
        let commitments = LocationCommitments(workspace)
        try catalog.forEachRecord(
            selection, of: drives, cellPrecision: workspace.cellPrecision,
            commitment: commitments.commitment
        ) { record in
            let line = record.line
            if let problem = ledger.add(record, line: line).first { throw problem }
            try write(.verdicts, line)
        }
        var state = try catalog.chainState(before: epoch.id)
        if let last = try catalog.sealedEpochs().last(where: { $0.id < epoch.id }) {
            state.previous = last.body
            state.sealedAsOf = last.sealedAsOf
            state.rulesets = workspace.rulesets.adopted(before: last.sealedAsOf).published
        }
        state.history = try catalog.coverageHistory(ledger.coverages, before: epoch.id)
        for drive in drives where drive.isInEarlierEpoch { state.count(drive.input) }
        let corrections = try catalog.corrections(selection)
        for correction in corrections {
            let statement = correction.statement
            if try catalog.hasAward(of: statement.contributor, in: statement.epoch) {
                state.award(statement.contributor, in: statement.epoch)
            }
        }
        let settlement = try ledger.settle(
            state, bounties: try catalog.bounties(selection), corrections: corrections,
            write: write)
        if let problem = settlement.problems.first { throw problem }
        return settlement
    }
}
