import Store

/// An upload in quarantine, and where its files are.
public struct QuarantinedUpload: Sendable {
    /// Where the files of a quarantined upload are.
    public enum Files: Sendable, Equatable {
        /// In the quarantine: its directories there.
        case kept([String])
        /// Where they were delivered: the directory.
        case delivered(String)
        /// Neither there nor here.
        case gone
    }

    /// Why it was not taken in.
    public let record: QuarantineRecord
    /// Where its files are.
    public let files: Files

    /// The directories of it in the quarantine.
    public var keptDirectories: [String] { if case .kept(let copies) = files { copies } else { [] } }
}

/// What is in quarantine.
public struct QuarantineContents: Sendable {
    /// The uploads by the names of their entries.
    public var uploads: [QuarantinedUpload] = []
    /// Entries that say nothing readable.
    public var damage: [QuarantineDamage] = []
}

extension Workspace {
    /// What is in quarantine now.
    public func quarantined() throws -> QuarantineContents {
        var contents = QuarantineContents()
        for name in try quarantine.names() {
            do {
                if let upload = try quarantined(name) { contents.uploads.append(upload) }
            } catch let damage as QuarantineDamage {
                contents.damage.append(damage)
            }
        }
        return contents
    }

    /// The quarantined upload with the entry `name`; nil where there is none.
    ///
    /// - Throws: ``QuarantineDamage`` for an entry that says nothing readable.
    public func quarantined(_ name: String) throws -> QuarantinedUpload? {
        try quarantine.entry(name).map { QuarantinedUpload(record: $0.record, files: files(of: $0)) }
    }

    private func files(of entry: QuarantineEntry) -> QuarantinedUpload.Files {
        if !entry.copies.isEmpty { return .kept(entry.copies) }
        let record = entry.record
        let path = record.path ?? "\(layout.inbox)/\(record.contributor)/\(record.source)"
        return DirectoryListing.isDirectory(path) ? .delivered(path) : .gone
    }

    /// Whether `delivery` lies in the quarantine.
    func isQuarantined(_ delivery: Delivery) -> Bool {
        delivery.retriedEntry.map { delivery.path.hasPrefix("\(quarantine.path(of: $0))/") } ?? false
    }
}
