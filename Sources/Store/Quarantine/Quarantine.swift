import Canonical
import Glibc

/// One upload in quarantine: why, and what of it lies there.
public struct QuarantineEntry: Sendable, Equatable {
    /// Why it was not taken in.
    public let record: QuarantineRecord
    /// The upload's directory in the quarantine; several where the same was delivered and refused several times, in
    /// that order. None where it could not be moved there.
    public let copies: [String]
}

/// The directory of an entry holds no record of it.
public struct QuarantineDamage: Error, Sendable, Equatable, CustomStringConvertible {
    /// The entry's directory.
    public let path: String
    /// What is wrong with it.
    public let reason: String

    /// `reason` is wrong with the entry in the directory `path`.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// Directory and reason in one line.
    public var description: String { "\(path): \(reason)" }
}

/// The quarantined uploads: `quarantine/<name>/reason.json`, and beside it `upload/` where the upload could be
/// moved there (`upload-2/` and so on for the same delivered again).
public struct Quarantine: Sendable {
    private let root: String
    private static let recordName = "reason.json"
    private static let copyName = "upload"

    /// The quarantine below `root`.
    public init(root: String) {
        self.root = root
    }

    /// The directory of the record `name`.
    public func path(of name: String) -> String { "\(root)/\(name)" }

    /// Writes `record`, and moves the upload's directory beside it where `moving` names one on this file system that
    /// does not lie there already. What cannot be moved, because it is a mount or belongs to somebody else, stays where
    /// it is. Nothing of the upload is opened.
    public func add(_ record: QuarantineRecord, moving directory: String?) throws(FileFailure) {
        let path = path(of: record.name)
        try DurableWrite.directory(path)
        try DurableWrite.removeLeftovers(in: path)
        try DurableWrite.file(record.canonicalJSON.line, at: "\(path)/\(Self.recordName)")
        guard let directory, DurableWrite.split(directory).directory != path,
            rename(directory, freeName(in: path)) == 0
        else { return }
        try DurableWrite.synchronizeDirectory(path)
        try DurableWrite.synchronizeDirectory(DurableWrite.split(directory).directory)
    }

    /// `upload`, or `upload-2` and so on where the same was delivered and refused before.
    private func freeName(in path: String) -> String {
        var name = "\(path)/\(Self.copyName)"
        var number = 1
        while DirectoryListing.exists(name) {
            number += 1
            name = "\(path)/\(Self.copyName)-\(number)"
        }
        return name
    }

    /// The names of the entries, in their order.
    public func names() throws(FileFailure) -> [String] {
        try DirectoryListing.names(in: root).filter { !$0.hasPrefix(DurableWrite.temporaryPrefix) }
    }

    /// The entry `name`; nil where there is none.
    ///
    /// - Throws: ``QuarantineDamage`` for a directory without a record that can be read; ``FileFailure``.
    public func entry(_ name: String) throws -> QuarantineEntry? {
        let path = path(of: name)
        guard QuarantineRecord.isName(name), DirectoryListing.exists(path) else { return nil }
        let names = try DirectoryListing.names(in: path)
        // A run was killed before it wrote the first word of it.
        if names.allSatisfy({ $0.hasPrefix(DurableWrite.temporaryPrefix) }) { return nil }
        guard names.contains(Self.recordName) else {
            throw QuarantineDamage(path: path, reason: "no \(Self.recordName) in it")
        }
        let copies = names.compactMap { name in Self.number(ofCopy: name).map { ($0, "\(path)/\(name)") } }
        return QuarantineEntry(
            record: try record(name), copies: copies.sorted { $0.0 < $1.0 }.map(\.1))
    }

    private func record(_ name: String) throws -> QuarantineRecord {
        let path = path(of: name)
        do {
            let bytes = try StoredFile.read(
                "\(path)/\(Self.recordName)", maxBytes: QuarantineRecord.maxBytes)
            let record = try QuarantineRecord(json: bytes)
            if record.name == name { return record }
        } catch let error as JSONError {
            throw QuarantineDamage(path: path, reason: "\(Self.recordName) is no record: \(error)")
        }
        throw QuarantineDamage(path: path, reason: "\(Self.recordName) is that of another entry")
    }

    private static func number(ofCopy name: String) -> Int? {
        if name == copyName { return 1 }
        guard name.hasPrefix("\(copyName)-") else { return nil }
        return Int(name.dropFirst(copyName.count + 1))
    }

    /// Gives `copy`, a directory of an entry, the name `path` outside of the quarantine, which nothing may have.
    public func giveBack(_ copy: String, as path: String) throws(FileFailure) {
        _ = try retrying("rename", path) { Int(rename(copy, path)) }
        // First the new name: a directory that has two after a crash is better than one that has none.
        try DurableWrite.synchronizeDirectory(DurableWrite.split(path).directory)
        try DurableWrite.synchronizeDirectory(DurableWrite.split(copy).directory)
    }

    /// Removes the entry `name` durably, with all that lies in it. It vanishes in one step; what is left of it when a
    /// run is killed, the next one removes.
    public func remove(_ name: String) throws(FileFailure) {
        guard QuarantineRecord.isName(name) else { throw FileFailure("rename", path(of: name), code: EINVAL) }
        let temporary = DurableWrite.temporaryDirectory(for: path(of: name))
        if DirectoryListing.exists(temporary) { try DirectoryListing.removeTree(temporary) }
        _ = try retrying("rename", path(of: name)) { Int(rename(path(of: name), temporary)) }
        try DurableWrite.synchronizeDirectory(root)
        try DirectoryListing.removeTree(temporary)
        try DurableWrite.synchronizeDirectory(root)
    }
}
