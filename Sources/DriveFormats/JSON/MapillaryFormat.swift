import Canonical

/// Images with a `mapillary_image_description.json`, as mapillary_tools writes it: position, time and sequence of each
/// image by its file name.
///
/// Each sequence is one drive. An image that is not described, or that mapillary_tools has refused, is judged by its own
/// EXIF, in a drive of its folder's others: what that program calls too fast, or a zigzag, can be an honest U-turn. An
/// image that is described and not there stays as a frame without bytes.
public struct MapillaryFormat: DriveFormat {
    /// `mapillary`.
    public let name = "mapillary"

    /// What a quarantined upload is told.
    public let lookedFor =
        "a JSON array of image descriptions with 'filename', 'MAPLatitude', 'MAPLongitude' and 'MAPCaptureTime'"

    /// Entries of all descriptions of an upload that are read at most.
    static let maxEntries = 1_000_000

    /// The reader.
    public init() {}

    /// Whether a file of `upload` is such a description.
    public func recognises(_ upload: any UploadContents) throws(UploadReadError) -> Bool {
        for file in upload.files where try Self.isDescription(file, in: upload) { return true }
        return false
    }

    /// The drives of all sequences, then those of the images of each folder that belong to none.
    ///
    /// - Throws: ``FormatError`` `mapillary.bad_json`, `.bad_entries`, `.no_images`, `.videos`, `.too_many_records` or
    ///   `upload.unreadable_file`.
    public func read(_ upload: any UploadContents) throws(FormatError) -> [RawDrive] {
        var drives: MapillaryDrives
        var descriptions: [UploadFile] = []
        do {
            drives = MapillaryDrives(try MapillaryImages(upload))
            for file in upload.files where try Self.isDescription(file, in: upload) {
                descriptions.append(file)
            }
        } catch {
            throw FormatError(error)
        }
        for file in descriptions { try read(file, in: upload, into: &drives) }
        guard !drives.images.all.isEmpty else {
            let place = PrintableText.of(descriptions.first?.path ?? "")
            throw drives.videos > 0 && drives.missing == 0
                ? FormatError(
                    code: "mapillary.videos", place: place,
                    reason: "it describes \(drives.videos) videos and no image; videos are not read",
                    remedy: "sample the videos into images (mapillary_tools video_process) and deliver those")
                : FormatError(
                    code: "mapillary.no_images", place: place, reason: "none of its images is in the upload",
                    remedy: "deliver the images together with their description")
        }
        do { return try drives.all(in: upload) } catch { throw FormatError(error) }
    }

    private static func isDescription(
        _ file: UploadFile, in upload: any UploadContents
    ) throws(UploadReadError) -> Bool {
        guard !ImageCandidates.hasImageExtension(file.name), file.size > 0 else { return false }
        // Anything else that JSON can begin with is no array.
        let start = try upload.prefix(of: file, count: 64)
        guard let first = start.first(where: { !DecimalNumber.isSpace($0) && $0 < 0x80 }),
            first == UInt8(ascii: "[")
        else { return false }
        var records = JSONRecords(file, in: upload, chunkSize: 16 << 10)
        do {
            guard case .value(let value) = try records.next() else { return false }
            return MapillaryEntry.isOne(value)
        } catch {
            if case .unreadable(let error) = error { throw error }
            return false
        }
    }

    private func read(
        _ file: UploadFile, in upload: any UploadContents, into drives: inout MapillaryDrives
    ) throws(FormatError) {
        var skipped = SkippedEntries(("entry", "entries"))
        let before = drives.entries
        do throws(JSONRecordsError) {
            var records = JSONRecords(file, in: upload, maxRecords: Self.maxEntries - before)
            while let record = try records.next() {
                guard case .value(let value) = record else { continue }
                do { drives.add(try MapillaryEntry(value), of: file) } catch {
                    let place = records.place
                    skipped.add(place, PrintableText.of(error.description))
                }
            }
            if records.isCutOff {
                drives.remarks.append(
                    "\(PrintableText.of(file.path)) ends inside its array; the entries before are kept")
            }
        } catch {
            throw error.refusal(of: file, as: name)
        }
        if let first = skipped.first, skipped.outnumber(drives.entries - before) {
            throw FormatError(
                code: "mapillary.bad_entries", place: "\(PrintableText.of(file.path)), \(first.place)",
                reason: "\(first.reason); \(skipped.count) entries cannot be read, "
                    + "\(drives.entries - before) can",
                remedy: "deliver the file as mapillary_tools wrote it")
        }
        if let remark = skipped.remark { drives.remarks.append(remark) }
    }
}
