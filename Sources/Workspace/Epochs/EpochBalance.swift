import Canonical
import Rewards
import Store

/// The balance sheet of a workspace: frames in = accepted + duplicate + rejected by reason, in every drive, for every
/// contributor and epoch, once from the catalog and once from what is published.
public struct EpochBalance {
    /// The frames of one epoch, or those that none counts.
    public struct Entry {
        /// The epoch's id; nil for frames that no epoch counts.
        public let epoch: String?
        /// What became of them.
        public let sheet: BalanceSheet
    }

    /// By epoch, the frames that none counts at the end.
    public private(set) var entries: [Entry] = []
    /// What does not add up.
    public private(set) var findings: [BalanceFinding] = []

    /// The balance of `workspace`, or of one published epoch of it.
    ///
    /// - Throws: ``WorkspaceError/noSuchEpoch(_:)``; `ReplayError` where published files cannot be read.
    public init(_ workspace: Workspace, only epoch: Epoch? = nil) throws {
        let sealed = try workspace.catalog.sealedEpochs()
        if let epoch, !sealed.contains(where: { $0.id == epoch.id && $0.body != nil }) {
            throw WorkspaceError.noSuchEpoch(epoch.id)
        }
        for record in sealed where epoch == nil || record.id == epoch?.id {
            try add(record, workspace)
        }
        guard epoch == nil else { return }
        let open = try workspace.catalog.balance(.open)
        findings += open.unexplained(in: nil)
        entries.append(Entry(epoch: nil, sheet: open))
        try addTotals(workspace)
    }

    private mutating func add(_ sealed: SealedEpoch, _ workspace: Workspace) throws {
        let catalog = try workspace.catalog.balance(.epoch(sealed.id))
        guard sealed.body != nil else {
            findings += catalog.unexplained(in: sealed.id)
            entries.append(Entry(epoch: sealed.id, sheet: catalog))
            return
        }
        let published = try PublishedBalance(EpochFiles.published("\(workspace.layout.epochs)/\(sealed.id)"))
        findings += published.findings + published.sheet.differences(from: catalog, in: sealed.id)
        entries.append(Entry(epoch: sealed.id, sheet: published.sheet))
    }

    /// What came in once, is in exactly one entry.
    private mutating func addTotals(_ workspace: Workspace) throws {
        for drive in try workspace.catalog.drivesWithMissingFrames() {
            findings.append(
                BalanceFinding(
                    "delivered", epoch: nil, account: drive.drive,
                    "\(drive.delivered) frames came in, and \(drive.present) are accounted for"))
        }
        let all = try workspace.catalog.verdictTally(.all).total
        let sum = entries.reduce(0) { $0 + $1.sheet.total.frames }
        if Int64(all) != sum {
            findings.append(
                BalanceFinding(
                    "total", epoch: nil, account: nil,
                    "\(all) frames came in, and all epochs together have \(sum)"))
        }
    }
}
