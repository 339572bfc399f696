/// Photos with one trace, in one file or the pieces of one: the photos tell when, the trace where.
///
/// All of it is one drive: the trace is the fixes in the order of the file; the frames are the photos with their capture
/// time from EXIF (and their own fix where EXIF has one), in order of time, then path. The camera is named if all photos
/// that name one name the same. A photo without a capture time stays with a complaint.
public struct TracePhotosFormat: DriveFormat {
    private let kind: any TraceFormat

    /// A reader for each kind of trace.
    public static var all: [any DriveFormat] { TraceFormats.all.map { TracePhotosFormat($0) } }

    /// The name of the kind of trace.
    public var name: String { kind.name }

    /// What a quarantined upload is told.
    public var lookedFor: String { kind.lookedFor }

    init(_ kind: any TraceFormat) {
        self.kind = kind
    }

    /// Whether `upload` has both a trace of the kind and an image.
    public func recognises(_ upload: any UploadContents) throws(UploadReadError) -> Bool {
        var hasTrace = false
        // The kinds before this one have been asked about all files, so that none of them is theirs.
        for file in upload.files where TraceFormats.mayBe(file) {
            hasTrace = try kind.recognises(file, in: upload)
            if hasTrace { break }
        }
        guard hasTrace else { return false }
        for file in upload.files where try ImageCandidates.isCandidate(file, in: upload) { return true }
        return false
    }

    /// The one drive.
    ///
    /// - Throws: ``FormatError`` `trace.several`, what the kind of trace throws, or `upload.unreadable_file`.
    public func read(_ upload: any UploadContents) throws(FormatError) -> [RawDrive] {
        var traces: [(file: UploadFile, format: any TraceFormat)] = []
        do {
            for file in upload.files {
                if let format = try TraceFormats.recognise(file, in: upload) { traces.append((file, format)) }
            }
        } catch {
            throw FormatError(error)
        }
        guard let format = traces.first?.format else { return [] }
        let isOne =
            traces.count == 1
            || traces.allSatisfy { $0.format.comesInPieces && $0.format.name == format.name }
        guard isOne else { throw several(traces.map(\.file)) }
        let trace = try TracePieces.read(traces.map(\.file), as: format, in: upload)
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
        return [
            RawDrive(
                device: device, frames: FrameOrder.byTime(frames), trace: trace.fixes, remarks: trace.remarks)
        ]
    }

    private func several(_ traces: [UploadFile]) -> FormatError {
        let names = traces.prefix(8).map { PrintableText.of($0.path, limit: 120) }.joined(separator: ", ")
        return FormatError(
            code: "trace.several", place: names + (traces.count > 8 ? ", ..." : ""),
            reason: "\(traces.count) trace files; nobody can tell which one the photos belong to",
            remedy: "deliver each drive with its own trace as an upload of its own")
    }
}
