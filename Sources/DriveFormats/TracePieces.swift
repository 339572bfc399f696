/// A trace that a receiver has written into many files.
enum TracePieces {
    /// The pieces `files` joined in their order. A piece that gives nothing is left out with a remark, unless none does
    /// give anything.
    static func read(
        _ files: [UploadFile], as format: any TraceFormat, in upload: any UploadContents
    ) throws(FormatError) -> RawTrace {
        guard files.count > 1 else {
            guard let file = files.first else { return RawTrace(fixes: []) }
            return try format.read(file, in: upload)
        }
        var trace = RawTrace(fixes: [])
        var failure: FormatError?
        var remarks: [String] = []
        for file in files {
            do {
                let piece = try format.read(file, in: upload)
                trace.fixes += piece.fixes
                remarks += piece.remarks.map { "\(PrintableText.of(file.path, limit: 120)): \($0)" }
            } catch {
                if error.code == unreadable { throw error }
                failure = failure ?? error
                remarks.append("\(error.place): \(error.reason) (\(error.code))")
            }
            guard trace.fixes.count <= RawTrace.maxFixes else {
                throw FormatError(
                    code: "trace.too_many_fixes", place: PrintableText.of(file.path),
                    reason: "more than \(RawTrace.maxFixes) fixes in the files up to here",
                    remedy: "deliver each drive as an upload of its own")
            }
        }
        if trace.fixes.isEmpty, let failure { throw failure }
        trace.remarks = Array(remarks.prefix(maxRemarks))
        if remarks.count > maxRemarks {
            trace.remarks.append("\(remarks.count - maxRemarks) more remarks of this kind")
        }
        return trace
    }

    /// A receiver that has no fix for an hour writes hundreds of files without one.
    private static let maxRemarks = 16
    private static let unreadable = "upload.unreadable_file"
}
