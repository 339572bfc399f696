import Canonical

/// A photo of an upload with what its EXIF says.
struct Photo {
    let source: ByteSource
    /// Bytes of the image.
    let size: Int
    let finding: ExifReader.Finding

    /// Reads the photo `file`.
    init(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) {
        try self.init(ByteSource(path: file.path), of: file, in: upload)
    }

    /// Reads the photo at `source`, which lies in `file`.
    init(
        _ source: ByteSource, of file: UploadFile, in upload: any UploadContents
    ) throws(UploadReadError) {
        self.source = source
        size = source.range?.count ?? file.size
        finding = try ExifReader.read(file, source.range ?? 0..<file.size, in: upload)
    }

    private var exif: ExifData? { if case .exif(let data) = finding { data } else { nil } }

    /// Whether EXIF gives a position.
    var hasPosition: Bool { exif?.position != nil }

    /// The camera, as EXIF names it.
    var device: String? { exif?.device }

    /// The frame; `needsPosition` is whether one without a position is to complain about it.
    func frame(needsPosition: Bool) -> RawFrame {
        guard let exif else {
            return RawFrame(
                source: source, complaint: finding == .noImage ? notAnImage : "no EXIF in this image")
        }
        var frame = RawFrame(
            source: source, fix: exif.fix, capturedAt: exif.time,
            complaint: complaint(exif, needsPosition: needsPosition),
            timeSource: exif.clock == .satellites ? .exif : .exifClock, clock: exif.clock)
        if let camera = exif.cameraTestimony { frame.others.append(camera) }
        return frame
    }

    /// What EXIF says beside another source; nothing where there is none.
    var testimonies: [RawTestimony] { exif == nil ? [] : frame(needsPosition: false).testimonies }

    private var notAnImage: String { size == 0 ? "the file is empty" : "neither a JPEG nor a PNG file" }

    private func complaint(_ exif: ExifData, needsPosition: Bool) -> String? {
        var missing: [String] = []
        if needsPosition, exif.position == nil { missing.append("position") }
        if exif.time == nil { missing.append("capture time") }
        guard !missing.isEmpty else { return nil }
        return "EXIF has no \(missing.joined(separator: " and no "))" + (exif.fault.map { ": \($0)" } ?? "")
    }
}

extension ExifData {
    /// Position and time, and what belongs to them; nil without a position.
    fileprivate var fix: RawFix? {
        position.map { position in
            RawFix(
                time: time, latitude: position.latitude, longitude: position.longitude, heading: heading,
                speed: speed, horizontalError: horizontalError, hdop: hdop)
        }
    }
}
