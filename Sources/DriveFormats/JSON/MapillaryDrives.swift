import Canonical

/// Puts the images of an upload, and what is said of them, together to drives.
struct MapillaryDrives {
    let images: MapillaryImages
    /// What was left out, in words.
    var remarks: [String] = []
    /// Entries so far; of these, those of videos, and of images that are not in the upload.
    private(set) var entries = 0
    private(set) var videos = 0
    private(set) var missing = 0

    private var described: Set<Int> = []
    /// Why mapillary_tools refused an image, by its index.
    private var refusals: [Int: String] = [:]
    private var refused = 0
    private var again = 0
    private var groups: [Key: Group] = [:]

    /// A sequence, or all images of a folder that belong to none.
    private struct Key: Hashable, Comparable {
        var isFolder: Bool
        var name: [UInt8]

        static func < (left: Key, right: Key) -> Bool {
            left.isFolder == right.isFolder
                ? left.name.lexicographicallyPrecedes(right.name) : !left.isFolder
        }
    }

    private struct Group {
        var frames: [RawFrame] = []
        /// The cameras that are named, by the bytes of their names.
        var devices: [[UInt8]: String] = [:]
    }

    init(_ images: MapillaryImages) {
        self.images = images
    }

    /// Adds what `entry` of the description `file` says.
    mutating func add(_ entry: MapillaryEntry, of file: UploadFile) {
        entries += 1
        let index = images.index(of: entry.filename)
        switch entry.content {
        case .video: videos += 1
        case .refused(let reason):
            refused += 1
            if let index { refusals[index] = reason }
        case .image(let fix, let complaint):
            guard let index else {
                missing += 1
                // In no file of the upload: the frame gets a verdict that says so.
                let path = MapillaryImages.name(of: entry.filename).map { FileName.join(file.folder, $0) }
                let frame = RawFrame(
                    source: ByteSource(path: path ?? file.path), fix: fix,
                    complaint: "the image was not delivered", origin: .description)
                return put(frame, of: entry, folder: file.folder)
            }
            guard described.insert(index).inserted else {
                again += 1
                return
            }
            let image = images.all[index]
            put(
                RawFrame(
                    source: ByteSource(path: image.path), fix: fix, complaint: complaint,
                    origin: .description), of: entry, folder: image.folder)
        }
    }

    private mutating func put(_ frame: RawFrame, of entry: MapillaryEntry, folder: Substring) {
        let key = Key(
            isFolder: entry.sequence == nil, name: FileName.key(entry.sequence.map { $0[...] } ?? folder))
        groups[key, default: Group()].frames.append(frame)
        if let device = entry.device { groups[key]?.devices[FileName.key(device)] = device }
    }

    /// The drives, with the images that no entry describes read from their EXIF.
    func all(in upload: any UploadContents) throws(UploadReadError) -> [RawDrive] {
        var groups = groups
        for (index, image) in images.all.enumerated() where !described.contains(index) {
            let photo = try Photo(image, in: upload)
            var frame = photo.frame(needsPosition: true)
            if let refusal = refusals[index], let complaint = frame.complaint {
                frame.complaint = "\(complaint); mapillary_tools: \(refusal)"
            }
            let key = Key(isFolder: true, name: FileName.key(image.folder))
            groups[key, default: Group()].frames.append(frame)
            if let device = photo.device { groups[key]?.devices[FileName.key(device)] = device }
        }
        var drives = groups.sorted { $0.key < $1.key }.map { entry in
            let devices = entry.value.devices
            return RawDrive(
                device: devices.count == 1 ? devices.first?.value : nil,
                frames: FrameOrder.byTime(entry.value.frames))
        }
        if !drives.isEmpty { drives[0].remarks = allRemarks }
        return drives
    }

    private var allRemarks: [String] {
        let undescribed = images.all.count - described.count
        return remarks
            + [
                (videos, "entries are videos, which are not read"),
                (refused, "images were refused by mapillary_tools"),
                (missing, "described images are not in the upload"), (again, "images are described again"),
                (undescribed, "images are read from their EXIF"),
            ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }
}
