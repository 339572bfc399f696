/// Photos with one GPX trace: the photos tell when, the trace where.
///
/// All of it is one drive: the trace is the track points in the order of the file; the frames are the photos with
/// their capture time from EXIF (and their own fix where EXIF has one), in order of time, then path. The camera is
/// named if all photos that name one name the same. A photo without a capture time stays with a complaint.
public struct GPXPhotosFormat: DriveFormat {
    /// `gpx`.
    public let name = "gpx"

    /// What a quarantined upload is told.
    public let lookedFor = "photos with one GPX file, whose first element is 'gpx'"

    /// The reader.
    public init() {}

    /// Whether `upload` has both a GPX file and an image.
    public func recognises(_ upload: any UploadContents) throws(UploadReadError) -> Bool {
        guard try !traces(in: upload, limit: 1).isEmpty else { return false }
        for file in upload.files where try ImageCandidates.isCandidate(file, in: upload) { return true }
        return false
    }

    /// The one drive.
    ///
    /// - Throws: ``FormatError`` `gpx.several_traces`, `gpx.bad_xml`, `gpx.no_points`, `gpx.no_times`, or
    ///   `upload.unreadable_file`.
    public func read(_ upload: any UploadContents) throws(FormatError) -> [RawDrive] {
        let trace: [RawFix]
        let traces: [UploadFile]
        do { traces = try self.traces(in: upload, limit: .max) } catch { throw FormatError(error) }
        guard let file = traces.first else { return [] }
        guard traces.count == 1 else { throw severalTraces(traces) }
        trace = try GPXFile.read(file, in: upload)
        var frames: [RawFrame] = []
        var devices: [[UInt8]: String] = [:]
        do {
            for file in try ImageCandidates.all(in: upload) {
                let photo = try Photo(file, in: upload)
                if let device = photo.device { devices[FileName.key(device)] = device }
                frames.append(photo.frame(needsPosition: false))
            }
        } catch {
            throw FormatError(error)
        }
        let device = devices.count == 1 ? devices.first?.value : nil
        return [RawDrive(device: device, frames: FrameOrder.byTime(frames), trace: trace)]
    }

    /// The GPX files of `upload`, at most `limit`.
    private func traces(in upload: any UploadContents, limit: Int) throws(UploadReadError) -> [UploadFile] {
        var result: [UploadFile] = []
        for file in upload.files where !ImageCandidates.hasImageExtension(file.name) {
            guard result.count < limit else { break }
            if try GPXFile.begins(file, in: upload) { result.append(file) }
        }
        return result
    }

    private func severalTraces(_ traces: [UploadFile]) -> FormatError {
        let names = traces.prefix(8).map { PrintableText.of($0.path, limit: 120) }.joined(separator: ", ")
        return FormatError(
            code: "gpx.several_traces", place: names + (traces.count > 8 ? ", ..." : ""),
            reason: "\(traces.count) GPX files; nobody can tell which one the photos belong to",
            remedy: "deliver each drive with its own trace as an upload of its own")
    }
}
