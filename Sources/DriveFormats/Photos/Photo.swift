import Canonical

/// A photo of an upload with what its EXIF says.
struct Photo {
    let file: UploadFile
    let finding: ExifReader.Finding

    /// Reads the photo `file`.
    init(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) {
        self.file = file
        finding = try ExifReader.read(file, in: upload)
    }

    private var exif: ExifData? { if case .exif(let data) = finding { data } else { nil } }

    /// Whether EXIF gives a position.
    var hasPosition: Bool { exif?.position != nil }

    /// The camera, as EXIF names it.
    var device: String? { exif?.device }

    /// The frame; `needsPosition` is whether one without a position is to complain about it.
    func frame(needsPosition: Bool) -> RawFrame {
        let source = ByteSource(path: file.path)
        guard let exif else {
            return RawFrame(
                source: source, complaint: finding == .noImage ? notAnImage : "no EXIF in this image")
        }
        let fix = exif.position.map { position in
            RawFix(
                time: exif.time, latitude: position.latitude, longitude: position.longitude,
                heading: exif.heading,
                speed: exif.speed, horizontalError: exif.horizontalError, hdop: exif.hdop)
        }
        return RawFrame(
            source: source, fix: fix, capturedAt: exif.time,
            complaint: complaint(exif, needsPosition: needsPosition))
    }

    private var notAnImage: String { file.size == 0 ? "the file is empty" : "neither a JPEG nor a PNG file" }

    private func complaint(_ exif: ExifData, needsPosition: Bool) -> String? {
        var missing: [String] = []
        if needsPosition, exif.position == nil { missing.append("position") }
        if exif.time == nil { missing.append("capture time") }
        guard !missing.isEmpty else { return nil }
        return "EXIF has no \(missing.joined(separator: " and no "))" + (exif.fault.map { ": \($0)" } ?? "")
    }
}
