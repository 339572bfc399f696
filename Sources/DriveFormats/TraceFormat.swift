/// A kind of file that holds a trace: positions with times, and no pictures. A further kind is one more conforming type
/// in its own file, and one more line in ``TraceFormats/all``.
protocol TraceFormat: Sendable {
    /// The kind's name in verdicts, logs and `--json`: lower case, no blanks.
    var name: String { get }

    /// What ``recognises(_:in:)`` looks for, as it stands in the reason of a quarantined upload.
    var lookedFor: String { get }

    /// Whether one trace may lie in many files, each of which holds some seconds of it.
    var comesInPieces: Bool { get }

    /// Whether the contents of `file` (never its name alone) are of this kind.
    func recognises(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> Bool

    /// The trace in `file`, which this kind recognises.
    ///
    /// - Throws: ``FormatError`` for a file that gives no fix with a time, and for one that cannot be read to its end.
    func read(_ file: UploadFile, in upload: any UploadContents) throws(FormatError) -> RawTrace
}

extension TraceFormat {
    var comesInPieces: Bool { false }
}

/// What one trace file says.
struct RawTrace: Sendable, Equatable {
    /// Fixes of one file that are read at most: 57 days at 1 Hz. They are what takes the memory, 96 bytes each.
    static let maxFixes = 5_000_000

    /// The fixes in the order of the file; at least one has a time.
    var fixes: [RawFix]
    /// What was left out, and how much of it, in words: `3 sentences with a wrong checksum`.
    var remarks: [String] = []
}

/// The kinds of trace files Waggle reads, and the choice among them.
enum TraceFormats {
    /// Every kind, in the order in which they are tried.
    static let all: [any TraceFormat] = [
        // JSON first: what some dashcams log there has whole NMEA sentences inside.
        GPXTrace(), GeoJSONTrace(), GNSSTrace(), NMEATrace(), CSVTrace(),
    ]

    /// Whether `file` has to be looked into at all.
    static func mayBe(_ file: UploadFile) -> Bool {
        !ImageCandidates.hasImageExtension(file.name) && file.size > 0
    }

    /// The first kind that recognises `file`; nil where none does.
    static func recognise(
        _ file: UploadFile, in upload: any UploadContents
    ) throws(UploadReadError) -> (any TraceFormat)? {
        guard mayBe(file) else { return nil }
        for format in all where try format.recognises(file, in: upload) { return format }
        return nil
    }
}
