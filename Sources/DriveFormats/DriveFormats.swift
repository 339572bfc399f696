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
        return FormatError(
            code: "upload.unknown_format", place: "the upload of \(upload.files.count) files",
            reason: "no format known here; \(holds); looked for \(lookedFor)",
            remedy: "deliver the drive in one of these formats")
    }
}
