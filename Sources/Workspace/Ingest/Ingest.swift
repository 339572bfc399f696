import Canonical
import DriveFormats
import Rewards
import Stages
import Store

/// Takes deliveries into a workspace.
public struct Ingest: Sendable {
    /// What to keep of the frames.
    public enum Keeping: String, Sendable, CaseIterable {
        /// A copy of every frame that is not rejected, under its hash, without EXIF, XMP, comments and thumbnails.
        case stripped
        /// The same as it was delivered, byte by byte.
        case copy
        /// Nothing.
        case none
    }

    private let workspace: Workspace
    private let asOf: UTCTime
    private let jobs: Int
    private let keeping: Keeping

    /// An ingest into `workspace` at the time `asOf`, measuring `jobs` frames at a time.
    public init(_ workspace: Workspace, asOf: UTCTime, jobs: Int, keeping: Keeping) {
        self.workspace = workspace
        self.asOf = asOf
        self.jobs = max(1, jobs)
        self.keeping = workspace.isRehearsal ? .none : keeping
    }

    /// Deals with every delivery of `found`. One that is bad goes to quarantine and the next one is dealt with.
    ///
    /// - Throws: only what concerns the workspace itself: a full disk, a damaged catalog.
    public func run(
        _ found: Deliveries.Found, progress: @escaping @Sendable (IngestEvent) -> Void
    ) async throws -> IngestReport {
        var report = IngestReport()
        report.ignored = found.ignored
        let devices = DeviceRegistry(try workspace.catalog.deviceKeys())
        let order = Deliveries.inOrderOfReceipt(found.deliveries, asOf: asOf)
        if workspace.blobs.wasInterrupted { try workspace.catalog.doubtRemovedCopies() }
        let blobs = keeping == .none || order.isEmpty ? nil : try workspace.blobs.beginWriting()
        var outcomes: [UploadOutcome] = []
        try await takeAll(order.map { found.deliveries[$0] }, devices, blobs, progress) { outcome in
            outcomes.append(outcome)
            progress(.ended(outcome))
        }
        report.outcomes = zip(order, outcomes).sorted { $0.0 < $1.0 }.map(\.1)
        try blobs?.end()
        progress(.comparing)
        if !workspace.isRehearsal {
            try QuarantineSettlement(workspace, at: asOf).settle(report.outcomes)
        }
        try Deduplication(workspace).run()
        if !workspace.isRehearsal { try CopyRemoval(workspace).run() }
        for upload in report.added {
            let tally = try workspace.catalog.verdictTally(.upload(upload))
            report.tallies[upload] = tally
            report.counts.add(tally)
        }
        return report
    }

    /// Reads the deliveries one after the other. While the frames of one are measured, the one before it is written
    /// to disk and catalog: the processors do not wait for the disk.
    private func takeAll(
        _ deliveries: [Delivery], _ devices: DeviceRegistry, _ blobs: BlobWriting?,
        _ progress: @escaping @Sendable (IngestEvent) -> Void,
        _ ended: (UploadOutcome) -> Void
    ) async throws {
        var finishing: Task<UploadOutcome, any Error>?
        var finishingPath: String?
        do {
            for delivery in deliveries {
                // A directory named twice is known the second time, once the first is written.
                if delivery.path == finishingPath, let before = finishing {
                    ended(try await before.value)
                    finishing = nil
                }
                let step = try await begin(delivery, devices, blobs, progress)
                if let before = finishing { ended(try await before.value) }
                finishing = nil
                switch step {
                case .ended(let kind): ended(UploadOutcome(delivery: delivery, kind: kind))
                case .taken(let taken, let sighting, let fingerprint):
                    finishingPath = delivery.path
                    finishing = Task {
                        UploadOutcome(
                            delivery: delivery,
                            kind: try await finish(taken, of: delivery, sighting, fingerprint: fingerprint))
                    }
                }
            }
            if let last = finishing { ended(try await last.value) }
        } catch {
            // Nothing may still be writing when the lock is given back.
            _ = try? await finishing?.value
            throw error
        }
    }

    /// How far a delivery came without changing the catalog.
    private enum Step {
        case ended(UploadOutcome.Kind)
        case taken(UploadIntake.Taken, Sighting, fingerprint: ContentHash)
    }

