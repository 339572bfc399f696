/// Logs of NMEA 0183 sentences, as GNSS receivers, dashcams and phones write them.
struct NMEATrace: TraceFormat {
    let name = "nmea"
    let lookedFor = "photos with one NMEA 0183 log, whose beginning has three sentences with right checksums"

    /// Bytes of a file in which sentences are looked for, and how many there must be.
    private static let recognisedBytes = 64 << 10
    private static let recognisedSentences = 3

    func recognises(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> Bool {
        let beginning = try upload.prefix(of: file, count: Self.recognisedBytes)
        let bytes = beginning.span
        var index = 0
        var count = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), let sentence = NMEASentence(bytes, at: index) else {
                index += 1
                continue
            }
            if sentence.checksum == .right, sentence.address != .proprietary { count += 1 }
            if count == Self.recognisedSentences { return true }
            index = sentence.end
        }
        return false
    }

    func read(_ file: UploadFile, in upload: any UploadContents) throws(FormatError) -> RawTrace {
        try read(file, in: upload, maxFixes: RawTrace.maxFixes)
    }

    func read(
        _ file: UploadFile, in upload: any UploadContents, maxFixes: Int
    ) throws(FormatError) -> RawTrace {
        let path = PrintableText.of(file.path)
        let log: NMEAReader
        do {
            log = try NMEAReader(file, in: upload, maxFixes: maxFixes)
        } catch {
            switch error {
            case .unreadable(let error): throw FormatError(error)
            case .tooManyFixes(let line):
                throw FormatError(
                    code: "nmea.too_many_points", place: "\(path), line \(line)",
                    reason: "more than \(maxFixes) positions",
                    remedy: "deliver each drive with its own log as an upload of its own")
            }
        }
        let track = log.track
        guard !track.fixes.isEmpty || track.untimed > 0 else {
            let epochs =
                NMEASkipped.words(track.voidEpochs, "moment", "without one") ?? "no moment with a time"
            throw FormatError(
                code: "nmea.no_fixes", place: Self.place(path, log),
                reason: (["no valid position; \(epochs)"] + log.skipped.remarks).joined(separator: "; "),
                remedy:
                    "record with RMC or GGA sentences and wait until the receiver has a fix, or leave the file out if the photos carry their own positions"
            )
        }
        guard track.isDated, !track.fixes.isEmpty else {
            throw FormatError(
                code: "nmea.no_times", place: Self.place(path, log),
                reason:
                    "none of the \(track.fixes.count + track.untimed) positions has a date and time: a date is told by RMC and ZDA sentences",
                remedy:
                    "record RMC or ZDA sentences as well; without a date no photo can be placed on the trace")
        }
        let remarks = [
            NMEASkipped.words(track.voidEpochs, "moment", "without a fix"),
            NMEASkipped.words(track.untimed, "position", "without a time"),
        ]
        return RawTrace(fixes: track.fixes, remarks: remarks.compactMap { $0 } + log.skipped.remarks)
    }

    private static func place(_ path: String, _ log: NMEAReader) -> String {
        guard let first = log.firstLine else { return "\(path), lines 1 to \(log.line)" }
        return "\(path), lines \(first) to \(log.line)"
    }
}
