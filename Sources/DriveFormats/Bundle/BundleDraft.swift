import Canonical

/// A bundle to be made of an upload that any reader can read: its statement, and where its files come from.
///
/// Nothing of an image is changed or lost: its bytes become a file of their own, and what the reader made of its
/// position becomes integers. A trace is taken as the file it is.
public struct BundleDraft: Sendable {
    /// One file of the bundle.
    public struct Part: Sendable {
        /// Where it is to lie, and the hash of its bytes.
        public let file: BundleStatement.File
        /// The file of the upload that has the bytes.
        public let source: UploadFile
        /// Which of them.
        public let range: Range<Int>
    }

    /// What the bundle will say, not signed.
    public private(set) var statement = BundleStatement(drives: [])
    /// Its files, in the order of the statement.
    public private(set) var parts: [Part] = []
    /// What could not be taken along, and how much of it, in words.
    public private(set) var remarks: [String] = []
    /// The name of the format the upload was read as.
    public let format: String

    private let upload: any UploadContents

    /// A bundle of `upload`; recorded by `device`, where one is given, whatever the upload says.
    ///
    /// - Throws: ``FormatError`` of the upload's reader, `upload.unknown_format`, or `bundle.nothing_to_bundle`.
    public init(_ upload: any UploadContents, device: String?) throws(FormatError) {
        self.upload = upload
        let recognised: (any DriveFormat)?
        do { recognised = try DriveFormats.recognise(upload) } catch { throw FormatError(error) }
        guard let recognised else { throw DriveFormats.unknownFormat(upload) }
        format = recognised.name
        let raw = try recognised.read(upload)
        let files = Dictionary(upload.files.map { (FileName.key($0.path), $0) }) { first, _ in first }
        var missing = 0
        var unplaced = 0
        for drive in raw {
            remarks += drive.remarks
            let number = statement.drives.count
            var frames: [BundleStatement.Frame] = []
            for frame in drive.frames {
                guard let file = files[FileName.key(frame.source.path)],
                    case let range = frame.source.range ?? 0..<file.size, range.upperBound <= file.size
                else {
                    missing += 1
                    continue
                }
                let part = try part("frames/\(number)-\(Self.digits(frames.count))", file, range)
                parts.append(part)
                let position = frame.fix.flatMap { BundleStatement.Position($0) }
                if frame.fix != nil, position == nil { unplaced += 1 }
                frames.append(
                    BundleStatement.Frame(
                        file: part.file, capturedAt: frame.capturedAt.flatMap(Self.time),
                        position: position, isUnblurred: frame.isUnblurred))
            }
            if frames.isEmpty { continue }
            let name = device ?? drive.device.flatMap { Self.name($0) }
            var made = BundleStatement.Drive(device: name, frames: frames)
            if !drive.trace.isEmpty { made.trace = try trace(drive, number) }
            statement.drives.append(made)
        }
        if missing > 0 { remarks.append("\(missing) frames without an image were left out") }
        if unplaced > 0 { remarks.append("\(unplaced) positions that are no numbers were left out") }
        try check()
    }

    private func check() throws(FormatError) {
        let reason: String? =
            if statement.drives.isEmpty {
                "no frame of it has an image"
            } else if statement.drives.reduce(0, { $0 + $1.frames.count }) > BundleStatement.maxFrames {
                "more than \(BundleStatement.maxFrames) frames"
            } else {
                nil
            }
        guard let reason else { return }
        throw FormatError(
            code: "bundle.nothing_to_bundle", place: "the upload of \(upload.files.count) files",
            reason: reason, remedy: "make a bundle of each drive")
    }

    /// The file `name` of the bundle, with an extension that fits its first bytes.
    private func part(_ name: String, _ file: UploadFile, _ range: Range<Int>) throws(FormatError) -> Part {
        do throws(UploadReadError) {
            let start = try upload.bytes(
                of: file, range: range.lowerBound..<min(range.lowerBound + 8, range.upperBound))
            let isPNG = start.starts(with: ImageCandidates.pngSignature)
            let isJPEG = start.starts(with: ImageCandidates.jpegStart)
            let path = "\(name).\(isPNG ? "png" : isJPEG ? "jpg" : "bin")"
            let content = try BundleFiles.hash(file, range, in: upload)
            return Part(file: BundleStatement.File(path: path, content: content), source: file, range: range)
        } catch { throw FormatError(error) }
    }

    /// The file that the trace of `drive` was read from.
    private mutating func trace(
        _ drive: RawDrive, _ number: Int
    ) throws(FormatError) -> BundleStatement.File? {
        var candidates: [(UploadFile, any TraceFormat)] = []
        do throws(UploadReadError) {
            for file in upload.files {
                if let format = try TraceFormats.recognise(file, in: upload) {
                    candidates.append((file, format))
                }
            }
        } catch { throw FormatError(error) }
        for (file, format) in candidates {
            if candidates.count > 1 {
                let fixes = try? format.read(file, in: upload).fixes
                guard fixes == drive.trace else { continue }
            }
            let content: ContentHash
            do { content = try BundleFiles.hash(file, 0..<file.size, in: upload) } catch {
                throw FormatError(error)
            }
            let made = BundleStatement.File(path: "trace/\(number).\(format.name)", content: content)
            parts.append(Part(file: made, source: file, range: 0..<file.size))
            return made
        }
        throw FormatError(
            code: "bundle.nothing_to_bundle", place: "drive \(number)",
            reason: "its trace is in no file of its own", remedy: "deliver the upload as it is")
    }

    private static func digits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    /// A camera's name as a bundle may have it.
    private static func name(_ device: String) -> String? {
        let printable = PrintableText.of(device).replacing("\\", with: "/")
        return BundleStatement.isName(printable) ? printable : nil
    }

    private static func time(_ time: UTCTime) -> UTCTime? {
        time.milliseconds.magnitude <= BundleStatement.maxInteger.magnitude ? time : nil
    }
}
