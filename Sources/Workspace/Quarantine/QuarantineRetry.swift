import Store

/// Gives quarantined uploads back to ingestion, to be read by the readers of today.
///
/// An upload is read where it lies. One that is read at last leaves quarantine: what the quarantine holds of it goes
/// back into the inbox. One that is refused again stays, with the reason of today. Nothing is moved before the catalog
/// has it, so whatever kills a retry, the next one ends it.
public struct QuarantineRetry {
    private let workspace: Workspace

    /// Retries for uploads of `workspace`.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    /// `uploads` as deliveries for ``Ingest``, received when they were received first; those whose files are gone are
    /// ignored with a reason.
    ///
    /// - Throws: ``QuarantineDamage`` for an entry whose contributor or folder can be none.
    public func deliveries(of uploads: [QuarantinedUpload]) throws -> Deliveries.Found {
        var found = Deliveries.Found()
        for upload in uploads {
            let record = upload.record
            let contributor = try contributor(of: record)
            func add(_ path: String, isInInbox: Bool) throws {
                // A receipt beside files that were never moved may have been corrected since.
                let receipt = upload.keptDirectories.isEmpty ? try? Deliveries.receipt(of: path) : nil
                found.deliveries.append(
                    Delivery(
                        contributor: contributor, path: path, name: record.source,
                        receivedAt: receipt ?? record.receivedAt, isInInbox: isInInbox,
                        retriedEntry: record.name))
            }
            switch upload.files {
            case .kept(let copies): for copy in copies { try add(copy, isInInbox: false) }
            case .delivered(let path):
                try add(Deliveries.resolved(path), isInInbox: record.path == nil)
            case .gone:
                found.ignored.append(
                    IgnoredPath(
                        record.name,
                        "the files of \(record.contributor)/\(record.source) are gone; deliver it again, or end this "
                            + "with 'waggle quarantine drop \(record.name) --yes'", isProblem: true))
            }
        }
        return found
    }

    /// The contributor and the folder's name become parts of paths again; the file they come from may have been edited.
    private func contributor(of record: QuarantineRecord) throws -> ContributorID {
        let source = record.source
        let isName = !["", ".", ".."].contains(source) && !source.utf8.contains { $0 == 0x2F || $0 == 0 }
        guard isName, let contributor = try? ContributorID(record.contributor) else {
            throw QuarantineDamage(
                path: workspace.quarantine.path(of: record.name),
                reason: "'\(record.contributor)/\(source)' is no contributor with a folder's name")
        }
        return contributor
    }
}
