import Canonical
import Store

/// Brings the quarantine up to date with what an ingest did: what was read leaves it, and an upload that was refused
/// for another reason than before has one entry, not two.
///
/// All of it comes after the catalog, and any part can be done twice: a run that is killed in between leaves an entry
/// too many, and the next retry of it ends here again.
struct QuarantineSettlement {
    private let workspace: Workspace
    private let asOf: UTCTime

    /// Where an upload without a directory in the quarantine was delivered.
    private enum Origin: Hashable {
        case inbox(contributor: String, name: String)
        case elsewhere(contributor: String, path: String)
    }

    init(_ workspace: Workspace, at asOf: UTCTime) {
        self.workspace = workspace
        self.asOf = asOf
    }

    func settle(_ outcomes: [UploadOutcome]) throws {
        var byEntry: [String: QuarantineExit.Outcome] = [:]
        var byOrigin: [Origin: QuarantineExit.Outcome] = [:]
        for outcome in outcomes {
            let (delivery, contributor) = (outcome.delivery, outcome.delivery.contributor.text)
            let end: QuarantineExit.Outcome
            switch outcome.kind {
            case .ingested(let upload, _), .repeated(let upload):
                if workspace.isQuarantined(delivery) { try giveBack(delivery) }
                end = .ingested(upload: upload)
            case .quarantined(let record): end = .replaced(by: record.name)
            case .known, .deferred: continue
            }
            if let entry = delivery.retriedEntry { byEntry[entry] = end }
            let origin: Origin =
                delivery.isInInbox
                ? .inbox(contributor: contributor, name: delivery.name)
                : .elsewhere(contributor: contributor, path: delivery.path)
            byOrigin[origin] = end
        }
        if byOrigin.isEmpty { return }
        for name in try workspace.quarantine.names() {
            // Damage is for those who look at the quarantine, not for those who ingest.
            guard let entry = try? workspace.quarantine.entry(name), entry.copies.isEmpty else { continue }
            let end = byEntry[name] ?? byOrigin[Self.origin(of: entry.record)]
            guard let end, end != .replaced(by: name) else { continue }
            try workspace.catalog.note(QuarantineExit(entry.record, end, at: asOf))
            try workspace.quarantine.remove(name)
        }
    }

    private static func origin(of record: QuarantineRecord) -> Origin {
        record.path.map { .elsewhere(contributor: record.contributor, path: $0) }
            ?? .inbox(contributor: record.contributor, name: record.source)
    }

    /// Moves an upload that is in the catalog now from the quarantine back into the inbox, as if it had never left:
    /// under its name, or with a number where that is taken, and with a receipt.
    private func giveBack(_ delivery: Delivery) throws {
        let folder = "\(workspace.layout.inbox)/\(delivery.contributor.text)"
        try DurableWrite.directory(folder)
        var name = delivery.name
        var number = 1
        while DirectoryListing.exists("\(folder)/\(name)") {
            number += 1
            name = "\(delivery.name)-\(number)"
        }
        let path = "\(folder)/\(name)"
        let receipt = path + Deliveries.receiptSuffix
        if let receivedAt = delivery.receivedAt, !DirectoryListing.exists(receipt) {
            let record = CanonicalJSON.object(["received_at": .string(receivedAt.description)])
            try DurableWrite.file(record.line, at: receipt)
        }
        try workspace.quarantine.giveBack(delivery.path, as: path)
        // The next run need not read it again. Where this fails, it does, and finds what it knows.
        let known = Delivery(
            contributor: delivery.contributor, path: try Deliveries.resolved(path), name: name,
            receivedAt: try? Deliveries.receipt(of: path), isInInbox: true)
        if let listing = try? UploadListing(path) {
            try workspace.catalog.move(sightingAt: delivery.path, to: Sighting(of: known, listing))
        }
    }
}
