import Canonical

/// The Waggle bundle: `upload.json` with the hash, time and position of every file, and perhaps the device's signature
/// in `upload.sig`. `docs/bundle.md` describes it.
public struct BundleFormat: DriveFormat {
    /// `bundle`.
    public let name = "bundle"

    /// What a quarantined upload is told.
    public let lookedFor = "upload.json that lists its files with their hashes (docs/bundle.md)"

    /// The reader.
    public init() {}

    /// Whether there is an `upload.json` with the format's name or its list of drives in it: either is enough, so that
    /// a bundle with one wrong byte is a damaged bundle and not photos of another format.
    public func recognises(_ upload: any UploadContents) throws(UploadReadError) -> Bool {
        guard let file = BundleFiles.named(BundleStatement.fileName, in: upload) else { return false }
        let bytes = try upload.prefix(of: file, count: BundleStatement.limits.maxBytes)
        return ["\"waggle-bundle/", "\"drives\""].contains { JSONFile.contains($0, in: bytes) }
    }

    /// The drives of a bundle that is whole.
    ///
    /// - Throws: ``FormatError``, as ``VerifiedBundle`` does.
    public func read(_ upload: any UploadContents) throws(FormatError) -> [RawDrive] {
        try VerifiedBundle(upload).drives
    }
}

/// The statement of a bundle with the hash by which the next one names it.
public struct SignedStatement: Sendable, Equatable {
    /// Who signed it.
    public let signer: BundleStatement.Signer
    /// The hash of `upload.json`.
    public let hash: ContentHash

    /// A statement.
    public init(signer: BundleStatement.Signer, hash: ContentHash) {
        self.signer = signer
        self.hash = hash
    }
}

/// A bundle that is what it says: signed by the key it names, if it names one, with every file it lists and no other.
///
/// Whether the key is one to be trusted is for those to say who know it.
public struct VerifiedBundle: Sendable {
    /// What it says.
    public let statement: BundleStatement
    /// The hash of `upload.json`.
    public let hash: ContentHash
    /// Its drives, for the stages behind.
    public let drives: [RawDrive]

    /// The signature's facts; nil where nobody signed.
    public var signed: SignedStatement? { statement.signer.map { SignedStatement(signer: $0, hash: hash) } }

    /// Reads and checks the bundle `upload`; whoever is about to sign it anew sets `checksSignature` to false.
    ///
    /// - Throws: ``FormatError`` `bundle.bad_json`, `.signature_wrong`, `.signature_stripped`, `.unlisted_file`,
    ///   `.file_missing`, `.file_differs`, `.bad_trace`, what the reader of a trace throws, or
    ///   `upload.unreadable_file`.
    public init(_ upload: any UploadContents, checksSignature: Bool = true) throws(FormatError) {
        let bytes: [UInt8]
        do throws(UploadReadError) {
            guard let file = BundleFiles.named(BundleStatement.fileName, in: upload) else {
                throw UploadReadError(path: BundleStatement.fileName, reason: "no such file")
            }
            bytes = try upload.prefix(of: file, count: BundleStatement.limits.maxBytes + 1)
        } catch { throw FormatError(error) }
        do { statement = try BundleStatement(json: bytes) } catch {
            throw FormatError(
                code: "bundle.bad_json",
                place: "\(BundleStatement.fileName), \(PrintableText.of(error.place))",
                reason: PrintableText.of(error.reason),
                remedy: "make the bundle again, as docs/bundle.md says or by 'waggle bundle create'")
        }
        hash = .of(bytes)
        let files = BundleFiles(statement, upload)
        // First, as it is cheap, and what is not signed is not worth more.
        if checksSignature { try files.checkSignature(of: bytes) }
        try files.checkList(allowsSignature: statement.signer != nil || !checksSignature)
        for file in statement.files { try files.checkContent(of: file) }
        var drives: [RawDrive] = []
        for drive in statement.drives { drives.append(try files.drive(drive)) }
        self.drives = drives
    }
}
