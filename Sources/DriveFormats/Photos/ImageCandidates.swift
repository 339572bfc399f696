/// Which files of an upload are taken for images: those that begin as one, and those that are named as one.
///
/// A damaged or empty file named `.jpg` is a candidate too, because it must get a verdict and not vanish. A file named
/// `.json` is none, whatever it holds.
enum ImageCandidates {
    /// The candidates in the order of `upload.files`.
    static func all(in upload: any UploadContents) throws(UploadReadError) -> [UploadFile] {
        var result: [UploadFile] = []
        for file in upload.files where try isCandidate(file, in: upload) { result.append(file) }
        return result
    }

    /// Whether `file` is a candidate.
    static func isCandidate(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> Bool
    {
        if hasImageExtension(file.name) { return true }
        // Every frame may have a JSON file; opening all of them twice would be most of the cost of reading a drive.
        if JSONFile.isNamed(file) { return false }
        return beginsAsImage(try upload.prefix(of: file, count: 8))
    }

    /// Whether `name` ends in `.jpg`, `.jpeg` or `.png`, in whatever case.
    static func hasImageExtension(_ name: Substring) -> Bool { stem(name).utf8.count < name.utf8.count }

    /// `name` without the image extension it may have.
    static func stem(_ name: Substring) -> Substring {
        for suffix in [".jpg", ".jpeg", ".png"] {
            if let stem = FileName.removing(suffix, from: name) { return stem }
        }
        return name
    }

    /// Whether `bytes` begin as a JPEG file (SOI and another marker; ISO/IEC 10918-1, B.2.1) or a PNG file
    /// (ISO/IEC 15948, 5.2).
    static func beginsAsImage(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: jpegStart) || bytes.starts(with: pngSignature)
    }

    static let jpegStart: [UInt8] = [0xFF, 0xD8, 0xFF]
    static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
}
