import Canonical

/// The formats Waggle reads, and the choice among them.
public enum DriveFormats {
    /// Every format, in the order in which they are tried: one that explains more of an upload stands before one that
    /// would be content with a part of it (a FrameKM's blob begins as a photo does; a photo beside a sidecar or a
    /// trace may carry EXIF as well).
    public static let all: [any DriveFormat] =
        [BundleFormat(), FrameKMFormat(), MapillaryFormat(), SidecarFormat()] + TracePhotosFormat.all
        + [ExifPhotoFormat()]

    /// The first format that recognises the contents of `upload`; nil where none does.
    public static func recognise(_ upload: any UploadContents) throws(UploadReadError) -> (any DriveFormat)? {
        for format in all where try format.recognises(upload) { return format }
        return nil
    }

    /// The reason for which an upload that no format recognises is quarantined: it names everything looked for.
    public static func unknownFormat(_ upload: any UploadContents) -> FormatError {
        let names = upload.files.prefix(3).map { PrintableText.of($0.path, limit: 80) }
        let more = upload.files.count > names.count ? ", ..." : ""
        let holds = names.isEmpty ? "it has no files" : "it holds \(names.joined(separator: ", "))\(more)"
        let lookedFor = all.map { "\($0.name): \($0.lookedFor)" }.joined(separator: "; ")
        let fault = brokenJSON(in: upload).map { "; \($0)" } ?? ""
        return FormatError(
            code: "upload.unknown_format", place: "the upload of \(upload.files.count) files",
            reason: "no format known here; \(holds)\(fault); looked for \(lookedFor)",
            remedy: "deliver the drive in one of these formats")
    }

    /// The first file that begins as JSON and is none, with the byte where it stops being JSON: what keeps most
    /// uploads of a known kind from being known. Only a few files are looked at.
    private static func brokenJSON(in upload: any UploadContents) -> String? {
        let others = upload.files.lazy.filter { !ImageCandidates.hasImageExtension($0.name) }
        for file in others.prefix(8) {
            guard file.size <= JSONFile.limits.maxBytes,
                let bytes = try? JSONFile.bytes(of: file, in: upload),
                let first = bytes.first(where: { !DecimalNumber.isSpace($0) }), "{[".utf8.contains(first)
            else { continue }
            do { _ = try JSONReader.read(bytes, limits: JSONFile.limits) } catch {
                let path = PrintableText.of(file.path, limit: 80)
                return "\(path) is not one JSON document: \(PrintableText.of(error.description))"
            }
        }
        return nil
    }
}
