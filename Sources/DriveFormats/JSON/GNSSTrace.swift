import Canonical

/// The GNSS logs of Hivemapper dashcams: arrays of records, a file for every few seconds, or a record on each line.
struct GNSSTrace: TraceFormat {
    let name = "gnss"
    let lookedFor =
        "photos with JSON files of GNSS records, which have 'timestamp', 'latitude' and 'longitude'"
    let comesInPieces = true

    func recognises(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> Bool {
        var records = JSONRecords(file, in: upload, chunkSize: 16 << 10)
        do {
            guard case .value(let value) = try records.next() else { return false }
            return GNSSRecord.isOne(value)
        } catch {
            if case .unreadable(let error) = error { throw error }
            return false
        }
    }

    /// The fixes of all records that have one.
    ///
    /// - Throws: ``FormatError`` `gnss.bad_json`, `.bad_records`, `.no_fixes`, `.no_times`, `.too_many_records`, or
    ///   `upload.unreadable_file`.
    func read(_ file: UploadFile, in upload: any UploadContents) throws(FormatError) -> RawTrace {
        var log = GNSSLog()
        do { try log.read(JSONRecords(file, in: upload)) } catch { throw error.refusal(of: file, as: name) }
        try log.check(file)
        return RawTrace(fixes: log.fixes, remarks: log.remarks)
    }
}

/// What the records of one file amount to.
private struct GNSSLog {
    private(set) var fixes: [RawFix] = []
    private var withoutFix = 0
    private var skipped = SkippedEntries(("record", "records"))
    private var isCutOff = false

    mutating func read(_ records: consuming JSONRecords) throws(JSONRecordsError) {
        while let record = try records.next() {
            switch record {
            case .broken(let reason): skip(records.place, reason)
            case .value(let value):
                do {
                    if let fix = try GNSSRecord(value).fix { fixes.append(fix) } else { withoutFix += 1 }
                } catch {
                    skip(records.place, error.description)
                }
            }
        }
        isCutOff = records.isCutOff
    }

    private mutating func skip(_ place: String, _ reason: String) {
        skipped.add(place, PrintableText.of(reason))
    }

    var remarks: [String] {
        var remarks: [String] = []
        if let remark = skipped.remark { remarks.append(remark) }
        if withoutFix > 0 {
            remarks.append("\(withoutFix) record\(withoutFix == 1 ? "" : "s") without a fix")
        }
        if isCutOff { remarks.append("the file ends inside its array; the records before are kept") }
        return remarks
    }

    /// Refuses a `file` that gives no trace, or is mostly something else.
    func check(_ file: UploadFile) throws(FormatError) {
        let path = PrintableText.of(file.path)
        let readable = fixes.count + withoutFix
        if let first = skipped.first, skipped.outnumber(readable) {
            throw FormatError(
                code: "gnss.bad_records", place: "\(path), \(first.place)",
                reason: "\(first.reason); \(skipped.count) records cannot be read, \(readable) can",
                remedy: "deliver the file as the camera wrote it")
        }
        guard !fixes.isEmpty else {
            throw FormatError(
                code: "gnss.no_fixes", place: path,
                reason: "none of the \(withoutFix) records has a fix",
                remedy: "deliver the part of the log in which the receiver had a position")
        }
        guard fixes.contains(where: { $0.time != nil }) else {
            throw FormatError(
                code: "gnss.no_times", place: path, reason: "none of the \(fixes.count) fixes has a time",
                remedy: "deliver the part of the log in which the receiver had the time")
        }
    }
}
