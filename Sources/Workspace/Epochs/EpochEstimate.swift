import Canonical
import Rewards
import Stages
import Store

/// What the earliest open epoch would pay if nothing more came: no promise, and nothing is written.
public struct EpochEstimate {
    /// The manifest it would have.
    public let manifest: Manifest
    /// Its awards, by the bytes of the contributors' ids.
    public let awards: [Award]
    /// What every device delivered, in the order of `explain.jsonl`.
    public let devices: [DeviceLine]
    /// Until when uploads may arrive.
    public let deadline: UTCTime
    /// What it does not know: uploads that wait unread, frames not compared with all others yet, and frames that no epoch
    /// counts and this one will not count either.
    public let pendingUploads: Int, pendingFrames: Int64, laterFrames: Int64

    /// The estimate of `workspace` as of `asOf`: of what was received, taken down, funded and corrected before; nil where no
    /// frame waits to be counted.
    ///
    /// - Throws: ``WorkspaceError/epochUnpublished(_:)``, and what settling throws.
    public static func make(_ workspace: Workspace, asOf: UTCTime) throws -> EpochEstimate? {
        let sealed = try workspace.catalog.sealedEpochs()
        if let unpublished = sealed.first(where: { $0.body == nil }) {
            throw WorkspaceError.epochUnpublished(unpublished.id)
        }
        let closing = EpochClosing(workspace, asOf: asOf)
        guard let epoch = try closing.earliestOpen() else { return nil }
        let deadline = closing.deadline(of: epoch)
        let selection = EpochSelection.open(end: epoch.end, deadline: min(asOf, deadline))
        // The header is that of the seal to come: if nothing more arrives, this is what the epoch pays.
        let pending = try PendingUploads.before(deadline, in: workspace)
        let draft = EpochDraft(
            workspace, selection, EpochHeader(epoch: epoch, sealedAsOf: deadline))
        var (awards, devices): ([Award], [DeviceLine]) = ([], [])
        let manifest = try draft.settle { file, line in
            switch file {
            case .awards: awards.append(try Award(line: line))
            case .explain: devices.append(try DeviceLine(line: line))
            case .inputs, .verdicts, .scores, .corrections, .cumulative: break
            }
        }.manifest
        let waiting = try workspace.catalog.openFrames()
        return EpochEstimate(
            manifest: manifest, awards: awards, devices: devices, deadline: deadline,
            pendingUploads: pending.count, pendingFrames: waiting.pending,
            laterFrames: max(0, waiting.total - Int64(clamping: manifest.count(of: .verdicts))))
    }
}
