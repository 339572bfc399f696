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
/// Sealing is one transaction that fixes which frames the epoch counts and which takedowns its manifest publishes. What
/// is published is a function of those alone, so a run that was killed after the seal is finished by the next one with the same bytes.
public struct EpochClosing {
    private let workspace: Workspace
    private let asOf: UTCTime

    /// Closes epochs of `workspace` as of `asOf`.
    public init(_ workspace: Workspace, asOf: UTCTime) {
        self.workspace = workspace
        self.asOf = asOf
    }

    /// Closes `epoch`; an epoch that is closed already is reported as it is.
    public func close(_ epoch: Epoch) throws -> EpochReport {
        try finishSealed()
        let sealed = try workspace.catalog.sealedEpochs()
        if sealed.contains(where: { $0.id == epoch.id }) { return try published(epoch, isNew: false) }
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
        // A run killed while it compared frames left some unjudged.
        try Deduplication(workspace).run()
        // What decides is the deadline and not the moment of the run: closing a day later gives the same bytes.
        try workspace.catalog.seal(epoch.id, end: epoch.end, deadline: deadline, asOf: deadline)
        try finishSealed()
        return try published(epoch, isNew: true)
    }

    /// Closes every epoch that is due and has frames to count, the earliest first.
    public func closeDue() throws -> [EpochReport] {
        try finishSealed()
        var reports: [EpochReport] = []
        while let epoch = try earliestOpen(), deadline(of: epoch) <= asOf { reports.append(try close(epoch)) }
        return reports
    }

    /// The earliest epoch that will count a frame that none counts yet.
    public func earliestOpen() throws -> Epoch? {
        let last = try workspace.catalog.sealedEpochs().last.flatMap { Epoch(id: $0.id) }
        let grace = workspace.ruleset.reward.graceMilliseconds
        return try workspace.catalog.openDays().map { open in
            let received = Epoch(containing: UTCTime(milliseconds: open.earliestReceipt.milliseconds - grace))
            let captured = max(Epoch(containing: open.day.start), received)
            return last.map { max(captured, $0.next) } ?? captured
        }.min()
    }

    /// Until when uploads of `epoch` may arrive.
    public func deadline(of epoch: Epoch) -> UTCTime {
        UTCTime(milliseconds: epoch.end.milliseconds + workspace.ruleset.reward.graceMilliseconds)
    }

    /// Publishes what was sealed and not published, in order.
    private func finishSealed() throws {
        var previous: ContentHash?
        for sealed in try workspace.catalog.sealedEpochs() {
            if let body = sealed.body {
                previous = body
                continue
            }
            previous = try publish(sealed, previous: previous)
        }
        try LogAppending(workspace).run()
    }

    private func publish(_ sealed: SealedEpoch, previous: ContentHash?) throws -> ContentHash {
        guard let epoch = Epoch(id: sealed.id) else { throw WorkspaceError.noSuchEpoch(sealed.id) }
        var records: [FrameRecord] = []
        try workspace.catalog.forEachFrame(.epoch(sealed.id), cellPrecision: workspace.ruleset.cellPrecision)
        {
            records.append(FrameRecord($0))
        }
        let verdicts = try VerdictFile(records: records)
        let coverages = Set(
            records.compactMap(\.credited).compactMap { frame in
                frame.octant.map { Coverage(cell: frame.cell, octant: $0) }
            })
        let manifest = try Manifest.build(
            epoch: epoch, sealedAsOf: sealed.sealedAsOf, ruleset: workspace.ruleset, previous: previous,
            verdicts: verdicts,
            history: try workspace.catalog.coverageHistory(coverages.sorted(), before: sealed.id),
            takedowns: EpochTakedowns(
                new: try workspace.catalog.takedowns(publishedBy: sealed.id),
                earlier: try workspace.catalog.takedowns(publishedBefore: sealed.id)))
        let path = EpochFiles.directory(epoch, workspace.layout)
        try EpochFiles.write(manifest: manifest.json, verdicts: verdicts.bytes, to: path)
        try workspace.catalog.markPublished(
            sealed.id, body: manifest.contentHash, passes: manifest.awards.flatMap(\.lines))
        return manifest.contentHash
    }

    private func published(_ epoch: Epoch, isNew: Bool) throws -> EpochReport {
        let path = EpochFiles.directory(epoch, workspace.layout)
        return EpochReport(
            epoch: epoch, manifest: try EpochFiles.manifest(in: path),
            path: "\(path)/\(EpochFiles.manifestName)",
            isNew: isNew)
    }
}

extension FrameRecord {
    /// What the world may know of a frame of the catalog.
    init(_ frame: FrameView) {
        let finding = frame.finding ?? Finding(.imageDamaged)
        let verdict: Verdict
        switch (frame.verdict, frame.observed, frame.original) {
        case (.accepted, let observed?, _):
            verdict = .accepted(
                Acceptance(
                    cell: observed.cell,
                    octant: observed.place.heading.map { HeadingOctant(headingCentidegrees: $0) },
                    quality: observed.permille,
                    factors: Dictionary(
                        uniqueKeysWithValues: observed.quality.factors.map { ($0.name, $0.permille) })))
        case (.duplicate, _, let original?): verdict = .duplicate(finding, of: original)
        default: verdict = .rejected(finding)
        }
        self.init(
            frame: frame.name, drive: frame.drive, upload: frame.upload, contributor: frame.contributor,
            sha256: frame.content, receivedAt: frame.receivedAt, capturedAt: frame.capturedAt,
            verdict: verdict)
    }
}
