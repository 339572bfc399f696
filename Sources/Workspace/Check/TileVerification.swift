import Canonical
import Store
import Tiles

/// Verifies archives on disk, each against the record that belongs to it.
public enum TileVerification {
    /// One archive that was looked at.
    public struct Verified: Sendable {
        /// Its path.
        public let path: String
        /// The record it was held against, nil where there is none.
        public let record: String?
        /// What was found.
        public let report: ArchiveReport
    }

    /// Verifies every archive of the generation in use, those that the record names and those that are there, by
    /// name. Nil where nothing was published yet.
    public static func published(_ layout: WorkspaceLayout, readsContents: Bool) throws(FileFailure)
        -> [Verified]?
    {
        guard let target = StoredFile.target(ofLink: layout.current) else { return nil }
        let directory = "\(layout.published)/\(target)"
        let path = "\(directory)/\(GenerationFile.record)"
        var names = Set(
            try DirectoryListing.names(in: directory).filter {
                $0.hasSuffix(".pmtiles") || $0.hasSuffix(".mbtiles")
            })
        var record = readRecord(path)
        if case .success(let read) = record, read.id != target.split(separator: "/").last.map(String.init) {
            record = .failure(
                .init(reason: "its id is \(read.id), the directory is \(target)", place: "$.id"))
        }
        if case .success(let read) = record { names.formUnion(read.content.archives.map(\.name)) }
        return names.sorted().map { name in
            verify("\(directory)/\(name)", name: name, record, at: path, readsContents: readsContents)
        }
    }

    /// Verifies the archive `path`.
    ///
    /// - Parameter recordPath: the record to hold it against; nil for the one beside the archive, if there is one
    ///   that names it.
    public static func file(_ path: String, record recordPath: String?, readsContents: Bool) -> Verified {
        let slash = path.lastIndex(of: "/")
        let name = String(path[(slash.map { path.index(after: $0) } ?? path.startIndex)...])
        if let recordPath {
            let record = readRecord(recordPath)
            return verify(path, name: name, record, at: recordPath, readsContents: readsContents)
        }
        let beside =
            String(path[..<(slash.map { path.index(after: $0) } ?? path.startIndex)]) + GenerationFile.record
        guard case .success(let record) = readRecord(beside),
            record.content.archives.contains(where: { $0.name == name })
        else { return verify(path, name: name, nil, at: beside, readsContents: readsContents) }
        return verify(path, name: name, .success(record), at: beside, readsContents: readsContents)
    }

    /// The report on an MBTiles file; nil for what is none.
    private static func database(
        _ path: String, _ file: ArchiveFile, readsContents: Bool
    ) -> ArchiveReport? {
        do throws(TileError) {
            guard try MBTilesReader.isDatabase(file) else { return nil }
            return ArchiveVerification.run(try MBTilesReader(path: path, file), readsContents: readsContents)
        } catch {
            var report = ArchiveReport()
            report.add(TileFinding(.fileUnreadable, error.description))
            return report
        }
    }

    private static func readRecord(_ path: String) -> Result<GenerationRecord, JSONError> {
        do {
            return .success(
                try GenerationRecord(try StoredFile.read(path, maxBytes: PublishedGeneration.maxRecordBytes)))
        } catch let error as JSONError {
            return .failure(error)
        } catch {
            return .failure(JSONError(reason: "\(error)", place: "$"))
        }
    }

    private static func verify(
        _ path: String, name: String, _ record: Result<GenerationRecord, JSONError>?, at recordPath: String,
        readsContents: Bool
    ) -> Verified {
        var recorded: RecordedArchive?
        var fault: TileFinding?
        switch record {
        case nil: break
        case .failure(let error): fault = TileFinding(.recordUnreadable, "\(recordPath): \(error)")
        case .success(let read):
            recorded = RecordedArchive(read, name: name)
            if recorded == nil { fault = TileFinding(.recordArchive, "\(recordPath) does not name \(name)") }
        }
        var report = ArchiveReport()
        do throws(FileFailure) {
            let file = try ArchiveFile(path)
            report =
                Self.database(path, file, readsContents: readsContents)
                ?? ArchiveVerification.run(file, readsContents: readsContents, record: recorded)
        } catch {
            report.add(TileFinding(.fileUnreadable, error.description))
        }
        if let fault { report.add(fault) }
        return Verified(path: path, record: record == nil ? nil : recordPath, report: report)
    }
}
