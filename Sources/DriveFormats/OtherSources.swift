import Canonical

/// Reads what an upload says of its frames beside what the reader of its format took: the EXIF of images, the names of
/// their files, and a trace that lies beside them.
public enum OtherSources {
    /// `drives` with all that. What cannot be read, or not for certain, adds nothing; a remark says so where it is a trace.
    /// Where there are several drives, what lies up to `margin` milliseconds before the first and behind the last frame of
    /// one belongs to it.
    ///
    /// - Throws: ``UploadReadError`` where a file of `upload` changed or failed while being read.
    public static func heard(
        _ drives: [RawDrive], in upload: any UploadContents, margin: Int64
    ) throws(UploadReadError) -> [RawDrive] {
        // By bytes: two names that differ only in how they compose an accent are two files.
        let files = Dictionary(upload.files.map { (FileName.key($0.path), $0) }) { first, _ in first }
        var result = drives
        for drive in result.indices {
            for index in result[drive].frames.indices {
                let source = result[drive].frames[index].source
                guard let file = files[FileName.key(source.path)] else { continue }
                let isPhoto = result[drive].frames[index].origin == .exif
                result[drive].frames[index].others += try others(
                    source, of: file, in: upload, isRead: isPhoto)
            }
        }
        let isBundle = drives.contains { $0.frames.contains { $0.origin == .bundle } }
        // A bundle names its traces itself.
        if !isBundle, drives.allSatisfy({ $0.trace.isEmpty }) {
            try addTrace(to: &result, in: upload, margin)
        }
        return result
    }

    private static func others(
        _ source: ByteSource, of file: UploadFile, in upload: any UploadContents, isRead: Bool
    ) throws(UploadReadError) -> [RawTestimony] {
        var result: [RawTestimony] = []
        if !isRead { result += try Photo(source, of: file, in: upload).testimonies }
        // The name of a file that holds many images is not that of one of them.
        if source.range == nil, let stamp = FileStamp.testimony(of: file.name) { result.append(stamp) }
        return result
    }

    /// Adds the one trace of `upload`: to each drive what lies about the times of its frames, or all where there is one.
    private static func addTrace(
        to drives: inout [RawDrive], in upload: any UploadContents, _ margin: Int64
    ) throws(UploadReadError) {
        var traces: [(file: UploadFile, format: any TraceFormat)] = []
        // JSON beside frames is theirs; a trace in JSON is looked for by the formats that are made of one.
        for file in upload.files where !JSONFile.isNamed(file) {
            if let format = try TraceFormats.recognise(file, in: upload) { traces.append((file, format)) }
        }
        guard let only = traces.first else { return }
        guard traces.count == 1 else {
            let names = traces.prefix(3).map { PrintableText.of($0.file.path, limit: 80) }
            return remark(
                "\(traces.count) trace files lie beside the frames and none was used, as nobody can tell which is theirs: "
                    + names.joined(separator: ", "), on: &drives)
        }
        let name = PrintableText.of(only.file.path, limit: 80)
        let trace: RawTrace
        do { trace = try only.format.read(only.file, in: upload) } catch {
            return remark("the trace beside the frames was not used: \(error)", on: &drives)
        }
        for index in drives.indices {
            let fixes = drives.count == 1 ? trace.fixes : near(drives[index].frames, trace.fixes, margin)
            guard !fixes.isEmpty else { continue }
            drives[index].trace = fixes
            drives[index].traceIsWitness = true
            drives[index].remarks.append("\(fixes.count) fixes of the trace \(name) bear witness")
            drives[index].remarks += trace.remarks
        }
    }

    private static func remark(_ text: String, on drives: inout [RawDrive]) {
        for index in drives.indices { drives[index].remarks.append(text) }
    }

    private static func near(_ frames: [RawFrame], _ fixes: [RawFix], _ margin: Int64) -> [RawFix] {
        let times = frames.compactMap(\.capturedAt?.milliseconds)
        guard let first = times.min(), let last = times.max() else { return [] }
        let from = first.subtractingReportingOverflow(margin).partialValue
        let (to, overflow) = last.addingReportingOverflow(margin)
        return fixes.filter { fix in
            guard let time = fix.time?.milliseconds else { return false }
            return time >= min(from, first) && time <= (overflow ? last : to)
        }
    }
}
