import Canonical
import Rewards
import Store

/// What exporting claims did.
public struct ClaimExportReport: Sendable {
    /// The claims.
    public let claims: ClaimSet
    /// Their file.
    public let path: String
    /// The file of the same tree for OpenZeppelin's library, where there is one.
    public let dump: String?
    /// Whether a file was written, and not all there before.
    public let isNew: Bool
}

/// Writes the claims of final epochs.
public struct ClaimExport {
    private let workspace: Workspace

    /// Exports from `workspace`; to its own directory only where it is open for changing.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    /// `wanted`, which must be final, or else the last epoch that is.
    ///
    /// - Throws: ``WorkspaceError/epochNotFinal(_:_:)`` with the time from which it is possible.
    public func finalEpoch(_ wanted: Epoch?) throws -> Epoch {
        let sealed = try workspace.catalog.sealedEpochs()
        guard let wanted else {
            guard let last = sealed.last(where: \.isFinal), let epoch = Epoch(id: last.id) else {
                throw PayoutError.nothingFinal
            }
            return epoch
        }
        guard let own = sealed.first(where: { $0.id == wanted.id }), own.body != nil else {
            throw WorkspaceError.noSuchEpoch(wanted.id)
        }
        guard own.isFinal else {
            let time = EpochFinality(workspace, asOf: own.sealedAsOf).finalAt(own)
            throw WorkspaceError.epochNotFinal(
                wanted.id,
                "its awards can be claimed from \(time) on, once 'waggle epoch finalize' has said so")
        }
        return wanted
    }

    /// Writes the claims after `epoch` to `directory`, by default the workspace's own. What is there already stays, and must
    /// be the same.
    public func write(
        _ epoch: Epoch, scheme: any ClaimScheme.Type, options: ClaimOptions, to directory: String? = nil
    ) throws -> ClaimExportReport {
        let published = workspace.layout.payouts
        let claims = try published.claims(after: epoch, scheme: scheme, options: options)
        let folder = directory ?? "\(published.claims)/\(epoch.id)"
        try DurableWrite.directory(folder)
        let path = "\(folder)/\(ClaimFiles.name(scheme.name))"
        var isNew = try place(claims, at: path, isPublished: directory == nil) { consume in
            try ClaimFile.write(claims, to: consume)
        }
        var dump: String?
        if StandardDump.isMade(of: claims) {
            let path = "\(folder)/\(ClaimFiles.dumpName(scheme.name))"
            let isNewDump = try place(claims, at: path, isPublished: directory == nil) { consume in
                _ = try StandardDump.write(claims, to: consume)
            }
            isNew = isNew || isNewDump
            dump = path
        }
        return ClaimExportReport(claims: claims, path: path, dump: dump, isNew: isNew)
    }

    /// Writes the file `path`, or sees that it is there as it would be written. True where it was written.
    private func place(
        _ claims: ClaimSet, at path: String, isPublished: Bool, _ write: ClaimFiles.Writing
    ) throws -> Bool {
        guard DirectoryListing.exists(path) else {
            try DurableWrite.file(at: path) { temporary in
                let output = try FileOutput(temporary)
                try write { piece throws(FileFailure) in try output.append(piece) }
            }
            return true
        }
        if try ClaimFiles.hash(ofFile: path) == ClaimFiles.hash(write) { return false }
        guard isPublished else { throw PayoutError.otherFile(path) }
        if ClaimFiles.isOfOtherToken(path, than: claims) { throw PayoutError.otherToken(path) }
        throw WorkspaceError.publishedDamage("\(path) is not what totals and bindings give")
    }
}
