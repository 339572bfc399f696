/// Photos that carry position and time in EXIF, as action cameras and phones write them; JPEG, or PNG with an `eXIf`
/// chunk.
///
/// The photos of one folder and one camera (make, model and serial number) are one drive, its frames in order of time,
/// then path; drives come in order of folder, then camera. A photo without EXIF, and a file that only has an image's
/// name, stays in the drive of its folder's unnamed camera with a complaint.
public struct ExifPhotoFormat: DriveFormat {
    /// `exif`.
    public let name = "exif"

    /// What a quarantined upload is told.
    public let lookedFor = "a JPEG or PNG photo with a GPS position in EXIF"

    /// The reader.
    public init() {}

    /// Whether at least one photo has a GPS position.
    public func recognises(_ upload: any UploadContents) throws(UploadReadError) -> Bool {
        for file in upload.files where try ImageCandidates.isCandidate(file, in: upload) {
            if try Photo(file, in: upload).hasPosition { return true }
        }
        return false
    }

    /// One drive for each folder and camera.
    ///
    /// - Throws: ``FormatError`` `upload.unreadable_file`.
    public func read(_ upload: any UploadContents) throws(FormatError) -> [RawDrive] {
        var drives: [Key: RawDrive] = [:]
        do {
            for file in try ImageCandidates.all(in: upload) {
                let photo = try Photo(file, in: upload)
                let key = Key(folder: FileName.key(file.folder), device: FileName.key(photo.device ?? ""))
                drives[key, default: RawDrive(device: photo.device, frames: [])].frames
                    .append(photo.frame(needsPosition: true))
            }
        } catch {
            throw FormatError(error)
        }
        return drives.sorted { $0.key < $1.key }.map { entry in
            RawDrive(device: entry.value.device, frames: FrameOrder.byTime(entry.value.frames))
        }
    }

    private struct Key: Hashable, Comparable {
        var folder: [UInt8]
        /// Empty for none.
        var device: [UInt8]

        static func < (left: Key, right: Key) -> Bool {
            left.folder == right.folder
                ? left.device.lexicographicallyPrecedes(right.device)
                : left.folder.lexicographicallyPrecedes(right.folder)
        }
    }
}
