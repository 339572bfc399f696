/// Frames with a JSON sidecar each: `<name>.jpg` beside `<name>.json`, as a Hivemapper Bee caches them (the name is
/// `<ms>_<latitude>_<longitude>` there, but only the sidecar's contents count).
///
/// Each folder is one drive, its frames in order of time, then path. An image without a sidecar, or with one that
/// cannot be read, stays with a complaint, and is judged by what its other sources say. A complete
/// sidecar without an image stays as a frame whose source is the sidecar itself: no image will be found in it, and so
/// the missing image gets a verdict too.
public struct SidecarFormat: DriveFormat {
    /// `sidecar`.
    public let name = "sidecar"

    /// What a quarantined upload is told.
    public let lookedFor =
        "an image with a JSON object of its name beside it that has numbers 'lat', 'lon' and 'time'"

    /// The reader.
    public init() {}

    /// Whether at least one image has a sidecar with position and time beside it.
    public func recognises(_ upload: any UploadContents) throws(UploadReadError) -> Bool {
        let sidecars = SidecarFiles(upload)
        for file in upload.files {
            guard let sidecar = sidecars.beside(file), try ImageCandidates.isCandidate(file, in: upload)
            else { continue }
            if Sidecar(try JSONFile.bytes(of: sidecar, in: upload)).isComplete { return true }
        }
        return false
    }

    /// One drive for each folder, in order of the folders' bytes.
    ///
    /// - Throws: ``FormatError`` `upload.unreadable_file`.
    public func read(_ upload: any UploadContents) throws(FormatError) -> [RawDrive] {
        do {
            let sidecars = SidecarFiles(upload)
            var folders: [[UInt8]: [RawFrame]] = [:]
            var used: Set<[UInt8]> = []
            for file in upload.files where try ImageCandidates.isCandidate(file, in: upload) {
                let sidecar = sidecars.beside(file)
                if let sidecar { used.insert(FileName.key(sidecar.path)) }
                folders[FileName.key(file.folder), default: []].append(try frame(file, sidecar, in: upload))
            }
            for file in sidecars.all where !used.contains(FileName.key(file.path)) {
                let sidecar = Sidecar(try JSONFile.bytes(of: file, in: upload))
                guard sidecar.isComplete else { continue }
                let frame = sidecar.frame(
                    ByteSource(path: file.path), complaint: "no image beside this sidecar")
                folders[FileName.key(file.folder), default: []].append(frame)
            }
            return folders.sorted { $0.key.lexicographicallyPrecedes($1.key) }
                .map { RawDrive(device: nil, frames: FrameOrder.byTime($0.value)) }
        } catch {
            throw FormatError(error)
        }
    }

    private func frame(
        _ file: UploadFile, _ sidecar: UploadFile?, in upload: any UploadContents
    ) throws(UploadReadError) -> RawFrame {
        let source = ByteSource(path: file.path)
        guard let sidecar else {
            return RawFrame(source: source, complaint: "no sidecar beside this image", origin: .sidecar)
        }
        let said = Sidecar(try JSONFile.bytes(of: sidecar, in: upload))
        return said.frame(source, complaint: said.complaint)
    }
}

/// The JSON files of an upload, found by the name of the image they stand beside.
private struct SidecarFiles {
    let all: [UploadFile]
    private var byStem: [[UInt8]: UploadFile] = [:]

    init(_ upload: any UploadContents) {
        all = upload.files.filter(JSONFile.isNamed)
        for file in all {
            guard let stem = JSONFile.stem(of: file) else { continue }
            // Of `a.JSON` and `a.json`, the first in the order of the upload is taken.
            let path = FileName.key(FileName.join(file.folder, stem))
            if byStem[path] == nil { byStem[path] = file }
        }
    }

    /// The JSON file with the name of the image `file`, whose own extension counts only if it is an image's.
    func beside(_ file: UploadFile) -> UploadFile? {
        byStem[FileName.key(FileName.join(file.folder, ImageCandidates.stem(file.name)))]
    }
}
