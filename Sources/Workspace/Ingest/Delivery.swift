import Canonical
import Glibc
import Store

/// A directory somebody delivered, with its receipt.
public struct Delivery: Sendable {
    /// Who delivered it.
    public let contributor: ContributorID
    /// The directory.
    public let path: String
    /// The directory's name.
    public let name: String
    /// When it was received; nil where no receipt says so.
    public let receivedAt: UTCTime?
    /// Whether it lies in the workspace's own inbox.
    public let isInInbox: Bool
    /// The entry of the quarantine it is read again for: also where nothing has changed since it was refused.
    public var retriedEntry: String?
}

/// Something that lay among deliveries and was not dealt with.
public struct IgnoredPath: Sendable {
    /// The path, and why.
    public let path, reason: String
    /// Whether something delivered is left lying, so that somebody has to act.
    public let isProblem: Bool

    /// What lies at `path` is ignored for `reason`.
    public init(_ path: String, _ reason: String, isProblem: Bool) {
        self.path = path
        self.reason = reason
        self.isProblem = isProblem
    }
}

/// Finds deliveries: directories `<contributor>/<upload>/` with receipts `<contributor>/<upload>.receipt.json`.
///
/// A receipt is written by whoever receives uploads, beside the upload and not in it, because its time decides who
/// came first: `{"received_at":"2025-12-15T22:00:00Z"}`. Names that begin with a dot are still being received.
public enum Deliveries {
    /// What was found.
    public struct Found: Sendable {
        /// The deliveries by contributor and name.
        public var deliveries: [Delivery] = []
        /// Things that are no delivery, with the reason, for the log.
        public var ignored: [IgnoredPath] = []

        /// Nothing.
        public init() {}
    }

    /// The deliveries in a directory that is laid out like an inbox.
    public static func inInbox(_ path: String, isWorkspaces: Bool) throws -> Found {
        var found = Found()
        for contributor in try DirectoryListing.names(in: path) where !contributor.hasPrefix(".") {
            let folder = "\(path)/\(contributor)"
            guard DirectoryListing.isDirectory(folder) else { continue }
            do throws(WorkspaceError) {
                let id = try ContributorID(contributor)
                do throws(FileFailure) {
                    try addUploads(of: id, in: folder, isWorkspaces: isWorkspaces, to: &found)
                } catch {
                    found.ignored.append(IgnoredPath(folder, error.description, isProblem: true))
                }
            } catch {
                found.ignored.append(IgnoredPath(folder, error.description, isProblem: true))
            }
        }
        return found
    }

    /// The one delivery `path` of `contributor`.
    public static func single(_ path: String, of contributor: ContributorID) throws -> Delivery {
        let absolute = try resolved(path)
        return Delivery(
            contributor: contributor, path: absolute, name: name(of: absolute),
            receivedAt: try receipt(of: absolute), isInInbox: false)
    }

    private static func addUploads(
        of contributor: ContributorID, in folder: String, isWorkspaces: Bool, to found: inout Found
    ) throws(FileFailure) {
        for upload in try DirectoryListing.names(in: folder) where !upload.hasPrefix(".") {
            let path = "\(folder)/\(upload)"
            guard DirectoryListing.isDirectory(path) else {
                if !upload.hasSuffix(receiptSuffix) {
                    found.ignored.append(
                        IgnoredPath(path, "not a directory: an upload is a directory", isProblem: false))
                }
                continue
            }
            do {
                found.deliveries.append(
                    Delivery(
                        contributor: contributor, path: try resolved(path), name: upload,
                        receivedAt: try receipt(of: path), isInInbox: isWorkspaces))
            } catch {
                found.ignored.append(
                    IgnoredPath(path, "its receipt cannot be read: \(error)", isProblem: true))
            }
        }
    }

    /// Whether receipts lie in `path` itself, as they do in the folder of one contributor.
    public static func holdsReceipts(_ path: String) throws(FileFailure) -> Bool {
        try DirectoryListing.names(in: path).contains { $0.hasSuffix(receiptSuffix) }
    }

    static let receiptSuffix = ".receipt.json"

    static func receipt(of upload: String) throws -> UTCTime? {
        let path = upload + receiptSuffix
        guard DirectoryListing.exists(path) else { return nil }
        var reader = try JSONObjectReader(
            try JSONReader.read(
                try StoredFile.read(path, maxBytes: 1 << 16), limits: JSONLimits(maxBytes: 1 << 16)))
        let text = try reader.string("received_at")
        guard let time = UTCTime(rfc3339: text) else {
            throw JSONError(reason: "'\(text)' is no RFC 3339 time", place: "\(path) $.received_at")
        }
        return time
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    static func resolved(_ path: String) throws(FileFailure) -> String {
        guard let real = realpath(path, nil) else { throw FileFailure("open", path) }
        defer { free(real) }
        return String(cString: real)
    }
}
