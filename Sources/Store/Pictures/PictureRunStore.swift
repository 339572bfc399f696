import Glibc

/// The folder with the files of pictures. All of it can be made again from the catalog.
public struct PictureRunStore: Sendable {
    private let root: String

    /// The folder `root`, which need not be there.
    public init(root: String) {
        self.root = root
    }

    /// Where file `number` lies.
    public func path(of number: Int64) -> String { "\(root)/\(number)" }

    /// Opens the file of `record`.
    ///
    /// - Throws: ``PictureRunDamage`` where it is gone or another one.
    public func open(_ record: PictureRunRecord) throws -> PictureRun {
        let path = path(of: record.number)
        do {
            return try PictureRun(record, at: path)
        } catch let failure as FileFailure where failure.code == ENOENT {
            throw PictureRunDamage(path: path, "it is gone")
        }
    }

    /// Writes `table` to file `number`.
    public func write(_ table: PictureTable, as number: Int64) throws -> PictureRunRecord {
        let record = PictureRunRecord(number: number, table)
        try make(number) { try $0.write(table, PictureRunLayout(record)) }
        return record
    }

    /// Writes all that is in `runs` to file `number`.
    public func merge(_ runs: [PictureRun], as number: Int64) throws -> PictureRunRecord {
        let record = PictureRunRecord(number: number, merging: runs.map(\.record))
        try make(number) { try $0.write(merging: runs, PictureRunLayout(record)) }
        return record
    }

    private func make(_ number: Int64, _ write: (inout PictureRunOutput) throws -> Void) throws {
        try DurableWrite.directory(root)
        try DurableWrite.file(at: path(of: number)) { temporary in
            var output = try PictureRunOutput(temporary)
            try write(&output)
        }
    }

    /// Removes all files but those of `records`: what merged runs and killed ones have left.
    public func removeAll(but records: [PictureRunRecord]) throws {
        guard DirectoryListing.exists(root) else { return }
        let known = Set(records.map { String($0.number) })
        let others = try DirectoryListing.names(in: root).filter { !known.contains($0) }
        if !others.isEmpty { _ = try DurableWrite.remove(others, in: root) }
    }
}
