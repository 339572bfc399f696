/// The files of an upload sorted into FrameKM pairs and what belongs to none.
struct FrameKMFiles {
    /// Metadata and the blob it describes; nil where the upload lacks the blob.
    struct Pair {
        var metadata: UploadFile
        /// The metadata file's bytes.
        var json: [UInt8]
        var blob: UploadFile?
        /// Where the blob is or should be.
        var blobPath: String
    }

    /// In the order of the metadata files' names.
    var pairs: [Pair]
    /// Images and blobs that no metadata describes, in the order of the upload.
    var orphans: [UploadFile]

    /// Whether `upload` holds FrameKM metadata, or no images but blobs in FrameKM's layout.
    static func anyIn(_ upload: any UploadContents) throws(UploadReadError) -> Bool {
        for file in upload.files where JSONFile.isNamed(file) {
            if FrameKMMetadata.isMetadata(try JSONFile.bytes(of: file, in: upload)) { return true }
        }
        guard upload.files.contains(where: hasBlobLayout) else { return false }
        let images = try ImageCandidates.all(in: upload)
        return !images.isEmpty && images.allSatisfy(hasBlobLayout)
    }

    /// The files of `upload`.
    init(_ upload: any UploadContents) throws(UploadReadError) {
        var byPath: [[UInt8]: UploadFile] = [:]
        for file in upload.files { byPath[FileName.key(file.path)] = file }
        pairs = []
        for file in upload.files {
            guard let stem = JSONFile.stem(of: file) else { continue }
            let json = try JSONFile.bytes(of: file, in: upload)
            guard FrameKMMetadata.isMetadata(json) else { continue }
            let places = Self.blobPlaces(folder: file.folder, stem: stem)
            let path = places.first { byPath[FileName.key($0)] != nil } ?? places.first ?? String(stem)
            pairs.append(Pair(metadata: file, json: json, blob: byPath[FileName.key(path)], blobPath: path))
        }
        pairs.sort {
            $0.metadata.name.utf8.elementsEqual($1.metadata.name.utf8)
                ? FrameOrder.precedes($0.metadata.path, $1.metadata.path)
                : FrameOrder.precedes($0.metadata.name, $1.metadata.name)
        }
        let described = Set(pairs.map { FileName.key($0.blobPath) })
        orphans = []
        for file in upload.files where !described.contains(FileName.key(file.path)) {
            if try ImageCandidates.isCandidate(file, in: upload) { orphans.append(file) }
        }
    }

    /// `framekm/<stem>` beside a folder `metadata`, or the file of this name beside the metadata.
    private static func blobPlaces(folder: Substring, stem: Substring) -> [String] {
        let flat = FileName.join(folder, stem)
        let parent = UploadFile(path: String(folder), size: 0)
        guard parent.name == "metadata" else { return [flat] }
        return [FileName.join(FileName.join(parent.folder, "framekm"), stem), flat]
    }

    /// Whether the path is that of a blob: in a folder `framekm` or named `km_<date>_<time>_...`, and without an
    /// image extension (odc-api, `src/util/framekm.ts`, `concatFrames`).
    private static func hasBlobLayout(_ file: UploadFile) -> Bool {
        guard !ImageCandidates.hasImageExtension(file.name) else { return false }
        if UploadFile(path: String(file.folder), size: 0).name == "framekm" { return true }
        let fields = file.name.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard fields.count >= 4, fields[0].elementsEqual("km".utf8) else { return false }
        let isDigits = { (field: Substring.UTF8View, count: Int) in
            field.count == count && field.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        return isDigits(fields[1], 8) && isDigits(fields[2], 6)
    }
}
