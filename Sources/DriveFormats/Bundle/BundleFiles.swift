import Canonical

/// The files of a bundle, held against its statement.
struct BundleFiles {
    private let statement: BundleStatement
    private let upload: any UploadContents
    private let byPath: [[UInt8]: UploadFile]

    /// How much of a file is hashed at a time.
    private static let chunk = 1 << 20

    init(_ statement: BundleStatement, _ upload: any UploadContents) {
        self.statement = statement
        self.upload = upload
        byPath = Dictionary(upload.files.map { (FileName.key($0.path), $0) }) { first, _ in first }
    }

    /// The file `name` at the top of `upload`.
    static func named(_ name: String, in upload: any UploadContents) -> UploadFile? {
        upload.files.first { $0.path.hasSameBytes(as: name) }
    }

    /// Checks `upload.sig` if the statement, whose text is `bytes`, names a signer.
    func checkSignature(of bytes: [UInt8]) throws(FormatError) {
        guard let signer = statement.signer else { return }
        guard let file = byPath[FileName.key(BundleStatement.signatureName)] else {
            throw failure(
                "bundle.signature_stripped", BundleStatement.signatureName,
                "the bundle says that \(signer.device) signed it, but the signature is not there",
                "deliver the bundle with its upload.sig")
        }
        let signature: [UInt8]
        do { signature = try upload.prefix(of: file, count: 65) } catch { throw FormatError(error) }
        guard BundleSignature.isValid(signature, of: bytes, by: signer.key) else {
            throw failure(
                "bundle.signature_wrong", BundleStatement.signatureName,
                "not the signature of key \(signer.key) for this upload.json",
                "deliver the bundle as the device wrote it, or sign it again")
        }
    }

    /// Checks that the files listed are those that are there.
    func checkList(allowsSignature: Bool) throws(FormatError) {
        var listed = Set(statement.files.map { FileName.key($0.path) })
        for file in statement.files where byPath[FileName.key(file.path)] == nil {
            throw failure(
                "bundle.file_missing", file.path, "listed in upload.json, but not there",
                "deliver the bundle whole")
        }
        listed.insert(FileName.key(BundleStatement.fileName))
        if allowsSignature { listed.insert(FileName.key(BundleStatement.signatureName)) }
        for file in upload.files where !listed.contains(FileName.key(file.path)) {
            throw failure(
                "bundle.unlisted_file", file.path, "there, but not listed in upload.json",
                "deliver what does not belong to the bundle as an upload of its own")
        }
    }

    /// Checks the bytes of a file that is there.
    func checkContent(of file: BundleStatement.File) throws(FormatError) {
        guard let found = byPath[FileName.key(file.path)] else { return }
        let content: ContentHash
        do { content = try Self.hash(found, 0..<found.size, in: upload) } catch { throw FormatError(error) }
        guard content == file.content else {
            throw failure(
                "bundle.file_differs", file.path,
                "its SHA-256 is \(content.hex), upload.json says \(file.content.hex)",
                "deliver the file as it was when the bundle was made")
        }
    }

    /// The hash of bytes `range` of `file`, read a piece at a time.
    static func hash(
        _ file: UploadFile, _ range: Range<Int>, in upload: any UploadContents
    ) throws(UploadReadError) -> ContentHash {
        var hasher = ContentHasher()
        for start in stride(from: range.lowerBound, to: range.upperBound, by: chunk) {
            hasher.update(
                try upload.bytes(of: file, range: start..<min(start + chunk, range.upperBound)))
        }
        return hasher.finish()
    }

    /// The drive as other readers give one.
    func drive(_ drive: BundleStatement.Drive) throws(FormatError) -> RawDrive {
        let trace = try drive.trace.map(trace) ?? RawTrace(fixes: [])
        return RawDrive(
            device: drive.device ?? statement.signer?.device, frames: drive.frames.map(Self.frame),
            trace: trace.fixes, remarks: trace.remarks)
    }

    private func trace(_ file: BundleStatement.File) throws(FormatError) -> RawTrace {
        let format: (any TraceFormat)?
        let found = byPath[FileName.key(file.path)] ?? UploadFile(path: file.path, size: 0)
        do { format = try TraceFormats.recognise(found, in: upload) } catch { throw FormatError(error) }
        guard let format else {
            let known = TraceFormats.all.map(\.name).joined(separator: ", ")
            throw failure(
                "bundle.bad_trace", file.path, "no kind of trace known here (\(known))",
                "name a trace that Waggle reads, or none")
        }
        return try format.read(found, in: upload)
    }

    private static func frame(_ frame: BundleStatement.Frame) -> RawFrame {
        let fix = frame.position.map { position in
            RawFix(
                time: frame.capturedAt, latitude: Double(position.latitudeE7) / 1e7,
                longitude: Double(position.longitudeE7) / 1e7,
                heading: position.heading.map { Double($0) / 100 },
                speed: position.speed.map { Double($0) / 1000 },
                horizontalError: position.horizontalError.map { Double($0) / 1000 },
                hdop: position.hdop.map { Double($0) / 1000 })
        }
        var raw = RawFrame(
            source: ByteSource(path: frame.file.path), fix: fix, capturedAt: frame.capturedAt,
            complaint: frame.capturedAt == nil ? "upload.json gives no captured_at" : nil, origin: .bundle)
        raw.isUnblurred = frame.isUnblurred
        return raw
    }

    private func failure(
        _ code: String, _ path: String, _ reason: String, _ remedy: String
    ) -> FormatError {
        FormatError(
            code: code, place: PrintableText.of(path), reason: PrintableText.of(reason), remedy: remedy)
    }
}