    private func begin(
        _ delivery: Delivery, _ devices: DeviceRegistry, _ blobs: BlobWriting?,
        _ progress: @escaping @Sendable (IngestEvent) -> Void
    ) async throws -> Step {
        if let receivedAt = delivery.receivedAt, receivedAt > asOf {
            return .ended(.deferred("received at \(receivedAt), after the time of this run, \(asOf)"))
        }
        let receivedAt = delivery.receivedAt ?? asOf
        let listing: UploadListing
        do {
            listing = try UploadListing(delivery.path)
        } catch let refusal as UnsafeUpload {
            return .ended(
                .quarantined(try quarantine(delivery, receivedAt, Refusals.of(refusal), fingerprint: nil)))
        } catch let failure as FileFailure {
            return .ended(.deferred(failure.description))
        }
        let sighting = Sighting(of: delivery, listing)
        if delivery.retriedEntry == nil, try workspace.catalog.knows(sighting) { return .ended(.known) }
        progress(.began(delivery))
        let ruleset = workspace.rulesets.ruleset(at: receivedAt)
        let intake = UploadIntake(
            ruleset: ruleset, devices: devices, keeping: blobs, strips: keeping == .stripped, jobs: jobs,
            privacy: try workspace.catalog.privacy(of: delivery.contributor.text).completed(
                by: ruleset.privacy.trim))
        do {
            let taken = try await intake.take(UploadDirectory(listing), of: delivery, receivedAt: receivedAt)
            {
                progress(.measured($0))
            }
            return .taken(taken, sighting, fingerprint: listing.fingerprint)
        } catch let error as FormatError {
            // What is still arriving looks broken, too.
            guard Self.isUnchanged(delivery, listing.fingerprint) else { return .ended(Self.changed) }
            return .ended(.quarantined(try quarantine(delivery, receivedAt, error, fingerprint: sighting)))
        } catch let error as UploadReadError {
            // Most likely it is still arriving; the next run finds it whole.
            return .ended(.deferred(error.description))
        }
    }

    private static let changed = UploadOutcome.Kind.deferred("its files changed while they were being read")

    private static func isUnchanged(_ delivery: Delivery, _ fingerprint: ContentHash) -> Bool {
        (try? UploadListing(delivery.path).fingerprint) == fingerprint
    }

    /// Puts an upload whose frames are measured into blobs and catalog, beside the measuring of the next one.
    private func finish(
        _ taken: UploadIntake.Taken, of delivery: Delivery, _ sighting: Sighting, fingerprint: ContentHash
    ) async throws -> UploadOutcome.Kind {
        let entry: UploadEntry
        do {
            entry = try await Disk.run { try taken.entry() }
        } catch let error as UploadReadError {
            await taken.blobs?.abandon()
            return .deferred(error.description)
        }
        // What was read at several moments must have been one thing all the time.
        guard try await Disk.run({ Self.isUnchanged(delivery, fingerprint) }) else {
            await taken.blobs?.abandon()
            return Self.changed
        }
        if taken.isInChain,
            let finding = try await Disk.run({ try DeviceChain.conflict(of: entry, in: workspace.catalog) })
        {
            await taken.blobs?.abandon()
            return .quarantined(
                try quarantine(delivery, entry.receivedAt, finding.error, fingerprint: sighting))
        }
        try await taken.blobs?.finish()
        let isNew = try await Disk.run {
            try workspace.catalog.add(
                entry, sighting: sighting, rules: workspace.rulesets.deduplicate,
                cellPrecision: workspace.cellPrecision)
        }
        return isNew ? .ingested(upload: entry.name, format: entry.format) : .repeated(upload: entry.name)
    }

    private func quarantine(
        _ delivery: Delivery, _ receivedAt: UTCTime, _ error: FormatError, fingerprint: Sighting?
    ) throws -> QuarantineRecord {
        let isRetried = workspace.isQuarantined(delivery)
        let isOwn = delivery.isInInbox || isRetried
        let identity = "\(delivery.contributor.text)\n\(delivery.name)\n\(error.code)\n\(error.place)"
        let record = QuarantineRecord(
            name: String(ContentHash.of("waggle-quarantine/1\n\(identity)").hex.prefix(16)),
            contributor: delivery.contributor.text, source: delivery.name,
            path: isOwn ? nil : delivery.path, code: error.code, place: error.place, reason: error.reason,
            remedy: error.remedy, receivedAt: receivedAt)
        if workspace.isRehearsal { return record }
        try workspace.quarantine.add(record, moving: isOwn ? delivery.path : nil)
        if let fingerprint, !isRetried { try workspace.catalog.remember(fingerprint) }
        return record
    }
}

extension Sighting {
    /// `delivery` with the files of `listing`. A receipt that turns up or is corrected is news of the upload, too.
    init(of delivery: Delivery, _ listing: UploadListing) {
        let receipt = delivery.receivedAt.map { String($0.milliseconds) } ?? "none"
        self.init(
            contributor: delivery.contributor.text, path: delivery.path,
            fingerprint: .of("\(listing.fingerprint)\n\(receipt)"))
    }
}

/// What makes a directory no upload at all, in the form readers refuse uploads in.
private enum Refusals {
    static func of(_ error: UnsafeUpload) -> FormatError {
        let remedy =
            switch error.code {
            case "upload.unsafe_file":
                "deliver the files themselves; nothing is read through links or devices"
            case "upload.unsafe_name": "give the file a shorter name in printable UTF-8"
            default: "split it into several uploads"
            }
        return FormatError(code: error.code, place: error.place, reason: error.reason, remedy: remedy)
    }
}
