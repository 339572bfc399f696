import Canonical
import DriveFormats
import Store

/// A bundle that was made, signed or checked.
public struct BundleReport: Sendable {
    let statement: BundleStatement
    /// The hash of its `upload.json`, which the next bundle of the same key names.
    public let hash: ContentHash
    /// What was left out of the upload it was made of.
    public var remarks: [String] = []
    /// The format that upload was read as; nil where the bundle was there.
    public var format: String?

    /// Its recordings.
    public var drives: Int { statement.drives.count }
    /// Frames in all drives.
    public var frames: Int { statement.drives.reduce(0) { $0 + $1.frames.count } }
    /// Traces of all drives.
    public var traces: Int { statement.drives.count { $0.trace != nil } }
    /// The device that signed it; nil where nobody did.
    public var device: String? { statement.signer?.device }
    /// The key it is signed by.
    public var key: VerifyingKey? { statement.signer?.key }
    /// Its number among the bundles of that key.
    public var sequence: Int64? { statement.signer?.sequence }
    /// The hash of the statement with the number before.
    public var previous: ContentHash? { statement.signer?.previous }
}

/// Makes, signs and checks bundles on disk.
public enum BundleMaking {
    /// How much of a file is copied at a time.
    private static let chunk = 1 << 20

    /// Makes the bundle `directory`, which must not exist or be empty, of the upload `source`; recorded by `device` where
    /// one is given; signed where `signing` says so.
    public static func create(
        _ directory: String, of source: String, device: String?, signing: BundleSigning?
    ) throws -> BundleReport {
        if DirectoryListing.exists(directory), try !DirectoryListing.names(in: directory).isEmpty {
            throw BundleFailure.unsuitable("\(directory) is not empty: a bundle is made in a new directory")
        }
        if let device, !BundleStatement.isName(device) {
            throw BundleFailure.unsuitable(
                "'\(device)' is no device's name: 1 to 128 printable bytes, no '\\'")
        }
        let upload = try UploadDirectory.delivered(source)
        let draft: BundleDraft
        do { draft = try BundleDraft(upload, device: device) } catch { throw BundleFailure.unreadable(error) }
        let signed = try signing?.sign(draft.statement)
        let text = signed?.text ?? draft.statement.canonicalJSON.bytes
        // What a trailing slash names has its temporary directory inside itself.
        let path = WorkspaceLayout(root: directory).root
        let output = try DurableDirectory(path)
        do {
            try write(draft.parts, of: upload, to: output)
            try write(text, to: BundleStatement.fileName, output)
            if let signed { try write(signed.signature, to: BundleStatement.signatureName, output) }
            try output.commit(as: path)
        } catch {
            output.abandon()
            throw error
        }
        return BundleReport(
            statement: signed?.signed ?? draft.statement, hash: .of(text), remarks: draft.remarks,
            format: draft.format)
    }

    /// Signs the bundle in `directory`, in place of any signature it has. Its files must be those it lists.
    public static func sign(_ directory: String, signing: BundleSigning) throws -> BundleReport {
        // What a signing that was stopped left behind would be a file that is not listed.
        try DurableWrite.removeLeftovers(in: directory)
        let bundle: VerifiedBundle
        do {
            bundle = try VerifiedBundle(try UploadDirectory.delivered(directory), checksSignature: false)
        } catch let error as FormatError { throw BundleFailure.unreadable(error) }
        let (statement, text, signature) = try signing.sign(bundle.statement)
        try DurableWrite.file(text, at: "\(directory)/\(BundleStatement.fileName)")
        try DurableWrite.file(signature, at: "\(directory)/\(BundleStatement.signatureName)")
        return BundleReport(statement: statement, hash: .of(text))
    }

    /// Checks the bundle in `directory`, and that it is signed by `key` where one is given.
    ///
    /// - Throws: ``BundleFailure/unreadable(_:)`` with the reason it would be refused for.
    public static func verify(_ directory: String, key: VerifyingKey?) throws -> BundleReport {
        do {
            let upload = try UploadDirectory.delivered(directory)
            guard upload.files.contains(where: { $0.path.hasSameBytes(as: BundleStatement.fileName) }) else {
                throw BundleFailure.unsuitable("no \(BundleStatement.fileName) in \(directory): no bundle")
            }
            let bundle = try VerifiedBundle(upload)
            if let key { try check(bundle.statement.signer, key) }
            return BundleReport(
                statement: bundle.statement, hash: bundle.hash, remarks: bundle.drives.flatMap(\.remarks))
        } catch let error as FormatError { throw BundleFailure.unreadable(error) }
    }

    private static func check(_ signer: BundleStatement.Signer?, _ key: VerifyingKey) throws(FormatError) {
        guard let signer else {
            throw FormatError(
                code: "bundle.signature_stripped", place: BundleStatement.fileName,
                reason: "nobody signed it",
                remedy: "ask for the bundle as the device signed it")
        }
        guard signer.key == key else {
            throw FormatError(
                code: "bundle.key_unknown", place: "\(BundleStatement.fileName), $.signer.key",
                reason: "signed by key \(signer.key), not by \(key)",
                remedy: "check with the owner of the device which key is its own")
        }
    }

    private static func write(
        _ parts: [BundleDraft.Part], of upload: UploadDirectory, to output: DurableDirectory
    ) throws {
        var folders: Set<Substring> = []
        for part in parts {
            let folder = UploadFile(path: part.file.path, size: 0).folder
            if folders.insert(folder).inserted { try output.directory(String(folder)) }
            let file = try output.file(part.file.path)
            for start in stride(from: part.range.lowerBound, to: part.range.upperBound, by: chunk) {
                let end = min(start + chunk, part.range.upperBound)
                try file.write(try upload.bytes(of: part.source, range: start..<end))
            }
            try file.finish()
        }
    }

    private static func write(_ bytes: [UInt8], to name: String, _ output: DurableDirectory) throws {
        let file = try output.file(name)
        try file.write(bytes)
        try file.finish()
    }
}
