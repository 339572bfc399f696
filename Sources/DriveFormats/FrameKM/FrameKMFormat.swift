import Canonical

/// FrameKM, the format in which Hivemapper dashcams deliver: pairs of a blob `framekm/<name>`, the JPEG files of up to
/// a kilometre one behind the other, and `metadata/<name>.json`; or both in one folder.
///
/// Each pair is one drive, in order of name; consecutive pairs of one device stay separate here. The blob is cut by
/// the metadata's `bytes` alone, since a JPEG's own thumbnail has the same markers. Orphans are normal (the
/// camera writes metadata for fewer FrameKMs than blobs, and the files travel separately), and every frame they can be
/// known to have stays:
/// - a blob or other image without metadata is a drive of one frame, the whole file, with a complaint;
/// - metadata without its blob is a drive of the frames it lists, each with its fix, a complaint, and the place where
///   its bytes should be, which is in no file of the upload: an operator sees how many images never arrived, and the
///   same FrameKM delivered whole later is not affected. An upload of nothing else is refused.
///
/// Damage is not absence: metadata that is cut short, contradicts itself or does not fit its blob refuses the upload.
public struct FrameKMFormat: DriveFormat {
    /// `framekm`.
    public let name = "framekm"

    /// What a quarantined upload is told.
    public let lookedFor =
        "a JSON file with 'bundle' and 'frames' that have 'bytes' (metadata/<name>.json for framekm/<name>)"

    /// The reader.
    public init() {}

    /// Whether a JSON file of `upload` is FrameKM metadata, or all its images are blobs in FrameKM's layout.
    public func recognises(_ upload: any UploadContents) throws(UploadReadError) -> Bool {
        try FrameKMFiles.anyIn(upload)
    }

    /// The drives of all pairs, then of all orphan blobs.
    ///
    /// - Throws: ``FormatError`` `framekm.bad_json`, `.bad_metadata`, `.old_version`, `.count_mismatch`,
    ///   `.bytes_mismatch`, `.no_blob`, or `upload.unreadable_file`.
    public func read(_ upload: any UploadContents) throws(FormatError) -> [RawDrive] {
        let files: FrameKMFiles
        do { files = try FrameKMFiles(upload) } catch { throw FormatError(error) }
        if files.orphans.isEmpty, let lonely = files.pairs.first, files.pairs.allSatisfy({ $0.blob == nil }) {
            throw FormatError(
                code: "framekm.no_blob", place: PrintableText.of(lonely.metadata.path),
                reason: "its images are missing: no \(PrintableText.of(lonely.blobPath)) in the upload",
                remedy: "deliver metadata and blob together")
        }
        var drives: [RawDrive] = []
        for pair in files.pairs { drives.append(try drive(pair)) }
        for orphan in files.orphans {
            let frame = RawFrame(
                source: ByteSource(path: orphan.path), complaint: "no metadata for this blob",
                origin: .frameKM)
            drives.append(RawDrive(device: nil, frames: [frame]))
        }
        return drives
    }

    private func drive(_ pair: FrameKMFiles.Pair) throws(FormatError) -> RawDrive {
        let metadata = try metadata(pair)
        try check(metadata, pair)
        var frames: [RawFrame] = []
        frames.reserveCapacity(metadata.frames.count)
        var start = 0
        for frame in metadata.frames {
            let end = start + frame.bytes
            frames.append(
                RawFrame(
                    source: ByteSource(path: pair.blobPath, range: start..<end), fix: frame.fix,
                    capturedAt: frame.capturedAt,
                    complaint: pair.blob == nil
                        ? "the image was not delivered: no blob for this metadata" : frame.complaint,
                    origin: .frameKM))
            start = end
        }
        return RawDrive(device: metadata.device, frames: frames)
    }

    private func metadata(_ pair: FrameKMFiles.Pair) throws(FormatError) -> FrameKMMetadata {
        let document: JSONValue
        do { document = try JSONReader.read(pair.json, limits: JSONFile.limits) } catch {
            throw failure("framekm.bad_json", pair, error)
        }
        do { return try FrameKMMetadata(document) } catch {
            throw failure("framekm.bad_metadata", pair, error)
        }
    }

    /// Newer versions are read: each so far has only added keys. What the frames add up to, what the bundle says and
    /// what the blob has must be one number.
    private func check(_ metadata: FrameKMMetadata, _ pair: FrameKMFiles.Pair) throws(FormatError) {
        if let version = metadata.version, version < FrameKMVersion.oldest {
            throw FormatError(
                code: "framekm.old_version", place: PrintableText.of(pair.metadata.path),
                reason: "FrameKM \(version); the oldest layout known is \(FrameKMVersion.oldest)",
                remedy: "update the camera's firmware")
        }
        if let count = metadata.numFrames, count != metadata.frames.count {
            throw FormatError(
                code: "framekm.count_mismatch", place: PrintableText.of(pair.metadata.path),
                reason: "bundle.numFrames is \(count), frames lists \(metadata.frames.count)",
                remedy: Self.remedy)
        }
        let fits = (metadata.size ?? Int64(metadata.bytes)) == metadata.bytes
        guard fits, (pair.blob?.size ?? metadata.bytes) == metadata.bytes else {
            throw FormatError(
                code: "framekm.bytes_mismatch", place: PrintableText.of(pair.metadata.path),
                reason: "the frames' bytes add up to \(metadata.bytes), "
                    + "bundle.size is \(metadata.size.map(String.init) ?? "absent"), "
                    + "the blob \(PrintableText.of(pair.blobPath)) has \(pair.blob.map { "\($0.size)" } ?? "not come")",
                remedy: Self.remedy)
        }
    }

    private static let remedy = "deliver metadata and blob again as the camera wrote them"

    private func failure(_ code: String, _ pair: FrameKMFiles.Pair, _ error: JSONError) -> FormatError {
        FormatError(
            code: code, place: "\(PrintableText.of(pair.metadata.path)), \(PrintableText.of(error.place))",
            reason: PrintableText.of(error.reason), remedy: Self.remedy)
    }
}
