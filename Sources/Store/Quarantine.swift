import Canonical
import Glibc

/// Why an upload was not taken in: recorded where the operator finds it, with what to do about it.
public struct QuarantineRecord: Sendable, Equatable {
    /// The record's name: 16 hexadecimal digits.
    public let name: String
    /// Who delivered the upload, and the folder's name.
    public let contributor, source: String
    /// A stable name of the reason.
    public let code: String
    /// The file inside the upload and the place in it.
    public let place: String
    /// What is wrong, in words.
    public let reason: String
    /// What to do, in words.
    public let remedy: String
    /// When the upload was received.
    public let receivedAt: UTCTime

    /// A record.
    public init(
        name: String, contributor: String, source: String, code: String, place: String, reason: String,
        remedy: String, receivedAt: UTCTime
    ) {
        self.name = name
        self.contributor = contributor
        self.source = source
        self.code = code
        self.place = place
        self.reason = reason
        self.remedy = remedy
        self.receivedAt = receivedAt
    }

    /// The record as it is written to `reason.json`.
    public var canonicalJSON: CanonicalJSON {
        .object([
            "format": .string("waggle-quarantine/1"), "name": .string(name),
            "contributor": .string(contributor),
            "upload": .string(source), "code": .string(code), "place": .string(place),
            "reason": .string(reason),
            "remedy": .string(remedy), "received_at": .integer(receivedAt.milliseconds),
        ])
    }
}

/// The quarantined uploads: `quarantine/<name>/reason.json`, and beside it `upload/` where the upload could be
/// moved there (`upload-2/` and so on for the same delivered again).
public struct Quarantine: Sendable {
    private let root: String

    /// The quarantine below `root`.
    public init(root: String) {
        self.root = root
    }

    /// The directory of the record `name`.
    public func path(of name: String) -> String { "\(root)/\(name)" }

    /// Writes `record`, and moves the upload's directory beside it where `moving` names one on this file system.
    /// What cannot be moved, because it is a mount or belongs to somebody else, stays where it is. Nothing of the
    /// upload is opened.
    public func add(_ record: QuarantineRecord, moving directory: String?) throws(FileFailure) {
        let path = path(of: record.name)
        try DurableWrite.directory(path)
        try DurableWrite.removeLeftovers(in: path)
        try DurableWrite.file(record.canonicalJSON.bytes + [UInt8(ascii: "\n")], at: "\(path)/reason.json")
        guard let directory, rename(directory, freeName(in: path)) == 0 else { return }
        try DurableWrite.synchronizeDirectory(path)
        try DurableWrite.synchronizeDirectory(DurableWrite.split(directory).directory)
    }

    /// `upload`, or `upload-2` and so on where the same was delivered and refused before.
    private func freeName(in path: String) -> String {
        var name = "\(path)/upload"
        var number = 1
        while DirectoryListing.exists(name) {
            number += 1
            name = "\(path)/upload-\(number)"
        }
        return name
    }

    /// The records, by name.
    public func names() throws(FileFailure) -> [String] {
        try DirectoryListing.names(in: root).filter { !$0.hasPrefix(DurableWrite.temporaryPrefix) }
    }
}
